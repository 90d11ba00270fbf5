package io.tanggap.intake.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.reference.Channel;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.intake.Pseudonyms.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of every table of CHANNELS.md. */
class ChannelTablesTest {
    private static final String REPORTED = "{'report_id': 'Q-1', 'timestamp': '2017-11-24T10:00:00+07:00'}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'label': 'Jalan Rusak'                                  | Submitted[category=damaged-road] CITIZEN
            'event': 'Report', 'latitude': -6.1754, 'longitude': 106.8272 | Submitted CITIZEN; JurisdictionResolved[territory=31.71.01.1001, placing=NEAREST] SYSTEM; Assigned[holder=31.71.01.1001] SYSTEM
            'event': 'report', 'kelurahan': 'Sukabumi Utara'        | Submitted CITIZEN; JurisdictionResolved[territory=31.73.05.1002, placing=DECLARED] SYSTEM; Assigned[holder=31.73.05.1002] SYSTEM
            'kelurahan': 'Nusa Lain'                                | Submitted CITIZEN
            'kelurahan': 'dbm'                                      | Submitted CITIZEN
            'latitude': 106.8272, 'longitude': -6.1754              | Submitted CITIZEN
            'event': 'comment', 'unit': 'dbm'                       | PublicReply OFFICER of dbm
            'event': 'comment'                                      | PublicReply CITIZEN
            'event': 'rating', 'stars': 2                           | Rated[stars=2] CITIZEN
            'event': 'rating', 'stars': 6                           | invalid.number /stars
            'event': 'rating'                                       | invalid.missing-required /stars
            'event': 'photo'                                        | invalid.unknown-value /event
            'event': 'status'                                       | invalid.missing-required /status
            'event': 'status', 'status': 'menunggu', 'unit': 'bp', 'to': 'dbm' | Assigned[holder=dbm] OFFICER of bp
            'event': 'status', 'status': 'menunggu', 'unit': 'dbm'  | Assigned[holder=dbm] OFFICER of dbm
            'event': 'status', 'status': 'menunggu'                 | InternalNote OFFICER
            'event': 'status', 'status': 'koordinasi', 'to': 'Dinas Bina Marga' | HandoverOffered[to=dbm] OFFICER
            'event': 'status', 'status': 'koordinasi'               | invalid.missing-required /to
            'event': 'status', 'status': 'disposisi', 'to': 'Seksi 4' | Delegated[to=Seksi 4] OFFICER
            'event': 'status', 'status': 'disposisi'                | invalid.missing-required /to
            'event': 'status', 'status': 'Proses ', 'unit': 'dbm'   | ProgressUpdated OFFICER of dbm
            'event': 'status', 'status': 'menunggu validasi'        | ResolutionClaimed OFFICER
            'event': 'status', 'status': 'menunggu validasi', 'photos': []  | ResolutionClaimed OFFICER
            'event': 'status', 'status': 'menunggu validasi', 'photos': [{'url': 'a'}, {'sha256': null}, {'sha256': 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA0'}] | ResolutionClaimed[evidence=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0] OFFICER
            'event': 'status', 'status': 'menunggu validasi', 'photos': [{'sha256': 'a0'}]  | invalid.digest /photos/0/sha256
            'event': 'status', 'status': 'menunggu validasi', 'photos': ['a0']  | invalid.type /photos/0
            'event': 'status', 'status': 'menunggu validasi', 'photos': 'a.jpg' | invalid.type /photos
            'event': 'status', 'status': 'validasi tidak sesuai'    | ResolutionRejected VALIDATOR
            'event': 'status', 'status': 'selesai'                  | Closed[outcome=FIXED] OFFICER
            'event': 'status', 'status': 'ditolak'                  | Rejected OFFICER
            'event': 'status', 'status': 'arsip'                    | Rejected OFFICER
            'event': 'status', 'status': 'hapus'                    | Rejected OFFICER
            'event': 'status', 'status': 'merah'                    | SnapshotObserved[status=OPEN] SYSTEM
            'event': 'status', 'status': 'merah', 'reason': 'rating' | Reopened[reason=RATING] CITIZEN
            'event': 'status', 'status': 'merah', 'reason': 'kata Pak Budi, belum' | SnapshotObserved[status=OPEN] SYSTEM
            'event': 'status', 'status': 'kuning'                   | SnapshotObserved[status=IN_PROGRESS] SYSTEM
            'event': 'status', 'status': 'hijau'                    | SnapshotObserved[status=CLOSED, outcome=FIXED] SYSTEM
            'event': 'status', 'status': 'biru'                     | invalid.unknown-value /status
            """)
    void qlueAndJaki(String fields, String told) {
        JsonNode message = Told.with(REPORTED, fields);

        assertThat(Told.by("qlue", message)).isEqualTo(told);
        assertThat(Told.by("jaki", message)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'status': 'diterima'                         |
            'loket': null                                |
            'status': 'diteruskan', 'tujuan': 'dbm'      | Assigned[holder=dbm] OFFICER of bp
            'status': 'diproses'                         | ProgressUpdated OFFICER of bp
            'status': 'dijawab'                          | PublicReply OFFICER of bp
            'status': 'selesai'                          | Closed[outcome=FIXED] OFFICER of bp
            'status': 'informasi'                        | Closed[outcome=ANSWERED] OFFICER of bp
            'status': 'ditolak'                          | Rejected OFFICER of bp
            """)
    void ptsp(String fields, String told) {
        String base =
                "{'nomor': 'P-1', 'waktu': '2017-11-24 09:10:00', 'waktu_status': '2017-11-24 11:00:00', 'unit': 'bp'}";

        assertThat(Told.by("ptsp", Told.with(base, fields)))
                .isEqualTo("Submitted OFFICER" + (told == null ? "" : "; " + told));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'status': 'diteruskan', 'waktu_status': '2017-11-24 11:00:00' | invalid.missing-required /tujuan
            'status': 'diproses'                         | invalid.missing-required /waktu_status
            'status': 'hilang', 'waktu_status': '2017-11-24 11:00:00' | invalid.unknown-value /status
            'loket': '31.71', 'kelurahan': '31.71.01.1001' | Submitted OFFICER of 31.71; JurisdictionResolved[territory=31.71.01.1001, placing=DECLARED] SYSTEM
            'kategori': 'Banjir'                         | Submitted OFFICER; SnapshotObserved[category=flooding] SYSTEM
            'urutan': 3074457345618258602                | invalid.number /urutan
            """)
    void ptspNeedsWhatAStatusNeeds(String fields, String told) {
        assertThat(Told.by("ptsp", Told.with("{'nomor': 'P-1', 'waktu': '2017-11-24 09:10:00'}", fields)))
                .isEqualTo(told);
    }

    @Test
    void whatALaterPtspRecordCorrectsHolds() {
        String base = "{'nomor': 'P-1', 'waktu': '2017-11-24 09:10:00', 'status': 'diterima'";
        String first = base + ", 'kategori': 'Sampah', 'kelurahan': '31.71.01.1001'}";
        String second = base + ", 'urutan': 1, 'kategori': 'Banjir', 'kelurahan': '31.73.05.1002'}";
        String third = base.replace("diterima", "diproses")
                + ", 'urutan': 2, 'waktu_status': '2017-11-24 09:10:00', 'kategori': 'Banjir', 'kelurahan': '31.73.05.1002'}";

        assertThat(inOrder("ptsp", third, second, first))
                .extracting(Told::shortly)
                .containsExactly(
                        "Submitted OFFICER",
                        "JurisdictionResolved[territory=31.71.01.1001, placing=DECLARED] SYSTEM",
                        "SnapshotObserved[category=litter] SYSTEM",
                        "JurisdictionResolved[territory=31.73.05.1002, placing=DECLARED] SYSTEM",
                        "SnapshotObserved[category=flooding] SYSTEM",
                        "JurisdictionResolved[territory=31.73.05.1002, placing=DECLARED] SYSTEM",
                        "SnapshotObserved[category=flooding] SYSTEM",
                        "ProgressUpdated OFFICER");
    }

    /** What messages tell together, in the order in which it is told again. */
    private static List<CaseEvent> inOrder(String channel, String... messages) {
        return Arrays.stream(messages)
                .flatMap(
                        message -> ChannelExamples.channels()
                                .admit(channel, Told.bytes(Told.json(message)), ChannelExamples.SENT)
                                .events()
                                .stream())
                .distinct()
                .sorted(CaseEvent.ORDER)
                .toList();
    }

    @Test
    void aPtspRecordTellsPlaceAndCategoryBeforeWhatWasDone() {
        assertThat(Told.by(
                        "ptsp",
                        "{'nomor': 'P-1', 'waktu': '2017-11-24 09:10:00', 'kelurahan': '31.71.01.1001', 'status': 'selesai',"
                                + " 'waktu_status': '2017-11-25 09:10:00', 'kategori': 'Banjir', 'unit': 'bp'}"))
                .isEqualTo("Submitted OFFICER; JurisdictionResolved[territory=31.71.01.1001, placing=DECLARED] SYSTEM;"
                        + " SnapshotObserved[category=flooding] SYSTEM; Closed[outcome=FIXED] OFFICER of bp");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'text': 'lampu mati'                                    | Submitted CITIZEN
            'conversation_id': '10'                                 | Submitted CITIZEN
            'conversation_id': '9'                                  | PublicReply CITIZEN
            'conversation_id': '9', 'author_id': '36005'            | PublicReply OFFICER
            'author_id': 36005                                      | skipped own-post
            'referenced_tweets': [{'type': 'retweeted', 'id': '7'}] | skipped retweet
            'referenced_tweets': [{'type': 'quoted', 'id': '7'}]    | Submitted CITIZEN
            'edit_history_tweet_ids': ['8', '10'], 'conversation_id': '8' | Submitted CITIZEN
            'geo': {'coordinates': {'type': 'Point', 'coordinates': [106.8272, -6.1754]}} | Submitted CITIZEN; JurisdictionResolved[territory=31.71.01.1001, placing=NEAREST] SYSTEM
            'geo': {'place_id': '3797791ff9c0e4c6'}                 | Submitted CITIZEN
            'author_id': null                                       | invalid.missing-required /data/author_id
            'created_at': null                                      | invalid.missing-required /data/created_at
            'id': ''                                                | invalid.missing-required /data/id
            'geo': {'coordinates': {'coordinates': [106.8272]}}     | invalid.type /data/geo/coordinates/coordinates
            'geo': {'coordinates': {'coordinates': ['x', 'y']}}     | invalid.type /data/geo/coordinates/coordinates/0
            'referenced_tweets': ['7']                              | invalid.type /data/referenced_tweets/0
            """)
    void twitter(String fields, String told) {
        JsonNode post = Told.with("{'id': '10', 'author_id': '22', 'created_at': '2017-11-24T01:15:00.000Z'}", fields);

        assertThat(Told.by("twitter", Told.json("{'data': " + post + "}"))).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            '9', '36005', '22'    | twitter:10 #null Submitted CITIZEN
            '9', '36005', '36005' | skipped own-post
            '9', '22', '22'       | twitter:9 #10 PublicReply CITIZEN
            '7', '36005', '22'    | twitter:9 #10 PublicReply CITIZEN
            '8', '33', '36005'    | twitter:8 #10 PublicReply OFFICER
            '8', '33', '44'       | twitter:8 #10 PublicReply CITIZEN
            '6', '33', '44'       | twitter:5 #10 PublicReply CITIZEN
            '4', '36005', '44'    | twitter:9 #10 PublicReply CITIZEN
            '3', '44', '44'       | twitter:9 #10 PublicReply CITIZEN
            '2', '44', '44'       | twitter:9 #10 PublicReply CITIZEN
            '1', '44', '44'       | twitter:9 #10 PublicReply CITIZEN
            """)
    void answersToTheCityOnXAreComplaints(String answered, String told) {
        String[] who = answered.split(", ");
        String post = "{'id': '10', 'conversation_id': '9', 'created_at': '2017-11-24T01:15:00.000Z', 'text': 'mati',"
                + " 'referenced_tweets': [{'type': 'quoted', 'id': '8'}, {'type': 'replied_to', 'id': " + who[0]
                + "}], 'in_reply_to_user_id': " + who[1] + ", 'author_id': " + who[2] + "}";
        String sentAlong = String.join(
                ", ",
                "7",
                "{'id': {}}",
                sentAlong("'8'", "33", "9", "36005"),
                sentAlong("'6', 'edit_history_tweet_ids': ['5', '6']", "33", "9", "36005"),
                sentAlong("'4'", "36005", "9", "36005"),
                sentAlong("'3'", "44", "8", "33"),
                sentAlong("'2'", "44", "9", "77"),
                "{'id': '1', 'author_id': '44'}");

        for (String data : List.of(post, "[" + post + "]", "[" + post + ", " + post + "]")) {
            String message = "{'data': " + data + ", 'includes': {'tweets': [" + sentAlong + "]}}";
            assertThat(everyPart(message)).containsOnly(told);
        }
    }

    private static String sentAlong(String id, String author, String repliedTo, String repliedToUser) {
        return "{'id': " + id + ", 'author_id': '" + author + "', 'in_reply_to_user_id': '" + repliedToUser
                + "', 'referenced_tweets': [{'type': 'replied_to', 'id': '" + repliedTo + "'}]}";
    }

    private static List<String> everyPart(String message) {
        return ChannelExamples.channels()
                .parts("twitter", Told.bytes(Told.json(message)), ChannelExamples.SENT)
                .stream()
                .map(part -> part.skipped() != null
                        ? "skipped " + part.skipped()
                        : part.events().stream()
                                .map(event ->
                                        event.caseId() + " #" + event.sourceSequence() + " " + Told.shortly(event))
                                .collect(Collectors.joining("; ")))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "{'tweets': 7}", "{'tweets': {'id': '8'}}", "{'users': []}"})
    void withoutTheAnsweredPostAnAnswerBelongsToItsConversation(String includes) {
        String message = "{'data': {'id': '10', 'conversation_id': '9', 'created_at': '2017-11-24T01:15:00Z',"
                + " 'author_id': '44', 'in_reply_to_user_id': '33', 'referenced_tweets': [{'type': 'replied_to', 'id':"
                + " '8'}]}, 'includes': " + includes + "}";

        assertThat(everyPart(message)).containsExactly("twitter:9 #10 PublicReply CITIZEN");
    }

    @Test
    void anAnswerToTheCityIsPersonalAsEveryComplaintIs() {
        Admitted admitted = ChannelExamples.channels()
                .admit(
                        "twitter",
                        Told.bytes(Told.json(ChannelExamples.all().get("twitter-answer"))),
                        ChannelExamples.SENT);

        assertThat(admitted.personal()).singleElement().satisfies(personal -> {
            assertThat(personal.caseId()).isEqualTo(admitted.events().get(0).caseId());
            assertThat(personal.reporter())
                    .isEqualTo(ChannelExamples.pseudonyms().of("twitter", Kind.ACCOUNT, "2244994945"));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "1034567890123456789, 1034567890123456789",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, 0"
    })
    void idsOfPostsCountUpToNineteenDigits(String id, long sequence) {
        String message = "{'data': {'id': '" + id + "', 'conversation_id': '9', 'created_at': '2019-11-24T01:15:00Z',"
                + " 'author_id': '44'}}";

        assertThat(everyPart(message)).containsExactly("twitter:9 #" + sequence + " PublicReply CITIZEN");
    }

    @Test
    void aVersionOfAPostIsThePost() {
        List<CaseEvent> events = ChannelExamples.channels()
                .admit(
                        "twitter",
                        Told.bytes(Told.json(
                                "{'data': {'id': '10', 'author_id': '22', 'created_at': '2017-11-24T01:15:00.000Z',"
                                        + " 'edit_history_tweet_ids': ['8', '10'], 'conversation_id': '10'}}")),
                        ChannelExamples.SENT)
                .events();

        assertThat(events).singleElement().satisfies(event -> assertThat(event.caseId())
                .isEqualTo("twitter:8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'meta': {'result_count': 0}}", "{'data': []}"})
    void aSearchThatFoundNothingTellsNothing(String message) {
        assertThat(Told.by("twitter", message)).isEqualTo("skipped empty");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'item': 'status'                                     | facebook:1_5 Submitted CITIZEN
            'item': 'post'                                       | facebook:1_5 Submitted CITIZEN
            'item': 'photo'                                      | facebook:1_5 Submitted CITIZEN
            'item': 'video'                                      | facebook:1_5 Submitted CITIZEN
            'item': 'share'                                      | facebook:1_5 Submitted CITIZEN
            'item': 'status', 'from': {'id': '1'}                | skipped own-post
            'item': 'status', 'from': {'id': '77000'}            | skipped own-post
            'item': 'comment', 'post': {'status_type': 'wall_post'} | facebook:1_5 PublicReply CITIZEN
            'item': 'comment', 'parent_id': '5_6', 'post': {'status_type': 'wall_post'} | facebook:1_5 PublicReply CITIZEN
            'item': 'comment', 'from': {'id': '1'}               | facebook:1_5 PublicReply OFFICER
            'item': 'comment', 'from': {'id': '77000'}           | facebook:1_5 PublicReply OFFICER
            'item': 'comment', 'from': {'id': '1'}, 'post': {'status_type': 'mobile_status_update'} | skipped own-post
            'item': 'comment'                                    | facebook:5_7 Submitted CITIZEN
            'item': 'comment', 'post': {'status_type': 'mobile_status_update'} | facebook:5_7 Submitted CITIZEN
            'item': 'comment', 'parent_id': '5_6'                | facebook:5_6 PublicReply CITIZEN
            'item': 'comment', 'parent_id': '5_6', 'from': {'id': '1'} | facebook:5_6 PublicReply OFFICER
            'item': 'status', 'verb': 'remove'                   | facebook:1_5 Closed[outcome=WITHDRAWN] CITIZEN
            'item': 'status', 'verb': 'remove', 'created_time': null | facebook:1_5 Closed[outcome=WITHDRAWN] CITIZEN
            'item': 'status', 'verb': 'remove', 'from': {'id': '1'} | skipped own-post
            'item': 'status', 'verb': 'remove', 'from': {'id': '77000'}, 'post': {'status_type': 'wall_post'} | facebook:1_5 Rejected OFFICER
            'item': 'post', 'verb': 'remove', 'from': {'id': '1'}, 'post': {'status_type': 'wall_post'} | facebook:1_5 Rejected OFFICER
            'item': 'post', 'verb': 'remove', 'from': null       | facebook:1_5 Closed[outcome=UNKNOWN] SYSTEM
            'item': 'comment', 'verb': 'remove', 'from': {'name': 'Budi'} | facebook:5_7 Closed[outcome=UNKNOWN] SYSTEM
            'item': 'comment', 'verb': 'remove', 'from': {'id': '1'}, 'post': {'status_type': 'mobile_status_update'} | facebook:5_7 Rejected OFFICER
            'item': 'comment', 'verb': 'remove', 'from': {'id': '1'} | skipped remove
            'item': 'comment', 'verb': 'remove', 'from': null, 'parent_id': '5_6' | skipped remove
            'item': 'post', 'verb': 'remove', 'created_time': 'now' | invalid.type /entry/0/changes/0/value/created_time
            'item': 'comment', 'verb': 'remove'                  | facebook:5_7 Closed[outcome=WITHDRAWN] CITIZEN
            'item': 'comment', 'verb': 'remove', 'parent_id': '5_6' | skipped remove
            'item': 'comment', 'verb': 'remove', 'post': {'status_type': 'wall_post'} | skipped remove
            'item': 'status', 'verb': 'edited'                   | skipped edited
            'item': 'comment', 'verb': 'hide'                    | skipped hide
            'item': 'comment', 'verb': 'unhide'                  | skipped unhide
            'item': 'like'                                       | skipped like
            'item': 'reaction'                                   | skipped reaction
            'item': 'event'                                      | skipped event
            'item': 'Budi Santoso'                               | skipped other
            'item': 'status', 'verb': 'Budi Santoso'             | skipped other
            'item': null                                         | invalid.missing-required /entry/0/changes/0/value/item
            'item': 'status', 'from': {}                         | invalid.missing-required /entry/0/changes/0/value/from/id
            'item': 'status', 'created_time': null               | invalid.missing-required /entry/0/changes/0/value/created_time
            'item': 'status', 'created_time': 1e30               | invalid.time /entry/0/changes/0/value/created_time
            'item': 'comment', 'parent_id': null                 | invalid.missing-required /entry/0/changes/0/value/parent_id
            'item': 'comment', 'comment_id': null                | invalid.missing-required /entry/0/changes/0/value/comment_id
            """)
    void facebook(String fields, String told) {
        JsonNode change = Told.with(
                "{'verb': 'add', 'post_id': '1_5', 'comment_id': '5_7', 'parent_id': '1_5', 'created_time': 1511486099,"
                        + " 'from': {'id': '88'}}",
                fields);
        JsonNode message = Told.json("{'object': 'page', 'entry': [{'id': '1', 'time': 1511486100, 'changes':"
                + " [{'field': 'feed', 'value': " + change + "}]}]}");
        Admitted admitted = ChannelExamples.channels().admit("facebook", Told.bytes(message), ChannelExamples.SENT);

        String cases = admitted.events().stream()
                .map(event -> event.caseId() + " ")
                .findFirst()
                .orElse("");

        assertThat(cases + Told.by("facebook", message)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'time': 1511586100, | , 'created_time': 1511486099 | 2017-11-25T05:01:40Z
            'time': 1511586100, |                              | 2017-11-25T05:01:40Z
                                | , 'created_time': 1511486099 | 2017-11-24T01:14:59Z
            """)
    void aRemovalIsWhenTheEntryIs(@Nullable String time, @Nullable String created, Instant at) {
        String message = "{'object': 'page', 'entry': [{'id': '1', " + (time == null ? "" : time)
                + " 'changes': [{'field': 'feed', 'value': {'item': 'post', 'verb': 'remove', 'post_id': '1_5'"
                + (created == null ? "" : created) + ", 'from': {'id': '88'}}}]}]}";

        assertThat(ChannelExamples.channels()
                        .admit("facebook", Told.bytes(Told.json(message)), ChannelExamples.SENT)
                        .events())
                .extracting(CaseEvent::occurredAt)
                .containsExactly(at);
    }

    @Test
    void aRemovalWithoutAnyTimeIsRefused() {
        assertThat(Told.by(
                        "facebook",
                        "{'object': 'page', 'entry': [{'id': '1', 'changes': [{'field': 'feed', 'value': {'item': 'post',"
                                + " 'verb': 'remove', 'post_id': '1_5'}}]}]}"))
                .isEqualTo("invalid.missing-required /entry/0/changes/0/value/created_time");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'object': 'page', 'entry': []}                                       | skipped empty
            {'object': 'page', 'entry': [{'id': '1', 'changes': []}]}             | skipped empty
            {'object': 'page', 'entry': [{'id': '1', 'changes': [{'field': 'ratings'}]}]} | skipped other-field
            {'object': 'user', 'entry': []}                                       | invalid.unknown-value /object
            {'object': 'page', 'entry': [7]}                                      | malformed.payload /entry/0
            {'object': 'page', 'entry': {}}                                       | invalid.type /entry
            {'object': 'page', 'entry': [{'changes': [{}, {}]}]}                  | invalid.missing-required /entry/0/id
            {'object': 'page', 'entry': [{'id': '1', 'changes': [7]}]}            | malformed.payload /entry/0/changes/0
            """)
    void facebookAroundTheChanges(String message, String told) {
        assertThat(Told.by("facebook", message)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'kejadian': 'laporan', 'kategori': 'Saluran Air', 'tenggat': '2017-12-01T10:00:00+07:00' | Submitted[category=blocked-drain, resolutionDeadline=2017-12-01T03:00:00Z] CITIZEN
            'kejadian': 'laporan', 'lokasi': {'kode': '31.73.05.1002'} | Submitted CITIZEN; JurisdictionResolved[territory=31.73.05.1002, placing=DECLARED] SYSTEM
            'kejadian': 'laporan', 'lokasi': {'latitude': '-6.1754', 'longitude': '106.8272'} | Submitted CITIZEN; JurisdictionResolved[territory=31.71.01.1001, placing=NEAREST] SYSTEM
            'kejadian': 'belum verifikasi', 'instansi': 'dbm' | InternalNote SYSTEM
            'kejadian': 'verifikasi'                       | Verified OFFICER
            'kejadian': 'tunda'                            | VerificationDeferred OFFICER
            'kejadian': 'disposisi', 'instansi': 'dbm'     | HandoverOffered[to=dbm] OFFICER
            'kejadian': 'disposisi'                        | invalid.missing-required /instansi
            'kejadian': 'terima', 'instansi': 'dbm'        | HandoverAccepted[by=dbm] OFFICER of dbm
            'kejadian': 'terima'                           | invalid.missing-required /instansi
            'kejadian': 'bukan wewenang', 'instansi': 'dbm' | HandoverDeclined[by=dbm] OFFICER of dbm
            'kejadian': 'bukan wewenang'                   | invalid.missing-required /instansi
            'kejadian': 'proses', 'instansi': 'dbm'        | ProgressUpdated OFFICER of dbm
            'kejadian': 'tindak lanjut', 'instansi': 'dbm' | PublicReply OFFICER of dbm
            'kejadian': 'tanggapan pelapor'                | PublicReply CITIZEN
            'kejadian': 'selesai', 'instansi': 'dbm'       | Closed[outcome=ANSWERED] OFFICER of dbm
            'kejadian': 'selesai', 'alasan': 'Tidak ada tanggapan' | Closed[outcome=NO_REPLY_TIMEOUT] SYSTEM
            'kejadian': 'selesai', 'alasan': 'sudah dijawab' | Closed[outcome=ANSWERED] OFFICER
            'kejadian': 'arsip'                            | Rejected OFFICER
            'kejadian': 'nilai', 'bintang': 4              | Rated[stars=4] CITIZEN
            'kejadian': 'nilai'                            | invalid.missing-required /bintang
            'kejadian': 'lain'                             | invalid.unknown-value /kejadian
            'kejadian': 'laporan', 'lokasi': '31.73'       | invalid.type /lokasi
            """)
    void lapor(String fields, String told) {
        String base = "{'tracking_id': '4512345', 'waktu': '2017-11-24T10:00:00+07:00'}";

        assertThat(Told.by("lapor", Told.with(base, fields))).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'action': 'lapor'                                   | Submitted OFFICER of bp
            'action': 'lapor', 'category': 'Banjir', 'holder': 'dbm', 'deadline': '2017-12-01T10:00:00+07:00' | Submitted[category=flooding, holder=dbm, resolutionDeadline=2017-12-01T03:00:00Z] OFFICER of bp
            'action': 'lapor', 'kelurahan': '31.73.05.1002'     | Submitted OFFICER of bp; JurisdictionResolved[territory=31.73.05.1002, placing=DECLARED] SYSTEM
            'action': 'lokasi', 'kelurahan': '31.73.05.1002'    | JurisdictionResolved[territory=31.73.05.1002, placing=DECLARED] OFFICER of bp
            'action': 'lokasi', 'latitude': -6.1754, 'longitude': 106.8272 | JurisdictionResolved[territory=31.71.01.1001, placing=NEAREST] OFFICER of bp
            'action': 'lokasi', 'kelurahan': '31.73.05.1002', 'correction': true | LocationCorrected[territory=31.73.05.1002] OFFICER of bp
            'action': 'lokasi', 'kelurahan': 'Nusa Lain'        | skipped no-unit
            'action': 'lokasi'                                  | invalid.missing-required /kelurahan
            'action': 'lokasi', 'latitude': -6.1754             | invalid.missing-required /longitude
            'action': 'lokasi', 'longitude': 106.8272           | invalid.missing-required /latitude
            'action': 'lokasi', 'kelurahan': 'dbm', 'correction': 'ya' | invalid.type /correction
            'action': 'kategori', 'category': 'Banjir'          | Categorised[category=flooding] OFFICER of bp
            'action': 'kategori'                                | invalid.missing-required /category
            'action': 'tugaskan', 'to': 'dbm'                   | Assigned[holder=dbm] OFFICER of bp
            'action': 'tugaskan'                                | invalid.missing-required /to
            'action': 'koordinasi', 'to': 'dbm'                 | HandoverOffered[to=dbm] OFFICER of bp
            'action': 'koordinasi'                              | invalid.missing-required /to
            'action': 'terima'                                  | HandoverAccepted[by=bp] OFFICER of bp
            'action': 'terima', 'unit': null                    | invalid.missing-required /unit
            'action': 'kembalikan'                              | HandoverDeclined[by=bp] OFFICER of bp
            'action': 'kembalikan', 'unit': null                | invalid.missing-required /unit
            'action': 'tarik'                                   | Recalled OFFICER of bp
            'action': 'disposisi', 'to': 'dbm'                  | Delegated[to=dbm] OFFICER of bp
            'action': 'disposisi'                               | invalid.missing-required /to
            'action': 'proses'                                  | ProgressUpdated OFFICER of bp
            'action': 'tunda', 'reason': 'CITIZEN_INFO'         | WaitStarted[reason=CITIZEN_INFO] OFFICER of bp
            'action': 'tunda', 'reason': ' citizen  info '      | WaitStarted[reason=CITIZEN_INFO] OFFICER of bp
            'action': 'tunda', 'reason': 'Menunggu Pak Budi, 0812-3456-7890' | InternalNote OFFICER of bp
            'action': 'tunda', 'reason': 'A234567890'           | InternalNote OFFICER of bp
            'action': 'tunda', 'reason': 'AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDD' | WaitStarted[reason=AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDD] OFFICER of bp
            'action': 'tunda', 'reason': 'AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDDE' | InternalNote OFFICER of bp
            'action': 'tunda'                                   | invalid.missing-required /reason
            'action': 'lanjut'                                  | WaitEnded OFFICER of bp
            'action': 'jawab'                                   | PublicReply OFFICER of bp
            'action': 'jawab', 'automatic': false               | PublicReply OFFICER of bp
            'action': 'jawab', 'automatic': true                | PublicReply SYSTEM of bp
            'action': 'catat'                                   | InternalNote OFFICER of bp
            'action': 'menunggu validasi'                       | ResolutionClaimed OFFICER of bp
            'action': 'menunggu validasi', 'photos': [{'sha256': 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA0'}, {'sha256': 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0'}] | ResolutionClaimed[evidence=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0] OFFICER of bp
            'action': 'menunggu validasi', 'photos': [{'sha256': '0812-3456-7890'}] | invalid.digest /photos/0/sha256
            'action': 'validasi', 'result': 'sesuai'            | ResolutionValidated VALIDATOR of bp
            'action': 'validasi', 'result': 'tidak sesuai'      | ResolutionRejected VALIDATOR of bp
            'action': 'validasi', 'result': 'mungkin'           | invalid.unknown-value /result
            'action': 'validasi'                                | invalid.missing-required /result
            'action': 'tutup', 'outcome': 'FIXED'               | Closed[outcome=FIXED] OFFICER of bp
            'action': 'tutup', 'outcome': 'FIXED', 'by': 'officer' | Closed[outcome=FIXED] OFFICER of bp
            'action': 'tutup', 'outcome': 'OUT_OF_CITY_JURISDICTION', 'by': 'validator' | Closed[outcome=OUT_OF_CITY_JURISDICTION] VALIDATOR of bp
            'action': 'tutup', 'outcome': 'WITHDRAWN', 'by': 'citizen' | Closed[outcome=WITHDRAWN] CITIZEN of bp
            'action': 'tutup', 'outcome': 'NO_REPLY_TIMEOUT', 'by': 'system' | Closed[outcome=NO_REPLY_TIMEOUT] SYSTEM of bp
            'action': 'tutup', 'outcome': 'FIXED', 'by': 'nobody' | invalid.unknown-value /by
            'action': 'tutup', 'outcome': 'DONE'                | invalid.unknown-value /outcome
            'action': 'tutup'                                   | invalid.missing-required /outcome
            'action': 'tolak'                                   | Rejected OFFICER of bp
            'action': 'arsip'                                   | Rejected OFFICER of bp
            'action': 'buka kembali'                            | Reopened CITIZEN of bp
            'action': 'buka kembali', 'reason': 'Not fixed'     | Reopened[reason=NOT_FIXED] CITIZEN of bp
            'action': 'buka kembali', 'reason': 'kata Budi, belum' | Reopened CITIZEN of bp
            'action': 'buka kembali', 'reason': true            | invalid.type /reason
            'action': 'keberatan'                               | Disputed CITIZEN of bp
            'action': 'keberatan', 'result': 'diterima'         | Disputed[upheld=true] VALIDATOR of bp
            'action': 'keberatan', 'result': 'ditolak'          | Disputed[upheld=false] VALIDATOR of bp
            'action': 'keberatan', 'result': 'sesuai'           | invalid.unknown-value /result
            'action': 'sanggah', 'target': 'resolution', 'cycle': 1 | VerdictContested[target=RESOLUTION, cycle=1] OFFICER of bp
            'action': 'sanggah', 'target': 'First response', 'cycle': 2 | VerdictContested[target=FIRST_RESPONSE, cycle=2] OFFICER of bp
            'action': 'sanggah', 'target': 'first_response', 'cycle': 0 | invalid.number /cycle
            'action': 'sanggah', 'target': 'dwell', 'cycle': 2147483648 | invalid.number /cycle
            'action': 'sanggah', 'target': 'dwell'              | invalid.missing-required /cycle
            'action': 'sanggah', 'target': 'speed', 'cycle': 1  | invalid.unknown-value /target
            'action': 'sanggah', 'cycle': 1                     | invalid.missing-required /target
            'action': 'putusan', 'target': 'redo', 'cycle': 1, 'result': 'tetap', 'citation': 'BA 12/PM.03/2018' | VerdictDecided[target=REDO, cycle=1, upheld=true, citation=BA 12/PM.03/2018] VALIDATOR of bp
            'action': 'putusan', 'target': 'redo', 'cycle': 1, 'result': 'batal', 'citation': 'BA 12, telp. 0812-3456-7890' | VerdictDecided[target=REDO, cycle=1, upheld=false, citation=BA 12, telp. [PHONE]] VALIDATOR of bp
            'action': 'putusan', 'target': 'redo', 'cycle': 1, 'result': 'mungkin', 'citation': 'BA 12' | invalid.unknown-value /result
            'action': 'putusan', 'target': 'redo', 'cycle': 1, 'citation': 'BA 12' | invalid.missing-required /result
            'action': 'putusan', 'target': 'redo', 'cycle': 1, 'result': 'batal' | invalid.missing-required /citation
            'action': 'putusan', 'result': 'batal', 'citation': 'BA 12' | invalid.missing-required /target
            'action': 'eskalasi', 'to': 'Menteng'               | EscalatedUp[to=Menteng] OFFICER of bp
            'action': 'eskalasi'                                | invalid.missing-required /to
            'action': 'reorganisasi', 'from': 'Seksi 4', 'to': 'Dinas Bina Marga' | HolderReorganised[from=Seksi 4, to=dbm] SYSTEM of bp
            'action': 'reorganisasi', 'from': 'Seksi 4'         | invalid.missing-required /to
            'action': 'reorganisasi', 'to': 'dbm'               | invalid.missing-required /from
            'action': 'koreksi'                                 | invalid.missing-required /of
            'action': 'koreksi', 'of': 88121                    | invalid.type /of
            'action': 'koreksi', 'of': {'action_id': 6, 'case': {'channel': 'crm', 'id': 'C-2'}, 'at': '2017-11-24T10:00:00+07:00', 'action': 'proses'} | invalid.case /of/case
            'action': 'koreksi', 'of': {'action_id': 6, 'case': {'channel': 'crm', 'id': 'C-1'}, 'at': '2017-11-24T10:00:00+07:00', 'action': 'koreksi'} | invalid.unknown-value /of/action
            'action': 'koreksi', 'of': {'action_id': 6, 'case': {'channel': 'crm', 'id': 'C-1'}, 'at': '2017-11-24T10:00:00+07:00'} | invalid.missing-required /of/action
            'action': 'koreksi', 'of': {'action_id': 6, 'case': {'channel': 'crm', 'id': 'C-1'}, 'at': 'today', 'action': 'proses'} | invalid.time /of/at
            'action': 'koreksi', 'of': {'action_id': 6, 'case': {'channel': 'crm', 'id': 'C-1'}, 'at': '2017-11-24T10:00:00+07:00', 'action': 'lokasi', 'kelurahan': 'Nusa Lain'} | skipped no-unit
            'action': 'nilai', 'stars': 5                       | Rated[stars=5] CITIZEN of bp
            'action': 'nilai', 'stars': 0                       | invalid.number /stars
            'action': 'gabung', 'into': {'channel': 'qlue', 'id': 'Q-1'} | MergedInto[caseId=qlue:Q-1] OFFICER of bp
            'action': 'gabung', 'into': {'channel': 'QLUE', 'id': 'Q-1'} | MergedInto[caseId=qlue:Q-1] OFFICER of bp
            'action': 'gabung', 'into': {'channel': 'quel', 'id': 'Q-1'} | invalid.case /into/channel
            'action': 'gabung', 'into': {'channel': 'crm', 'id': 'C-1'} | invalid.case /into
            'action': 'gabung', 'into': {'channel': 'CRM', 'id': 'C-1'} | invalid.case /into
            'action': 'gabung'                                  | invalid.missing-required /into
            'action': 'batal gabung'                            | Unmerged OFFICER of bp
            'action': 'pecah', 'into': {'channel': 'crm', 'id': 'C-2'} | SplitInto[caseId=crm:C-2] OFFICER of bp
            'action': 'pecah', 'into': {'channel': 'crm', 'id': 'C-1'} | invalid.case /into
            'action': 'pecah'                                   | invalid.missing-required /into
            'action': 'tautkan', 'other': {'channel': 'twitter', 'id': '9'} | ChannelLinked[caseId=twitter:9] OFFICER of bp
            'action': 'tautkan', 'other': {'channel': 'crm', 'id': 'C-1'} | invalid.case /other
            'action': 'tautkan', 'other': {'channel': 'cr m', 'id': 'C-1'} | invalid.case /other/channel
            'action': 'tautkan', 'other': {'channel': 'crm', 'id': 'C-\\u0000'} | invalid.case /other/id
            'action': 'hilang'                                  | invalid.unknown-value /action
            'action': 'proses', 'case': {'channel': 'a:b', 'id': 'C-1'} | invalid.case /case/channel
            'action': 'proses', 'case': {'channel': 'fax', 'id': 'C-1'} | invalid.case /case/channel
            'action': 'proses', 'action_id': -1                 | invalid.number /action_id
            'action': 'proses', 'action_id': 1.5                | invalid.number /action_id
            'action': 'proses', 'action_id': '12'               | invalid.type /action_id
            'action': 'proses', 'action_id': null               | invalid.missing-required /action_id
            """)
    void crm(String fields, String told) {
        String base = "{'action_id': 7, 'case': {'channel': 'crm', 'id': 'C-1'}, 'at': '2017-11-24T10:20:00+07:00',"
                + " 'unit': 'bp'}";

        assertThat(Told.by("crm", Told.with(base, fields))).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'action': 'koordinasi', 'to': 'dbm', 'note': 'Mohon ditindaklanjuti.'",
                "'action': 'tunda', 'reason': 'WEATHER'",
                "'action': 'lapor', 'kelurahan': '31.73.05.1002', 'category': 'Banjir', 'description': 'saya Budi, 0812-3456-7890',"
                        + " 'reporter': {'phone': '0812-3456-7890'}"
            })
    void aCorrectionNamesEveryEventOfTheActionThatWasAMistake(String fields) {
        String base = "{'action_id': 7, 'case': {'channel': 'crm', 'id': 'C-1'}, 'at': '2017-11-24T10:20:00+07:00',"
                + " 'unit': 'bp'}";
        JsonNode mistake = Told.with(base, fields);
        JsonNode correction = Told.with(
                "{'action_id': 9, 'case': {'channel': 'crm', 'id': 'C-1'}, 'at': '2017-11-24T11:00:00+07:00'}",
                "'action': 'koreksi', 'of': " + mistake);
        List<CaseEvent> mistaken = ChannelExamples.channels()
                .admit("crm", Told.bytes(mistake), ChannelExamples.SENT)
                .events();

        Admitted corrected =
                ChannelExamples.channels().admit("crm", Told.bytes(correction), ChannelExamples.SENT.plusSeconds(60));

        assertThat(mistaken).isNotEmpty();
        assertThat(corrected.events())
                .extracting(CaseEvent::payload)
                .containsExactlyElementsOf(mistaken.stream()
                        .<Payload>map(event -> new Payload.Corrected(event.eventId()))
                        .toList());
        assertThat(corrected.personal()).isEmpty();
        assertThat(corrected.unlisted()).isEmpty();
    }

    @Test
    void aClaimKeepsTwentyPhotographs() {
        StringBuilder photos = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            photos.append(i == 0 ? "" : ", ")
                    .append("{'sha256': '")
                    .append(String.format(Locale.ROOT, "%064x", i / 2))
                    .append("'}");
        }
        String base = "{'action_id': 7, 'case': {'channel': 'crm', 'id': 'C-1'}, 'at': '2017-11-24T10:20:00+07:00'}";

        for (String further : List.of("", ", {'sha256': '" + "f".repeat(64) + "'}")) {
            JsonNode message = Told.with(base, "'action': 'menunggu validasi', 'photos': [" + photos + further + "]");
            assertThat(ChannelExamples.channels()
                            .admit("crm", Told.bytes(message), ChannelExamples.SENT)
                            .events())
                    .singleElement()
                    .satisfies(event -> assertThat(((Payload.ResolutionClaimed) event.payload()).evidence())
                            .hasSize(20)
                            .doesNotContain("f".repeat(64)));
        }
    }

    @Test
    void aCaseIsOfAChannelThatTheCityKnowsAtThatTime() {
        ReferencePack before = ChannelExamples.jakarta();
        ReferencePack since = ChannelExamples.with(
                before, "with-fax", Instant.parse("2018-01-01T00:00:00Z"), List.of(new Channel("Fax", null, Set.of())));
        Channels channels = new Channels(Reference.of(List.of(before, since)), null);

        for (String channel : List.of("crm", Channels.ERASURES)) {
            String fax = channel.equals("crm")
                    ? "{'action_id': 7, 'case': {'channel': 'fAX', 'id': '1'}, 'action': 'proses', 'at': 'AT'}"
                    : "{'case': {'channel': 'fAX', 'id': '1'}, 'requested_at': 'AT'}";
            assertThat(channels.admit(
                                    channel,
                                    Told.bytes(Told.json(fax.replace("AT", "2017-12-31T00:00:00Z"))),
                                    ChannelExamples.SENT)
                            .refused())
                    .extracting(Admitted.Refused::reason)
                    .containsExactly("invalid.case");
            assertThat(channels.admit(
                                    channel,
                                    Told.bytes(Told.json(fax.replace("AT", "2018-01-01T00:00:00Z"))),
                                    ChannelExamples.SENT)
                            .events())
                    .extracting(CaseEvent::caseId)
                    .containsExactly("Fax:1");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'kategori': 'Sampah'    | Submitted[territory=31.71.01.1001, holder=31.71.01.1001] CITIZEN; SnapshotObserved[category=litter] SYSTEM
            'kategori': 'Sampah', 'status': 'proses' | Submitted[territory=31.71.01.1001, holder=31.71.01.1001] CITIZEN; SnapshotObserved[status=IN_PROGRESS, category=litter] SYSTEM
            'kategori': null        | Submitted[territory=31.71.01.1001, holder=31.71.01.1001] CITIZEN
            'status': 'belum'       | Submitted[territory=31.71.01.1001, holder=31.71.01.1001] CITIZEN; SnapshotObserved[status=OPEN] SYSTEM
            'status': 'proses'      | Submitted[territory=31.71.01.1001, holder=31.71.01.1001] CITIZEN; SnapshotObserved[status=IN_PROGRESS] SYSTEM
            'status': 'selesai'     | Submitted[territory=31.71.01.1001, holder=31.71.01.1001] CITIZEN; SnapshotObserved[status=CLOSED, outcome=FIXED] SYSTEM
            'status': 'hapus'       | Submitted[territory=31.71.01.1001, holder=31.71.01.1001] CITIZEN; SnapshotObserved[status=CLOSED, outcome=INVALID] SYSTEM
            'status': 'lain'        | invalid.unknown-value /status
            'status': 'proses', 'tgl_status': null | invalid.missing-required /tgl_status
            'kode_kelurahan': null  | invalid.missing-required /kode_kelurahan
            """)
    void crop(String fields, String told) {
        String base = "{'nomor': 'C-1', 'tgl_lapor': '2016-05-30 08:00:00', 'kode_kelurahan': '31.71.01.1001',"
                + " 'tgl_status': '2016-05-31 10:30:00'}";
        JsonNode message = Told.with(base, fields);

        assertThat(Told.by("crop", message)).isEqualTo(told);
        assertThat(ChannelExamples.channels()
                        .admit("crop", Told.bytes(message), ChannelExamples.SENT)
                        .events())
                .allMatch(CaseEvent::inferred);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'status': 'open'                                      | 2017-11-24T03:00:00Z OBSERVED SnapshotObserved[status=OPEN]
            'status': 'closed'                                    | 2017-11-24T03:00:00Z OBSERVED SnapshotObserved[status=CLOSED, outcome=UNKNOWN]
            'status': 'open', 'updated_datetime': '2017-11-23T10:00:00Z' | 2017-11-23T10:00:00Z EXACT SnapshotObserved[status=OPEN]
            'status': 'open', 'updated_datetime': '2017-11-20T06:00:00Z' | 2017-11-20T06:00:00Z EXACT SnapshotObserved[status=OPEN]
            'status': 'open', 'updated_datetime': '2017-11-24T03:00:00Z' | 2017-11-24T03:00:00Z EXACT SnapshotObserved[status=OPEN]
            'status': 'open', 'updated_datetime': '2017-11-19T10:00:00Z' | 2017-11-24T03:00:00Z OBSERVED SnapshotObserved[status=OPEN]
            'status': 'open', 'updated_datetime': '2017-11-24T03:00:01Z' | 2017-11-24T03:00:00Z OBSERVED SnapshotObserved[status=OPEN]
            'status': 'open', 'requested_datetime': '2017-11-24T03:00:09Z' | 2017-11-24T03:00:09Z OBSERVED SnapshotObserved[status=OPEN]
            'status': 'open', 'agency_responsible': 'Dinas Bina Marga' | 2017-11-24T03:00:00Z OBSERVED SnapshotObserved[status=OPEN, holder=dbm]
            'status': 'open', 'service_name': 'street-light', 'service_code': '006' | 2017-11-24T03:00:00Z OBSERVED SnapshotObserved[status=OPEN, category=street-light]
            'status': 'open', 'service_code': '006'               | 2017-11-24T03:00:00Z OBSERVED SnapshotObserved[status=OPEN, category=006]
            'status': 'open', 'expected_datetime': '2017-11-30T00:00:00Z' | 2017-11-24T03:00:00Z OBSERVED SnapshotObserved[status=OPEN, resolutionDeadline=2017-11-30T00:00:00Z]
            """)
    void open311Requests(String fields, String told) {
        JsonNode request =
                Told.with("{'service_request_id': 638344, 'requested_datetime': '2017-11-20T06:00:00Z'}", fields);
        JsonNode message = Told.json("{'polled_at': '2017-11-24T03:00:00Z', 'service_requests': [" + request + "]}");

        List<CaseEvent> events = ChannelExamples.channels()
                .admit("open311", Told.bytes(message), ChannelExamples.SENT)
                .events();

        assertThat(events).hasSize(2);
        assertThat(Told.shortly(events.get(0))).isEqualTo("Submitted CITIZEN");
        CaseEvent observed = events.get(1);
        assertThat(observed.occurredAt() + " " + observed.timeNote() + " " + Told.shortly(observed))
                .isEqualTo(told + " SYSTEM");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'service_request_id': null, 'token': '123'            | skipped token
            'service_request_id': null                            | invalid.missing-required /service_requests/0/service_request_id
            'requested_datetime': null                            | invalid.missing-required /service_requests/0/requested_datetime
            'status': null                                        | invalid.missing-required /service_requests/0/status
            'status': 'half-open'                                 | invalid.unknown-value /service_requests/0/status
            'updated_datetime': 'yesterday'                       | invalid.time /service_requests/0/updated_datetime
            'lat': 'north'                                        | invalid.type /service_requests/0/lat
            'lat': -6.1754, 'long': '106.8272'                    | Submitted CITIZEN; JurisdictionResolved[territory=31.71.01.1001, placing=NEAREST] SYSTEM; SnapshotObserved[status=OPEN] SYSTEM
            """)
    void open311RequestsAsAServerSendsThem(String fields, String told) {
        JsonNode request = Told.with(
                "{'service_request_id': '638344', 'requested_datetime': '2017-11-20T06:00:00Z', 'status': 'open'}",
                fields);

        assertThat(Told.by("open311", request)).isEqualTo(told);
        assertThat(Told.by("open311", Told.json("[" + request + "]"))).isEqualTo(told);
        assertThat(Told.by("open311", Told.json("{'service_requests': [" + request + "]}")))
                .isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'status': 'OPEN'                        | SnapshotObserved[status=OPEN] SYSTEM
            'status': 'INVESTIGATING'               | SnapshotObserved[status=OPEN] SYSTEM
            'status': 'PLANNED'                     | SnapshotObserved[status=OPEN] SYSTEM
            'status': 'ACTION_SCHEDULED'            | SnapshotObserved[status=OPEN] SYSTEM
            'status': 'IN_PROGRESS'                 | SnapshotObserved[status=IN_PROGRESS] SYSTEM
            'status': 'FIXED'                       | SnapshotObserved[status=CLOSED, outcome=FIXED] SYSTEM
            'status': 'DUPLICATE'                   | SnapshotObserved[status=CLOSED, outcome=DUPLICATE] SYSTEM
            'status': 'NO_FURTHER_ACTION'           | SnapshotObserved[status=CLOSED, outcome=UNABLE] SYSTEM
            'status': 'UNABLE_TO_FIX'               | SnapshotObserved[status=CLOSED, outcome=UNABLE] SYSTEM
            'status': 'CLOSED'                      | SnapshotObserved[status=CLOSED, outcome=UNKNOWN] SYSTEM
            'status': 'NOT_COUNCILS_RESPONSIBILITY' | HandoverOffered[to=unknown] OFFICER
            'status': 'INTERNAL_REFERRAL'           | HandoverOffered[to=unknown] OFFICER
            'status': 'ARCHIVED'                    | skipped archived
            'status': 'REOPEN'                      | SnapshotObserved[status=OPEN] SYSTEM
            'status': 'REOPENED'                    | SnapshotObserved[status=OPEN] SYSTEM
            'description': 'A crew is on its way.'  | PublicReply OFFICER
            'description': ' '                      | invalid.missing-required /service_request_updates/0/status
            'status': 'Fixed', 'description': 'Done.' | PublicReply OFFICER; SnapshotObserved[status=CLOSED, outcome=FIXED] SYSTEM
            'status': 'LOST'                        | invalid.unknown-value /service_request_updates/0/status
            'update_id': null, 'status': 'OPEN'     | invalid.missing-required /service_request_updates/0/update_id
            'updated_datetime': null                | invalid.missing-required /service_request_updates/0/updated_datetime
            """)
    void open311Updates(String fields, String told) {
        JsonNode update = Told.with(
                "{'update_id': '99', 'service_request_id': '638344', 'updated_datetime': '2017-11-22T10:00:00Z'}",
                fields);

        assertThat(Told.by("open311", Told.json("[" + update + "]"))).isEqualTo(told);
        assertThat(Told.by("open311", Told.json("{'service_request_updates': [" + update + "]}")))
                .isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "7, 14",
        "1034567890123456789, 2069135780246913578",
        "4611686018427387903, 9223372036854775806",
        "4611686018427387904, 0",
        "9223372036854775807, 0",
        "9999999999999999999, 0",
        "99-1, 0"
    })
    void anUpdateWhoseNumberIsNoCountIsInNoOrder(String number, long first) {
        String update =
                "{'update_id': '" + number + "', 'service_request_id': '1', 'status': 'OPEN', 'description': 'a',"
                        + " 'updated_datetime': '2017-11-22T10:00:00Z'}";

        assertThat(inOrder("open311", update))
                .extracting(CaseEvent::sourceSequence)
                .containsExactly(first, first + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "{'service_requests': []}", "{'service_requests': null, 'service_request_updates': []}"})
    void anOpen311PollThatBroughtNothingTellsNothing(String message) {
        assertThat(Told.by("open311", message)).isEqualTo("skipped empty");
    }

    @Test
    void withoutATimeOfThePollThatOfTheRecordIsTaken() {
        String request = "{'service_request_id': '1', 'requested_datetime': '2017-11-20T06:00:00Z', 'status': 'open'}";

        assertThat(ChannelExamples.channels()
                        .admit("open311", Told.bytes(Told.json(request)), ChannelExamples.SENT)
                        .events()
                        .get(1)
                        .occurredAt())
                .isEqualTo(ChannelExamples.SENT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'case': {'channel': 'qlue', 'id': 'Q-1'}, 'requested_at': '2018-01-05T09:00:00+07:00'} | Redacted SYSTEM
            {'case': {'channel': 'qlue', 'id': 'Q-1'}}                                   | invalid.missing-required /requested_at
            {'requested_at': '2018-01-05T09:00:00+07:00'}                                | invalid.missing-required /case
            {'case': {'channel': 'ql:ue', 'id': '1'}, 'requested_at': '2018-01-05T09:00:00+07:00'} | invalid.case /case/channel
            {'case': {'channel': 'fax', 'id': '1'}, 'requested_at': '2018-01-05T09:00:00+07:00'} | invalid.case /case/channel
            {'case': {'channel': 'Qlue', 'id': '1'}, 'requested_at': '2018-01-05T09:00:00+07:00'} | Redacted SYSTEM
            """)
    void erasures(String message, String told) {
        assertThat(Told.by(Channels.ERASURES, message)).isEqualTo(told);
    }

    /** A row that is added to the document needs one here: the words of its tables are all in the source of this test. */
    @Test
    void everyValueOfTheTablesIsTested() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/tanggap/intake/channel/ChannelTablesTest.java"));

        List<String> values = Files.readAllLines(ChannelExamples.DOCUMENT).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf(" |", 2)))
                .flatMap(cell -> Pattern.compile("`([^`]+)`").matcher(cell).results())
                .map(found -> found.group(1))
                .filter(value -> !value.equals(Channels.ERASURES) && !value.contains("."))
                .toList();

        assertThat(values).hasSizeGreaterThan(50).allSatisfy(value -> assertThat(source)
                .contains("'" + value + "'"));
    }
}
