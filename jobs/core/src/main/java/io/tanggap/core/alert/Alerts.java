package io.tanggap.core.alert;

import io.tanggap.core.alert.Alert.Due;
import io.tanggap.core.alert.Alert.Matter;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.complaint.CanonicalForm;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Claim;
import io.tanggap.core.lifecycle.Cycle;
import io.tanggap.core.lifecycle.Visit;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.sla.Clock;
import io.tanggap.core.sla.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a case gives to tell, as a function of its view and of what has been told of it before.
 *
 * <p>An alert is raised by a fold at whose as-of it is open, a missed deadline also if a higher threshold is past already; what
 * began and ended between two folds is told to nobody. Once
 * raised it is followed: superseded by a higher threshold, cleared when it is over, and retracted when what is known later
 * says that it never was so. It comes again, under the same id and with the next revision, if it becomes true again.
 *
 * <p>Of a resolution every one of {@link Clock#THRESHOLDS} is told, of other targets the deadline alone.
 */
public final class Alerts {
    private static final int DEADLINE = 100;
    private static final String STALE = "STALE";
    private static final String VALIDATION_FAILED = "VALIDATION_FAILED";

    private final CaseView view;
    private final Reference reference;
    private final CaseHistory history;
    private final Map<String, Finding> found = new TreeMap<>();

    private Alerts(CaseView view, Reference reference, CaseHistory history) {
        this.view = view;
        this.reference = reference;
        this.history = history;
    }

    /**
     * What was told of one alert.
     *
     * @param content digest of what was said, without the as-of
     * @param raisedAtMillis see {@link Alert#raisedAt}
     */
    public record Told(int revision, long content, long raisedAtMillis) {}

    /**
     * What there is to tell.
     *
     * @param news alerts of which something else is true than was told, by key
     * @param told what has been told when the news are, by key: what is remembered of the case
     */
    public record After(List<Alert> news, Map<String, Told> told) {
        public After {
            news = List.copyOf(news);
            told = Map.copyOf(told);
        }
    }

    /**
     * What a view gives to tell after what was told before.
     *
     * @param told by key, as of an earlier or the same as-of; of a new case nothing
     * @param history that the view was folded from
     */
    public static After after(Map<String, Told> told, CaseView view, Reference reference, CaseHistory history) {
        return new Alerts(view, reference, history).after(told);
    }

    /** What is so at the as-of of something that may be told, before it has a revision. */
    private record Finding(
            AlertKind kind,
            State state,
            Instant raisedAt,
            @Nullable Instant endedAt,
            @Nullable Due due,
            boolean provisional,
            String charged,
            Set<Instant> decidedAt) {}

    private After after(Map<String, Told> before) {
        Stream.concat(view.clocks().stream(), view.cycles().stream().map(Cycle::resolution))
                .forEach(this::clock);
        silences();
        rejections();
        before.forEach((key, told) -> found.computeIfAbsent(key, gone -> retracted(gone, told)));
        Map<String, Told> after = new TreeMap<>();
        List<Alert> news = new ArrayList<>();
        found.forEach((key, finding) -> {
            Told last = before.get(key);
            if (last == null && !isWorthRaising(finding)) {
                return;
            }
            long content = content(finding);
            if (last != null && last.content() == content) {
                after.put(key, last);
                return;
            }
            int revision = last == null ? 1 : last.revision() + 1;
            after.put(key, new Told(revision, content, finding.raisedAt().toEpochMilli()));
            news.add(alert(key, revision, finding));
        });
        return new After(news, after);
    }

    /** A missed deadline is told though more than it is past already: it is what ladders stand on. */
    private static boolean isWorthRaising(Finding finding) {
        Due due = finding.due();
        return finding.state() == State.OPEN
                || (finding.state() == State.SUPERSEDED && due != null && due.threshold() == DEADLINE);
    }

    private void clock(Clock clock) {
        boolean everyThreshold = clock.target() == Target.RESOLUTION;
        List<Instant> reached = clock.reached();
        int highest = -1;
        for (int i = 0; i < reached.size(); i++) {
            if (everyThreshold || Clock.THRESHOLDS.get(i) == DEADLINE) {
                highest = i;
            }
        }
        Set<Instant> decidedAt = new HashSet<>(List.of(clock.startedAt()));
        clock.pauses().forEach(pause -> {
            decidedAt.add(pause.from());
            if (pause.to() != null) {
                decidedAt.add(pause.to());
            }
        });
        if (clock.stoppedAt() != null) {
            decidedAt.add(clock.stoppedAt());
        }
        for (int i = 0; i <= highest; i++) {
            int threshold = Clock.THRESHOLDS.get(i);
            if (!everyThreshold && threshold != DEADLINE) {
                continue;
            }
            boolean runs = clock.verdict().isOpen();
            State state = !runs ? State.CLEARED : i == highest ? State.OPEN : State.SUPERSEDED;
            found.put(
                    key(clock.target(), clock.cycle(), clock.number(), threshold),
                    new Finding(
                            kind(clock.target(), threshold),
                            state,
                            reached.get(i),
                            runs ? null : clock.stoppedAt(),
                            new Due(
                                    clock.target(),
                                    clock.cycle(),
                                    clock.number(),
                                    threshold,
                                    clock.deadline(),
                                    clock.budget(),
                                    used(clock, threshold),
                                    clock.policy(),
                                    clock.calendar(),
                                    clock.pack()),
                            clock.provisional() && threshold >= DEADLINE,
                            clock.charged(),
                            decidedAt));
        }
    }

    private static AlertKind kind(Target target, int threshold) {
        if (target == Target.ACCEPTANCE) {
            return AlertKind.LIMBO;
        }
        return threshold < DEADLINE ? AlertKind.THRESHOLD : AlertKind.OVERDUE;
    }

    private static @Nullable Duration used(Clock clock, int threshold) {
        Duration budget = clock.budget();
        return clock.stoppedAt() != null || budget == null
                ? clock.used()
                : Duration.ofMillis(-Math.floorDiv(-Math.multiplyExact(budget.toMillis(), threshold), 100));
    }

    private void silences() {
        for (int i = 0; i < view.stale().size(); i++) {
            Span silence = view.stale().get(i);
            boolean lasts = silence.to() == null && view.isOpen();
            found.put(
                    STALE + "." + (i + 1),
                    new Finding(
                            AlertKind.STALE,
                            lasts ? State.OPEN : State.CLEARED,
                            silence.from(),
                            silence.to(),
                            null,
                            false,
                            view.charged(),
                            lastHeardBefore(silence.from())));
        }
    }

    private Set<Instant> lastHeardBefore(Instant silent) {
        return history.events().stream()
                .filter(event -> !(event.payload() instanceof Payload.Redacted))
                .map(CaseEvent::occurredAt)
                .filter(at -> at.isBefore(silent))
                .reduce((earlier, later) -> later)
                .map(Set::of)
                .orElse(Set.of());
    }

    private void rejections() {
        List<Claim> claims = view.claims();
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            if (!claim.rejected() || claim.judgedAt() == null) {
                continue;
            }
            Instant closedAt = view.cycles().get(claim.cycle() - 1).closedAt();
            boolean claimedAgain = i + 1 < claims.size() && claims.get(i + 1).cycle() == claim.cycle();
            Instant endedAt = claimedAgain ? claims.get(i + 1).at() : closedAt;
            found.put(
                    VALIDATION_FAILED + "." + (i + 1),
                    new Finding(
                            AlertKind.VALIDATION_FAILED,
                            endedAt == null ? State.OPEN : State.CLEARED,
                            claim.judgedAt(),
                            endedAt,
                            null,
                            false,
                            view.charged(),
                            new HashSet<>(List.of(claim.at(), claim.judgedAt()))));
        }
    }

    /** What was told once and is not found any more, told apart by its key alone. */
    private Finding retracted(String key, Told told) {
        Instant raisedAt = Instant.ofEpochMilli(told.raisedAtMillis());
        String[] parts = key.split("\\.", -1);
        if (parts[0].equals(STALE) || parts[0].equals(VALIDATION_FAILED)) {
            return new Finding(
                    AlertKind.valueOf(parts[0]),
                    State.RETRACTED,
                    raisedAt,
                    null,
                    null,
                    false,
                    view.charged(),
                    Set.of());
        }
        Target target = Target.valueOf(parts[0]);
        int threshold = Integer.parseInt(parts[3]);
        Due due = new Due(
                target,
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                threshold,
                null,
                null,
                null,
                null,
                null,
                null);
        return new Finding(
                kind(target, threshold), State.RETRACTED, raisedAt, null, due, false, view.charged(), Set.of());
    }

    private static String key(Target target, int cycle, int number, int threshold) {
        return target.name() + "." + cycle + "." + number + "." + threshold;
    }

    /**
     * What a change of which is news: of what stands also the units above its parties, for others are to be told then. Of what
     * is over nothing that happens to the case later.
     */
    private long content(Finding finding) {
        CanonicalForm says = new CanonicalForm()
                .text(finding.state().name())
                .instant(finding.raisedAt())
                .instant(finding.endedAt());
        if (finding.state().stands()) {
            Due due = finding.due();
            says.text(Boolean.toString(finding.provisional()))
                    .text(view.category())
                    .instant(due == null ? null : due.deadline())
                    .text(due == null ? null : due.policy());
            for (String party : Arrays.asList(view.territory(), view.holder(), finding.charged(), view.offeredTo())) {
                texts(says, party == null ? List.of() : reference.path(party, view.asOf()));
            }
            texts(says, evidence(finding));
        }
        return says.shortDigest();
    }

    private static void texts(CanonicalForm form, List<String> texts) {
        form.number((long) texts.size());
        texts.forEach(form::text);
    }

    private Alert alert(String key, int revision, Finding finding) {
        return new Alert(
                view.caseId() + "/" + key,
                revision,
                finding.kind(),
                finding.state(),
                finding.raisedAt(),
                finding.endedAt(),
                view.channel(),
                matter(view, finding.charged(), reference),
                finding.due(),
                finding.provisional(),
                evidence(finding),
                view.asOf(),
                view.referencePack());
    }

    /**
     * A case as an alert tells it.
     *
     * @param charged with what the alert is about
     */
    public static Matter matter(CaseView view, String charged, Reference reference) {
        return new Matter(
                view.caseId(),
                view.sourceCaseId(),
                view.category(),
                view.territory(),
                view.submittedAt(),
                view.holder(),
                reference.path(view.holder(), view.asOf()),
                charged,
                view.offeredTo());
    }

    /** The events at which the clock started, stood still, went on and stopped, and the one that brought the holder the case. */
    private List<String> evidence(Finding finding) {
        if (finding.state() == State.RETRACTED) {
            return List.of();
        }
        Set<Instant> decidedAt = new HashSet<>(finding.decidedAt());
        if (finding.state().stands()) {
            List<Visit> visits = view.visits();
            decidedAt.add(visits.get(visits.size() - 1).enteredAt());
        }
        return history.events().stream()
                .filter(event -> event.occurredAt().isBefore(view.asOf()) && decidedAt.contains(event.occurredAt()))
                .map(CaseEvent::eventId)
                .toList();
    }
}
