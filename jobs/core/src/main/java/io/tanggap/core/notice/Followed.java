package io.tanggap.core.notice;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.notice.Ladder.Rung;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Reference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One alert, and who has been sent word of it. Of two words on an alert the one of the later as-of holds, of one as-of that
 * of the higher revision, whichever came first and wherever it was written: a reprocess that finds what was found before
 * says nothing new.
 *
 * @param alert as last heard
 * @param knownBefore what was so before this was found when the past was worked off, and is no news; {@link Instant#EPOCH}
 *     where everything is
 * @param sent by recipient, how it was sent word; when the alert is over, those who were sent word of that
 */
public record Followed(Alert alert, Instant knownBefore, Map<String, Sent> sent) {
    private static final Comparator<Alert> LATER =
            Comparator.comparing(Alert::asOf).thenComparingInt(Alert::revision);

    /**
     * How a recipient was sent word.
     *
     * @param route id of the route
     * @param instant whether the route does not let it wait
     * @param known see {@link Errand#known}
     */
    public record Sent(String route, boolean instant, boolean known) {
        public Sent {
            requireNonNull(route, "route");
        }
    }

    /**
     * What comes of hearing of an alert, or of time that has passed.
     *
     * @param errands to be run now
     * @param nextAt when somebody else is to be told if it still stands; null if nobody is
     */
    public record Step(
            Followed followed,
            List<Errand> errands,
            @Nullable Instant nextAt) {
        public Step {
            errands = List.copyOf(errands);
        }
    }

    public Followed {
        requireNonNull(alert, "alert");
        requireNonNull(knownBefore, "knownBefore");
        sent = Map.copyOf(sent);
    }

    /**
     * Hears of an alert.
     *
     * @param before null if nothing was heard of it
     * @param knownBefore see {@link #knownBefore}
     */
    public static Step hear(
            @Nullable Followed before, Alert alert, Instant knownBefore, Reference reference, Instant now) {
        if (before == null) {
            return new Followed(alert, knownBefore, Map.of()).tell(true, reference, now);
        }
        if (LATER.compare(alert, before.alert) <= 0) {
            return before.later(reference, now);
        }
        boolean isBack = alert.state().stands() && !before.alert.state().stands();
        return new Followed(alert, knownBefore, isBack ? Map.of() : before.sent).tell(true, reference, now);
    }

    /** Tells those whose time has come. */
    public Step later(Reference reference, Instant now) {
        return tell(false, reference, now);
    }

    /** @param news whether those who were told before have to know too */
    private Step tell(boolean news, Reference reference, Instant now) {
        List<Errand> errands = new ArrayList<>();
        if (!alert.state().stands()) {
            if (news) {
                sent.forEach((recipient, by) -> errands.add(errand(recipient, by, false)));
            }
            return new Step(this, errands, null);
        }
        Map<String, Sent> told = new HashMap<>();
        Instant next = null;
        for (Rung rung : Ladder.of(alert, reference, now)) {
            if (rung.recipient() == null) {
                continue;
            }
            String recipient = rung.recipient().id();
            Sent before = sent.get(recipient);
            boolean isDue = !rung.dueAt().isAfter(now);
            if (before != null) {
                Sent by = news && isDue ? sent(rung, before.known()) : before;
                told.put(recipient, by);
                if (news) {
                    errands.add(errand(recipient, by, false));
                }
            } else if (!isDue) {
                next = next == null || rung.dueAt().isBefore(next) ? rung.dueAt() : next;
            } else if (!isSaidByAnother(rung)) {
                Sent by = sent(
                        rung, alert.asOf().isBefore(knownBefore) && rung.dueAt().isBefore(knownBefore));
                told.put(recipient, by);
                errands.add(errand(recipient, by, false));
            }
        }
        sent.forEach((recipient, by) -> {
            if (!told.containsKey(recipient)) {
                errands.add(errand(recipient, by, true));
            }
        });
        return new Step(new Followed(alert, knownBefore, told), errands, next);
    }

    private static Sent sent(Rung rung, boolean known) {
        return new Sent(rung.route().id(), rung.route().instant(), known);
    }

    /** Whoever is told only now of a part of the time is told by the higher threshold, unless it waited for working days. */
    private boolean isSaidByAnother(Rung rung) {
        return alert.state() == State.SUPERSEDED
                && alert.kind() == AlertKind.THRESHOLD
                && rung.route().afterWorkingDays() == 0;
    }

    private Errand errand(String recipient, Sent by, boolean passedOn) {
        return new Errand(recipient, by.route(), by.instant(), alert, passedOn, by.known());
    }
}
