package io.tanggap.flink.operator;

import static io.tanggap.flink.operator.City.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.problem.Report;
import io.tanggap.flink.operator.Harness.Links;
import io.tanggap.flink.state.Membership;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class LinkMergesTest {
    @Test
    void aMergeThatComesLateMovesWhatWentOnInTheCase() throws Exception {
        try (Links links = new Links()) {
            Report first = merged("a", "b", 1);
            Report second = merged("b", "c", 2);
            links.send(first);
            assertThat(links.take()).containsExactly(new Membership("b", "a", first));
            links.send(second);
            assertThat(links.take())
                    .containsExactlyInAnyOrder(
                            new Membership("c", "b", second),
                            new Membership("b", "a", null),
                            new Membership("c", "a", first));
            assertThat(links.eventTimers() + links.wallClockTimers()).isZero();
        }
    }

    @Test
    void anUndoneMergeLeavesAndItsStateGoes() throws Exception {
        try (Links links = new Links()) {
            links.send(merged("a", "b", 1));
            links.take();
            links.send(alone("a"));
            assertThat(links.take()).containsExactly(new Membership("b", "a", null));
            assertThat(links.stateEntries()).isZero();
            links.send(alone("a"));
            assertThat(links.take()).isEmpty();
        }
    }

    @Test
    void whatAMergedCaseSaysAnewIsToldWithoutLeaving() throws Exception {
        try (Links links = new Links()) {
            links.send(merged("a", "b", 1));
            links.take();
            Report again = merged("a", "b", 3);
            links.send(again);
            assertThat(links.take()).containsExactly(new Membership("b", "a", again));
        }
    }

    @Test
    void theRootOfACircleIsToldSo() throws Exception {
        try (Links links = new Links()) {
            Report first = merged("a", "b", 1);
            Report second = merged("b", "a", 2);
            links.send(second);
            links.take();
            links.send(first);
            assertThat(links.take())
                    .containsExactlyInAnyOrder(
                            new Membership("b", "a", first),
                            new Membership("a", "b", null),
                            new Membership("b", "b", second));
        }
    }

    @Test
    void mergesAreKnownAgainAfterARestore() throws Exception {
        OperatorSubtaskState state;
        Report first = merged("a", "b", 1);
        try (Links links = new Links()) {
            links.send(first);
            state = links.snapshot();
        }
        try (Links links = new Links(state)) {
            Report second = merged("b", "c", 2);
            links.send(second);
            assertThat(links.take())
                    .containsExactlyInAnyOrder(
                            new Membership("c", "b", second),
                            new Membership("b", "a", null),
                            new Membership("c", "a", first));
        }
    }

    private static Report merged(String caseId, String into, long minute) {
        return new Report(
                caseId, "qlue", null, null, at(0), into, at(minute), null, null, null, at(minute), null, at(60));
    }

    private static Report alone(String caseId) {
        return new Report(caseId, "qlue", null, null, at(0), null, null, null, null, null, null, null, at(60));
    }
}
