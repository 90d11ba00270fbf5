package io.tanggap.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.OutputStreamWriter;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Kafka Streams in a JVM of its own, with the flags of this one, for all runs: so it is as warm as Flink is. What it needs, and
 * may not be on this class path, is where the build has put it.
 */
final class StreamsProcess implements AutoCloseable {
    private static final String PROGRAM = "io.tanggap.bench.streams.StreamsRuns";
    /** Flink's RocksDB, whose classes have the names of the other one's. */
    private static final String FLINK_ROCKSDB = "frocksdbjni";

    private static final Duration CLOSING = Duration.ofSeconds(30);

    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    private StreamsProcess(Process process) {
        this.process = process;
        this.commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * One run over all of case-events.
     *
     * @param millis from the first record until the last one is committed
     * @param overdue open cases whose deadline is before the last heartbeat
     */
    record Counted(long millis, long records, long overdue) {}

    /**
     * Starts the process.
     *
     * @param libraries directory with Kafka Streams and its RocksDB
     * @param directory for its stores and its log; made when absent
     */
    static StreamsProcess start(Path libraries, String kafka, int threads, Path directory) throws IOException {
        if (!Files.isDirectory(libraries)) {
            throw new IOException("no Kafka Streams in " + libraries + ": run jobs/bench/run, which builds it");
        }
        Files.createDirectories(directory);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-Dtanggap.log=" + directory.resolve("streams.log"));
        command.add("-cp");
        command.add(Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry ->
                                !Path.of(entry).getFileName().toString().startsWith(FLINK_ROCKSDB))
                        .collect(Collectors.joining(File.pathSeparator))
                + File.pathSeparator + libraries + "/*");
        command.addAll(List.of(PROGRAM, kafka, directory.toString(), Integer.toString(threads)));
        return new StreamsProcess(
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
    }

    Counted run(Duration commitEvery) throws IOException {
        commands.write(Long.toString(commitEvery.toMillis()));
        commands.newLine();
        commands.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("Kafka Streams has ended without an answer; what it wrote stands above");
        }
        String[] numbers = answer.split(" ", 3);
        return new Counted(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
    }

    /** Ends the process, by force if it does not end with its input. */
    @Override
    public void close() throws IOException {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(CLOSING.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while Kafka Streams was ending");
        }
    }
}
