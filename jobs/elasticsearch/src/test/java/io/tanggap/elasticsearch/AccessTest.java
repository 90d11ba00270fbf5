package io.tanggap.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That TLS is pinned and keys are sent is shown by the jobs on a cluster, whose environment names them. */
class AccessTest {
    @TempDir
    private Path directory;

    private Access withKey(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("key"), content);
        return Access.of(Map.of(Access.API_KEY_FILE, file.toString()));
    }

    @Test
    void aKeyIsSentOverTlsOrOnThisMachineAlone() throws Exception {
        Access access = withKey("YWJj\n");
        assertThat(access.authorizationFor("https://search.example.org:9200")).isEqualTo("ApiKey YWJj");
        assertThat(access.authorizationFor("http://127.0.0.1:9200")).isEqualTo("ApiKey YWJj");
        assertThatThrownBy(() -> access.authorizationFor("http://search.example.org:9200"))
                .hasMessageContaining("http://search.example.org:9200")
                .hasMessageContaining("https://");
        assertThat(access.with("Basic x").authorizationFor("https://search.example.org"))
                .isEqualTo("Basic x");
        assertThat(Access.of(Map.of()).authorizationFor("http://search.example.org:9200"))
                .as("nobody is named")
                .isNull();
    }

    @Test
    void saysWhichFileCannotBeUsed() throws Exception {
        assertThatThrownBy(() -> Access.of(Map.of(Access.API_KEY_FILE, "/nowhere/key")))
                .hasMessageContaining(Access.API_KEY_FILE + " names /nowhere/key, which cannot be read");
        assertThatThrownBy(() -> withKey("two lines\nof words")).hasMessageContaining("holds no API key");
        Path pem = Files.writeString(directory.resolve("ca.pem"), "");
        assertThatThrownBy(() -> Access.of(Map.of(Access.CA, pem.toString())))
                .hasMessageContaining(Access.CA + " names " + pem)
                .hasMessageContaining("PEM");
    }
}
