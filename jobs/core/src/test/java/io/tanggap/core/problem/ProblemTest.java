package io.tanggap.core.problem;

import static io.tanggap.core.Story.at;
import static io.tanggap.core.problem.Reports.closed;
import static io.tanggap.core.problem.Reports.merged;
import static io.tanggap.core.problem.Reports.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.problem.Problem.Oddity;
import io.tanggap.core.problem.Problem.Wait;
import io.tanggap.core.sla.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProblemTest {
    @Test
    void aCaseByItselfIsAProblem() {
        Problem problem = Problem.of("qlue:1", closed("qlue:1", 0, 90, Outcome.FIXED), List.of());
        assertThat(problem.id()).isEqualTo("qlue:1");
        assertThat(problem.reports()).isEqualTo(1);
        assertThat(problem.channels()).containsExactly("qlue");
        assertThat(problem.citizen()).isEqualTo(new Span(at(0), at(90)));
        assertThat(problem.firstStop()).isEqualTo(new Stop(at(89), at(90), Outcome.FIXED, "A", true, null));
        assertThat(problem.outcome()).isEqualTo(Outcome.FIXED);
        assertThat(problem.oddities()).isEmpty();
    }

    @Test
    void theClockBeginsWithTheEarliestReportAndEndsWithTheRoot() {
        Problem problem = Problem.of(
                "qlue:1",
                closed("qlue:1", 60, 90, Outcome.FIXED),
                List.of(merged("jaki:2", 70, "qlue:1", 80), merged("lapor:3", 10, "qlue:1", 85)));
        assertThat(problem.reports()).isEqualTo(3);
        assertThat(problem.channels()).containsExactly("jaki", "lapor", "qlue");
        assertThat(problem.citizen()).isEqualTo(new Span(at(10), at(90)));
        assertThat(problem.category()).as("the root's").isEqualTo("roads of qlue:1");
        assertThat(problem.territory()).isEqualTo("place of qlue:1");
        assertThat(problem.waits())
                .as("a report ends with its parent, not when it was merged")
                .containsExactly(
                        new Wait("lapor:3", "lapor", new Span(at(10), at(90))),
                        new Wait("qlue:1", "qlue", new Span(at(60), at(90))),
                        new Wait("jaki:2", "jaki", new Span(at(70), at(90))));
        assertThat(problem.asOf()).isEqualTo(at(10_070));
    }

    @Test
    void aReportOfAProblemThatHadEndedWaitsUntilItIsMerged() {
        Problem problem = Problem.of(
                "qlue:1",
                closed("qlue:1", 0, 90, Outcome.FIXED),
                List.of(merged("jaki:2", 100, "qlue:1", 130), merged("jaki:3", 80, "qlue:1", 130)));
        assertThat(problem.citizen()).isEqualTo(new Span(at(0), at(90)));
        assertThat(problem.waits())
                .extracting(Wait::span)
                .containsExactly(new Span(at(0), at(90)), new Span(at(80), at(90)), new Span(at(100), at(130)));
    }

    @Test
    void anOpenRootKeepsAllOfThemWaiting() {
        Problem problem = Problem.of("qlue:1", open("qlue:1", 0), List.of(merged("jaki:2", 100, "qlue:1", 130)));
        assertThat(problem.isOpen()).isTrue();
        assertThat(problem.outcome()).isNull();
        assertThat(problem.waits()).allMatch(wait -> wait.span().to() == null);
    }

    @Test
    void aDuplicateIsNoProblemOfItsOwn() {
        assertThat(Problem.of("qlue:1", merged("qlue:1", 0, "qlue:2", 5), List.of()))
                .isNull();
        assertThat(Problem.of("qlue:1", null, List.of())).isNull();
    }

    @Test
    void theRootOfACircleIsOpenForNobodyWorksOnIt() {
        Report root = merged("qlue:1", 50, "qlue:2", 70);
        Problem problem = Problem.of("qlue:1", root, List.of(root, merged("qlue:2", 0, "qlue:1", 60)));
        assertThat(problem.oddities()).containsExactly(Oddity.MERGE_CIRCLE);
        assertThat(problem.reports()).isEqualTo(2);
        assertThat(problem.isOpen()).isTrue();
        assertThat(problem.outcome()).isNull();
        assertThat(problem.citizen()).isEqualTo(new Span(at(0), null));
        assertThat(Problem.of("qlue:1", null, List.of(root, merged("qlue:2", 0, "qlue:1", 60))))
                .as("whichever of the two tells of it first")
                .isEqualTo(problem);
    }

    @Test
    void aRootThatNobodyHasSeenIsDescribedByTheEarliestReport() {
        Problem problem = Problem.of(
                "crm:9", null, List.of(merged("qlue:1", 50, "crm:9", 70), merged("jaki:2", 20, "crm:9", 60)));
        assertThat(problem.oddities()).containsExactly(Oddity.ROOT_UNSEEN);
        assertThat(problem.id()).isEqualTo("crm:9");
        assertThat(problem.category()).isEqualTo("roads of jaki:2");
        assertThat(problem.channels()).containsExactly("jaki", "qlue");
        assertThat(problem.isOpen()).isTrue();
        assertThat(problem.reports()).isEqualTo(2);
    }

    @Test
    void theOrderOfReportsDoesNotMatter() {
        List<Report> reports = new ArrayList<>();
        for (int i = 2; i < 10; i++) {
            reports.add(merged("qlue:" + i, i % 3, "qlue:1", 50));
        }
        Problem problem = Problem.of("qlue:1", open("qlue:1", 1), reports);
        for (int order = 0; order < 10; order++) {
            Collections.shuffle(reports, new Random(order));
            assertThat(Problem.of("qlue:1", open("qlue:1", 1), reports)).isEqualTo(problem);
        }
    }
}
