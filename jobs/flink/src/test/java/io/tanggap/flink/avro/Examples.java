package io.tanggap.flink.avro;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.Due;
import io.tanggap.core.alert.Alert.Matter;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Placing;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.notice.Answer;
import io.tanggap.core.notice.Notice;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Attribution;
import io.tanggap.core.reference.CaseRules;
import io.tanggap.core.reference.Category;
import io.tanggap.core.reference.Channel;
import io.tanggap.core.reference.Competence;
import io.tanggap.core.reference.GeoPoint;
import io.tanggap.core.reference.Label;
import io.tanggap.core.reference.PauseRule;
import io.tanggap.core.reference.Policy;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Recipient;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.ReferencePack.ResolutionTarget;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.reference.Route;
import io.tanggap.core.reference.Territory;
import io.tanggap.core.reference.Territory.Polygon;
import io.tanggap.core.reference.Territory.Ring;
import io.tanggap.core.reference.Validity;
import io.tanggap.core.reference.WorkCalendar;
import io.tanggap.core.reference.WorkCalendar.Holiday;
import io.tanggap.core.reference.WorkCalendar.Hours;
import io.tanggap.core.reference.WorkCalendar.Span;
import io.tanggap.flink.state.Parcel;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values of every kind, with and without what may be absent. */
public final class Examples {
    public static final Instant NOON = Instant.parse("2017-11-05T12:00:00.123Z");

    private Examples() {}

    public static List<ChannelDeclaration> declarations() {
        return List.of(
                new ChannelDeclaration("qlue", LocalDate.parse("2017-11-04"), 1_234, NOON),
                new ChannelDeclaration("é", LocalDate.EPOCH, 0, NOON),
                new ChannelDeclaration("qlue", LocalDate.parse("2017-11-05"), ChannelDeclaration.MOST_EVENTS, NOON));
    }

    /** Of every kind, with all there can be and with the least. */
    public static List<Alert> alerts() {
        Matter matter =
                new Matter("qlue:1", "1", "jalan rusak", "menteng", NOON, "a", List.of("a", "jakarta"), "b", "é");
        Matter least = new Matter("qlue:2", "2", null, null, NOON, "a", List.of(), "a", null);
        Due due = new Due(
                Target.RESOLUTION,
                2,
                1,
                150,
                NOON,
                Duration.ofHours(10),
                Duration.ofMillis(36_000_001),
                "pothole",
                "office",
                "pack");
        Due gone = new Due(Target.ACCEPTANCE, 1, 3, 100, null, null, null, null, null, null);
        return List.of(
                alert("qlue:1/RESOLUTION.2.1.150", 1, AlertKind.OVERDUE, State.OPEN, matter, due),
                alert("qlue:1/RESOLUTION.2.1.75", 2, AlertKind.THRESHOLD, State.SUPERSEDED, matter, due),
                alert("qlue:2/ACCEPTANCE.1.3.100", 3, AlertKind.LIMBO, State.RETRACTED, least, gone),
                alert("qlue:2/STALE.1", 1, AlertKind.STALE, State.CLEARED, least, null),
                alert("qlue:2/VALIDATION_FAILED.1", 1, AlertKind.VALIDATION_FAILED, State.OPEN, least, null),
                alert("feed/qlue/1", 1, AlertKind.FEED_SILENT, State.OPEN, null, null));
    }

