package io.tanggap.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before a server is asked. */
class ExportDailyCommandTest {
    @TempDir
    Path directory;

    private String refusal(String out, String key) {
        PrintStream standardErr = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            assertThat(Tanggap.execute(
                            Terminal.system(),
                            "export-daily",
                            "--bootstrap-servers=127.0.0.1:1",
                            "--out=" + out,
                            "--key=" + key))
                    .isEqualTo(Tanggap.WRONG_USE);
        } finally {
            System.setErr(standardErr);
        }
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aKeyThatIsNotThereIsRefused() {
        assertThat(refusal("feed", directory.resolve("none").toString())).contains("there is no key of pseudonyms in");
    }

    @Test
    void aFeedIsNotBegunAgainOverItsOwnDays() throws Exception {
        Path key = Files.write(directory.resolve("key"), new byte[32]);
        Path feed = directory.resolve("feed");
        Files.createDirectories(feed.resolve("day=2017-11-05"));
        assertThat(refusal(feed.toString(), key.toString())).contains("holds days already");
        assertThat(refusal(feed.toUri().toString(), key.toString())).contains("holds days already");
    }

    @Test
    void aFileSystemThatNobodyKnowsIsRefused() throws Exception {
        Path key = Files.write(directory.resolve("key"), new byte[32]);
        assertThat(refusal("nowhere://bucket/feed", key.toString()))
                .contains("--out nowhere://bucket/feed cannot be used");
    }
}
