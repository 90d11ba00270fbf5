package io.tanggap.flink.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.PersonalData;
import io.tanggap.flink.state.PersonalNews;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class KeepPersonalTest {
    private static PersonalNews told(String caseId) {
        return new PersonalNews(caseId, new PersonalData(caseId, "0123", "text", Map.of()));
    }

    private static PersonalNews erased(String caseId) {
        return new PersonalNews(caseId, null);
    }

    @Test
    void whatIsErasedDoesNotComeBackAlsoAfterARestart() throws Exception {
        OperatorSubtaskState state;
        try (Harness.Personal personal = new Harness.Personal(null)) {
            personal.send(told("qlue:1"));
            personal.send(told("qlue:2"));
            personal.send(erased("qlue:1"));
            personal.send(told("qlue:1"));
            assertThat(personal.take()).containsExactly(told("qlue:1"), told("qlue:2"), erased("qlue:1"));
            assertThat(personal.stateEntries()).as("of the erased case alone").isEqualTo(1);
            state = personal.snapshot();
        }
        try (Harness.Personal restored = new Harness.Personal(state)) {
            restored.send(told("qlue:1"));
            restored.send(told("qlue:2"));
            assertThat(restored.take()).containsExactly(told("qlue:2"));
        }
    }

    @Test
    void aRequestThatIsReadBeforeTheComplaintHoldsToo() throws Exception {
        try (Harness.Personal personal = new Harness.Personal(null)) {
            personal.send(erased("qlue:1"));
            personal.send(told("qlue:1"));
            personal.send(erased("qlue:1"));
            assertThat(personal.take()).containsExactly(erased("qlue:1"), erased("qlue:1"));
        }
    }
}
