package io.tanggap.app.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.Due;
import io.tanggap.core.alert.Alert.Matter;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.notice.Ladder;
import io.tanggap.core.notice.Silence;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.reference.PackDirectory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlertTextTest {
    private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");
    private static final Reference REFERENCE =
            Reference.of(List.of(requireNonNull(PackDirectory.builtIn("jakarta").pack())));
    private static final Instant AS_OF = jakarta("2017-12-08T12:00");
    private static final String MENTENG = "31.71.06.1001";

    private static Instant jakarta(String local) {
        return LocalDateTime.parse(local).atZone(JAKARTA).toInstant();
    }

    private static JsonNode json(String json) throws IOException {
        return new ObjectMapper().readTree(json.replace('\'', '"'));
    }

    private static Alert overdue(String holder, String raisedAt, State state) {
        Due due = new Due(
                Target.RESOLUTION,
                1,
                1,
                100,
                jakarta(raisedAt),
                Duration.ofDays(7),
                Duration.ofDays(7),
                "crm-resolution-7d",
                null,
                "jakarta-2026-11");
        return alert(AlertKind.OVERDUE, holder, raisedAt, state, due);
    }

    private static Alert alert(AlertKind kind, String holder, String raisedAt, State state, @Nullable Due due) {
        return new Alert(
                "qlue:1/" + (due == null ? kind + ".1" : "RESOLUTION.1.1.100"),
                3,
                kind,
                state,
                jakarta(raisedAt),
                state == State.CLEARED ? jakarta(raisedAt).plusSeconds(60) : null,
                "qlue",
                new Matter(
                        "qlue:1",
                        "1",
                        "blocked-drain",
                        MENTENG,
                        jakarta("2017-11-20T09:00"),
                        holder,
                        REFERENCE.path(holder, AS_OF),
                        holder,
                        null),
                due,
                true,
                List.of(),
                AS_OF,
                "jakarta-2026-11");
    }

    private static List<String> route(Alert alert, Silence... silences) {
        return new AlertText(REFERENCE, AS_OF).route(alert, Ladder.of(alert, REFERENCE, AS_OF), List.of(silences));
    }

    @Test
    void aTableHasOneLineForEachAlertBelowItsHead() throws IOException {
        List<JsonNode> documents = List.of(
                json("{'alert_id':'qlue:1/RESOLUTION.1.1.150','state':'OPEN','kind':'OVERDUE','target':'RESOLUTION',"
                        + "'threshold':150,'raised_at':'2017-12-01T02:00:00Z','deadline':'2017-11-27T02:00:00Z',"
                        + "'holder':'31.71','holder_name':'Jakarta Pusat','case_id':'qlue:1'}"),
                json("{'alert_id':'qlue:2/STALE.1','state':'CLEARED','kind':'STALE','raised_at':'2017-12-01T02:00:00Z',"
                        + "'holder':'intake.qlue','case_id':'qlue:2'}"));
        assertThat(AlertText.table(documents, JAKARTA, false))
                .containsExactly(
                        "ID                         KIND     CLOCK             SINCE                 DEADLINE"
                                + "              HOLDER         CASE",
                        "qlue:1/RESOLUTION.1.1.150  OVERDUE  RESOLUTION 150 %  Fri 2017-12-01 09:00  Mon 2017-11-27"
                                + " 09:00  Jakarta Pusat  qlue:1",
                        "qlue:2/STALE.1             STALE    -                 Fri 2017-12-01 09:00  -"
                                + "                     intake.qlue    qlue:2");
        assertThat(AlertText.table(documents, JAKARTA, true).get(2)).contains("  CLEARED  STALE  ");
        assertThat(AlertText.table(List.of(), JAKARTA, false)).isEmpty();
    }

    @Test
    void silentChannelsAreNamedOnOneLine() throws IOException {
        assertThat(AlertText.silentFeeds(
                        List.of(
                                json("{'channel':'crm','silent_since':'2017-12-01T02:00:00Z'}"),
                                json("{'channel':'qlue','silent_since':'2017-12-02T02:00:00Z'}")),
                        JAKARTA))
                .startsWith("Silent: crm since Fri 2017-12-01 09:00, qlue since Sat 2017-12-02 09:00; ");
    }

    @Test
    void theFactsOfAnAlertAreInWords() {
        List<String> facts = new AlertText(REFERENCE, AS_OF).facts(overdue(MENTENG, "2017-11-27T09:00", State.CLEARED));
        assertThat(facts)
                .contains("Alert qlue:1/RESOLUTION.1.1.100: OVERDUE, CLEARED")
                .allMatch(line -> line.length() <= 100);
        assertThat(String.join("\n", facts))
                .contains(
                        "the deadline of RESOLUTION is past",
                        "CLEARED: it was so, and is over; revision 3",
                        "Mon 2017-11-27 09:00, until Mon 2017-11-27 09:01",
                        "blocked-drain, Saluran air tersumbat",
                        "(" + MENTENG + ")",
                        "168:00 of every hour of every day, by line crm-resolution-7d of policies.csv",
                        "Provisional");
    }

    @Test
    void ofAClockThatIsJudgedNoMoreNothingIsMadeUp() {
        Due gone = new Due(Target.RESOLUTION, 1, 1, 100, null, null, null, null, null, null);
        Alert alert = alert(AlertKind.OVERDUE, MENTENG, "2017-11-27T09:00", State.RETRACTED, gone);
        assertThat(String.join("\n", new AlertText(REFERENCE, AS_OF).facts(alert)))
                .contains("it is not judged any more", "by what is known now it never was so")
                .doesNotContain("Deadline", "Allowed");
    }

    @Test
    void eachRungSaysWhenItIsTold() {
        List<String> lines = route(overdue(MENTENG, "2017-11-27T09:00", State.OPEN));
        assertThat(lines)
                .anyMatch(line -> line.matches("Mon 2017-11-27 09:00 +at once +kelurahan-menteng .*\\(" + MENTENG
                        + "\\) +file kelurahan-menteng +missed-holder"))
                .anyMatch(line -> line.matches("Mon 2017-11-27 09:00 +at once +kecamatan-menteng .* missed-camat"))
                .anyMatch(line -> line.matches("Wed 2017-11-29 07:30 +digest +jakarta-pusat .* missed-1wd-mayor,"
                        + " if it stands after 1 working day"))
                .anyMatch(line -> line.matches("Mon 2017-12-04 07:30 +digest +biro-pemerintahan .*"));
    }

    @Test
    void whatIsRaisedAtNightIsToldInTheMorning() {
        assertThat(route(overdue(MENTENG, "2017-11-27T22:10", State.OPEN)))
                .anyMatch(line -> line.startsWith(
                        "Tue 2017-11-28 05:00  at once, after the quiet hours from 21:00  kelurahan-menteng "));
        assertThat(route(overdue(MENTENG, "2017-11-27T04:59:59", State.OPEN)))
                .anyMatch(line -> line.startsWith("Mon 2017-11-27 05:00  at once, after"));
        assertThat(route(overdue(MENTENG, "2017-11-27T05:00", State.OPEN)))
                .anyMatch(line -> line.matches("Mon 2017-11-27 05:00  at once +kelurahan-menteng .*"));
    }

    @Test
    void aUnitWithoutARecipientIsNamed() {
        String elsewhere = "31.74.01.1001";
        assertThat(route(overdue(elsewhere, "2017-11-27T09:00", State.OPEN)))
                .anyMatch(
                        line -> line.matches("nobody: recipients.csv of pack jakarta-2026-11 has no line for unit .*\\("
                                + elsewhere + "\\), to which line missed-holder leads"));
    }

    @Test
    void nobodyIsToldAnewOfWhatIsOver() {
        assertThat(route(overdue(MENTENG, "2017-11-27T09:00", State.CLEARED)))
                .anyMatch(line -> line.startsWith("Nobody is told anew: it is CLEARED"));
    }

    @Test
    void aSilenceThatHoldsAlertsBackIsNamed() {
        Silence silence = new Silence(
                "abc",
                jakarta("2017-11-27T00:00"),
                jakarta("2017-11-28T00:00"),
                "flood",
                "ani",
                "31.71",
                null,
                null,
                null,
                null);
        assertThat(route(overdue(MENTENG, "2017-11-27T09:00", State.OPEN), silence))
                .contains("Silence abc holds it back until Tue 2017-11-28 00:00: flood");
        assertThat(route(overdue("31.74.01.1001", "2017-11-27T09:00", State.OPEN), silence))
                .noneMatch(line -> line.startsWith("Silence"));
    }

    @Test
    void deliveriesAreToldWithTheirAttempts() throws IOException {
        AlertText text = new AlertText(REFERENCE, AS_OF);
        assertThat(text.deliveries(List.of())).containsExactly("  Nothing was delivered yet.");
        assertThat(text.deliveries(List.of(json("{'notice_id':'n1','recipient':'r','unit':'31.71','means':'WEBHOOK',"
                        + "'occasion':'INSTANT','made_at':'2017-12-01T02:00:00Z','outcome':'WAITING','next_attempt_at':'2017-12-01T02:05:01Z','attempts':["
                        + "{'at':'2017-12-01T02:00:01Z','outcome':'RETRY','answer':'503'},"
                        + "{'at':'2017-12-01T02:01:01Z','outcome':'RETRY'}]}"))))
                .containsSequence(
                        "    Fri 2017-12-01 09:00:01 RETRY: 503",
                        "    Fri 2017-12-01 09:01:01 RETRY",
                        "    Fri 2017-12-01 09:05:01 the next attempt")
                .first()
                .asString()
                .startsWith("  Fri 2017-12-01 09:00  INSTANT to r, for ");
    }

    @Test
    void silencesSayWhetherTheyHold() {
        List<Silence> silences = new ArrayList<>();
        for (String day : List.of("2017-12-01", "2017-12-08", "2017-12-20")) {
            silences.add(new Silence(
                    "s" + silences.size(),
                    jakarta(day + "T00:00"),
                    jakarta(day + "T23:00"),
                    "works",
                    "ani",
                    null,
                    AlertKind.LIMBO,
                    "qlue",
                    null,
                    null));
        }
        assertThat(AlertText.silences(silences, AS_OF, JAKARTA)).hasSize(4).satisfies(lines -> {
            assertThat(lines.get(1)).matches("s0  over +.*");
            assertThat(lines.get(2)).matches("s1  holds +.* ani  kind LIMBO, channel qlue  works");
            assertThat(lines.get(3)).matches("s2  to come +.*");
        });
    }
}
