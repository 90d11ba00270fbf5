package io.tanggap.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts main classes as processes of their own, for what they are to servers stands in their environment. They end with this one. */
final class Launcher implements AutoCloseable {
    static final Path JAR = Path.of(System.getProperty("tanggap.root"), "jobs", "app", "target", "tanggap-job.jar");

    private static final long PATIENCE_SECONDS = 240;

    private final Path directory;
    private final Map<Process, Path> outputs = new HashMap<>();

    /** @param directory in which the processes run, and what they say is kept */
    Launcher(Path directory) {
        this.directory = directory;
    }

    Process launch(Map<String, String> environment, String classPath, Class<?> main, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + Files.createDirectories(directory.resolve("tmp")),
                "-Dtanggap.job.jar=" + JAR,
                "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.tanggap.schema",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                classPath,
                BoundToParent.class.getName(),
                main.getName()));
        command.addAll(arguments);
        Path output = directory.resolve("command-" + outputs.size() + ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .directory(directory.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        outputs.put(process, output);
        return process;
    }

    /** Waits for the end of a process, which must be a good one. */
    void succeed(Process process) throws IOException, InterruptedException {
        String said = awaitEnd(process);
        assertThat(process.exitValue())
                .as("exit code of a process that said: %s", said)
                .isZero();
    }

    /** Waits for the end of a process, whichever, and returns what it said. */
    String awaitEnd(Process process) throws IOException, InterruptedException {
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        String said = Files.readString(outputs.get(process));
        assertThat(ended).as("the end of a process that said: %s", said).isTrue();
        return said;
    }

    /** Fails if a process has ended. */
    void assertRuns(Process process) throws IOException {
        assertThat(process.isAlive())
                .as("whether a process runs that said: %s", Files.readString(outputs.get(process)))
                .isTrue();
    }

    @Override
    public void close() {
        outputs.keySet().forEach(StandaloneCluster::kill);
    }
}
