package io.tanggap.delivery;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.Due;
import io.tanggap.core.alert.Alert.Matter;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.notice.Notice;
import io.tanggap.core.notice.Notice.Change;
import io.tanggap.core.notice.Notice.Item;
import io.tanggap.core.notice.Notice.Occasion;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Recipient;
import io.tanggap.core.reference.Recipient.Means;
import io.tanggap.core.reference.Validity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Messages as they are made, and recipients for them. */
final class Sample {
    static final String ID = "0123456789abcdef0123456789abcdef";
    static final Instant MADE_AT = Instant.parse("2026-03-12T00:30:00Z");
    static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");
    static final Map<String, String> NAMES = Map.of(
            "dbm", "Dinas Bina Marga",
            "sda", "Dinas Sumber Daya Air",
            "kel.menteng", "Kelurahan Menteng",
            "road.pothole", "Pothole",
            "qlue", "Qlue");

    private Sample() {}

    static Recipient recipient(Means means, String address) {
        return new Recipient(
                "dbm-desk",
                "dbm",
                means,
                address,
                "en",
                Recipient.CUSTOMARY_DIGEST,
                null,
                null,
                null,
                Recipient.CUSTOMARY_PER_HOUR,
                Validity.ALWAYS);
    }

    static Matter matter(String number) {
        return matter(number, "dbm");
    }

    static Matter matter(String number, String holder) {
        return new Matter(
                "qlue:" + number,
                number,
                "road.pothole",
                "kel.menteng",
                Instant.parse("2026-03-09T02:00:00Z"),
                holder,
                List.of(holder, "city"),
                holder,
                null);
    }

    static Due due(int threshold, Instant deadline) {
        return new Due(
                Target.RESOLUTION,
                1,
                1,
                threshold,
                deadline,
                Duration.ofHours(40),
                Duration.ofMinutes(40L * 60 * threshold / 100),
                "road-40h",
                "office",
                "jakarta-2026");
    }

    static Alert alert(AlertKind kind, State state, Matter matter, Due due) {
        return new Alert(
                kind + ":" + (matter == null ? "feed" : matter.caseId()),
                1,
                kind,
                state,
                Instant.parse("2026-03-11T08:00:00Z"),
                state == State.CLEARED ? Instant.parse("2026-03-11T23:00:00Z") : null,
                "qlue",
                matter,
                due,
                false,
                matter == null ? List.of() : List.of("e-1", "e-2"),
                MADE_AT,
                matter == null ? null : "jakarta-2026");
    }

    static Item overdue(Change change, String number) {
        return overdue(change, matter(number));
    }

    static Item overdue(Change change, Matter matter) {
        State state =
                switch (change) {
                    case RAISED, STANDING, PASSED_ON -> State.OPEN;
                    case CLEARED -> State.CLEARED;
                    case RETRACTED -> State.RETRACTED;
                };
        Due due = change == Change.RETRACTED
                ? new Due(Target.RESOLUTION, 1, 1, 100, null, null, null, null, null, null)
                : due(100, Instant.parse("2026-03-11T08:00:00Z"));
        return new Item(change, alert(AlertKind.OVERDUE, state, matter, due), "overdue-holder");
    }

    static Item near(String number) {
        return new Item(
                Change.RAISED,
                alert(AlertKind.THRESHOLD, State.OPEN, matter(number), due(75, Instant.parse("2026-03-12T06:00:00Z"))),
                "near-holder");
    }

    static Item of(AlertKind kind) {
        Due due = kind.isOfClock() ? due(100, Instant.parse("2026-03-11T08:00:00Z")) : null;
        Matter matter = kind == AlertKind.FEED_SILENT ? null : matter("Q-" + kind.ordinal());
        return new Item(Change.RAISED, alert(kind, State.OPEN, matter, due), "route");
    }

    static Notice notice(Occasion occasion, List<Item> items) {
        return notice(occasion, items, "en", NAMES);
    }

    static Notice notice(Occasion occasion, List<Item> items, String language, Map<String, String> names) {
        Map<Change, Integer> counts =
                items.stream().collect(Collectors.groupingBy(Item::change, Collectors.summingInt(item -> 1)));
        return new Notice(
                ID,
                "dbm-desk",
                "dbm",
                "Dinas Bina Marga",
                occasion,
                MADE_AT,
                counts,
                items,
                occasion == Occasion.SILENCE_ENDED ? "Maintenance of the CRM" : null,
                names,
                language,
                ZONE);
    }

    /** Something of everything. */
    static Notice digest(String language) {
        return notice(
                Occasion.DIGEST,
                List.of(
                        overdue(Change.RAISED, "Q-1"),
                        overdue(Change.RAISED, matter("Q-2", "sda")),
                        near("Q-3"),
                        overdue(Change.STANDING, "Q-4"),
                        overdue(Change.PASSED_ON, matter("Q-5", "sda")),
                        overdue(Change.CLEARED, "Q-6"),
                        overdue(Change.RETRACTED, "Q-7"),
                        of(AlertKind.FEED_SILENT)),
                language,
                NAMES);
    }
}
