package io.tanggap.flink.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.Document.Kind;
import io.tanggap.flink.operator.Harness.Released;
import java.time.Instant;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class ReleaseDocumentsTest {

    private static Document document(String id, long version) {
        return new Document(Kind.CELL, id, version, new byte[] {(byte) version});
    }

    @Test
    void aDocumentWaitsForACompletedCheckpointAndTheHighestVersionGoes() throws Exception {
        try (Released released = new Released(Timing.live(), null)) {
            released.send(document("a", 1));
            released.send(document("b", 1));
            released.send(document("a", 2));
            assertThat(released.take()).isEmpty();
            released.checkpoint(1);
            released.send(document("a", 3));
            assertThat(released.take()).isEmpty();

            released.completed(1);
            assertThat(released.take()).containsExactly(document("a", 2), document("b", 1));
            released.checkpoint(2);
            released.completed(2);
            assertThat(released.take()).containsExactly(document("a", 3));
        }
    }

    @Test
    void aCheckpointThatFailedIsMadeUpForByTheNext() throws Exception {
        try (Released released = new Released(Timing.live(), null)) {
            released.send(document("a", 1));
            released.checkpoint(1);
            released.send(document("b", 1));
            released.checkpoint(2);

            released.completed(2);
            assertThat(released.take()).containsExactly(document("a", 1), document("b", 1));
        }
    }

    @Test
    void whatAFailureTakesBackWasNeverWrittenAndWhatTheCheckpointHoldsIs() throws Exception {
        OperatorSubtaskState state;
        try (Released released = new Released(Timing.live(), null)) {
            released.send(document("covered", 1));
            state = released.checkpoint(1);
            released.send(document("lost", 1));
            assertThat(released.take()).isEmpty();
        }
        try (Released released = new Released(Timing.live(), state)) {
            released.checkpoint(2);
            released.completed(2);
            assertThat(released.take()).containsExactly(document("covered", 1));
        }
    }

    @Test
    void nothingIsHeldBackAtTheEnd() throws Exception {
        try (Released released = new Released(Timing.live(), null)) {
            released.send(document("a", 1));
            released.checkpoint(1);
            released.send(document("b", 1));
            released.finish();
            assertThat(released.take()).containsExactly(document("a", 1), document("b", 1));
        }
    }

    @Test
    void aReplayPassesOn() throws Exception {
        try (Released released = new Released(Timing.replay(Instant.EPOCH), null)) {
            released.send(document("a", 1));
            released.send(document("a", 2));
            assertThat(released.take()).containsExactly(document("a", 1), document("a", 2));
        }
    }
}
