package io.tanggap.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    static final String ONE = "whsec_"
            + Base64.getEncoder().encodeToString("0123456789012345678901234567890a".getBytes(StandardCharsets.UTF_8));
    static final String TWO = "whsec_"
            + Base64.getEncoder().encodeToString("0123456789012345678901234567890b".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    @Test
    void passwordAndKeysAreRead() throws IOException {
        Secrets secrets = read("# Of the mail server\n\nsmtp.password = a=b # c\nwebhook.dbm-desk=" + ONE + "  " + TWO
                + "\nwebhook.sda.desk=" + TWO + "\n");
        assertThat(secrets.smtpPassword()).isEqualTo("a=b # c");
        assertThat(secrets.webhookKeys("dbm-desk")).hasSize(2);
        assertThat(secrets.webhookKeys("sda.desk")).hasSize(1);
        assertThat(secrets.webhookKeys("unknown")).isEmpty();
        assertThat(secrets.toString()).doesNotContain("a=b");
    }

    @Test
    void withoutAFileThereAreNone() throws IOException {
        assertThat(Secrets.in(null).smtpPassword()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hunter2|there is no '='",
                "smtp.password=|smtp.password has no value",
                "smtp.pasword=hunter2|nearest valid name: 'smtp.password'",
                "webhook.=hunter2|there is no secret of that name",
                "webhook.a=hunter2|does not begin with whsec_",
                "webhook.a=whsec_hunter2!|is not Base64",
                "webhook.a=whsec_aHVudGVyMg==|has a key of 7 bytes"
            })
    void aWrongLineIsNamedAndItsSecretNot(String line, String said) {
        assertThatIOException()
                .isThrownBy(() -> read("smtp.password=x\n" + (line.startsWith("smtp") ? "" : "\n") + line + "\n"))
                .withMessageContaining("secrets, line ")
                .withMessageContaining(said)
                .satisfies(e -> {
                    StringWriter all = new StringWriter();
                    e.printStackTrace(new PrintWriter(all));
                    assertThat(all.toString()).doesNotContain("hunter2", "aHVudGVyMg");
                });
    }

    @Test
    void aNameThatStandsTwiceIsRefused() {
        assertThatIOException()
                .isThrownBy(() -> read("smtp.password=a\nsmtp.password=b\n"))
                .withMessageContaining("line 2: smtp.password stands twice");
        assertThatIOException()
                .isThrownBy(() -> read("webhook.a=" + ONE + "\nwebhook.a=" + TWO))
                .withMessageContaining("line 2: webhook.a stands twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----rw-", "rw-----w-"})
    void aFileThatOthersCanReadOrWriteIsRefused(String permissions) throws IOException {
        Path file = file("smtp.password=a");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        assertThatIOException().isThrownBy(() -> Secrets.in(file.toString())).withMessageContaining("chmod o= " + file);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatIOException()
                .isThrownBy(() -> Secrets.in(folder.resolve("none").toString()))
                .withMessageContaining("there is no file of secrets " + folder.resolve("none"));
    }

    @Test
    void aFileThatIsNotUtf8IsNamed() throws IOException {
        Path file = file("");
        Files.write(file, new byte[] {'#', (byte) 0xff});
        assertThatIOException().isThrownBy(() -> Secrets.in(file.toString())).withMessageContaining("is not UTF-8");
    }

    private Secrets read(String text) throws IOException {
        return Secrets.in(file(text).toString());
    }

    private Path file(String text) throws IOException {
        return write(folder, text);
    }

    static Path write(Path folder, String text) throws IOException {
        Path file = folder.resolve("secrets");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        return file;
    }
}
