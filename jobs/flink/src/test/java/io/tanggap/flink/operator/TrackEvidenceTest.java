package io.tanggap.flink.operator;

import static io.tanggap.flink.operator.City.at;
import static io.tanggap.flink.operator.City.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.evidence.Earliest;
import io.tanggap.core.evidence.Exhibit;
import io.tanggap.core.evidence.Exhibit.HandedIn;
import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.Contributions;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.measure.Tally;
import io.tanggap.flink.operator.Harness.Evidence;
import io.tanggap.flink.state.Cause;
import io.tanggap.flink.state.CellChange;
import io.tanggap.flink.state.EvidenceNews;
import io.tanggap.flink.state.PathChange;
import io.tanggap.testkit.Seeds;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrackEvidenceTest {
    private static final Tally REUSED =
            new Tally.Builder().add(Count.EVIDENCE_REUSED, 1).build();
    private static final Cause CAUSE = new Cause("qlue:1", List.of("late"), 1, List.of(), 0);

    private static Evidence evidence(Timing timing, @Nullable OperatorSubtaskState state) throws Exception {
        Evidence evidence = new Evidence(timing, state);
        evidence.publish(City.pack());
        evidence.watermark(City.millis(0));
        return evidence;
    }

    private static EvidenceNews handedIn(String caseId, long minute) {
        return handedIn(caseId, minute, null);
    }

    private static EvidenceNews handedIn(String caseId, long minute, @Nullable Cause cause) {
        Exhibit exhibit = new Exhibit(
                "photo", caseId, "qlue", "roads", "kelurahan", at(0), List.of(new HandedIn(at(minute), "A")));
        return new EvidenceNews("photo", caseId, exhibit, cause);
    }

    private static EvidenceNews takenBack(String caseId) {
        return new EvidenceNews("photo", caseId, null, null);
    }

    private static Map<String, Tally> onDay(long days, Tally tally) {
        return Map.of(
                new Cell(Role.TERRITORY, Rule.CROP, "kelurahan", "qlue", "roads", day(days)).id(), tally,
                new Cell(Role.HOLDER, Rule.CRM, "A", "qlue", "roads", day(days)).id(), tally);
    }

    private static Map<String, Tally> sum(List<CellChange> changes) {
        Map<String, Tally> sums = new HashMap<>();
        add(sums, changes);
        return sums;
    }

    private static void add(Map<String, Tally> sums, List<CellChange> changes) {
        changes.forEach(change -> sums.merge(change.cell(), change.change(), Tally::plus));
        sums.values().removeIf(Tally::isZero);
    }

    @Test
    void aReplayCountsAPieceOnceAndKeepsNothing() throws Exception {
        try (Evidence evidence = evidence(Timing.replay(at(10 * City.DAY)), null)) {
            evidence.send(handedIn("qlue:2", 2 * City.DAY));
            evidence.send(handedIn("qlue:1", City.DAY));
            evidence.watermark(City.millis(10 * City.DAY) - 1);
            assertThat(evidence.take()).isEmpty();

            evidence.watermark(Harness.END);
            assertThat(sum(evidence.take())).isEqualTo(onDay(2, REUSED));
            assertThat(evidence.takePathChanges()).isNotEmpty();
            assertThat(evidence.stateEntries()).isZero();
            assertThat(evidence.eventTimers()).isZero();
        }
    }

    @Test
    void whoTurnsOutToHaveBeenFirstIsNoLongerReused() throws Exception {
        try (Evidence evidence = evidence(Timing.live(), null)) {
            evidence.send(handedIn("qlue:2", 2 * City.DAY));
            assertThat(evidence.take()).isEmpty();
            evidence.send(handedIn("qlue:3", 3 * City.DAY));
            assertThat(sum(evidence.take())).isEqualTo(onDay(3, REUSED));

            evidence.send(handedIn("qlue:1", City.DAY));
            assertThat(sum(evidence.take())).as("the first before").isEqualTo(onDay(2, REUSED));

            evidence.send(takenBack("qlue:1"));
            assertThat(sum(evidence.take())).isEqualTo(onDay(2, REUSED.negate()));

            evidence.send(takenBack("qlue:2"));
            assertThat(sum(evidence.take())).isEqualTo(onDay(3, REUSED.negate()));

            evidence.send(takenBack("qlue:3"));
            assertThat(evidence.take()).isEmpty();
            assertThat(evidence.stateEntries())
                    .as("of what nobody handed in nothing is kept")
                    .isEqualTo(0);
            assertThat(evidence.wallClockTimers()).isZero();
        }
    }

    @Test
    void whatIsKnownBetterHasTheCauseOfTheNews() throws Exception {
        try (Evidence evidence = evidence(Timing.live(), null)) {
            evidence.send(handedIn("qlue:2", 2 * City.DAY));
            evidence.send(handedIn("qlue:3", 2 * City.DAY));
            assertThat(evidence.takePathChanges()).isNotEmpty().allMatch(change -> change.cause() == null);
            evidence.send(handedIn("qlue:1", City.DAY, CAUSE));
            assertThat(evidence.takePathChanges()).isNotEmpty().allSatisfy(change -> assertThat(change.cause())
                    .isEqualTo(CAUSE));
        }
    }

    @Test
    void newsThatIsNoneChangesNothing() throws Exception {
        try (Evidence evidence = evidence(Timing.live(), null)) {
            for (int time = 0; time < 2; time++) {
                evidence.take();
                evidence.send(handedIn("qlue:1", City.DAY));
                evidence.send(handedIn("qlue:2", 2 * City.DAY));
                evidence.send(handedIn("qlue:3", 3 * City.DAY));
            }
            assertThat(evidence.take()).isEmpty();
        }
    }

    @Test
    void newsWaitsForTheFirstPack() throws Exception {
        try (Evidence evidence = new Evidence(Timing.live(), null)) {
            evidence.watermark(City.millis(0));
            evidence.send(handedIn("qlue:1", City.DAY));
            evidence.send(handedIn("qlue:2", 2 * City.DAY));
            evidence.wallClock(1_000);
            assertThat(evidence.take()).isEmpty();
            evidence.publish(City.pack());
            evidence.wallClock(2_000);
            assertThat(sum(evidence.take())).isEqualTo(onDay(2, REUSED));
            evidence.wallClock(10_000);
            assertThat(evidence.take()).as("once").isEmpty();
        }
        try (Evidence evidence = new Evidence(Timing.live(), null)) {
            evidence.watermark(City.millis(0));
            evidence.send(handedIn("qlue:1", City.DAY));
            evidence.publish(City.pack());
            evidence.send(handedIn("qlue:2", 2 * City.DAY));
            assertThat(sum(evidence.take())).as("with the next news").isEqualTo(onDay(2, REUSED));
            evidence.wallClock(2_000);
            assertThat(evidence.take()).isEmpty();
        }
    }

    @Test
    void aUnitThatMovesTakesItsReusedEvidenceAlong() throws Exception {
        try (Evidence evidence = evidence(Timing.live(), null)) {
            evidence.send(handedIn("qlue:1", City.DAY));
            evidence.send(handedIn("qlue:2", 2 * City.DAY));
            assertThat(evidence.take()).isNotEmpty();
            assertThat(slices(evidence.takePathChanges(), "north")).isEqualTo(1);

            evidence.publish(City.pack("second", Instant.EPOCH.plusSeconds(1), "south"));
            evidence.send(handedIn("qlue:2", 2 * City.DAY, CAUSE));
            assertThat(evidence.take()).as("of cells nothing changes").isEmpty();
            List<PathChange> changes = evidence.takePathChanges();
            assertThat(slices(changes, "north")).isEqualTo(-1);
            assertThat(slices(changes, "south")).isEqualTo(1);
        }
    }

    /** What is reused in the slice of a place, of all channels and categories. */
    private static long slices(List<PathChange> changes, String unit) {
        long sum = 0;
        for (PathChange change : changes) {
            for (var path = change.path(); path != null; path = path.above()) {
                if (path.slice().equals("TERRITORY|CROP|" + unit + "|*|*")) {
                    sum += change.change().get(Count.EVIDENCE_REUSED);
                }
            }
        }
        return sum;
    }

    /** Cases that say something, something else and nothing more, in any order, with restarts between. */
    @Test
    void anyOrderOfNewsComesToWhatTheLastOnesSay() throws Exception {
        Random random = new Random(Seeds.seed());
        for (int round = 0; round < 30; round++) {
            Map<String, Tally> sums = new HashMap<>();
            Map<String, Exhibit> last = new TreeMap<>();
            Evidence evidence = evidence(Timing.live(), null);
            try {
                for (int said = 0; said < 40; said++) {
                    String caseId = "qlue:" + random.nextInt(6);
                    if (random.nextInt(4) == 0) {
                        last.remove(caseId);
                        evidence.send(takenBack(caseId));
                    } else {
                        EvidenceNews news = handedIn(caseId, random.nextInt(5) * City.DAY);
                        last.put(caseId, news.exhibit());
                        evidence.send(news);
                    }
                    add(sums, evidence.take());
                    if (random.nextInt(10) == 0) {
                        OperatorSubtaskState state = evidence.snapshot();
                        evidence.close();
                        evidence = evidence(Timing.live(), state);
                    }
                }
            } finally {
                evidence.close();
            }
            Map<String, Tally> expected = new HashMap<>();
            Earliest earliest = Earliest.of(last.values());
            for (Exhibit exhibit : last.values()) {
                Contributions.of(exhibit, earliest, City.pack().zone())
                        .forEach((cell, tally) -> expected.merge(cell.id(), tally, Tally::plus));
            }
            assertThat(sums).isEqualTo(expected);
        }
    }
}
