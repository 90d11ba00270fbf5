package io.tanggap.app.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The image and the scripts in it and around it. */
class ImageTest {
    /** What the build of jobs/app leaves; the rest of what is copied is in the repository. */
    private static final Set<String> BUILT =
            Set.of("jobs/app/target/tanggap/lib", "jobs/app/target/tanggap-app.jar", "jobs/app/target/tanggap-job.jar");

    @Test
    void everythingThatIsCopiedIsThereAndNothingElseIsSent() throws IOException {
        List<String> copied = new ArrayList<>();
        for (List<String> words : instructions("COPY")) {
            List<String> paths = words.stream()
                    .skip(1)
                    .filter(word -> !word.startsWith("--"))
                    .toList();
            copied.addAll(paths.subList(0, paths.size() - 1));
        }
        List<String> sent = Files.readAllLines(Deployment.DOCKER.resolve("Dockerfile.dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();

        assertThat(copied)
                .containsAll(BUILT)
                .allMatch(path -> BUILT.contains(path) || Files.isRegularFile(Deployment.ROOT.resolve(path)))
                .allMatch(path -> sent.stream().anyMatch(part -> Path.of(path).startsWith(part)));
        assertThat(sent)
                .allMatch(part -> copied.stream().anyMatch(path -> Path.of(path).startsWith(part)));
    }

    @Test
    void itIsFlinkOfTheBuildAndNotOfRoot() throws IOException {
        assertThat(instructions("FROM"))
                .containsExactly(List.of("FROM", "flink:" + Deployment.built("flink.version") + "-scala_2.12-java17"));
        assertThat(instructions("USER")).last().isEqualTo(List.of("USER", "flink"));
    }

    @Test
    void theCommandHasTheFlagsThatTheTestsRunWith() throws IOException {
        assertThat(Deployment.words(Files.readString(Deployment.DOCKER.resolve("tanggap"))))
                .containsAll(Deployment.words(Deployment.built("jvm.flags")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tanggap",
                "tanggap-submit",
                "new-secrets",
                "elastic/prepare.sh",
                "elastic/accounts.sh",
                "elastic/kibana.sh"
            })
    void aScriptCanBeRead(String script) throws IOException, InterruptedException {
        Path file = Deployment.DOCKER.resolve(script);
        String shell = Files.readAllLines(file).get(0).replaceFirst("#!/bin/", "");

        Process check = new ProcessBuilder(shell, "-n", file.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(check.waitFor()).isZero();
    }

    private static List<List<String>> instructions(String kind) throws IOException {
        return Files.readString(Deployment.DOCKER.resolve("Dockerfile"))
                .replace("\\\n", " ")
                .lines()
                .filter(line -> line.startsWith(kind + " "))
                .map(Deployment::words)
                .toList();
    }
}
