package io.tanggap.intake.channel;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.intake.channel.Admitted.Refused;
import io.tanggap.reference.PackDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for all channels. */
class ChannelsTest {
    private static final String REPORT = "{'report_id': 'Q-1', 'timestamp': '2017-11-24T10:00:00+07:00'}";

    private static Admitted admit(String channel, String message) {
        return ChannelExamples.channels().admit(channel, Told.bytes(Told.json(message)), ChannelExamples.SENT);
    }

    private static Admitted qlue(String fields) {
        return ChannelExamples.channels().admit("qlue", Told.bytes(Told.with(REPORT, fields)), ChannelExamples.SENT);
    }

    @Test
    void theSameMessageSentAgainMakesTheSameEvents() {
        Channels channels = ChannelExamples.channels();
        for (Map.Entry<String, String> example : ChannelExamples.all().entrySet()) {
            byte[] payload = example.getValue().getBytes(UTF_8);
            String channel = ChannelExamples.channelOf(example.getKey());
            Instant later = ChannelExamples.SENT.plus(Duration.ofDays(400));

            Admitted first = channels.admit(channel, payload, ChannelExamples.SENT);
            Admitted again = ChannelExamples.channels().admit(channel, payload, later);

            assertThat(again.events())
                    .as(example.getKey())
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("ingestedAt")
                    .isEqualTo(first.events())
                    .allMatch(event -> event.ingestedAt().equals(later));
            assertThat(again.personal()).isEqualTo(first.personal());
        }
    }

    @Test
    void aPackThatIsKnownLaterChangesNothingOfBefore() {
        ReferencePack jakarta = ChannelExamples.jakarta();
        ReferencePack bare = new ReferencePack(
                "bare",
                ChannelExamples.SENT,
                jakarta.city(),
                jakarta.zone(),
                jakarta.staleAfter(),
                List.of(),
                List.of(),
                Map.of());
        Channels later = new Channels(Reference.of(List.of(jakarta, bare)), ChannelExamples.pseudonyms());
        for (Map.Entry<String, String> example : ChannelExamples.all().entrySet()) {
            byte[] payload = example.getValue().getBytes(UTF_8);
            String channel = ChannelExamples.channelOf(example.getKey());

            assertThat(ChannelExamples.lines(later.admit(channel, payload, ChannelExamples.SENT)))
                    .as(example.getKey())
                    .isEqualTo(ChannelExamples.lines(
                            ChannelExamples.channels().admit(channel, payload, ChannelExamples.SENT)));
        }

        byte[] after = Told.bytes(Told.with(
                REPORT, "'timestamp': '2017-12-24T10:00:00Z', 'label': 'Jalan Rusak', 'kelurahan': '31.71.01.1001'"));
        assertThat(later.admit("qlue", after, ChannelExamples.SENT).events())
                .as("from then on by what is known then")
                .extracting(Told::shortly)
                .containsExactly("Submitted[category=Jalan Rusak] CITIZEN");
    }

    @Test
    void whatAPartTellsOfOneInstantIsInTheOrderOfTheFold() {
        List<List<CaseEvent>> told = List.of(
                qlue("'kelurahan': '31.71.01.1001'").events(),
                admit(
                                "ptsp",
                                "{'nomor': '1', 'waktu': '2017-11-24 09:10:00', 'kelurahan': '31.71.01.1001', 'kategori': 'Banjir',"
                                        + " 'status': 'selesai', 'waktu_status': '2017-11-24 09:10:00'}")
                        .events(),
                admit(
                                "open311",
                                "{'update_id': 7, 'service_request_id': 1, 'status': 'closed', 'description': 'done',"
                                        + " 'updated_datetime': '2017-11-24T00:00:00Z'}")
                        .events());

        assertThat(told).allSatisfy(events -> {
            List<CaseEvent> shuffled = new ArrayList<>(events);
            Collections.reverse(shuffled);
            shuffled.sort(CaseEvent.ORDER);
            assertThat(events).hasSizeGreaterThan(1);
            assertThat(shuffled).isEqualTo(events);
        });
    }

