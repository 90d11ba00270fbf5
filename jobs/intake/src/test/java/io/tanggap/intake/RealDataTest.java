package io.tanggap.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.reference.ReferencePack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The shipped mappings on the records that they were written for. */
class RealDataTest {

    private static Path data(String name) {
        Path file = Path.of(System.getProperty("tanggap.shared.data", "."), name);
        Assumptions.assumeTrue(Files.exists(file), () -> "real data are not here: " + file);
        return file;
    }

    private static Map<String, Long> byType(Replayed replayed) {
        return replayed.events().stream()
                .collect(Collectors.groupingBy(CaseEvent::type, TreeMap::new, Collectors.counting()));
    }

    @Test
    void everyCaseOfBostonIsReadAndNothingIsRefused() throws IOException {
        Path file = data("boston/311-2011.csv.gz");
        Mapping mapping = Mapping.shipped("boston-311");

        long begun = System.nanoTime();
        Replayed replayed = Replayed.of(file, mapping);
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("Boston: %d records in %.2f s%n", replayed.summary().records(), seconds);

        assertThat(byType(replayed))
                .containsExactlyInAnyOrderEntriesOf(Map.of("Submitted", 58_251L, "Closed", 54_570L));
        assertThat(replayed.deadLetters()).isEmpty();
        assertThat(replayed.summary().failure()).isNull();
        assertThat(replayed.summary().records()).isEqualTo(58_251);
        assertThat(replayed.summary().skipped()).isZero();
        assertThat(replayed.summary().bytes()).isEqualTo(Files.size(file));
        assertThat(replayed.progress()).isSorted().last().isEqualTo(Files.size(file));
        assertThat(replayed.summary().latestOccurrence())
                .isBetween(Instant.parse("2019-10-31T04:00:00Z"), Instant.parse("2019-11-01T04:00:00Z"));
    }

    @Test
    void theFourTimesOfBostonInTheRepeatedHourAreTagged() {
        List<CaseEvent> tagged =
                Replayed.of(data("boston/311-2011.csv.gz"), Mapping.shipped("boston-311")).events().stream()
                        .filter(event -> event.timeNote() != TimeNote.EXACT)
                        .toList();

        assertThat(tagged).allMatch(event -> event.timeNote() == TimeNote.REPEATED_HOUR);
        assertThat(tagged)
                .extracting(event -> event.type() + " " + event.occurredAt())
                .containsExactlyInAnyOrder(
                        "Closed 2011-11-06T05:11:52Z",
                        "Submitted 2011-11-06T05:09:48Z",
                        "Submitted 2011-11-06T05:13:20Z",
                        "Submitted 2011-11-06T05:54:07Z");
    }

    @Test
    void outcomesOfBostonAreThoseThatTheCodesState() {
        Map<Outcome, Long> outcomes =
                Replayed.of(data("boston/311-2011.csv.gz"), Mapping.shipped("boston-311")).events().stream()
                        .filter(event -> event.payload() instanceof Payload.Closed)
                        .collect(Collectors.groupingBy(
                                event -> ((Payload.Closed) event.payload()).outcome(),
                                TreeMap::new,
                                Collectors.counting()));

        assertThat(outcomes)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        Outcome.FIXED, 27_865L,
                        Outcome.DUPLICATE, 2_303L,
                        Outcome.INVALID, 1_415L,
                        Outcome.JUSTIFIED_NO_ACTION, 1_295L,
                        Outcome.OUT_OF_CITY_JURISDICTION, 414L,
                        Outcome.UNABLE, 651L,
                        Outcome.UNKNOWN, 20_627L));
    }

    @Test
    void everyCategoryOfBostonHasAGroup() {
        ReferencePack pack = Mapping.shipped("boston-311").referencePack();
        Set<String> categories =
                Replayed.of(data("boston/311-2011.csv.gz"), Mapping.shipped("boston-311")).events().stream()
                        .filter(event -> event.payload() instanceof Payload.Submitted)
                        .map(event -> String.valueOf(((Payload.Submitted) event.payload()).category()))
                        .collect(Collectors.toSet());

        assertThat(pack.categoryGroups().keySet()).isEqualTo(categories);
    }

    @Test
    void everyUpdateOfServiceNowIsASnapshotAndEveryIncidentIsSubmittedOnce() {
        Replayed replayed =
                Replayed.of(data("servicenow/incident-events-sample.csv.gz"), Mapping.shipped("servicenow-incidents"));

        assertThat(replayed.deadLetters()).isEmpty();
        assertThat(byType(replayed))
                .containsExactlyInAnyOrderEntriesOf(Map.of("Submitted", 28_513L, "SnapshotObserved", 28_513L));
        assertThat(replayed.events().stream()
                        .filter(event -> event.payload() instanceof Payload.Submitted)
                        .map(CaseEvent::eventId)
                        .distinct())
                .hasSize(4_977);
        assertThat(replayed.events().stream()
                        .filter(event -> event.payload() instanceof Payload.SnapshotObserved)
                        .map(CaseEvent::eventId)
                        .distinct())
                .hasSize(28_513);
        assertThat(replayed.events().stream()
                        .filter(event -> event.payload() instanceof Payload.SnapshotObserved snapshot
                                && "UNKNOWN".equals(snapshot.holder())))
                .hasSize(2_865);
    }

    @Test
    void everyRequestOfSanFranciscoIsACaseOrADeadLetter() {
        Mapping mapping = Mapping.shipped("open311-json").withZone(ZoneId.of("America/Los_Angeles"));
        Replayed replayed = Replayed.of(data("open311/san-francisco-500.json"), mapping);

        assertThat(replayed.summary().records()).isEqualTo(555);
        assertThat(replayed.summary().skipped()).isEqualTo(55);
        assertThat(replayed.deadLetters()).isEmpty();
        assertThat(byType(replayed)).containsExactlyInAnyOrderEntriesOf(Map.of("Submitted", 500L, "Closed", 371L));
        assertThat(replayed.summary().unseenColumns()).isEmpty();
        assertThat(replayed.events().get(0).occurredAt()).isEqualTo(Instant.parse("2011-06-28T12:14:00Z"));
    }
}
