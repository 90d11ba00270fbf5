package io.tanggap.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElasticsearchProcessIT {
    private static final Path NODE = Path.of(System.getProperty("tanggap.elasticsearch.home"));

    @TempDir
    Path directory;

    @Test
    void keepsDocumentsWhenKilledAndStartedAgainOnTheSamePort() throws Exception {
        try (ElasticsearchProcess node = ElasticsearchProcess.start(NODE, directory, 0)) {
            String url = node.url();
            long first = node.pid();
            assertThat(send("GET", url + "/", "")).contains("\"number\":\"8.");
            send("PUT", url + "/cases/_doc/1", "{\"open\":true}");

            node.kill();
            assertThat(ProcessHandle.of(first)).isEmpty();
            node.restart();

            assertThat(node.url()).isEqualTo(url);
            assertThat(send("GET", url + "/cases/_doc/1", "")).contains("\"open\":true");
        }
    }

    @Test
    void diesWithTheProgramThatStartedItEvenWhenThatIsKilled() throws Exception {
        Process program = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        NODE.toString(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))) {
            ProcessHandle node =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            assertThat(node.isAlive()).isTrue();
            program.destroyForcibly();
            node.onExit().get(60, TimeUnit.SECONDS);
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void showsTheEndOfTheLogWhenTheNodeDoesNotStart() throws Exception {
        Files.writeString(directory.resolve("data"), "a file where a directory belongs");
        assertThatThrownBy(() -> ElasticsearchProcess.start(NODE, directory, 0))
                .hasMessageContaining("Elasticsearch ended with exit code 1 while starting")
                .hasMessageContaining(directory.resolve("data").toString());
    }

    @Test
    void saysWhatToDoWhenThePortIsTakenOrTheNodeIsNotBuilt() throws Exception {
        try (ServerSocket taken =
                new ServerSocket(0, 1, java.net.InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThatThrownBy(() -> ElasticsearchProcess.start(NODE, directory, taken.getLocalPort()))
                    .hasMessageStartingWith("port " + taken.getLocalPort() + " of 127.0.0.1 is in use");
        }
        assertThatThrownBy(() -> ElasticsearchProcess.start(directory, directory, 0))
                .hasMessageContaining("no Elasticsearch node in " + directory)
                .hasMessageContaining("./mvnw");
    }

    private static String send(String method, String url, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** A program that starts a node, tells its process id, and waits. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            ElasticsearchProcess node = ElasticsearchProcess.start(Path.of(arguments[0]), Path.of(arguments[1]), 0);
            System.out.println(node.pid());
            Thread.currentThread().join();
        }
    }
}
