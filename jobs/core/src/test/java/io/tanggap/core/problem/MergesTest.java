package io.tanggap.core.problem;

import static io.tanggap.core.problem.Reports.merged;
import static io.tanggap.core.problem.Reports.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.Seed;
import io.tanggap.core.problem.Merges.Move;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MergesTest {
    private final Merges merges = new Merges();

    @Test
    void aCaseThatNobodyMergedIsItsOwnRoot() {
        assertThat(merges.rootOf("a")).isEqualTo("a");
        assertThat(merges.learn(open("a", 0))).isEmpty();
    }

    @Test
    void aChainEndsInOneRootWhicheverMergeComesFirst() {
        assertThat(merges.learn(merged("a", 0, "b", 5))).containsExactly(new Move("a", null, "b"));
        assertThat(merges.learn(merged("b", 0, "c", 6)))
                .containsExactlyInAnyOrder(new Move("b", null, "c"), new Move("a", "b", "c"));
        assertThat(merges.rootOf("a")).isEqualTo("c");

        Merges other = new Merges();
        other.learn(merged("b", 0, "c", 6));
        assertThat(other.learn(merged("a", 0, "b", 5))).containsExactly(new Move("a", null, "c"));
    }

    @Test
    void anUndoneMergeTakesWithItWhatWasMergedIntoTheCase() {
        merges.learn(merged("a", 0, "b", 5));
        merges.learn(merged("b", 0, "c", 6));
        assertThat(merges.learn(open("b", 0)))
                .containsExactlyInAnyOrder(new Move("b", "c", null), new Move("a", "c", "b"));
        assertThat(merges.learn(open("b", 0))).as("said again").isEmpty();
    }

    @Test
    void aMergeThatChangesMovesTheCaseAndWhatGoesOnInIt() {
        merges.learn(merged("a", 0, "b", 5));
        merges.learn(merged("b", 0, "c", 6));
        assertThat(merges.learn(merged("b", 0, "d", 7)))
                .containsExactlyInAnyOrder(new Move("b", "c", "d"), new Move("a", "c", "d"));
    }

    @Test
    void whatAMergedCaseSaysAnewIsToldToItsRoot() {
        merges.learn(merged("a", 0, "b", 5));
        assertThat(merges.learn(merged("a", 1, "b", 5))).containsExactly(new Move("a", "b", "b"));
    }

    @Test
    void inACircleTheLatestMergeDoesNotCount() {
        merges.learn(merged("a", 0, "b", 5));
        assertThat(merges.learn(merged("b", 0, "a", 6))).containsExactly(new Move("b", null, "b"));
        merges.learn(merged("tail", 0, "a", 9));
        assertThat(merges.rootOf("tail"))
                .as("what hangs on a circle is no part of it")
                .isEqualTo("b");

        assertThat(merges.learn(merged("a", 0, "b", 7)))
                .as("now it is the later one")
                .containsExactlyInAnyOrder(
                        new Move("a", "b", "a"), new Move("b", "b", "a"), new Move("tail", "b", "a"));
    }

    @Test
    void ofMergesOfOneInstantThatOfTheGreatestCaseDoesNotCount() {
        merges.learn(merged("b", 0, "a", 5));
        merges.learn(merged("a", 0, "c", 5));
        merges.learn(merged("c", 0, "b", 5));
        assertThat(List.of("a", "b", "c")).allMatch(id -> merges.rootOf(id).equals("c"));
    }

    @Test
    void aCaseMergedIntoItselfIsTheSmallestCircle() {
        assertThat(merges.learn(merged("a", 0, "a", 5))).containsExactly(new Move("a", null, "a"));
        assertThat(merges.learn(open("a", 0))).containsExactly(new Move("a", "a", null));
    }

    @Test
    void aCircleThatIsBrokenHasAnOrdinaryRoot() {
        merges.learn(merged("a", 0, "b", 5));
        merges.learn(merged("b", 0, "a", 6));
        assertThat(merges.learn(open("a", 0)))
                .containsExactlyInAnyOrder(new Move("a", "b", null), new Move("b", "b", "a"));
    }

    /** Merges come, change and are undone at random; who is part of what is always a function of those that stand. */
    @Test
    void membersAreAFunctionOfTheMergesThatStand() {
        Random random = Seed.random(this);
        for (int round = 0; round < 300; round++) {
            int cases = 1 + random.nextInt(9);
            Map<String, Report> standing = new TreeMap<>();
            Merges known = new Merges();
            Map<String, Set<String>> members = new TreeMap<>();
            for (int step = 0; step < 40; step++) {
                Report report = random(random, cases);
                apply(known.learn(report), members);
                standing.put(report.caseId(), report);
                assertThat(members).isEqualTo(expected(standing.values()));
            }
            assertThat(rootsOf(known, cases)).isEqualTo(rootsOf(Merges.of(standing.values()), cases));
        }
    }

    @Test
    void theOrderInWhichMergesBecomeKnownMattersNowhere() {
        Random random = Seed.random(this);
        for (int round = 0; round < 300; round++) {
            int cases = 2 + random.nextInt(9);
            Map<String, Report> last = new LinkedHashMap<>();
            for (int i = 0; i < cases; i++) {
                Report report = random(random, cases);
                last.put(report.caseId(), report);
            }
            List<Report> arrivals = new ArrayList<>(last.values());
            Map<String, Set<String>> first = null;
            for (int order = 0; order < 5; order++) {
                Collections.shuffle(arrivals, random);
                Merges known = new Merges();
                Map<String, Set<String>> members = new TreeMap<>();
                arrivals.forEach(report -> apply(known.learn(report), members));
                first = first == null ? members : first;
                assertThat(members).isEqualTo(first);
            }
        }
    }

    private static Report random(Random random, int cases) {
        String caseId = "case" + random.nextInt(cases);
        return random.nextInt(4) == 0
                ? open(caseId, 0)
                : merged(caseId, 0, "case" + random.nextInt(cases), random.nextInt(5));
    }

    private static Map<String, String> rootsOf(Merges merges, int cases) {
        Map<String, String> roots = new TreeMap<>();
        for (int i = 0; i < cases; i++) {
            roots.put("case" + i, merges.rootOf("case" + i));
        }
        return roots;
    }

    /** As a problem does it: nothing is lost that is not there, and nothing is gained twice. */
    private static void apply(List<Move> moves, Map<String, Set<String>> members) {
        for (Move move : moves) {
            if (move.from() != null && !move.from().equals(move.to())) {
                assertThat(members.get(move.from())).contains(move.caseId());
                members.get(move.from()).remove(move.caseId());
            }
            if (move.to() != null) {
                assertThat(members.computeIfAbsent(move.to(), id -> new TreeSet<>())
                                .add(move.caseId()))
                        .isEqualTo(!move.to().equals(move.from()));
            }
        }
        members.values().removeIf(Set::isEmpty);
    }

    /** By brute force: takes out merges, latest first, as long as one of a circle is there. */
    private static Map<String, Set<String>> expected(Collection<Report> reports) {
        Map<String, Report> counted = new TreeMap<>();
        reports.stream().filter(Report::isMerged).forEach(report -> counted.put(report.caseId(), report));
        List<Report> latestFirst = new ArrayList<>(counted.values());
        latestFirst.sort((a, b) -> {
            int byTime = b.mergedAt().compareTo(a.mergedAt());
            return byTime != 0 ? byTime : b.caseId().compareTo(a.caseId());
        });
        for (Report report : latestFirst) {
            if (end(report.caseId(), counted) == null && isOnCircle(report.caseId(), counted)) {
                counted.remove(report.caseId());
            }
        }
        Map<String, Set<String>> members = new TreeMap<>();
        for (Report report : reports) {
            if (report.isMerged()) {
                members.computeIfAbsent(end(report.caseId(), counted), id -> new TreeSet<>())
                        .add(report.caseId());
            }
        }
        return members;
    }

    private static @Nullable String end(String caseId, Map<String, Report> counted) {
        Set<String> seen = new HashSet<>();
        String at = caseId;
        while (counted.containsKey(at)) {
            if (!seen.add(at)) {
                return null;
            }
            at = counted.get(at).mergedInto();
        }
        return at;
    }

    private static boolean isOnCircle(String caseId, Map<String, Report> counted) {
        String at = counted.get(caseId).mergedInto();
        for (int step = 0; step <= counted.size(); step++) {
            if (at.equals(caseId)) {
                return true;
            }
            at = counted.get(at).mergedInto();
        }
        return false;
    }
}