    /** Messages that were not tried yet, and were tried. */
    public static List<Parcel> parcels() {
        Alert alert = alerts().get(0);
        Recipient recipient = new Recipient(
                "desk",
                "a",
                Recipient.Means.WEBHOOK,
                "https://desk.example.org/tanggap",
                "id",
                LocalTime.of(7, 30),
                "office",
                LocalTime.of(21, 0),
                LocalTime.of(5, 0),
                10,
                new Validity(LocalDate.of(2017, 11, 1), null));
        Recipient plain = new Recipient(
                "file", "é", Recipient.Means.FILE, "-", "en", LocalTime.NOON, null, null, null, 1, Validity.ALWAYS);
        Notice digest = new Notice(
                "0123456789abcdef0123456789abcdef",
                "desk",
                "a",
                "Dinas A",
                Notice.Occasion.DIGEST,
                NOON,
                Map.of(Notice.Change.RAISED, 201),
                List.of(new Notice.Item(Notice.Change.RAISED, alert, "missed-holder")),
                null,
                Map.of("a", "Dinas A"),
                "id",
                ZoneId.of("Asia/Jakarta"));
        Notice ended = new Notice(
                "00000000000000000000000000000000",
                "file",
                "é",
                "é",
                Notice.Occasion.SILENCE_ENDED,
                NOON,
                Map.of(),
                List.of(),
                "works",
                Map.of(),
                "en",
                ZoneId.of("Asia/Jakarta"));
        return List.of(
                Parcel.of(digest, recipient),
                Parcel.of(ended, plain)
                        .tried(new Parcel.Attempt(NOON, Answer.Outcome.RETRY, "503"), NOON.plusSeconds(60)));
    }

    private static Alert alert(
            String id, int revision, AlertKind kind, State state, @Nullable Matter matter, @Nullable Due due) {
        return new Alert(
                id,
                revision,
                kind,
                state,
                NOON,
                state == State.CLEARED ? NOON.plusSeconds(1) : null,
                "qlue",
                matter,
                due,
                kind == AlertKind.OVERDUE,
                matter == null ? List.of() : List.of("0123456789abcdef0123456789abcdef"),
                NOON.plusMillis(1),
                matter == null ? null : "pack");
    }

    /** A payload of every type, those with nullable components twice. */
    public static List<Payload> payloads() {
        return List.of(
                new Payload.Submitted("jalan rusak", "kelurahan-menteng", "dinas-bina-marga", NOON),
                new Payload.Submitted(null, null, null, null),
                new Payload.Assigned("kelurahan-gondangdia"),
                new Payload.HandoverOffered("dinas-sda"),
                new Payload.HandoverAccepted("dinas-sda"),
                new Payload.HandoverDeclined("dinas-sda"),
                new Payload.PublicReply(),
                new Payload.ProgressUpdated(),
                new Payload.ResolutionClaimed(),
                new Payload.ResolutionRejected(),
                new Payload.Closed(Outcome.OUT_OF_CITY_JURISDICTION),
                new Payload.Reopened(),
                new Payload.Verified(),
                new Payload.VerificationDeferred(),
                new Payload.Rejected(),
                new Payload.Recalled(),
                new Payload.Redacted(),
                new Payload.InternalNote(),
                new Payload.WaitEnded(),
                new Payload.ResolutionValidated(),
                new Payload.Categorised("sampah"),
                new Payload.JurisdictionResolved("kelurahan-menteng", null),
                new Payload.JurisdictionResolved("kelurahan-menteng", Placing.POLYGON),
                new Payload.LocationCorrected("kelurahan-gondangdia"),
                new Payload.Delegated("sudin-sda-pusat"),
                new Payload.WaitStarted("CITIZEN_INFO"),
                new Payload.ChannelLinked("twitter:17"),
                new Payload.MergedInto("lapor:9"),
                new Payload.Rated(2),
                new Payload.SnapshotObserved(
                        Payload.Status.WAITING, Outcome.UNABLE, "tim-9", "网络", "zone-é", NOON.plusMillis(1)),
                new Payload.SnapshotObserved(null, null, null, null, null, null),
                new Payload.ResolutionClaimed(List.of("9f86d081", "60303ae2")),
                new Payload.Reopened("RATING"),
                new Payload.Unmerged(),
                new Payload.SplitInto("qlue:18"),
                new Payload.EscalatedUp("kecamatan-menteng"),
                new Payload.Disputed(null),
                new Payload.Disputed(true),
                new Payload.Corrected("00112233445566778899aabbccddeeff"),
                new Payload.HolderReorganised("dinas-kebersihan", "dinas-lh"),
                new Payload.VerdictContested("RESOLUTION", 1),
                new Payload.VerdictDecided("ACCEPTANCE", 2, false, "12/PM.03/2018"),
                new Payload.Submitted(null, "menteng", null, null, NOON.plusSeconds(86_400)));
    }

