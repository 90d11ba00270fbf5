package io.tanggap.flink.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.DeadLetter.Stage;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.PersonalData;
import io.tanggap.core.reference.Channel;
import io.tanggap.core.reference.Label;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.flink.avro.PersonalDataCodec;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.state.ChannelRecord;
import io.tanggap.flink.state.FeedSign;
import io.tanggap.flink.state.PersonalNews;
import io.tanggap.flink.state.ToldRecord;
import io.tanggap.intake.channel.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmitRecordsTest {
    private static final Instant NOW = Instant.parse("2026-01-05T03:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Instant FIRST = Instant.parse("2017-01-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2018-01-01T00:00:00Z");

    @TempDir
    private Path directory;

    private static ReferencePack pack(String id, Instant knownFrom, String category) {
        return new ReferencePack(
                id,
                knownFrom,
                "city",
                ZoneId.of("Asia/Jakarta"),
                Duration.ofDays(2),
                List.of(new Unit("kelurahan", "Kelurahan", "kelurahan", null)),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Label("qlue", "Jalan Rusak", category)),
                List.of(),
                List.of(),
                List.of(new Channel("qlue", Duration.ofHours(6), Set.of()), new Channel("crop", null, Set.of())),
                null,
                null);
    }

    private static ChannelRecord record(String channel, long offset, String json) {
        return new ChannelRecord(
                Topics.ofChannel(channel), 0, offset, NOW.toEpochMilli(), json.getBytes(StandardCharsets.UTF_8));
    }

    private static ChannelRecord report(long offset, String number, String at) {
        return record("qlue", offset, """
                {"report_id": "%s", "timestamp": "%s", "label": "jalan rusak", "kelurahan": "kelurahan",
                 "reporter": {"id": "u-1"}, "description": "Hubungi 0812 3456 7890"}""".formatted(number, at));
    }

    private static List<String> categories(List<ToldRecord> told) {
        return told.stream()
                .flatMap(record -> record.events().stream())
                .map(CaseEvent::payload)
                .filter(Payload.Submitted.class::isInstance)
                .map(payload -> ((Payload.Submitted) payload).category())
                .toList();
    }

    private Harness.Admissions admissions(int packsToAwait, OperatorSubtaskState state) throws Exception {
        return new Harness.Admissions(KeyFile.NONE, packsToAwait, CLOCK, state);
    }

    @Test
    void recordsWaitForTheFirstPackAlsoThroughARestartAndKeepTheirOrder() throws Exception {
        OperatorSubtaskState state;
        try (Harness.Admissions waiting = admissions(0, null)) {
            waiting.send(report(0, "Q-1", "2017-11-24T08:15:00+07:00"));
            waiting.send(report(1, "Q-2", "2017-11-24T08:16:00+07:00"));
            assertThat(waiting.take()).isEmpty();
            state = waiting.snapshot();
        }
        try (Harness.Admissions restored = admissions(0, state)) {
            restored.send(report(2, "Q-3", "2017-11-24T08:17:00+07:00"));
            assertThat(restored.take()).isEmpty();
            restored.publish(pack("first", FIRST, "roads"));
            List<ToldRecord> told = restored.take();
            assertThat(told).extracting(ToldRecord::offset).containsExactly(0L, 1L, 2L);
            assertThat(categories(told)).containsOnly("roads");
            assertThat(told.get(0).events())
                    .extracting(CaseEvent::ingestedAt)
                    .as("when the record was sent")
                    .containsOnly(NOW);
        }
    }

    @Test
    void theReferenceIsThereAgainAfterARestart() throws Exception {
        OperatorSubtaskState state;
        try (Harness.Admissions admissions = admissions(1, null)) {
            admissions.publish(pack("first", FIRST, "roads"));
            state = admissions.snapshot();
        }
        try (Harness.Admissions restored = admissions(1, state)) {
            restored.send(report(0, "Q-1", "2017-11-24T08:15:00+07:00"));
            assertThat(categories(restored.take())).containsExactly("roads");
        }
    }

    @Test
    void recordsWaitForEveryPackThatWasPublishedAndEachIsReadByThePackOfItsTime() throws Exception {
        try (Harness.Admissions admissions = admissions(2, null)) {
            admissions.publish(pack("first", FIRST, "roads"));
            admissions.send(report(0, "Q-1", "2018-11-24T08:15:00+07:00"));
            assertThat(admissions.take()).isEmpty();
            admissions.publish(pack("second", LATER, "streets"));
            assertThat(categories(admissions.take())).containsExactly("streets");
            admissions.send(report(1, "Q-2", "2017-11-24T08:15:00+07:00"));
            assertThat(categories(admissions.take())).containsExactly("roads");
        }
    }

    @Test
    void aPackThatComesUnderWayHoldsForWhatHappensFromThenOn() throws Exception {
        try (Harness.Admissions admissions = admissions(1, null)) {
            admissions.publish(pack("first", FIRST, "roads"));
            admissions.send(report(0, "Q-1", "2017-11-24T08:15:00+07:00"));
            List<ToldRecord> before = admissions.take();
            admissions.publish(pack("second", LATER, "streets"));
            admissions.send(report(1, "Q-1", "2017-11-24T08:15:00+07:00"));
            admissions.send(report(2, "Q-2", "2018-11-24T08:15:00+07:00"));
            List<ToldRecord> after = admissions.take();
            assertThat(after.get(0).events())
                    .as("sent again it is the same")
                    .isEqualTo(before.get(0).events());
            assertThat(categories(after)).containsExactly("roads", "streets");
        }
    }

    @Test
    void everyRecordIsToldAlsoOneWithoutAnEvent() throws Exception {
        try (Harness.Admissions admissions = admissions(1, null)) {
            admissions.publish(pack("first", FIRST, "roads"));
            admissions.send(record("qlue", 7, "{\"report_id\""));
            admissions.send(new ChannelRecord(Topics.ofChannel("crm"), 0, 8, 0, new byte[0]));
            assertThat(admissions.take())
                    .containsExactly(
                            new ToldRecord(Topics.ofChannel("qlue"), 0, 7, List.of()),
                            new ToldRecord(Topics.ofChannel("crm"), 0, 8, List.of()));
            List<DeadLetter> letters = admissions.takeSide(AdmitRecords.DEAD_LETTERS);
            assertThat(letters).extracting(DeadLetter::stage).containsOnly(Stage.INTAKE);
            assertThat(letters)
                    .extracting(DeadLetter::origin)
                    .containsExactly("complaints.qlue-0@7", "complaints.crm-0@8");
            assertThat(letters).extracting(DeadLetter::reason).contains("malformed.json");
            assertThat(letters.get(0).bytes()).isEqualTo("{\"report_id\"".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatIsPersonalGoesItsOwnWayWithAPseudonymUnderTheKeyOfTheFile() throws Exception {
        Path key = Files.write(directory.resolve("key"), new byte[32]);
        try (Harness.Admissions admissions = new Harness.Admissions(new KeyFile(key.toString()), 1, CLOCK, null)) {
            admissions.publish(pack("first", FIRST, "roads"));
            admissions.send(report(0, "Q-1", "2017-11-24T08:15:00+07:00"));
            admissions.send(record(Topics.ERASURES, 0, """
                    {"case": {"channel": "qlue", "id": "Q-1"}, "requested_at": "2018-01-05T09:00:00+07:00"}"""));
            List<ToldRecord> told = admissions.take();
            assertThat(told.toString()).doesNotContain("0812").doesNotContain("u-1");
            assertThat(told.get(1).events()).extracting(CaseEvent::payload).containsExactly(new Payload.Redacted());

            List<PersonalNews> news = admissions.takeSide(AdmitRecords.PERSONAL);
            assertThat(news).extracting(PersonalNews::caseId).containsExactly("qlue:Q-1", "qlue:Q-1");
            PersonalData data = news.get(0).data();
            assertThat(data).isNotNull();
            assertThat(data.reporter()).matches("[0-9a-f]{32}");
            assertThat(data.text()).isEqualTo("Hubungi [PHONE]");
            assertThat(news.get(1).data()).isNull();
        }
    }

    @Test
    void aPackOfNextYearDoesNotSayYetWhenAFeedIsSilent() throws Exception {
        try (Harness.Admissions admissions = admissions(1, null)) {
            admissions.publish(pack("next", NOW.plus(Duration.ofDays(300)), "roads"));
            admissions.publish(new ReferencePack(
                    "quiet",
                    FIRST,
                    "city",
                    ZoneId.of("Asia/Jakarta"),
                    Duration.ofDays(2),
                    List.of(),
                    List.of(),
                    Map.of()));
            assertThat(admissions.takeSide(AdmitRecords.SIGNS))
                    .filteredOn(sign -> sign.channel().equals("qlue"))
                    .extracting(FeedSign::silentAfterMillis)
                    .as("while it is the only one it holds, then that of today")
                    .containsExactly(Duration.ofHours(6).toMillis(), FeedSign.NONE);
        }
    }

    @Test
    void aTextThatRedactionMakesLongerStillFitsIntoARecord() throws Exception {
        try (Harness.Admissions admissions = admissions(1, null)) {
            admissions.publish(pack("first", FIRST, "roads"));
            admissions.send(record("qlue", 0, """
                    {"report_id": "Q-1", "timestamp": "2017-11-24T08:15:00+07:00", "description": "%s"}""".formatted("@a ".repeat(300_000))));
            PersonalData data =
                    admissions.takeSide(AdmitRecords.PERSONAL).get(0).data();
            assertThat(data).isNotNull();
            assertThat(new PersonalDataCodec().encode(data)).hasSizeLessThan(1_000_000);
        }
    }

    @Test
    void aKeyThatIsTooShortSaysSo() throws Exception {
        Path key = Files.write(directory.resolve("key"), new byte[8]);
        assertThatThrownBy(() -> new KeyFile(key.toString()).pseudonyms())
                .hasMessageContaining(key.toString())
                .hasMessageContaining("32");
        assertThatThrownBy(() -> new KeyFile(key + "-2").pseudonyms())
                .hasMessageContaining("there is no key of pseudonyms in " + key + "-2")
                .hasMessageContaining("(umask 077 && head -c 32 /dev/urandom > " + key + "-2)");
    }

    @Test
    void signsOfLifeAreFewAndEveryChannelOfThePackIsExpected() throws Exception {
        try (Harness.Admissions admissions = admissions(1, null)) {
            admissions.publish(pack("first", FIRST, "roads"));
            assertThat(admissions.takeSide(AdmitRecords.SIGNS))
                    .hasSameSizeAs(Channels.IDS)
                    .contains(
                            new FeedSign(
                                    "qlue", FeedSign.NONE, Duration.ofHours(6).toMillis()),
                            new FeedSign("crop", FeedSign.NONE, FeedSign.NONE));
            for (int i = 0; i < 50; i++) {
                admissions.send(report(i, "Q-" + i, "2017-11-24T08:15:00+07:00"));
            }
            assertThat(admissions.takeSide(AdmitRecords.SIGNS))
                    .as("the clock stands")
                    .containsExactly(new FeedSign(
                            "qlue", NOW.toEpochMilli(), Duration.ofHours(6).toMillis()));
        }
    }
}
