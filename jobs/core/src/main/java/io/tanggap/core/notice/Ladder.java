package io.tanggap.core.notice;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.Due;
import io.tanggap.core.alert.Alert.Matter;
import io.tanggap.core.reference.Recipient;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.Route;
import io.tanggap.core.reference.WorkingTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who is told of an alert, and from when on, by the routes and recipients known at an instant. */
public final class Ladder {
    /**
     * One who is told.
     *
     * @param recipient null: the unit has none, so nobody is told
     * @param dueAt when the alert was raised, or the end of the working days that it must have stood before
     */
    public record Rung(String unit, @Nullable Recipient recipient, Route route, Instant dueAt) {}

    private static final Comparator<Rung> SOONER = Comparator.comparing(Rung::dueAt)
            .thenComparing(rung -> !rung.route().instant());

    private Ladder() {}

    /**
     * Every rung of an alert, at most one for each recipient: the one that is due first, of those the instant one; and after
     * them one for each unit without recipients. An alert that does not stand has none.
     *
     * @param now by what is known then, and by the calendars of then
     */
    public static List<Rung> of(Alert alert, Reference reference, Instant now) {
        if (!alert.state().stands()) {
            return List.of();
        }
        LocalDate day = LocalDate.ofInstant(alert.raisedAt(), reference.zone());
        Map<String, Rung> byRecipient = new LinkedHashMap<>();
        Map<String, Rung> byUnit = new LinkedHashMap<>();
        for (Route route : reference.routes(now)) {
            String unit = matches(route, alert) && route.validity().contains(day)
                    ? party(route, alert, reference, now)
                    : null;
            if (unit == null) {
                continue;
            }
            List<Recipient> recipients = reference.recipients(unit, now);
            if (recipients.isEmpty()) {
                byUnit.putIfAbsent(unit, new Rung(unit, null, route, alert.raisedAt()));
            }
            for (Recipient recipient : recipients) {
                Rung rung = new Rung(unit, recipient, route, dueAt(route, recipient, alert, reference, now));
                byRecipient.merge(recipient.id(), rung, (a, b) -> SOONER.compare(b, a) < 0 ? b : a);
            }
        }
        return Stream.concat(byRecipient.values().stream(), byUnit.values().stream())
                .toList();
    }

    private static boolean matches(Route route, Alert alert) {
        Due due = alert.due();
        Matter matter = alert.matter();
        return route.kind() == alert.kind()
                && (route.target() == null || (due != null && due.target() == route.target()))
                && (route.threshold() == null || (due != null && due.threshold() == route.threshold()))
                && (route.channel() == null || route.channel().equals(alert.channel()))
                && (route.category() == null
                        || (matter != null && route.category().equals(matter.category())));
    }

    private static @Nullable String party(Route route, Alert alert, Reference reference, Instant now) {
        Matter matter = alert.matter();
        return switch (route.party()) {
            case UNIT -> route.name();
            case HOLDER -> matter == null ? null : matter.holder();
            case CHARGED -> matter == null ? null : matter.charged();
            case OFFERED_TO -> matter == null ? null : matter.offeredTo();
            case TERRITORY -> matter == null ? null : matter.territory();
            case ABOVE ->
                matter == null
                        ? null
                        : matter.holderPath().stream()
                                .filter(unit -> Objects.equals(route.name(), reference.level(unit, now)))
                                .findFirst()
                                .orElse(null);
        };
    }

    private static Instant dueAt(Route route, Recipient recipient, Alert alert, Reference reference, Instant now) {
        int days = route.afterWorkingDays();
        if (days == 0) {
            return alert.raisedAt();
        }
        if (recipient.calendar() == null) {
            return alert.raisedAt().atZone(reference.zone()).plusDays(days).toInstant();
        }
        WorkingTime time = reference.workingTime(recipient.calendar(), now);
        Instant end = time.deadlineInDays(alert.raisedAt(), days);
        // A calendar without so many working days left holds nobody up.
        return end == null ? alert.raisedAt() : end;
    }
}
