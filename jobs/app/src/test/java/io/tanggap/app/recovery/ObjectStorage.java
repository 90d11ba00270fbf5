package io.tanggap.app.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An S3 server as a process of its own, on loopback, over a directory. It ends with this process. */
final class ObjectStorage implements AutoCloseable {
    private static final Path HOME = Path.of(System.getProperty("tanggap.object-storage.home"));
    private static final Map<String, String> KEYS =
            Map.of("AWS_ACCESS_KEY_ID", "tanggap", "AWS_SECRET_ACCESS_KEY", "a-key-that-no-log-shows");

    private final Process process;
    private final String address;

    private ObjectStorage(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** @param bucket the only one */
    static ObjectStorage start(Path directory, String bucket) throws IOException {
        Path log = Files.createDirectories(directory).resolve("storage.log");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        HOME.resolve("classes") + File.pathSeparator + HOME.resolve("lib") + "/*",
                        "io.tanggap.objectstorage.ObjectStorageProcess",
                        directory.resolve("files").toString(),
                        bucket))
                .redirectError(log.toFile());
        builder.environment().putAll(KEYS);
        Process process = builder.start();
        String address = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
        if (address == null) {
            throw new IOException("the object storage did not start; it said: " + Files.readString(log));
        }
        return new ObjectStorage(process, address);
    }

    /** Of its HTTP server. */
    String address() {
        return address;
    }

    /** What a Flink must have in its environment. */
    static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(KEYS);
        environment.put("FLINK_PLUGINS_DIR", HOME.resolve("plugins").toString());
        return environment;
    }

    @Override
    public void close() {
        StandaloneCluster.kill(process);
    }
}
