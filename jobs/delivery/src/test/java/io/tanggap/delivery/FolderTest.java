package io.tanggap.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.notice.Answer;
import io.tanggap.core.notice.Answer.Outcome;
import io.tanggap.core.reference.Recipient.Means;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderTest {
    private static final String NAME = "20260312T003000Z-" + Sample.ID;

    @TempDir
    Path place;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void aMessageIsTextAndPage() throws IOException {
        Answer answer = carry("dbm desk");
        assertThat(answer.outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(names("dbm desk")).containsExactlyInAnyOrder(NAME + ".txt", NAME + ".html");
        assertThat(place.resolve("dbm desk").resolve(NAME + ".txt")).content().startsWith("Dinas Bina Marga\n4 baru");
        assertThat(place.resolve("dbm desk").resolve(NAME + ".html")).content().startsWith("<!DOCTYPE html>");
    }

    @Test
    void theSameMessageAgainReplacesItsFiles() throws IOException {
        carry("dbm");
        Files.writeString(place.resolve("dbm").resolve(NAME + ".txt"), "damaged");
        carry("dbm");
        assertThat(names("dbm")).hasSize(2);
        assertThat(place.resolve("dbm").resolve(NAME + ".txt")).content().startsWith("Dinas");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                ".",
                "../x",
                "a/b",
                "/etc",
                "a\\b",
                ".hidden",
                "a.",
                "a ",
                " a",
                "a\nb",
                "a\u0000",
                "dinas\u00e9",
                "-x"
            })
    void anAddressThatIsNoPlainNameIsRefused(String address) throws IOException {
        Answer answer = carry(address);
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.text()).contains("is not the plain name of a folder");
        try (Stream<Path> all = Files.list(place)) {
            assertThat(all).isEmpty();
        }
    }

    @Test
    void aFolderThatCannotBeWrittenToIsTriedAgain() throws IOException {
        Files.writeString(place.resolve("dbm"), "a file");
        Answer answer = carry("dbm");
        assertThat(answer.outcome()).isEqualTo(Outcome.RETRY);
        assertThat(answer.text()).contains("cannot be written");
    }

    @Test
    void withoutAFolderItIsTriedAgain() {
        Answer answer = new Folder(null, new Writer(new Pages(null)), out())
                .carry(Sample.digest("id"), Sample.recipient(Means.FILE, "dbm"));
        assertThat(answer.outcome()).isEqualTo(Outcome.RETRY);
        assertThat(answer.text()).contains("the settings name no folder");
    }

    @Test
    void aDashPrintsTheText() {
        assertThat(carry("-").outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(printed.toString(StandardCharsets.UTF_8)).startsWith("Dinas Bina Marga\n4 baru · 1 ditarik");
    }

    private Answer carry(String address) {
        return new Folder(place.toString(), new Writer(new Pages(null)), out())
                .carry(Sample.digest("id"), Sample.recipient(Means.FILE, address));
    }

    private PrintStream out() {
        return new PrintStream(printed, true, StandardCharsets.UTF_8);
    }

    private List<String> names(String address) throws IOException {
        try (Stream<Path> all = Files.list(place.resolve(address))) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }
}
