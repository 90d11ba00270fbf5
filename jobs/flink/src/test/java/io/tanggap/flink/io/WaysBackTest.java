package io.tanggap.flink.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.DeadLetter.Stage;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.avro.CaseEventCodec;
import io.tanggap.flink.avro.ChannelDeclarationCodec;
import io.tanggap.flink.avro.Examples;
import io.tanggap.flink.avro.ReferenceCodec;
import io.tanggap.flink.io.WayBack.None;
import io.tanggap.flink.io.WayBack.Obstacle;
import io.tanggap.flink.io.WayBack.ToTopic;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the record of a dead letter goes. */
class WaysBackTest {
    private static final byte[] GARBAGE = "no event".getBytes(StandardCharsets.UTF_8);

    private final CaseEventCodec codec = new CaseEventCodec();

    private static WayBack wayOf(Stage stage, String origin, byte[] bytes) {
        return new WaysBack().of(new StoredLetter(0, 42, letter(stage, origin, bytes), true));
    }

    private static DeadLetter letter(Stage stage, String origin, byte[] bytes) {
        return new DeadLetter(stage, "malformed.avro", "m", origin, bytes, Examples.NOON);
    }

    @Test
    void anEventThatCanBeReadByNowTakesThePlaceThatItsPublisherGivesIt() {
        for (CaseEvent event : Examples.events()) {
            assertThat(wayOf(Stage.DECODE, "case-events-3@42", codec.encode(event)))
                    .isEqualTo(new ToTopic(
                            "case-events",
                            null,
                            event.caseId(),
                            event.occurredAt().toEpochMilli()));
        }
    }

    @Test
    void anEventBefore1970KeepsTheFirstTimeThatKafkaHas() {
        assertThat(wayOf(Stage.DECODE, "case-events-3@42", codec.encode(TopicsIT.at("1", "1899-12-31T00:00:00Z"))))
                .isEqualTo(new ToTopic("case-events", null, "qlue:1", 1));
    }

    @Test
    void whatCannotBeReadGoesToItsPartitionAndIsNoLatestEvent() {
        assertThat(wayOf(Stage.DECODE, "case-events-3@42", GARBAGE)).isEqualTo(new ToTopic("case-events", 3, null, 0));
    }

    @Test
    void anArchivedEventGoesToItsCaseAlsoWhereThisReaderCannotReadIt() {
        CaseEvent event = TopicsIT.at("1", "2017-11-05T12:00:00Z");
        assertThat(wayOf(Stage.FOLD, "qlue:1", codec.encode(event)))
                .isEqualTo(new ToTopic(
                        "case-events", null, "qlue:1", event.occurredAt().toEpochMilli()));
        assertThat(wayOf(Stage.FOLD, "qlue:1", GARBAGE)).isEqualTo(new ToTopic("case-events", null, "qlue:1", 0));
    }

    @Test
    void aSliceGoesToTheOnePartitionOfTheReference() {
        ReferencePack pack = Examples.packs().get(0);
        ReferenceCodec packs = new ReferenceCodec();
        byte[] slice = packs.encode(packs.slices(pack, 1 << 19).get(0));
        assertThat(wayOf(Stage.DECODE, "reference-0@1", slice))
                .isEqualTo(
                        new ToTopic("reference", 0, pack.id(), pack.knownFrom().toEpochMilli()));
        assertThat(wayOf(Stage.DECODE, "reference-0@1", GARBAGE)).isEqualTo(new ToTopic("reference", 0, null, 0));
    }

    @Test
    void aDeclarationTakesItsKeyAndWhatIsNoneThatOfNoDeclaration() {
        byte[] declaration =
                new ChannelDeclarationCodec().encode(Examples.declarations().get(0));
        long at = Examples.NOON.toEpochMilli();
        assertThat(wayOf(Stage.DECODE, "channel-declarations-0@1", declaration))
                .isEqualTo(
                        new ToTopic("channel-declarations", null, "qlue|2017-11-04|2017-11-05T12:00:00.123Z|1234", at));
        assertThat(wayOf(Stage.DECODE, "channel-declarations-0@1", GARBAGE))
                .as("a compacted topic takes nothing without a key")
                .isEqualTo(new ToTopic("channel-declarations", null, "channel-declarations-0@1", at));
    }

    @Test
    void whatIntakeRefusedGoesToTheTopicOfItsChannel() {
        assertThat(wayOf(Stage.INTAKE, "complaints.qlue-2@42", GARBAGE))
                .isEqualTo(new ToTopic("complaints.qlue", null, null, Examples.NOON.toEpochMilli()));
        assertThat(wayOf(Stage.INTAKE, "complaints.qlue-2@42", new byte[0])).isEqualTo(new None(Obstacle.NO_VALUE));
        assertThat(wayOf(Stage.INTAKE, "complaints.telegram-0@1", GARBAGE))
                .isEqualTo(new None(Obstacle.UNKNOWN_ORIGIN));
        assertThat(wayOf(Stage.INTAKE, "complaints.qlue", GARBAGE)).isEqualTo(new None(Obstacle.UNKNOWN_ORIGIN));
    }

    @Test
    void aHeartbeatIsNotSentAgain() {
        assertThat(wayOf(Stage.DECODE, "case-events-0@1", codec.encodeHeartbeat(Examples.NOON, 0)))
                .isEqualTo(new None(Obstacle.HEARTBEAT));
    }

    @ParameterizedTest
    @CsvSource({
        "REPLAY, 311.csv:12:closed_dt, ROW_OF_FILE",
        // A file may be called as a topic is.
        "REPLAY, case-events-0@1, ROW_OF_FILE",
        "INDEX, tanggap-cases-1/qlue:1, DOCUMENT",
        "DECODE, elsewhere-0@1, UNKNOWN_ORIGIN",
        "DECODE, case-events, UNKNOWN_ORIGIN",
        "DECODE, dead-letters-0@7, UNKNOWN_ORIGIN",
    })
    void otherRecordsHaveNoTopicToGoTo(Stage stage, String origin, Obstacle obstacle) {
        assertThat(wayOf(stage, origin, GARBAGE)).isEqualTo(new None(obstacle));
    }

    @Test
    void aDeletionMarkHasNothingToSend() {
        assertThat(wayOf(Stage.DECODE, "case-events-0@1", new byte[0])).isEqualTo(new None(Obstacle.NO_VALUE));
    }

    @Test
    void aRecordThatIsNoLetterTellsNothing() {
        DeadLetter aboutItself = letter(Stage.DECODE, "dead-letters-0@42", GARBAGE);
        assertThat(new WaysBack().of(new StoredLetter(0, 42, aboutItself, false)))
                .isEqualTo(new None(Obstacle.NO_LETTER));
    }
}
