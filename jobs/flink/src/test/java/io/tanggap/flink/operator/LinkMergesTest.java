package io.tanggap.flink.operator;

import static io.tanggap.flink.operator.City.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.problem.Report;
import io.tanggap.flink.operator.Harness.Links;
import io.tanggap.flink.state.Membership;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class LinkMergesTest {
    @Test
    void aMergeThatComesLateMovesWhatWentOnInTheCase() throws Exception {
        try (Links links = new Links()) {
            Report first = merged("a", "b", 1);
            Report second = merged("b", "c", 2);
            links.send(first);
            assertThat(links.take()).containsExactly(Membership.merged("b", "a", first, null));
            links.send(second);
            assertThat(links.take())
                    .containsExactlyInAnyOrder(
                            Membership.merged("c", "b", second, null),
                            Membership.merged("b", "a", null, null),
                            Membership.merged("c", "a", first, null));
            assertThat(links.eventTimers() + links.wallClockTimers()).isZero();
        }
    }

    @Test
    void anUndoneMergeLeavesAndItsStateGoes() throws Exception {
        try (Links links = new Links()) {
            links.send(merged("a", "b", 1));
            links.take();
            links.send(alone("a"));
            assertThat(links.take()).containsExactly(Membership.merged("b", "a", null, null));
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
            assertThat(links.take()).containsExactly(Membership.merged("b", "a", again, null));
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
                            Membership.merged("b", "a", first, null),
                            Membership.merged("a", "b", null, null),
                            Membership.merged("b", "b", second, null));
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
                            Membership.merged("c", "b", second, null),
                            Membership.merged("b", "a", null, null),
                            Membership.merged("c", "a", first, null));
        }
    }

    private static Report merged(String caseId, String into, long minute) {
        return new Report(
                caseId, "qlue", null, null, at(0), null, into, at(minute), List.of(), at(minute), null, "desk", at(60));
    }

    private static Report alone(String caseId) {
        return new Report(caseId, "qlue", null, null, at(0), null, null, null, List.of(), null, null, "desk", at(60));
    }
}
