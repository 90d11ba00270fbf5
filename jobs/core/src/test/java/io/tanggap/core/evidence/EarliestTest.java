package io.tanggap.core.evidence;

import static io.tanggap.core.Story.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.core.Seed;
import io.tanggap.core.Story;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload.ResolutionClaimed;
import io.tanggap.core.evidence.Exhibit.HandedIn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EarliestTest {
    private final Random random = Seed.random(this);

    private static Exhibit exhibit(String caseId, long... claimedAt) {
        List<HandedIn> claims = new ArrayList<>();
        for (long minute : claimedAt) {
            claims.add(new HandedIn(at(minute), "A"));
        }
        return new Exhibit("photo", caseId, "qlue", null, null, at(0), claims);
    }

    /** Which claims of which case are reused, as minutes: {@code {b=[20, 40]}}. */
    private static Map<String, List<HandedIn>> reused(List<Exhibit> exhibits) {
        Earliest earliest = Earliest.of(exhibits);
        Map<String, List<HandedIn>> reused = new TreeMap<>();
        for (Exhibit exhibit : exhibits) {
            reused.put(
                    exhibit.caseId(),
                    exhibit.claims().stream()
                            .filter(claim -> earliest.isReused(exhibit, claim))
                            .toList());
        }
        return reused;
    }

    private static List<HandedIn> claims(long... minutes) {
        return exhibit("any", minutes).claims();
    }

    @Test
    void theFirstUseIsNotReusedAndALaterOneOfAnotherCaseIs() {
        assertThat(reused(List.of(exhibit("b", 10), exhibit("a", 20))))
                .containsEntry("b", List.of())
                .containsEntry("a", claims(20));
    }

    @Test
    void aCaseMayHandInItsOwnEvidenceAgainUntilAnotherOneUsedIt() {
        assertThat(reused(List.of(exhibit("a", 10, 20)))).containsEntry("a", List.of());
        assertThat(reused(List.of(exhibit("a", 10, 20, 40), exhibit("b", 30, 50))))
                .containsEntry("a", claims(40))
                .containsEntry("b", claims(30, 50));
    }

    @Test
    void ofClaimsAtOneInstantThatOfTheLesserCaseIdIsTheEarlier() {
        assertThat(reused(List.of(exhibit("b", 10), exhibit("a", 10))))
                .containsEntry("a", List.of())
                .containsEntry("b", claims(10));
    }

    /** The definition, written down a second time: every claim against every claim of every other case, in any order. */
    @Test
    void anyOrderTellsWhatTheDefinitionSays() {
        for (int round = 0; round < 500; round++) {
            List<Exhibit> exhibits = anyExhibits(1 + random.nextInt(6));
            Map<String, List<HandedIn>> expected = new TreeMap<>();
            for (Exhibit exhibit : exhibits) {
                expected.put(
                        exhibit.caseId(),
                        exhibit.claims().stream()
                                .filter(claim ->
                                        exhibits.stream().anyMatch(other -> wasBefore(other, exhibit.caseId(), claim)))
                                .toList());
            }
            assertThat(reused(exhibits)).isEqualTo(expected);
            Collections.shuffle(exhibits, random);
            assertThat(reused(exhibits)).isEqualTo(expected);
        }
    }

    private static boolean wasBefore(Exhibit other, String caseId, HandedIn claim) {
        return !other.caseId().equals(caseId)
                && other.claims().stream()
                        .anyMatch(before -> before.at().isBefore(claim.at())
                                || (before.at().equals(claim.at())
                                        && other.caseId().compareTo(caseId) < 0));
    }

    /** What lets news be counted without a look at everybody. */
    @Test
    void newsOfACaseChangesNothingButItselfAndTheFirstBeforeAndAfter() {
        for (int round = 0; round < 500; round++) {
            List<Exhibit> before = anyExhibits(6);
            List<Exhibit> after = new ArrayList<>(before);
            String caseId = "case" + random.nextInt(6);
            after.removeIf(exhibit -> exhibit.caseId().equals(caseId));
            if (random.nextInt(3) > 0) {
                after.add(exhibit(caseId, random.nextInt(10)));
            }
            TreeSet<String> maySayOther = new TreeSet<>(List.of(caseId));
            Stream.of(Earliest.of(before), Earliest.of(after))
                    .flatMap(earliest -> Stream.ofNullable(earliest.first()))
                    .forEach(first -> maySayOther.add(first.caseId()));
            Map<String, List<HandedIn>> said = reused(before);
            Map<String, List<HandedIn>> saidAfter = reused(after);
            said.keySet().removeAll(maySayOther);
            saidAfter.keySet().removeAll(maySayOther);
            assertThat(saidAfter).isEqualTo(said);
        }
    }

    private List<Exhibit> anyExhibits(int cases) {
        List<Exhibit> exhibits = new ArrayList<>();
        for (int i = 0; i < cases; i++) {
            exhibits.add(exhibit(
                    "case" + i,
                    random.longs(1 + random.nextInt(3), 0, 10).sorted().toArray()));
        }
        return exhibits;
    }

    @Test
    void aCaseSaysWithWhichOfItsClaimsAPieceWasHandedIn() {
        Story story = Story.submitted(0, "A", null)
                .and(10, "A", new ResolutionClaimed(List.of("photo", "sketch", "photo")))
                .rejected(20)
                .assigned(25, "B")
                .and(30, "B", new ResolutionClaimed(List.of("photo")))
                .closed(40, Outcome.FIXED);

        List<Exhibit> exhibits = Exhibit.of(story.seenAt(50));
        assertThat(exhibits).extracting(Exhibit::digest).containsExactly("photo", "sketch");
        assertThat(exhibits.get(0).claims())
                .as("also with a claim that was rejected since")
                .containsExactly(new HandedIn(at(10), "A"), new HandedIn(at(30), "B"));
        assertThat(exhibits.get(1).claims()).containsExactly(new HandedIn(at(10), "A"));
        assertThat(exhibits.get(0).category()).isEqualTo("roads");
        assertThat(exhibits.get(0).territory()).isEqualTo("kelurahan");
        assertThat(exhibits.get(0).submittedAt()).isEqualTo(at(0));
        assertThat(Exhibit.of(story.seenAt(10))).as("before it was handed in").isEmpty();
        assertThat(Exhibit.of(story.seenAt(60)).get(0).content())
                .isEqualTo(exhibits.get(0).content());
        assertThat(Exhibit.of(story.seenAt(15)).get(0).content())
                .isNotEqualTo(exhibits.get(0).content());
    }

    @Test
    void nothingIsHandedInWithoutAClaim() {
        assertThatThrownBy(() -> new Exhibit("photo", "a", "qlue", null, null, at(0), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a: evidence photo is handed in with some claim");
    }
}
