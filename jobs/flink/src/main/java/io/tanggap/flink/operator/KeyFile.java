package io.tanggap.flink.operator;

import io.tanggap.intake.Pseudonyms;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the key of pseudonyms lies. The path travels to the workers, the key does not: each reads it where it runs, so that no
 * job graph and no savepoint holds it.
 *
 * @param path null if there is no key, and reporters stay unnamed
 */
public record KeyFile(@Nullable String path) implements Serializable {
    /** No key. */
    public static final KeyFile NONE = new KeyFile(null);

    /**
     * The pseudonyms under the key; null without a key.
     *
     * @throws IOException if the file cannot be read, or holds less than 32 bytes
     */
    @Nullable
    public Pseudonyms pseudonyms() throws IOException {
        if (path == null) {
            return null;
        }
        byte[] key = Files.readAllBytes(Path.of(path));
        try {
            return new Pseudonyms(key);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "the key of pseudonyms in " + path + " is too short: " + e.getMessage()
                            + ", for example head -c 32 /dev/urandom > " + path,
                    e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