    /** An event for each payload; every other one has nulls where it may. */
    public static List<CaseEvent> events() {
        List<CaseEvent> events = new ArrayList<>();
        for (Payload payload : payloads()) {
            int n = events.size();
            boolean full = n % 2 == 0;
            events.add(event(
                    "qlue",
                    "JKT-" + n,
                    NOON.minusSeconds(n),
                    full ? (long) n : null,
                    full ? "u-" + n : null,
                    n,
                    payload));
        }
        return events;
    }

    private static CaseEvent event(
            String channel, String number, Instant at, Long sequence, String unit, int n, Payload payload) {
        return CaseEvent.of(
                channel,
                number,
                at,
                NOON.plusSeconds(60),
                sequence,
                Actor.values()[n % Actor.values().length],
                unit,
                Visibility.values()[n % Visibility.values().length],
                n % 3 == 0,
                TimeNote.values()[n % TimeNote.values().length],
                payload);
    }

    /** Events of a few cases, the same for the same seed. */
    public static List<CaseEvent> events(int count, long seed) {
        Random random = new Random(seed);
        List<Payload> payloads = payloads();
        List<CaseEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(event(
                    "boston",
                    Integer.toString(random.nextInt(1 + count / 5)),
                    Instant.ofEpochMilli(1_300_000_000_000L + random.nextInt(Integer.MAX_VALUE)),
                    random.nextBoolean() ? (long) i : null,
                    random.nextBoolean() ? "unit-" + random.nextInt(40) : null,
                    random.nextInt(1000),
                    payloads.get(random.nextInt(payloads.size()))));
        }
        return events;
    }

    public static List<DeadLetter> deadLetters() {
        return List.of(
                new DeadLetter(
                        DeadLetter.Stage.REPLAY,
                        "malformed.csv",
                        "The row has 3 columns, not 29: mend the row and replay it.",
                        "311-2011.csv:12",
                        "a,b,c".getBytes(StandardCharsets.UTF_8),
                        NOON),
                new DeadLetter(DeadLetter.Stage.INDEX, "rejected.mapping", "", "", new byte[0], Instant.EPOCH));
    }

    public static List<ReferencePack> packs() {
        return List.of(
                new ReferencePack(
                        "jakarta-2017-11",
                        NOON,
                        "jakarta",
                        ZoneId.of("Asia/Jakarta"),
                        Duration.ofDays(14),
                        List.of(
                                new Unit("pusat", "Jakarta Pusat", "kota", null),
                                new Unit("menteng", "Menteng", "kecamatan", "pusat")),
                        List.of(
                                new ResolutionTarget(
                                        "pothole",
                                        "jalan rusak",
                                        "qlue",
                                        Duration.ofHours(72),
                                        NOON,
                                        NOON.plusSeconds(1)),
                                new ResolutionTarget("rest", null, null, Duration.ofDays(30), null, null)),
                        Map.of("jalan rusak", "roads", "banjir", "water", "sampah", "waste")),
                new ReferencePack(
                        "empty",
                        Instant.EPOCH,
                        "boston",
                        ZoneId.of("America/New_York"),
                        Duration.ofMillis(1),
                        List.of(),
                        List.of(),
                        Map.of()),
                directoryPack());
    }

    /** A pack with everything that a directory can say, with and without what may be absent. */
    public static ReferencePack directoryPack() {
        Validity years = new Validity(LocalDate.of(2016, 12, 31), LocalDate.of(2018, 1, 1));
        Ring square = new Ring(new double[] {106.8, -6.2, 106.9, -6.2, 106.9, -6.1, 106.8, -6.2});
        Ring hole = new Ring(new double[] {106.86, -6.18, 106.87, -6.18, 106.87, -6.17, 106.86, -6.18});
        return new ReferencePack(
                "jakarta-2026-01",
                NOON,
                "31",
                ZoneId.of("Asia/Jakarta"),
                Duration.ofDays(14),
                List.of(
                        new Unit(
                                "31.71",
                                Kind.TERRITORY,
                                "Jakarta Pusat",
                                "Central Jakarta",
                                "kota",
                                null,
                                years,
                                914_000L,
                                new GeoPoint(-6.18, 106.83),
                                null),
                        new Unit(
                                "sda",
                                Kind.AGENCY,
                                "Dinas SDA",
                                null,
                                "dinas",
                                null,
                                Validity.ALWAYS,
                                null,
                                null,
                                "112"),
                        new Unit(
                                "air",
                                Kind.AGENCY,
                                "Dinas Tata Air",
                                null,
                                "dinas",
                                null,
                                years,
                                null,
                                null,
                                null,
                                "sda")),
                List.of(),
                Map.of(),
                List.of(
                        new Policy(
                                "crm",
                                Policy.Target.RESOLUTION,
                                null,
                                null,
                                null,
                                Duration.ofDays(7),
                                false,
                                null,
                                years),
                        new Policy(
                                "triage",
                                Policy.Target.TRIAGE,
                                "banjir",
                                "qlue",
                                "kota",
                                Duration.ofHours(6),
                                false,
                                "office",
                                Validity.ALWAYS),
                        new Policy(
                                "dwell",
                                Policy.Target.DWELL,
                                null,
                                null,
                                null,
                                Duration.ofDays(14),
                                true,
                                "office",
                                Validity.ALWAYS)),
                List.of(new WorkCalendar(
                        "office",
                        List.of(new Hours(DayOfWeek.MONDAY, new Span(450, 960), years)),
                        List.of(
                                new Holiday(LocalDate.of(2017, 8, 17), "Kemerdekaan", null, null),
                                new Holiday(
                                        LocalDate.of(2017, 6, 1),
                                        null,
                                        new Span(480, Span.DAY),
                                        LocalDate.of(2017, 5, 1))))),
                List.of(
                        new Category("banjir", "Banjir", "Flood", "water", false),
                        new Category("pungli", "Pungutan liar", null, null, true)),
                List.of(new Label("qlue", "Genangan Air", "banjir"), new Label(null, "banjir", "banjir")),
                List.of(
                        new Competence("banjir", "31.71", "sda", years),
                        new Competence(null, null, "31.71", Validity.ALWAYS)),
                List.of(new Territory(
                        "31.71", List.of(new Polygon(square, List.of(hole)), new Polygon(square, List.of())))),
                List.of(
                        new Channel("twitter", Duration.ofHours(12), Set.of("44196397", "783214", "17461978"), 2),
                        new Channel("crop", null, Set.of())),
                Attribution.CRM,
                2_000,
                List.of(
                        new PauseRule("WEATHER", Policy.Target.RESOLUTION, Duration.ofDays(3), years),
                        new PauseRule(PauseRule.UNSTATED, null, Duration.ofHours(1), Validity.ALWAYS)),
                new CaseRules(Duration.ofDays(3), Duration.ofDays(30), Duration.ofDays(2)),
                List.of(
                        new Route(
                                "late",
                                AlertKind.OVERDUE,
                                Policy.Target.RESOLUTION,
                                150,
                                3,
                                "banjir",
                                "qlue",
                                Route.Party.ABOVE,
                                "kota",
                                true,
                                years),
                        new Route(
                                "silent",
                                AlertKind.STALE,
                                null,
                                null,
                                0,
                                null,
                                null,
                                Route.Party.HOLDER,
                                null,
                                false,
                                Validity.ALWAYS)),
                List.of(
                        new Recipient(
                                "town",
                                "31.71",
                                Recipient.Means.WEBHOOK,
                                "https://hooks.example/town",
                                "id",
                                Recipient.CUSTOMARY_DIGEST,
                                "office",
                                LocalTime.of(22, 0),
                                LocalTime.MIDNIGHT,
                                Recipient.CUSTOMARY_PER_HOUR,
                                years),
                        new Recipient(
                                "water",
                                "sda",
                                Recipient.Means.FILE,
                                "-",
                                "en",
                                LocalTime.MAX.truncatedTo(ChronoUnit.MILLIS),
                                null,
                                null,
                                null,
                                1,
                                Validity.ALWAYS)));
    }
}
