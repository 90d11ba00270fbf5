package io.tanggap.flink.operator;

import static io.tanggap.flink.operator.City.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.problem.Report;
import io.tanggap.core.problem.Stop;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.Document.Kind;
import io.tanggap.flink.operator.Harness.Links;
import io.tanggap.flink.operator.Harness.Problems;
import io.tanggap.flink.state.Membership;
import io.tanggap.testkit.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrackProblemsTest {
    private static final long AS_OF = City.millis(600);

    private final TestClock clock = new TestClock();
    private long wallClock;

    private static Report alone(String caseId, long submitted, @Nullable Long closed) {
        return new Report(
                caseId,
                "qlue",
                "roads",
                "kelurahan",
                at(submitted),
                null,
                null,
                null,
                closed == null
                        ? List.of()
                        : List.of(new Stop(at(closed), at(closed), Outcome.FIXED, "desk", true, null)),
                closed == null ? null : at(closed),
                closed == null ? null : Outcome.FIXED,
                "desk",
                at(600));
    }

    private static Report merged(String caseId, long submitted, String into, long merged) {
        return new Report(
                caseId,
                "jaki",
                "roads",
                "kelurahan",
                at(submitted),
                null,
                into,
                at(merged),
                List.of(),
                at(merged),
                Outcome.DUPLICATE,
                "desk",
                at(600));
    }

    private static Membership part(String problem, Report report) {
        return Membership.merged(problem, report.caseId(), report, null);
    }

    private Problems problems(Timing timing) throws Exception {
        return problems(timing, null);
    }

    private Problems problems(Timing timing, @Nullable OperatorSubtaskState state) throws Exception {
        Problems problems = new Problems(timing, clock, state);
        problems.publish(City.pack());
        problems.watermark(City.millis(0));
        return problems;
    }

    private List<Document> flushed(Problems problems) throws Exception {
        wallClock += 1_000;
        clock.add(1_000_000);
        problems.wallClock(wallClock);
        return problems.takeDocuments();
    }

    private JsonNode flushedOne(Problems problems) throws Exception {
        List<Document> documents = flushed(problems);
        assertThat(documents).extracting(Document::kind).containsExactly(Kind.PROBLEM);
        return Json.of(documents.get(0));
    }

    // Replay

    @Test
    void aReplayWritesEachProblemOnceAndKeepsNothing() throws Exception {
        try (Problems problems = problems(Timing.replay(at(600)))) {
            Report duplicate = merged("jaki:2", 5, "qlue:1", 90);
            problems.send(part("qlue:1", duplicate));
            problems.send(Membership.own(duplicate, null));
            problems.send(Membership.own(alone("qlue:1", 30, 120L), null));
            problems.watermark(AS_OF - 1);
            assertThat(problems.takeDocuments()).isEmpty();

            problems.watermark(Harness.END);
            List<Document> documents = problems.takeDocuments();
            assertThat(documents).extracting(Document::id).containsExactly("qlue:1");
            JsonNode problem = Json.of(documents.get(0));
            assertThat(problem.path("reports").asInt()).isEqualTo(2);
            assertThat(problem.path("started_at").asText()).isEqualTo(at(5).toString());
            assertThat(problem.path("ended_at").asText()).isEqualTo(at(120).toString());
            assertThat(problem.path("as_of").asText()).isEqualTo(at(600).toString());
            assertThat(problems.stateEntries()).isZero();
            assertThat(problems.eventTimers()).isZero();
        }
    }

    // Live

    @Test
    void whatComesTogetherIsWrittenOnceAndWhatChangesNothingNotAtAll() throws Exception {
        try (Problems problems = problems(Timing.live())) {
            problems.send(Membership.own(alone("qlue:1", 0, null), null));
            problems.send(part("qlue:1", merged("jaki:2", 5, "qlue:1", 90)));
            problems.send(Membership.own(alone("qlue:1", 0, 120L), null));
            JsonNode problem = flushedOne(problems);
            assertThat(problem.path("reports").asInt()).isEqualTo(2);
            assertThat(problem.path("open").asBoolean()).isFalse();

            problems.send(Membership.own(alone("qlue:1", 0, 120L), null));
            assertThat(flushed(problems)).isEmpty();
            assertThat(problems.wallClockTimers()).isZero();
        }
    }

    @Test
    void aCaseThatTurnsOutToBeADuplicateIsRetractedAndComesBackWhenThatWasAMistake() throws Exception {
        try (Problems problems = problems(Timing.live())) {
            problems.send(Membership.own(alone("qlue:1", 0, null), null));
            long version = flushed(problems).get(0).version();

            problems.send(Membership.own(merged("qlue:1", 0, "qlue:2", 90), null));
            List<Document> retracted = flushed(problems);
            assertThat(Json.of(retracted.get(0)).path("retracted").asBoolean()).isTrue();
            assertThat(retracted.get(0).version()).isGreaterThan(version);

            problems.send(Membership.own(merged("qlue:1", 0, "qlue:3", 90), null));
            assertThat(flushed(problems)).as("retracted once").isEmpty();

            problems.send(Membership.own(alone("qlue:1", 0, null), null));
            assertThat(flushedOne(problems).has("retracted")).isFalse();
        }
    }

    @Test
    void aCaseThatWasMergedBeforeItWasWrittenIsNotRetracted() throws Exception {
        try (Problems problems = problems(Timing.live())) {
            problems.send(Membership.own(merged("qlue:1", 0, "qlue:2", 90), null));
            assertThat(flushed(problems)).isEmpty();
        }
    }

    @Test
    void aRootThatNobodyHasSeenYetIsAProblemUntilItsReportsGoElsewhere() throws Exception {
        try (Problems problems = problems(Timing.live())) {
            problems.send(part("crm:9", merged("qlue:1", 0, "crm:9", 90)));
            assertThat(flushedOne(problems).path("anomalies").get(0).asText()).isEqualTo("ROOT_UNSEEN");
            problems.send(Membership.merged("crm:9", "qlue:1", null, null));
            assertThat(flushedOne(problems).path("retracted").asBoolean()).isTrue();

            problems.send(part("crm:8", merged("qlue:1", 0, "crm:8", 90)));
            problems.send(Membership.merged("crm:8", "qlue:1", null, null));
            int entries = problems.stateEntries();
            assertThat(flushed(problems)).isEmpty();
            assertThat(problems.stateEntries())
                    .as("of what never was, nothing is kept")
                    .isEqualTo(entries - 1);
        }
    }

    @Test
    void theEndOfTheInputWritesWhatWasCollected() throws Exception {
        try (Problems problems = problems(Timing.live())) {
            problems.send(Membership.own(alone("qlue:1", 0, null), null));
            problems.watermark(Harness.END);
            assertThat(problems.takeDocuments()).hasSize(1);
            assertThat(problems.eventTimers()).isZero();
        }
    }

    @Test
    void whatWasCollectedIsWrittenAfterARestore() throws Exception {
        OperatorSubtaskState state;
        long version;
        try (Problems problems = problems(Timing.live())) {
            problems.send(Membership.own(alone("qlue:1", 0, null), null));
            problems.send(part("qlue:1", merged("jaki:2", 5, "qlue:1", 90)));
            version = flushed(problems).get(0).version();
            problems.send(Membership.own(alone("qlue:1", 0, 120L), null));
            state = problems.snapshot();
        }
        clock.add(-3_600_000_000L);
        try (Problems problems = problems(Timing.live(), state)) {
            problems.wallClock(wallClock + 1_000);
            Document written = problems.takeDocuments().get(0);
            assertThat(written.version()).isGreaterThan(version);
            assertThat(Json.of(written).path("reports").asInt()).isEqualTo(2);
            assertThat(Json.of(written).path("open").asBoolean()).isFalse();
        }
    }

    // Both operators

    /** Chains, circles and mistakes in any order and with any pauses between come to the same documents. */
    @Test
    void theOrderOfArrivalDoesNotMatter() throws Exception {
        Random random = new Random(Seeds.seed());
        for (int round = 0; round < 20; round++) {
            int cases = 2 + random.nextInt(10);
            List<List<Report>> lives = new ArrayList<>();
            for (int i = 0; i < cases; i++) {
                List<Report> life = new ArrayList<>();
                for (int said = random.nextInt(3); said >= 0; said--) {
                    life.add(
                            random.nextInt(3) == 0
                                    ? alone("qlue:" + i, i, random.nextBoolean() ? null : 100L + random.nextInt(9))
                                    : merged("qlue:" + i, i, "qlue:" + random.nextInt(cases + 1), random.nextInt(5)));
                }
                lives.add(life);
            }
            Map<String, String> expected = null;
            for (int order = 0; order < 4; order++) {
                Map<String, String> live = run(Timing.live(), lives, random);
                live.values().removeIf(content -> content.contains("\"retracted\":true"));
                expected = expected == null ? run(Timing.replay(at(600)), last(lives), random) : expected;
                assertThat(live).isEqualTo(expected);
            }
        }
    }

    private static List<List<Report>> last(List<List<Report>> lives) {
        return lives.stream().map(life -> List.of(life.get(life.size() - 1))).toList();
    }

    /** What the documents say last, when each case speaks in its order and the cases in any. */
    private Map<String, String> run(Timing timing, List<List<Report>> lives, Random random) throws Exception {
        List<Integer> turns = new ArrayList<>();
        for (int i = 0; i < lives.size(); i++) {
            turns.addAll(Collections.nCopies(lives.get(i).size(), i));
        }
        Collections.shuffle(turns, random);
        int[] said = new int[lives.size()];
        Map<String, Document> documents = new TreeMap<>();
        try (Links links = new Links();
                Problems problems = problems(timing)) {
            wallClock = 0;
            List<Report> untold = new ArrayList<>();
            for (int turn : turns) {
                Report report = lives.get(turn).get(said[turn]++);
                links.send(report);
                untold.add(report);
                if (random.nextBoolean()) {
                    for (Report own : untold) {
                        problems.send(Membership.own(own, null));
                    }
                    untold.clear();
                }
                if (random.nextBoolean()) {
                    tell(links, problems);
                }
                if (random.nextInt(4) == 0) {
                    keep(flushed(problems), documents);
                }
            }
            for (Report own : untold) {
                problems.send(Membership.own(own, null));
            }
            tell(links, problems);
            problems.watermark(Harness.END);
            keep(flushed(problems), documents);
        }
        Map<String, String> contents = new TreeMap<>();
        documents.forEach((id, document) -> contents.put(id, Json.content(document)));
        return contents;
    }

    private static void tell(Links links, Problems problems) throws Exception {
        for (Membership membership : links.take()) {
            problems.send(membership);
        }
    }

    private static void keep(List<Document> written, Map<String, Document> documents) {
        for (Document document : written) {
            Document before = documents.put(document.id(), document);
            assertThat(before == null || before.version() < document.version()).isTrue();
        }
    }
}
