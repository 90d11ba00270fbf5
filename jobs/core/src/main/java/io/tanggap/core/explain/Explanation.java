package io.tanggap.core.explain;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload.Corrected;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Offer;
import io.tanggap.core.lifecycle.Reasons;
import io.tanggap.core.lifecycle.Reasons.Told;
import io.tanggap.core.reference.Competence;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.sla.Charges;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a case stands as it stands: its history in order, whose task it was and by which line, every clock as an account, and
 * who was charged from when on. Everything is what the fold went by.
 *
 * @param history every event that is kept, in order, whether or not it counts
 * @param copies how many copies of an event came that was there already
 * @param task whose task the case was when it was submitted
 * @param offers in order
 * @param clocks by cycle, target and number; of a resolution that no policy covers too
 * @param untimed targets that no line of policy covers in this case
 * @param charges what may have moved the charge under CRM, in order
 */
public record Explanation(
        Reasons reasons,
        List<Entry> history,
        int copies,
        Ruling task,
        List<Offered> offers,
        List<Reckoning> clocks,
        Set<Target> untimed,
        List<Charge> charges) {
    public Explanation {
        history = List.copyOf(history);
        offers = List.copyOf(offers);
        clocks = List.copyOf(clocks);
        untimed = Set.copyOf(untimed);
        charges = List.copyOf(charges);
    }

    /** What became of an event. */
    public enum Fate {
        COUNTS,
        /** A poll that found what the one before found. */
        SEEN_AGAIN,
        /** A correction says that it never happened. */
        CORRECTED,
        /** It says that another event never happened. */
        CORRECTION,
        /** It says that what was personal was erased: no activity. */
        ERASURE,
        /** It happens at the as-of or after it. */
        NOT_YET_SEEN
    }

    /**
     * An event of the history.
     *
     * @param number from 1
     * @param other of what is corrected, whether or not it counts all the same, the number of the correction; of a
     *     correction what it corrects; null where there is none, or it is not in the history
     * @param told what it did; null unless it counts
     */
    public record Entry(
            int number,
            CaseEvent event,
            Fate fate,
            @Nullable Integer other,
            @Nullable Told told) {}

    /**
     * Whose task a category was in a territory at an instant.
     *
     * @param pack id of the pack that was known then
     * @param line null where none covers it
     */
    public record Ruling(String pack, @Nullable Competence line) {}

    /** An offer, and the line that says whether it was to the right unit. */
    public record Offered(Offer offer, Ruling ruling) {}

    /**
     * A step of the charge.
     *
     * @param ruling whose task it was when that was asked for the step
     * @param competent whether it was that of the unit that the step is about; null where the reference says nothing of tasks
     * @param moved whether somebody else answers than before the step
     */
    public record Charge(
            Charges.Step step, Ruling ruling, @Nullable Boolean competent, boolean moved) {}

    /** Explains a case as seen at an as-of; empty while no event of it is before. */
    public static Optional<Explanation> of(CaseHistory history, Reference reference, Instant asOf) {
        return CaseFold.reasons(history, reference, asOf).map(reasons -> of(reasons, history, reference));
    }

    private static Explanation of(Reasons reasons, CaseHistory history, Reference reference) {
        CaseView view = reasons.view();
        Set<Target> untimed = EnumSet.allOf(Target.class);
        List<Reckoning> clocks = new ArrayList<>();
        for (Reasons.Judged judged : reasons.judged()) {
            clocks.add(Reckoning.of(judged, reasons.waits(), reference, view.asOf()));
            untimed.remove(judged.clock().target());
        }
        return new Explanation(
                reasons,
                entries(history, reasons),
                history.duplicates(),
                ruling(view, view.submittedAt(), reference),
                view.offers().stream()
                        .map(offer -> new Offered(offer, ruling(view, offer.offeredAt(), reference)))
                        .toList(),
                clocks,
                untimed,
                charges(reasons, reference));
    }

    private static Ruling ruling(CaseView view, Instant at, Reference reference) {
        return new Ruling(
                reference.knownAt(at).id(),
                reference.competence(view.category(), view.territory(), at).orElse(null));
    }

    private static List<Entry> entries(CaseHistory history, Reasons reasons) {
        Map<String, Told> told = new HashMap<>();
        reasons.told().forEach(each -> told.put(each.event().eventId(), each));
        List<CaseEvent> events = history.events();
        Map<String, Integer> numbers = new HashMap<>();
        events.forEach(event -> numbers.put(event.eventId(), numbers.size() + 1));
        // A correction that is itself a mistake corrects nothing.
        Map<String, Integer> mistakes = new HashMap<>();
        for (int i = events.size() - 1; i >= 0; i--) {
            CaseEvent event = events.get(i);
            if (event.payload() instanceof Corrected corrected
                    && event.occurredAt().isBefore(reasons.view().asOf())
                    && !mistakes.containsKey(event.eventId())) {
                mistakes.put(corrected.eventId(), i + 1);
            }
        }
        List<Entry> entries = new ArrayList<>();
        for (CaseEvent event : events) {
            Fate fate = fate(event, told.get(event.eventId()), reasons.view(), mistakes);
            Integer other = fate == Fate.CORRECTION && event.payload() instanceof Corrected corrected
                    ? numbers.get(corrected.eventId())
                    : mistakes.get(event.eventId());
            entries.add(new Entry(entries.size() + 1, event, fate, other, told.get(event.eventId())));
        }
        return entries;
    }

    private static Fate fate(CaseEvent event, @Nullable Told told, CaseView view, Map<String, Integer> mistakes) {
        if (!event.occurredAt().isBefore(view.asOf())) {
            return Fate.NOT_YET_SEEN;
        }
        if (told != null) {
            return told.again() ? Fate.SEEN_AGAIN : Fate.COUNTS;
        }
        return mistakes.containsKey(event.eventId())
                ? Fate.CORRECTED
                : event.payload() instanceof Corrected ? Fate.CORRECTION : Fate.ERASURE;
    }

    private static List<Charge> charges(Reasons reasons, Reference reference) {
        CaseView view = reasons.view();
        List<Charge> charges = new ArrayList<>();
        String before = null;
        for (Charges.Step step : reasons.charges()) {
            charges.add(new Charge(
                    step,
                    ruling(view, step.ruledAt(), reference),
                    step.unit().isEmpty()
                            ? null
                            : reference.isCompetent(step.unit(), view.category(), view.territory(), step.ruledAt()),
                    before != null && !before.equals(step.charged())));
            before = step.charged();
        }
        return charges;
    }
}