    @Test
    void ofSeveralChangesOnlyTheBadOneIsRefusedAndItCanBeSentAgain() {
        String like = "{'field': 'feed', 'value': {'item': 'like', 'verb': 'add'}}";
        String bad =
                "{'field': 'feed', 'value': {'item': 'status', 'verb': 'add', 'post_id': '1_2', 'from': {'id': '3'}}}";
        String good = bad.replace("'post_id': '1_2'", "'post_id': '1_3', 'created_time': 1511486099");

        Admitted admitted = admit(
                "facebook",
                "{'object': 'page', 'extra': 1, 'entry': [{'id': '1', 'extra': 2, 'changes': [" + like + "," + bad + ","
                        + good + "]}]}");

        assertThat(admitted.events())
                .singleElement()
                .extracting(CaseEvent::caseId)
                .isEqualTo("facebook:1_3");
        assertThat(admitted.skipped()).isEqualTo(Map.of("like", 1));
        assertThat(admitted.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.reason()).isEqualTo("invalid.missing-required");
            assertThat(refused.message()).startsWith("/entry/0/changes/0/value/created_time ");
            assertThat(Told.json(new String(refused.bytes(), UTF_8)))
                    .isEqualTo(Told.json("{'object': 'page', 'entry': [{'id': '1', 'changes': [" + bad + "]}]}"));
            assertRefusedAgain("facebook", refused);
        });
    }

    private static void assertRefusedAgain(String channel, Refused refused) {
        assertThat(ChannelExamples.channels()
                        .admit(channel, refused.bytes(), ChannelExamples.SENT)
                        .refused())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(refused);
    }

    @Test
    void ofSeveralPostsOnlyTheBadOneIsRefused() {
        Admitted admitted = admit(
                "twitter",
                "{'data': [{'id': '1', 'author_id': '2', 'created_at': '2017-11-24T01:15:00Z'}, {'id': '\\ud800'}],"
                        + " 'includes': {'users': []}}");

        assertThat(admitted.events()).hasSize(1);
        assertThat(admitted.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.reason()).isEqualTo("invalid.case");
            assertThat(new String(refused.bytes(), UTF_8)).isEqualTo("{\"data\":[{\"id\":\"\\uD800\"}]}");
            assertRefusedAgain("twitter", refused);
        });
    }

    @Test
    void aPostThatIsRefusedKeepsOfTheOthersOnlyWhatTellsItsCase() {
        String bad = "{'id': '10', 'conversation_id': '9', 'created_at': 'now', 'author_id': '44', 'referenced_tweets':"
                + " [{'type': 'replied_to', 'id': '8'}]}";
        Admitted admitted = admit(
                "twitter",
                "{'data': [" + bad
                        + "], 'includes': {'tweets': [{'id': '7'}, {'id': '8', 'text': 'saya Budi', 'author_id': 33,"
                        + " 'in_reply_to_user_id': '36005', 'referenced_tweets': [{'type': 'quoted', 'id': '5'}, {'type':"
                        + " 'replied_to', 'id': '9'}]}]}}");

        assertThat(admitted.refused()).singleElement().satisfies(refused -> {
            assertThat(Told.json(new String(refused.bytes(), UTF_8)))
                    .isEqualTo(
                            Told.json("{'data': [" + bad + "], 'includes': {'tweets': [{'id': '8', 'author_id': '33',"
                                    + " 'in_reply_to_user_id': '36005', 'edit_history_tweet_ids': ['8'], 'referenced_tweets':"
                                    + " [{'type': 'replied_to', 'id': '9'}]}]}}"));
            assertRefusedAgain("twitter", refused);
        });
    }

    @Test
    void ofAPollOnlyTheBadRequestIsRefusedAndKeepsTheTimeOfThePoll() {
        String request = "{'service_request_id': '1', 'requested_datetime': '2017-11-20T06:00:00Z', 'status': 'open'}";
        String bad = request.replace("open", "ajar");

        Admitted admitted = admit("open311", "[" + request + ", " + bad + ", 7]");

        assertThat(admitted.events()).hasSize(2);
        assertThat(admitted.refused())
                .extracting(Refused::reason)
                .containsExactly("invalid.unknown-value", "malformed.payload");
        assertThat(Told.json(new String(admitted.refused().get(0).bytes(), UTF_8)))
                .isEqualTo(
                        Told.json("{'polled_at': '" + ChannelExamples.SENT + "', 'service_requests': [" + bad + "]}"));
        admitted.refused().forEach(refused -> assertRefusedAgain("open311", refused));
    }

    @Test
    void aTimestampThatIsNoneIsNotTakenForThatOfAPoll() {
        String request = "{'service_request_id': '1', 'requested_datetime': '2017-11-20T06:00:00Z', 'status': 'open'}";
        byte[] payload = Told.bytes(Told.json("[" + request + "]"));

        Admitted admitted = ChannelExamples.channels().admit("open311", payload, Instant.ofEpochMilli(-1));

        assertThat(admitted.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.reason()).isEqualTo("invalid.time");
            assertThat(ChannelExamples.channels()
                            .admit("open311", refused.bytes(), ChannelExamples.SENT)
                            .events())
                    .as("sent again with a timestamp")
                    .hasSize(2);
        });
    }

    @Test
    void whatIsSaidOfAllChangesIsNotSaidAgainOfEach() {
        String junk = "x".repeat(400_000);
        String message = "{'object': 'page', 'junk': '" + junk + "', 'entry': [{'id': '1', 'junk': '" + junk
                + "', 'changes': [" + String.join(",", Collections.nCopies(5_000, "{'field': 'feed', 'value': 1}"))
                + "]}]}";

        Admitted admitted = admit("facebook", message);

        assertThat(admitted.refused()).hasSize(5_000);
        assertThat(admitted.refused().stream()
                        .mapToLong(refused -> refused.bytes().length)
                        .sum())
                .isLessThan(1_000_000);
    }

    @Test
    void aPartThatIsTooLongWithWhatGoesRoundItIsRefusedInItsRecord() {
        String message = "{'service_requests': [{'service_request_id': '1', 'junk': '" + "x".repeat(999_920) + "'}]}";
        byte[] payload = Told.bytes(Told.json(message));
        assertThat(payload.length).isLessThanOrEqualTo(Channels.LONGEST_RECORD);

        Admitted admitted = ChannelExamples.channels().admit("open311", payload, ChannelExamples.SENT);

        assertThat(admitted.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.bytes()).isEqualTo(payload);
            assertRefusedAgain("open311", refused);
        });
    }

    @Test
    void labelsThatTheCityDoesNotListAreKeptAndCounted() {
        assertThat(qlue("'label': ' Hubungi  0812-3456-7890 '").events())
                .extracting(CaseEvent::payload)
                .containsExactly(new Payload.Submitted("Hubungi  [PHONE]", null, null, null));
        assertThat(qlue("'label': 'Ufo'").unlisted()).isEqualTo(Map.of("Ufo", 1));
        assertThat(qlue("'label': 'jalan  RUSAK'").unlisted()).isEmpty();
        assertThat(qlue("'label': 'damaged-road'").unlisted()).isEmpty();
        assertThat(qlue("'label': 'damaged-road'").events())
                .extracting(CaseEvent::payload)
                .containsExactly(new Payload.Submitted("damaged-road", null, null, null));
        assertThat(admit(
                                "open311",
                                "[{'service_request_id': 1, 'requested_datetime': '2017-11-20T06:00:00Z', 'status':"
                                        + " 'open', 'service_name': 'Ufo'}, {'service_request_id': 2, 'requested_datetime':"
                                        + " '2017-11-20T06:00:00Z', 'status': 'ajar', 'service_name': 'Ufo'}]")
                        .unlisted())
                .as("of what is refused nothing is told")
                .isEqualTo(Map.of("Ufo", 1));
    }

    @Test
    void unitsAreKeptUnderTheirOwnNamesWithoutPersonalDataAndOneLine() {
        assertThat(Told.by("qlue", Told.with(REPORT, "'event': 'comment', 'unit': 'Dinas\\n 0812-3456-7890'")))
                .isEqualTo("PublicReply OFFICER of Dinas  [PHONE]");
        assertThat(Told.by("qlue", Told.with(REPORT, "'event': 'comment', 'unit': ' \\u0000 '")))
                .isEqualTo("PublicReply CITIZEN");
        assertThat(Told.by("qlue", Told.with(REPORT, "'event': 'comment', 'unit': '\\ud800'")))
                .isEqualTo("PublicReply OFFICER of \uFFFD");
    }

    @Test
    void aTimeThatExistsTwiceOrNotAtAllIsTagged() {
        ReferencePack boston = PackDirectory.builtIn("boston").pack();
        assertThat(boston).isNotNull();
        Channels channels = new Channels(Reference.of(List.of(boston)), null);

        assertThat(channels.admit(
                                "ptsp",
                                Told.bytes(Told.json("{'nomor': '1', 'waktu': '2017-11-05T01:30:00-04:00', 'status':"
                                        + " 'selesai', 'waktu_status': '2017-11-05 01:10:00'}")),
                                ChannelExamples.SENT)
                        .events())
                .extracting(CaseEvent::occurredAt, CaseEvent::timeNote)
                .containsExactly(
                        tuple(Instant.parse("2017-11-05T05:30:00Z"), TimeNote.EXACT),
                        tuple(Instant.parse("2017-11-05T06:10:00Z"), TimeNote.REPEATED_HOUR));
        assertThat(channels.admit(
                                "qlue",
                                Told.bytes(Told.json("{'report_id': '1', 'timestamp': '2017-03-12T02:30:00'}")),
                                ChannelExamples.SENT)
                        .events())
                .extracting(CaseEvent::occurredAt, CaseEvent::timeNote)
                .containsExactly(tuple(Instant.parse("2017-03-12T07:30:00Z"), TimeNote.GAP));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'report_id': null                              | invalid.missing-required /report_id
            'report_id': ' '                               | invalid.missing-required /report_id
            'report_id': {}                                | invalid.type /report_id
            'report_id': 1.5                               | invalid.type /report_id
            'report_id': 'a\\u0007b'                       | invalid.case /report_id
            'timestamp': null                              | invalid.missing-required /timestamp
            'timestamp': 1511486100                        | invalid.type /timestamp
            'timestamp': '2017-02-31T10:00:00'             | invalid.time /timestamp
            'timestamp': '1969-12-31T23:59:59Z'            | invalid.time /timestamp
            'timestamp': '9999-12-31T00:00:00Z'            | invalid.time /timestamp
            'label': ['Jalan Rusak']                       | invalid.type /label
            'latitude': true                               | invalid.type /latitude
            'latitude': 'NaN', 'longitude': 1              | invalid.type /latitude
            'reporter': 'Budi'                             | invalid.type /reporter
            'reporter': {'id': 'u-1', 'phone': {}}         | invalid.type /reporter/phone
            'description': 7                               | invalid.type /description
            'event': 'rating', 'stars': '5'                | invalid.type /stars
            'event': 'rating', 'stars': 4.5                | invalid.number /stars
            'event': 'rating', 'stars': 18446744073709551617 | invalid.number /stars
            'event': 'comment', 'sequence': 18446744073709551617 | invalid.number /sequence
            """)
    void aFieldThatIsNotWhatItShouldBeIsRefused(String fields, String refusal) {
        assertThat(Told.by("qlue", Told.with(REPORT, fields))).isEqualTo(refusal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"report_id", "label", "kelurahan"})
    void anIdLabelOrUnitThatIsTooLongIsRefused(String field) {
        assertThat(Told.by("qlue", Told.with(REPORT, "'" + field + "': '" + "x".repeat(200) + "'")))
                .startsWith("Submitted");
        assertThat(Told.by("qlue", Told.with(REPORT, "'" + field + "': '" + "x".repeat(201) + "'")))
                .isEqualTo("invalid.too-long /" + field);
    }

    @Test
    void aWordThatIsTooLongWithItsMarksIsRefused() {
        assertThat(Told.by("qlue", Told.with(REPORT, "'label': '" + "a@b.id ".repeat(28) + "'")))
                .isEqualTo("invalid.too-long /label");
    }

    @Test
    void bytesThatAreNoJsonAreRefusedAsTheyAre() {
        JsonNode report = Told.json(REPORT);
        List<byte[]> payloads = List.of(
                new byte[0],
                " ".getBytes(UTF_8),
                new byte[] {(byte) 0xC0, (byte) 0x80},
                new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'},
                report.toString().getBytes(UTF_16),
                (report + " " + report).getBytes(UTF_8),
                "{\"report_id\": NaN}".getBytes(UTF_8),
                ("[".repeat(200_000)).getBytes(UTF_8),
                ("{\"report_id\": " + "9".repeat(100_000) + "}").getBytes(UTF_8),
                ("\"" + "x".repeat(1_000_000) + "\"").getBytes(UTF_8));

        for (byte[] payload : payloads) {
            for (String channel : Channels.IDS) {
                assertThat(ChannelExamples.channels()
                                .admit(channel, payload, ChannelExamples.SENT)
                                .refused())
                        .singleElement()
                        .satisfies(refused -> {
                            assertThat(refused.reason()).isEqualTo("malformed.json");
                            assertThat(refused.bytes()).isEqualTo(payload);
                        });
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "null", "'text'", "[[]]", "[1]"})
    void whatIsNoObjectIsNoMessage(String message) {
        assertThat(Channels.IDS)
                .allSatisfy(channel -> assertThat(Told.by(channel, message)).startsWith("malformed.payload"));
    }

    @Test
    void thereAreTheChannelsOfTheDocumentAndNoOther() {
        assertThat(Channels.IDS)
                .containsExactly("qlue", "jaki", "ptsp", "twitter", "facebook", "lapor", "crm", "crop", "open311");
        Channels channels = ChannelExamples.channels();
        assertThatThrownBy(() -> channels.admit("fax", new byte[0], ChannelExamples.SENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("qlue");
    }
}
