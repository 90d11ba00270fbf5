package io.tanggap.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.TimeNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MAPPING.md is true: its example runs, and its tables name what there is. */
class MappingDocumentTest {
    private static final Path DOCUMENT =
            Path.of(System.getProperty("tanggap.root", "../.."), "jobs", "intake", "MAPPING.md");

    private static String block(String language) throws IOException {
        return blocks(language).get(0);
    }

    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCUMENT))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(blocks).as("blocks of " + language).isNotEmpty();
        return blocks;
    }

    @Test
    void theWorkedExampleMakesTheEventsThatTheDocumentShows(@TempDir Path directory) throws IOException {
        Mapping mapping = Mapping.read(Files.writeString(directory.resolve("lindenau.yaml"), block("yaml")));

        Replayed replayed = Replayed.of(directory, "lindenau.csv", block("csv"), mapping);

        assertThat(replayed.deadLetters()).isEmpty();
        assertThat(replayed.events().stream().map(MappingDocumentTest::described))
                .containsExactlyElementsOf(block("text").lines().toList());
        assertThat(mapping.name()).isEqualTo("lindenau");
        assertThat(mapping.referencePack().targets()).hasSize(2);
        assertThat(mapping.referencePack().categoryGroups()).containsEntry("pothole", "streets");
    }

    @Test
    void aClosingThatRestsOnTheStatusMakesAnUndatedClosingADeadLetter(@TempDir Path directory) throws IOException {
        Mapping mapping = Mapping.read(Files.writeString(
                directory.resolve("status.yaml"), """
                records: {format: csv}
                zone: UTC
                channel: {constant: web}
                case: Number
                reference: {city: lindenau, stale_after: 14d}
                events:
                  - {type: Submitted, at: Received}
                """ + blocks("yaml").get(1).indent(2)));

        Replayed replayed = Replayed.of(directory, "cases.csv", """
                Number,Received,Status,Closed on
                1,2023-10-28T09:00Z,Closed,2023-10-29T09:00Z
                2,2023-10-28T09:00Z,Closed,
                3,2023-10-28T09:00Z,Open,
                """, mapping);

        assertThat(replayed.events().stream().map(MappingDocumentTest::described))
                .containsExactly(
                        "web:1 2023-10-28T09:00:00Z Submitted",
                        "web:1 2023-10-29T09:00:00Z Closed UNKNOWN",
                        "web:3 2023-10-28T09:00:00Z Submitted");
        assertThat(replayed.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.origin())
                .isEqualTo("cases.csv:3:Closed on"));
    }

    private static String described(CaseEvent event) {
        String outcome = event.payload() instanceof Payload.Closed closed ? " " + closed.outcome() : "";
        String note = event.timeNote() == TimeNote.EXACT ? "" : " " + event.timeNote();
        return event.caseId() + " " + event.occurredAt() + " " + event.type() + outcome + note;
    }

    @Test
    void everyEventAndShippedMappingIsInTheDocument() throws IOException {
        String document = Files.readString(DOCUMENT);

        for (EventRule.EventType type : EventRule.EventType.values()) {
            assertThat(document).contains("`" + type.eventName() + "`");
            type.fields().forEach(field -> assertThat(document).contains("`" + field.key() + "`"));
        }
        assertThat(List.copyOf(Mapping.shippedNames()))
                .allSatisfy(name -> assertThat(document).contains("`" + name + "`"));
    }
}
