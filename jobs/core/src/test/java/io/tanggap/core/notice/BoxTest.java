package io.tanggap.core.notice;

import static io.tanggap.core.Story.local;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.PackDraft;
import io.tanggap.core.References;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.notice.Box.Memory;
import io.tanggap.core.notice.Notice.Change;
import io.tanggap.core.notice.Notice.Item;
import io.tanggap.core.notice.Notice.Occasion;
import io.tanggap.core.reference.Recipient;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.Validity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BoxTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    /** A Monday; the digest is at half past seven on working days, two single messages an hour. */
    private static final String MONDAY = "2024-07-01 10:00";

    private static PackDraft pack() {
        return new PackDraft("pack").hours("office", "Mon-Fri 07:30-16:00");
    }

    private static Recipients of(PackDraft pack) {
        return new Recipients(
                pack.recipient("desk", "A", "office", "07:30", null, 2, Validity.ALWAYS), References.JAKARTA);
    }

    private static Recipients quiet(String hours, String digestAt) {
        return new Recipients(
                pack().recipient("desk", "A", "office", digestAt, hours, 2, Validity.ALWAYS), References.JAKARTA);
    }

    private static Recipients newYork(String digestAt) {
        return new Recipients(
                new PackDraft("pack").zone(NEW_YORK).recipient("desk", "A", null, digestAt, null, 2, Validity.ALWAYS),
                NEW_YORK);
    }

    /** The box of one recipient, which is opened anew whenever something happens. */
    private static final class Recipients {
        private final Reference reference;
        private final ZoneId zone;
        private final List<Silence> silences = new ArrayList<>();
        private final Set<String> silentFeeds = new TreeSet<>();
        private MapEntries entries = new MapEntries();
        private @Nullable Memory memory;
        private Instant now = Instant.EPOCH;

        Recipients(PackDraft pack, ZoneId zone) {
            reference = pack.reference();
            this.zone = zone;
        }

        Instant at(String text) {
            return LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant();
        }

        private Box open(Instant at) {
            now = at;
            Recipient desk = reference.recipient("desk", at).orElseThrow();
            return new Box(
                    desk, reference, silences, silentFeeds, entries, memory == null ? Memory.at(at) : memory, at);
        }

        List<Notice> take(Instant at, Errand errand) throws Exception {
            Box box = open(at);
            box.take(errand);
            memory = box.memory();
            return box.notices();
        }

        List<Notice> tick(Instant at) throws Exception {
            Box box = open(at);
            box.tick();
            memory = box.memory();
            return box.notices();
        }

        List<String> instant(String at, AlertDraft alert) throws Exception {
            return says(take(at(at), new Errand("desk", "route", true, alert.alert(), false, false)));
        }

        List<String> digest(String at, AlertDraft alert) throws Exception {
            return says(take(at(at), new Errand("desk", "route", false, alert.alert(), false, false)));
        }

        List<String> known(String at, AlertDraft alert) throws Exception {
            return says(take(at(at), new Errand("desk", "route", true, alert.alert(), false, true)));
        }

        List<String> passedOn(String at, AlertDraft alert) throws Exception {
            return says(take(at(at), new Errand("desk", "route", true, alert.alert(), true, false)));
        }

        List<String> tick(String at) throws Exception {
            return says(tick(at(at)));
        }

        /** What is told from one time until another, with the time, by a clock that looks every ten minutes. */
        List<String> ticks(String from, String until) throws Exception {
            List<String> told = new ArrayList<>();
            for (Instant at = at(from); at.isBefore(at(until)); at = at.plus(Duration.ofMinutes(10))) {
                String time = LocalDateTime.ofInstant(at, zone).toString().replace('T', ' ');
                tick(at).forEach(notice -> told.add(time + " " + says(notice)));
            }
            return told;
        }

        AlertDraft overdue(String caseId, String raisedAt) {
            return AlertDraft.resolution(caseId, 100, at(raisedAt));
        }

        void silence(String id, String from, String until, String unit) {
            silences.add(
                    new Silence(id, at(from), at(until), "because of " + unit, "boss", unit, null, null, null, null));
        }
    }

    private static List<String> says(List<Notice> notices) {
        return notices.stream().map(BoxTest::says).toList();
    }

    private static String says(Notice notice) {
        return notice.items().stream()
                .map(item -> item.change() + " " + item.alert().id().replace("/RESOLUTION.1.1.", "@"))
                .collect(Collectors.joining(", ", notice.occasion() + ": ", ""));
    }

    @Test
    void whatIsInstantIsToldAtOnceAndAnythingElseInTheDigest() throws Exception {
        Recipients desk = of(pack());

        assertThat(desk.instant(MONDAY, desk.overdue("1", MONDAY))).containsExactly("INSTANT: RAISED 1@100");
        assertThat(desk.digest(MONDAY, desk.overdue("2", MONDAY))).isEmpty();
        assertThat(desk.ticks(MONDAY, "2024-07-04 00:00"))
                .containsExactly("2024-07-02 07:30 DIGEST: RAISED 2@100, STANDING 1@100");
    }

    @Test
    void whatWasToldAlreadyIsNotToldAgain() throws Exception {
        Recipients desk = of(pack());
        AlertDraft alert = desk.overdue("1", MONDAY);
        desk.instant(MONDAY, alert);

        assertThat(desk.instant("2024-07-01 11:00", alert.then(State.OPEN, desk.at("2024-07-01 11:00"))))
                .isEmpty();
        assertThat(desk.ticks("2024-07-01 11:00", "2024-07-03 00:00")).isEmpty();
    }

    @Test
    void anEndWaitsForTheDigestAndAMistakeDoesNot() throws Exception {
        Recipients desk = of(pack());
        AlertDraft first = desk.overdue("1", MONDAY);
        AlertDraft second = desk.overdue("2", MONDAY);
        desk.instant(MONDAY, first);
        desk.instant(MONDAY, second);
        Instant later = desk.at("2024-07-01 12:00");

        assertThat(desk.instant("2024-07-01 12:00", first.then(State.RETRACTED, later)))
                .containsExactly("INSTANT: RETRACTED 1@100");
        assertThat(desk.instant("2024-07-01 12:00", second.then(State.CLEARED, later)))
                .isEmpty();
        assertThat(desk.tick("2024-07-02 07:30")).containsExactly("DIGEST: CLEARED 2@100");
        assertThat(desk.entries.byAlert).isEmpty();
    }

    @Test
    void aMistakeIsPutRightAsFastAsItWasMade() throws Exception {
        Recipients desk = of(pack());
        AlertDraft alert = desk.overdue("1", MONDAY);
        desk.digest(MONDAY, alert);
        desk.tick("2024-07-02 07:30");

        assertThat(desk.instant("2024-07-02 10:00", alert.then(State.RETRACTED, desk.at("2024-07-02 10:00"))))
                .as("though its route is another now")
                .isEmpty();
        assertThat(desk.tick("2024-07-03 07:30")).containsExactly("DIGEST: RETRACTED 1@100");
    }

    @Test
    void whatIsOverBeforeItWasToldIsToldToNobody() throws Exception {
        Recipients desk = of(pack());
        AlertDraft alert = desk.overdue("1", MONDAY);
        desk.digest(MONDAY, alert);
        desk.digest("2024-07-01 12:00", alert.then(State.CLEARED, desk.at("2024-07-01 12:00")));

        assertThat(desk.ticks(MONDAY, "2024-07-03 00:00")).isEmpty();
        assertThat(desk.entries.byAlert).isEmpty();
        assertThat(requireNonNull(desk.memory).due()).isZero();
    }

    @Test
    void whatComesBackBeforeItsEndWasToldNeverEnded() throws Exception {
        Recipients desk = of(pack());
        AlertDraft alert = desk.overdue("1", MONDAY);
        desk.instant(MONDAY, alert);
        desk.instant("2024-07-01 12:00", alert.then(State.CLEARED, desk.at("2024-07-01 12:00")));
        desk.instant("2024-07-01 13:00", alert.then(State.OPEN, desk.at("2024-07-01 13:00")));

        assertThat(desk.ticks("2024-07-01 13:00", "2024-07-03 00:00")).isEmpty();
    }

    @Test
    void whatWasClearedAndNeverWasIsTakenBack() throws Exception {
        Recipients desk = of(pack());
        AlertDraft alert = desk.overdue("1", MONDAY);
        desk.instant(MONDAY, alert);
        desk.instant("2024-07-01 12:00", alert.then(State.CLEARED, desk.at("2024-07-01 12:00")));

        assertThat(desk.instant("2024-07-01 13:00", alert.then(State.RETRACTED, desk.at("2024-07-01 13:00"))))
                .containsExactly("INSTANT: RETRACTED 1@100");
        assertThat(desk.ticks("2024-07-01 13:00", "2024-07-03 00:00")).isEmpty();
    }

    @Test
    void whatIsPassedOnIsSaidOnceToWhoeverHadIt() throws Exception {
        Recipients desk = of(pack());
        desk.instant(MONDAY, desk.overdue("1", MONDAY));
        desk.passedOn("2024-07-01 11:00", desk.overdue("1", MONDAY));
        desk.passedOn("2024-07-01 11:00", desk.overdue("2", MONDAY));

        assertThat(desk.ticks("2024-07-01 11:00", "2024-07-04 00:00"))
                .containsExactly("2024-07-02 07:30 DIGEST: PASSED_ON 1@100");
    }

    @Test
    void whatIsKnownMakesNoMessageAndIsListedInTheNext() throws Exception {
        Recipients desk = of(pack());
        desk.known(MONDAY, desk.overdue("old", "2024-06-01 10:00"));
        desk.known(MONDAY, desk.overdue("over", "2024-06-01 10:00"));
        desk.known(MONDAY, desk.overdue("over", "2024-06-01 10:00").then(State.CLEARED, desk.at("2024-06-02 10:00")));
        assertThat(desk.ticks(MONDAY, "2024-07-03 00:00")).isEmpty();

        desk.digest("2024-07-03 10:00", desk.overdue("new", "2024-07-03 10:00"));
        assertThat(desk.tick("2024-07-04 07:30")).containsExactly("DIGEST: RAISED new@100, STANDING old@100");
        desk.known(
                "2024-07-04 10:00",
                desk.overdue("old", "2024-06-01 10:00").then(State.CLEARED, desk.at("2024-07-04 10:00")));
        assertThat(desk.tick("2024-07-05 07:30"))
                .as("since it was told that it stands, also its end is told")
                .containsExactly("DIGEST: CLEARED old@100, STANDING new@100");
    }

    @Test
    void moreThanAnHourAllowsComesTogetherOnceAnHour() throws Exception {
        Recipients desk = of(pack());
        List<String> told = new ArrayList<>();
        for (int minute = 0; minute < 150; minute++) {
            Instant at = desk.at(MONDAY).plus(Duration.ofMinutes(minute));
            Errand errand = new Errand(
                    "desk",
                    "route",
                    true,
                    AlertDraft.resolution("c" + minute, 100, at).alert(),
                    false,
                    false);
            List<Notice> notices = new ArrayList<>(desk.take(at, errand));
            notices.addAll(desk.tick(at));
            notices.forEach(notice ->
                    told.add(requireNonNull(local(at)).substring(11) + " " + notice.occasion() + " " + notice.total()));
        }

        assertThat(told)
                .containsExactly(
                        "10:00 INSTANT 1",
                        "10:01 INSTANT 1",
                        "10:02 STORM 1",
                        "11:00 INSTANT 58",
                        "11:01 INSTANT 1",
                        "11:02 STORM 1",
                        "12:00 INSTANT 58",
                        "12:01 INSTANT 1",
                        "12:02 STORM 1");
    }

    @Test
    void aStormOfFiftyThousandIsAFewMessagesAndLosesNone() throws Exception {
        Recipients desk = of(pack());
        int breaches = 50_000;
        List<Notice> notices = new ArrayList<>();
        Instant start = desk.at(MONDAY);
        for (int i = 0; i < breaches; i++) {
            Instant at = start.plusMillis(i * 60_000L / breaches);
            Alert alert = AlertDraft.resolution("c" + i, 100, at).alert();
            notices.addAll(desk.take(at, new Errand("desk", "route", true, alert, false, false)));
        }
        int looks = desk.entries.looksAtOne;
        for (int minute = 1; minute < 90; minute++) {
            notices.addAll(desk.tick(start.plus(Duration.ofMinutes(minute))));
        }

        assertThat(notices)
                .extracting(Notice::occasion)
                .containsExactly(Occasion.INSTANT, Occasion.INSTANT, Occasion.STORM);
        assertThat(notices.stream().mapToInt(Notice::total).sum()).isEqualTo(breaches);
        assertThat(notices.get(2).items()).hasSize(Notice.MOST_ITEMS);
        assertThat(looks).as("a few for each").isLessThanOrEqualTo(8 * breaches);
        assertThat(desk.entries.looksAtAll).as("not at every minute").isEqualTo(1);

        for (int i = 0; i < breaches; i++) {
            Instant at = desk.at("2024-07-01 15:00");
            Alert alert = AlertDraft.resolution("c" + i, 100, at)
                    .then(State.CLEARED, at)
                    .alert();
            notices.addAll(desk.take(at, new Errand("desk", "route", true, alert, false, false)));
        }
        assertThat(notices).hasSize(3);
        List<Notice> digests = desk.tick(desk.at("2024-07-02 07:30"));
        assertThat(digests).hasSize(1);
        assertThat(digests.get(0).counts()).isEqualTo(Map.of(Change.CLEARED, breaches));
        assertThat(desk.entries.byAlert).isEmpty();
    }

    @Test
    void nobodyLooksAtAllEntriesUnlessSomethingIsDue() throws Exception {
        Recipients desk = quiet("21:00-05:00", "07:30");
        desk.silentFeeds.add("jaki");
        desk.silence("s", "2024-07-01 08:00", "2024-07-09 08:00", "B");
        desk.digest(MONDAY, desk.overdue("waits", MONDAY));
        desk.instant(MONDAY, desk.overdue("silenced", MONDAY).heldBy("B", "city"));
        desk.instant(MONDAY, desk.overdue("mute", MONDAY).channel("jaki"));
        desk.ticks(MONDAY, "2024-07-01 22:00");
        desk.instant("2024-07-01 22:00", desk.overdue("night", MONDAY));
        desk.ticks("2024-07-01 22:00", "2024-07-02 05:00");
        assertThat(desk.entries.looksAtAll).isZero();
        assertThat(desk.ticks("2024-07-02 05:00", "2024-07-03 05:00"))
                .containsExactly(
                        "2024-07-02 05:00 INSTANT: RAISED night@100",
                        "2024-07-02 07:30 DIGEST: RAISED waits@100, STANDING night@100");
        assertThat(desk.entries.looksAtAll).isLessThanOrEqualTo(4);
    }

    @Test
    void inQuietHoursNothingIsToldAndAtTheirEndAllOfIt() throws Exception {
        Recipients desk = quiet("21:00-05:00", "07:30");
        assertThat(desk.instant("2024-07-01 20:59", desk.overdue("1", MONDAY))).hasSize(1);
        assertThat(desk.instant("2024-07-01 21:00", desk.overdue("2", MONDAY))).isEmpty();
        assertThat(desk.instant("2024-07-02 04:59", desk.overdue("3", MONDAY))).isEmpty();

        assertThat(desk.ticks("2024-07-02 04:50", "2024-07-02 08:00"))
                .containsExactly("2024-07-02 05:00 INSTANT: RAISED 2@100, RAISED 3@100");
        assertThat(desk.instant("2024-07-02 05:00", desk.overdue("4", MONDAY))).hasSize(1);
    }

    @Test
    void quietHoursMayLieInTheDay() throws Exception {
        Recipients desk = quiet("12:00-13:00", "07:30");

        assertThat(desk.instant("2024-07-01 11:59", desk.overdue("1", MONDAY))).hasSize(1);
        assertThat(desk.instant("2024-07-01 12:00", desk.overdue("2", MONDAY))).isEmpty();
        assertThat(desk.tick("2024-07-01 12:59")).isEmpty();
        assertThat(desk.instant("2024-07-01 13:00", desk.overdue("3", MONDAY)))
                .as("it goes with those that wait")
                .isEmpty();
        assertThat(desk.tick("2024-07-01 13:00")).containsExactly("INSTANT: RAISED 2@100, RAISED 3@100");
    }

    @Test
    void aDigestInQuietHoursWaitsForTheirEndAndHasAllThatWaitedToo() throws Exception {
        Recipients desk = quiet("21:00-08:00", "07:30");
        desk.digest(MONDAY, desk.overdue("1", MONDAY));
        desk.instant("2024-07-01 23:00", desk.overdue("2", "2024-07-01 23:00"));

        assertThat(desk.ticks("2024-07-01 23:00", "2024-07-03 00:00"))
                .containsExactly("2024-07-02 08:00 DIGEST: RAISED 1@100, RAISED 2@100");
    }

    @Test
    void aDigestThatNobodyMadeInTimeIsMadeOnceAndNotInTheNight() throws Exception {
        Recipients desk = quiet("21:00-05:00", "07:30");
        desk.digest(MONDAY, desk.overdue("1", MONDAY));

        assertThat(desk.ticks("2024-07-04 22:00", "2024-07-06 00:00"))
                .as("nothing ran for three days")
                .containsExactly("2024-07-05 05:00 DIGEST: RAISED 1@100");
    }

    @Test
    void whatStandsMakesNoDigestByItself() throws Exception {
        Recipients desk = of(pack());
        desk.instant(MONDAY, desk.overdue("1", MONDAY));

        assertThat(desk.ticks(MONDAY, "2024-07-10 07:40")).isEmpty();
        desk.digest("2024-07-10 07:40", desk.overdue("2", MONDAY));
        assertThat(desk.ticks("2024-07-10 07:40", "2024-07-12 00:00"))
                .as("those without news are not made up for")
                .containsExactly("2024-07-11 07:30 DIGEST: RAISED 2@100, STANDING 1@100");
    }

    @Test
    void digestsGoOutOnWorkingDays() throws Exception {
        Recipients desk = of(pack().holiday("office", "2024-07-08", null, null)
                .holiday("office", "2024-07-09", "09:00-11:00", null)
                .holiday("office", "2024-07-10", null, "2024-07-10")
                .holiday("office", "2024-07-11", null, "2024-07-12"));
        List<String> days = new ArrayList<>();
        for (int day = 1; day < 15; day++) {
            String date = LocalDate.of(2024, 7, day).toString();
            desk.digest(date + " 06:00", desk.overdue("c" + day, MONDAY));
            desk.ticks(date + " 06:00", date + " 23:59")
                    .forEach(told -> days.add(told.substring(0, told.indexOf(" DIGEST"))));
        }

        assertThat(days)
                .as(
                        "no week-end, no holiday, a short day, one that was decreed on the day, one that was decreed too late")
                .containsExactly(
                        "2024-07-01 07:30",
                        "2024-07-02 07:30",
                        "2024-07-03 07:30",
                        "2024-07-04 07:30",
                        "2024-07-05 07:30",
                        "2024-07-09 07:30",
                        "2024-07-11 07:30",
                        "2024-07-12 07:30");
    }

    @Test
    void afterALongHolidayDigestsGoOn() throws Exception {
        PackDraft pack = pack();
        for (LocalDate day = LocalDate.parse("2024-07-02"); day.getYear() == 2024; day = day.plusDays(1)) {
            pack.holiday("office", day.toString());
        }
        Recipients desk = of(pack);
        desk.digest(MONDAY, desk.overdue("1", MONDAY));

        assertThat(desk.ticks("2024-12-31 00:00", "2025-01-03 00:00"))
                .containsExactly("2025-01-01 07:30 DIGEST: RAISED 1@100");
    }

    @Test
    void withoutACalendarThereIsADigestADay() throws Exception {
        Recipients desk = newYork("07:30");
        desk.digest("2024-07-05 10:00", desk.overdue("1", MONDAY));

        assertThat(desk.ticks("2024-07-05 10:00", "2024-07-07 00:00"))
                .as("a Saturday")
                .containsExactly("2024-07-06 07:30 DIGEST: RAISED 1@100");
    }

    @Test
    void whereClocksArePutForwardAndBackThereIsOneDigestADay() throws Exception {
        assertThat(digests("02:30", "2024-03-08", "2024-03-13"))
                .containsExactly(
                        "2024-03-08T02:30-05:00[America/New_York]",
                        "2024-03-09T02:30-05:00[America/New_York]",
                        "2024-03-10T03:30-04:00[America/New_York]",
                        "2024-03-11T02:30-04:00[America/New_York]",
                        "2024-03-12T02:30-04:00[America/New_York]");
        assertThat(digests("01:30", "2024-11-02", "2024-11-05"))
                .containsExactly(
                        "2024-11-02T01:30-04:00[America/New_York]",
                        "2024-11-03T01:30-04:00[America/New_York]",
                        "2024-11-04T01:30-05:00[America/New_York]");
        assertThat(digests("02:30", "2024-11-02", "2024-11-05"))
                .containsExactly(
                        "2024-11-02T02:30-04:00[America/New_York]",
                        "2024-11-03T02:30-05:00[America/New_York]",
                        "2024-11-04T02:30-05:00[America/New_York]");
    }

    private static List<String> digests(String digestAt, String from, String until) throws Exception {
        Recipients desk = newYork(digestAt);
        List<String> digests = new ArrayList<>();
        int number = 0;
        for (Instant at = desk.at(from + " 00:00");
                at.isBefore(desk.at(until + " 00:00"));
                at = at.plus(Duration.ofMinutes(10))) {
            Alert alert = AlertDraft.resolution("c" + number++, 100, at).alert();
            desk.take(at, new Errand("desk", "route", false, alert, false, false));
            Instant now = at;
            desk.tick(at).forEach(notice -> digests.add(now.atZone(NEW_YORK).toString()));
        }
        return digests;
    }

    @Test
    void aSilenceTellsAtItsEndWhatStillStands() throws Exception {
        Recipients desk = of(pack());
        desk.silence("s", "2024-07-01 09:00", "2024-07-02 12:00", "A");
        AlertDraft over = desk.overdue("over", MONDAY);
        assertThat(desk.instant(MONDAY, over)).isEmpty();
        assertThat(desk.instant(MONDAY, desk.overdue("instant", MONDAY))).isEmpty();
        assertThat(desk.digest(MONDAY, desk.overdue("digest", MONDAY))).isEmpty();
        desk.instant("2024-07-01 15:00", over.then(State.CLEARED, desk.at("2024-07-01 15:00")));

        assertThat(desk.ticks(MONDAY, "2024-07-02 12:00")).isEmpty();
        List<Notice> notices = desk.tick(desk.at("2024-07-02 12:00"));
        assertThat(says(notices)).containsExactly("SILENCE_ENDED: RAISED digest@100, RAISED instant@100");
        assertThat(notices.get(0).reason()).isEqualTo("because of A");
        assertThat(desk.ticks("2024-07-02 12:10", "2024-07-04 00:00")).isEmpty();
    }

    @Test
    void anEndIsNotSilenced() throws Exception {
        Recipients desk = of(pack());
        AlertDraft first = desk.overdue("1", MONDAY);
        AlertDraft second = desk.overdue("2", MONDAY);
        desk.instant(MONDAY, first);
        desk.instant(MONDAY, second);
        desk.silence("s", MONDAY, "2024-07-31 12:00", "A");
        Instant later = desk.at("2024-07-01 12:00");

        assertThat(desk.instant("2024-07-01 12:00", first.then(State.RETRACTED, later)))
                .containsExactly("INSTANT: RETRACTED 1@100");
        desk.instant("2024-07-01 12:00", second.then(State.CLEARED, later));
        assertThat(desk.tick("2024-07-02 07:30")).containsExactly("DIGEST: CLEARED 2@100");
    }

    @Test
    void aSilenceThatCameAfterTheAlertHoldsItBackAllTheSame() throws Exception {
        Recipients desk = of(pack());
        desk.digest(MONDAY, desk.overdue("1", MONDAY));
        desk.silence("s", "2024-07-01 22:00", "2024-07-02 12:00", "A");

        assertThat(desk.ticks(MONDAY, "2024-07-03 00:00"))
                .containsExactly("2024-07-02 12:00 SILENCE_ENDED: RAISED 1@100");
    }

    @Test
    void aSilenceThatHeldNobodyUpMakesNoMessage() throws Exception {
        Recipients desk = of(pack());
        desk.digest(MONDAY, desk.overdue("1", MONDAY));
        desk.silence("s", "2024-07-01 22:00", "2024-07-02 06:00", "A");

        assertThat(desk.ticks(MONDAY, "2024-07-03 00:00")).containsExactly("2024-07-02 07:30 DIGEST: RAISED 1@100");
    }

    @Test
    void aSilenceMayEndEarlyOrGoOnAsAnother() throws Exception {
        Recipients early = of(pack());
        early.silence("s", "2024-07-01 09:00", "2024-07-31 12:00", "A");
        early.instant(MONDAY, early.overdue("1", MONDAY));
        early.silences.set(0, early.silences.get(0).endedAt(early.at("2024-07-01 11:00")));
        assertThat(early.ticks(MONDAY, "2024-07-02 00:00"))
                .containsExactly("2024-07-01 11:00 SILENCE_ENDED: RAISED 1@100");

        Recipients gone = of(pack());
        gone.silence("s", "2024-07-01 09:00", "2024-07-31 12:00", "A");
        gone.instant(MONDAY, gone.overdue("1", MONDAY));
        gone.silences.clear();
        assertThat(gone.tick("2024-07-01 11:00")).containsExactly("SILENCE_ENDED: RAISED 1@100");

        Recipients on = of(pack());
        on.silence("s", "2024-07-01 09:00", "2024-07-01 12:00", "A");
        on.silence("t", "2024-07-01 11:00", "2024-07-01 14:00", "city");
        on.instant(MONDAY, on.overdue("1", MONDAY));
        List<Notice> notices = new ArrayList<>();
        for (int hour = 10; hour < 16; hour++) {
            notices.addAll(on.tick(on.at("2024-07-01 " + hour + ":00")));
        }
        assertThat(notices).extracting(Notice::reason).containsExactly("because of city");
        assertThat(notices.get(0).madeAt()).isEqualTo(on.at("2024-07-01 14:00"));
    }

    @Test
    void silencesOfOneReasonEndInOneMessageAndOthersInTheirOwn() throws Exception {
        Recipients desk = of(pack());
        for (String unit : List.of("B", "C", "D")) {
            desk.silences.add(new Silence(
                    unit,
                    desk.at("2024-07-01 09:00"),
                    desk.at("2024-07-01 12:00"),
                    unit.equals("D") ? "move" : "works",
                    "boss",
                    unit,
                    null,
                    null,
                    null,
                    null));
            desk.instant(MONDAY, desk.overdue(unit, MONDAY).heldBy(unit, "city"));
        }

        assertThat(desk.tick("2024-07-01 12:00"))
                .containsExactly("SILENCE_ENDED: RAISED D@100", "SILENCE_ENDED: RAISED B@100, RAISED C@100");
    }

    @Test
    void newsOfWhatASilenceHeldBackDoesNotGetAheadOfItsMessage() throws Exception {
        Recipients desk = of(pack());
        desk.silence("s", "2024-07-01 09:00", "2024-07-01 12:00", "A");
        AlertDraft alert = desk.overdue("1", MONDAY);
        desk.instant(MONDAY, alert);

        assertThat(desk.instant("2024-07-01 12:00", alert.then(State.OPEN, desk.at("2024-07-01 12:00"))))
                .isEmpty();
        assertThat(desk.tick("2024-07-01 12:01")).containsExactly("SILENCE_ENDED: RAISED 1@100");
    }

    @Test
    void whatLeavesTheReachOfASilenceIsToldAsEver() throws Exception {
        Recipients desk = of(pack());
        desk.silence("s", "2024-07-01 09:00", "2024-07-31 12:00", "B");
        AlertDraft alert = desk.overdue("1", MONDAY);
        desk.instant(MONDAY, alert.heldBy("B", "city"));

        assertThat(desk.instant(
                        "2024-07-01 11:00",
                        alert.then(State.OPEN, desk.at("2024-07-01 11:00")).heldBy("A", "city")))
                .containsExactly("INSTANT: RAISED 1@100");
    }

    @Test
    void aSilenceThatEndsInTheNightIsToldInTheMorning() throws Exception {
        Recipients desk = quiet("21:00-05:00", "07:30");
        desk.silence("s", "2024-07-01 09:00", "2024-07-01 23:00", "A");
        desk.instant(MONDAY, desk.overdue("1", MONDAY));

        assertThat(desk.ticks(MONDAY, "2024-07-02 12:00"))
                .containsExactly("2024-07-02 05:00 SILENCE_ENDED: RAISED 1@100");
    }

    @Test
    void aSilentFeedMutesWhatItSaysNothingReliableOf() throws Exception {
        Recipients desk = of(pack());
        desk.silentFeeds.add("qlue");
        Instant monday = desk.at(MONDAY);
        AlertDraft over = desk.overdue("over", MONDAY);

        assertThat(desk.instant(MONDAY, desk.overdue("1", MONDAY))).isEmpty();
        assertThat(desk.instant(MONDAY, over)).isEmpty();
        assertThat(desk.digest(MONDAY, AlertDraft.stale("2", monday))).isEmpty();
        assertThat(desk.instant(MONDAY, AlertDraft.validationFailed("3", monday)))
                .containsExactly("INSTANT: RAISED 3/VALIDATION_FAILED.1");
        assertThat(desk.instant(MONDAY, AlertDraft.feedSilent("qlue", monday)))
                .containsExactly("INSTANT: RAISED feed/qlue");
        assertThat(desk.ticks(MONDAY, "2024-07-02 09:00")).isEmpty();

        desk.silentFeeds.clear();
        desk.instant("2024-07-02 09:00", over.then(State.RETRACTED, desk.at("2024-07-02 09:00")));
        assertThat(desk.ticks("2024-07-02 09:00", "2024-07-04 00:00"))
                .containsExactly(
                        "2024-07-02 09:00 INSTANT: RAISED 1@100",
                        "2024-07-03 07:30 DIGEST: RAISED 2/STALE.1, STANDING 1@100, STANDING feed/qlue,"
                                + " STANDING 3/VALIDATION_FAILED.1");
    }

    @Test
    void aFeedThatIsSilentWhenASilenceEndsKeepsItBack() throws Exception {
        Recipients desk = of(pack());
        desk.silence("s", "2024-07-01 09:00", "2024-07-01 12:00", "A");
        desk.instant(MONDAY, desk.overdue("1", MONDAY));
        desk.silentFeeds.add("qlue");
        assertThat(desk.ticks(MONDAY, "2024-07-01 13:00")).isEmpty();

        desk.silentFeeds.clear();
        assertThat(desk.tick("2024-07-01 13:00")).containsExactly("INSTANT: RAISED 1@100");
    }

    @Test
    void ofOneClockTheHighestThresholdThatStandsIsTold() throws Exception {
        Recipients desk = of(pack());
        Instant monday = desk.at(MONDAY);
        desk.digest(MONDAY, AlertDraft.resolution("1", 50, monday));
        desk.digest(MONDAY, AlertDraft.resolution("1", 50, monday).then(State.SUPERSEDED, monday.plusSeconds(60)));
        desk.digest(MONDAY, AlertDraft.resolution("1", 75, monday));

        assertThat(desk.instant("2024-07-01 12:00", desk.overdue("1", MONDAY)))
                .containsExactly("INSTANT: RAISED 1@100");
        assertThat(desk.ticks(MONDAY, "2024-07-03 00:00"))
                .as("the others are no news any more")
                .isEmpty();
    }

    @Test
    void whatALowerThresholdSaidIsNotListedBesideAHigherOne() throws Exception {
        Recipients desk = of(pack());
        AlertDraft half = AlertDraft.resolution("1", 50, desk.at(MONDAY));
        desk.digest(MONDAY, half);
        assertThat(desk.tick("2024-07-02 07:30")).hasSize(1);
        desk.digest("2024-07-02 10:00", AlertDraft.resolution("1", 75, desk.at("2024-07-02 10:00")));
        assertThat(desk.tick("2024-07-03 07:30")).containsExactly("DIGEST: RAISED 1@75");

        AlertDraft more = AlertDraft.resolution("1", 75, desk.at("2024-07-02 10:00"));
        desk.digest("2024-07-03 10:00", more.then(State.CLEARED, desk.at("2024-07-03 10:00")));
        desk.digest("2024-07-03 10:00", half.then(State.CLEARED, desk.at("2024-07-03 10:00")));
        assertThat(desk.tick("2024-07-04 07:30")).containsExactly("DIGEST: CLEARED 1@75");
        assertThat(desk.entries.byAlert).isEmpty();
    }

    @Test
    void whenAHigherThresholdIsTakenBackTheLowerOneIsToldInWhateverOrderTheyCome() throws Exception {
        for (boolean lowerFirst : new boolean[] {true, false}) {
            Recipients desk = of(pack());
            Instant monday = desk.at(MONDAY);
            AlertDraft near = AlertDraft.resolution("1", 90, monday);
            AlertDraft missed = desk.overdue("1", MONDAY);
            desk.digest(MONDAY, near);
            desk.instant(MONDAY, missed);
            desk.digest(MONDAY, near.then(State.SUPERSEDED, monday));
            Instant later = desk.at("2024-07-01 12:00");
            near.then(State.OPEN, later);
            missed.then(State.RETRACTED, later);

            List<String> told = new ArrayList<>();
            if (lowerFirst) {
                told.addAll(desk.digest("2024-07-01 12:00", near));
                told.addAll(desk.instant("2024-07-01 12:00", missed));
            } else {
                told.addAll(desk.instant("2024-07-01 12:00", missed));
                told.addAll(desk.digest("2024-07-01 12:00", near));
            }
            assertThat(told).containsExactly("INSTANT: RETRACTED 1@100");
            assertThat(desk.ticks("2024-07-01 12:00", "2024-07-03 00:00"))
                    .containsExactly("2024-07-02 07:30 DIGEST: RAISED 1@90");
        }
    }

    @Test
    void whatWasTakenBackAndWhatHoldsInItsPlaceStandInOneDigest() throws Exception {
        Recipients desk = of(pack());
        Instant monday = desk.at(MONDAY);
        AlertDraft near = AlertDraft.resolution("1", 90, monday);
        AlertDraft missed = desk.overdue("1", MONDAY);
        desk.digest(MONDAY, near);
        desk.digest(MONDAY, missed);
        assertThat(desk.tick("2024-07-02 07:30")).containsExactly("DIGEST: RAISED 1@100");

        Instant later = desk.at("2024-07-02 12:00");
        desk.digest("2024-07-02 12:00", missed.then(State.RETRACTED, later));
        desk.digest("2024-07-02 12:00", near.then(State.OPEN, later));
        assertThat(desk.tick("2024-07-03 07:30")).containsExactly("DIGEST: RAISED 1@90, RETRACTED 1@100");
    }

    @Test
    void theEndOfAClockMakesNothingRaised() throws Exception {
        Recipients desk = of(pack());
        Instant monday = desk.at(MONDAY);
        AlertDraft near = AlertDraft.resolution("1", 90, monday);
        AlertDraft missed = desk.overdue("1", MONDAY);
        desk.instant(MONDAY, missed);
        desk.instant(MONDAY, near.then(State.SUPERSEDED, monday));
        Instant later = desk.at("2024-07-01 12:00");
        desk.instant("2024-07-01 12:00", missed.then(State.CLEARED, later));

        assertThat(desk.tick("2024-07-01 12:00"))
                .as("that the lower one is over too is still on its way")
                .isEmpty();
        desk.instant("2024-07-01 12:00", near.then(State.CLEARED, later));
        assertThat(desk.tick("2024-07-02 07:30")).containsExactly("DIGEST: CLEARED 1@100");
    }

    @Test
    void theMostUrgentComesFirst() throws Exception {
        Recipients desk = of(pack());
        Instant monday = desk.at(MONDAY);
        AlertDraft over = desk.overdue("over", MONDAY);
        desk.digest("2024-07-01 06:00", over);
        desk.tick("2024-07-01 07:30");
        desk.digest(MONDAY, over.then(State.CLEARED, monday));
        desk.digest(MONDAY, AlertDraft.stale("stale", monday));
        desk.digest(MONDAY, AlertDraft.resolution("near", 90, monday));
        desk.digest(MONDAY, AlertDraft.validationFailed("failed", monday));
        desk.digest(MONDAY, AlertDraft.feedSilent("jaki", monday));
        desk.digest(MONDAY, desk.overdue("later", "2024-07-01 11:00"));
        desk.digest(MONDAY, desk.overdue("sooner", MONDAY));

        assertThat(desk.tick("2024-07-02 07:30"))
                .containsExactly("DIGEST: RAISED sooner@100, RAISED later@100, RAISED feed/jaki,"
                        + " RAISED failed/VALIDATION_FAILED.1, RAISED near@90, RAISED stale/STALE.1,"
                        + " CLEARED over@100");
    }

    @Test
    void theSameNewsMakeTheSameMessageAndOthersMakeAnother() throws Exception {
        Recipients first = of(pack());
        Recipients again = of(pack());
        AlertDraft one = first.overdue("1", MONDAY);
        AlertDraft two = first.overdue("2", MONDAY);
        first.digest(MONDAY, one);
        first.digest(MONDAY, two);
        again.digest("2024-07-01 11:00", two);
        again.digest("2024-07-01 11:00", one);
        String id = first.tick(first.at("2024-07-02 07:30")).get(0).id();

        assertThat(id).matches("[0-9a-f]{32}");
        assertThat(again.tick(again.at("2024-07-02 09:00")).get(0).id()).isEqualTo(id);

        Recipients other = of(pack());
        other.digest(MONDAY, one);
        other.digest(MONDAY, two.then(State.OPEN, first.at("2024-07-01 11:00")));
        assertThat(other.tick(other.at("2024-07-02 07:30")).get(0).id()).isNotEqualTo(id);
    }

    @Test
    void aRestartInTheMiddleOfADigestMakesItAgain() throws Exception {
        Recipients desk = of(pack());
        desk.digest(MONDAY, desk.overdue("1", MONDAY));
        desk.digest(MONDAY, desk.overdue("2", MONDAY));
        MapEntries entries = desk.entries.copy();
        Memory memory = desk.memory;
        List<Notice> before = desk.tick(desk.at("2024-07-02 07:30"));

        desk.entries = entries;
        desk.memory = memory;
        List<Notice> after = desk.tick(desk.at("2024-07-02 07:45"));
        assertThat(after).extracting(Notice::id).containsExactly(before.get(0).id());
        assertThat(after.get(0).items()).isEqualTo(before.get(0).items());
        assertThat(desk.ticks("2024-07-02 07:50", "2024-07-04 00:00")).isEmpty();
    }

    @Test
    void theMessageIsCompleteInTheLanguageOfItsRecipient() throws Exception {
        Recipients desk = of(pack().unit("A", Kind.AGENCY, "dinas", null)
                .unit("kelurahan", Kind.TERRITORY, "kelurahan", null)
                .category("roads"));
        AlertDraft alert = desk.overdue("1", MONDAY)
                .category("roads")
                .territory("kelurahan")
                .charged("unlisted");
        Notice notice = desk.take(desk.at(MONDAY), new Errand("desk", "missed", true, alert.alert(), false, false))
                .get(0);

        assertThat(notice.recipient()).isEqualTo("desk");
        assertThat(notice.unit()).isEqualTo("A");
        assertThat(notice.unitName()).isEqualTo("A");
        assertThat(notice.madeAt()).isEqualTo(desk.at(MONDAY));
        assertThat(notice.counts()).isEqualTo(Map.of(Change.RAISED, 1));
        assertThat(notice.items()).containsExactly(new Item(Change.RAISED, alert.alert(), "missed"));
        assertThat(notice.reason()).isNull();
        assertThat(notice.names()).containsOnlyKeys("A", "kelurahan", "roads");
        assertThat(notice.language()).isEqualTo("en");
        assertThat(notice.zone()).isEqualTo(References.JAKARTA);
        assertThat(notice.occasion()).isEqualTo(Occasion.INSTANT);
    }
}
