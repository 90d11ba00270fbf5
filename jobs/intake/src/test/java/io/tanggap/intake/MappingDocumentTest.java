package io.tanggap.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.TimeNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MAPPING.md is true: its example runs, and its tables name what there is. */
class MappingDocumentTest {
    private static final Path DOCUMENT =
            Path.of(System.getProperty("tanggap.root", "../.."), "jobs", "intake", "MAPPING.md");

    private static String block(String language) throws IOException {
        Matcher matcher =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOCUMENT));
        assertThat(matcher.find()).as("a block of " + language).isTrue();
        return matcher.group(1);
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
