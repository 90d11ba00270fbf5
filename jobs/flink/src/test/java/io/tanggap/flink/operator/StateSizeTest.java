package io.tanggap.flink.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.measure.Contributions;
import io.tanggap.core.measure.Tally;
import io.tanggap.core.problem.Problem;
import io.tanggap.core.problem.Report;
import io.tanggap.flink.operator.Harness.Cases;
import io.tanggap.flink.state.CaseMemo;
import io.tanggap.flink.state.ProblemMemo;
import io.tanggap.flink.types.CodecType;
import io.tanggap.flink.types.DomainTypes;
import io.tanggap.flink.types.OperatorTypes;
import io.tanggap.simulation.SeededCity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/**
 * How many bytes of state a case has, as RocksDB and checkpoints hold them, without keys. What it prints stands in
 * jobs/flink/RATIONALE.md.
 */
class StateSizeTest {
    private static final long SEED = 42;
    private static final int CASES = 5_000;
    private static final SeededCity CITY = SeededCity.jakarta();
    private static final ListStateDescriptor<CaseEvent> HISTORY =
            new ListStateDescriptor<>("history", DomainTypes.CASE_EVENT);
    private static final ValueStateDescriptor<CaseMemo> MEMO =
            new ValueStateDescriptor<>("memo", OperatorTypes.CASE_MEMO);

    @Test
    void aCaseIsKilobytesWhileItLivesAndATombstoneTensOfBytes() throws Exception {
        Instant monthEnd = SeededCity.DEFAULT_MONTH
                .plusMonths(1)
                .atDay(1)
                .atStartOfDay(CITY.referencePack().zone())
                .toInstant();
        Map<String, Report> reports = new TreeMap<>();
        try (Cases cases = new Cases(Timing.live(), new TestClock())) {
            cases.publish(CITY.referencePack());
            List<CaseEvent> events = new ArrayList<>();
            CITY.generate(SEED, CASES, SeededCity.DEFAULT_MONTH, events::add);
            for (CaseEvent event : events) {
                cases.send(event);
            }
            cases.watermark(monthEnd.toEpochMilli());
            cases.takeReports().forEach(report -> reports.put(report.caseId(), report));
            List<Integer> open = new ArrayList<>();
            List<Integer> closed = new ArrayList<>();
            List<Integer> histories = new ArrayList<>();
            List<Integer> memos = new ArrayList<>();
            for (Report report : reports.values()) {
                int history = 0;
                for (CaseEvent event : cases.state(report.caseId(), HISTORY).get()) {
                    history += bytes(DomainTypes.CASE_EVENT, event) + 1; // RocksDB puts a comma between
                }
                int memo = bytes(OperatorTypes.CASE_MEMO, memo(cases, report.caseId()));
                histories.add(history);
                memos.add(memo);
                (report.closedAt() == null ? open : closed).add(history + memo);
            }
            print("history of a case", histories);
            print("memo of a case", memos);
            print("open case, history and memo", open);
            print("closed case, history and memo", closed);
            print(
                    "problem of one case",
                    reports.values().stream().map(StateSizeTest::problemBytes).toList());

            cases.watermark(monthEnd.plus(Duration.ofDays(365)).toEpochMilli());
            List<Integer> tombstones = new ArrayList<>();
            for (String caseId : reports.keySet()) {
                CaseMemo memo = memo(cases, caseId);
                if (memo.archived()) {
                    tombstones.add(bytes(OperatorTypes.CASE_MEMO, memo));
                }
            }
            print("tombstone", tombstones);
            assertThat(tombstones).hasSizeGreaterThanOrEqualTo(closed.size());
            assertThat(percentile(tombstones, 50)).isLessThan(100);
            assertThat(percentile(tombstones, 99)).isLessThan(250);
            assertThat(percentile(open, 50)).isLessThan(4_000);
            assertThat(percentile(open, 99)).isLessThan(16_000);
        }
    }

    private static CaseMemo memo(Cases cases, String caseId) throws Exception {
        return requireNonNull(cases.state(caseId, MEMO).value());
    }

    private static int problemBytes(Report report) {
        try {
            Problem problem = requireNonNull(Problem.of(report.caseId(), report, List.of()));
            Map<String, Tally> contributed = new TreeMap<>();
            Contributions.of(problem, CITY.referencePack().zone(), report.asOf())
                    .forEach((cell, tally) -> contributed.put(cell.id(), tally));
            long some = 1L << 50;
            return bytes(
                    OperatorTypes.PROBLEM_MEMO,
                    new ProblemMemo(report, some, some, CaseMemo.NEVER, some, some, 1, some, contributed, null));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> int bytes(CodecType<T> type, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1_024);
        type.createSerializer().serialize(value, out);
        return out.length();
    }

    private static int percentile(List<Integer> sizes, int percent) {
        return sizes.stream().sorted().toList().get((sizes.size() - 1) * percent / 100);
    }

    private static void print(String what, List<Integer> sizes) {
        System.out.println(String.format(
                Locale.ROOT,
                "%-30s %,6d: median %,6d bytes, p99 %,6d, largest %,6d",
                what,
                sizes.size(),
                percentile(sizes, 50),
                percentile(sizes, 99),
                percentile(sizes, 100)));
    }
}
