package io.tanggap.flink.operator;

import io.tanggap.intake.Pseudonyms;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
     * The pseudonyms under the key, where there has to be one.
     *
     * @throws IOException if there is none, or as in {@link #pseudonyms}
     */
    public Pseudonyms required() throws IOException {
        Pseudonyms pseudonyms = pseudonyms();
        if (pseudonyms == null) {
            throw new IOException("pseudonyms of cases need a key: name the file that holds it");
        }
        return pseudonyms;
    }

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
        byte[] key;
        try {
            key = Files.readAllBytes(Path.of(path));
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "there is no key of pseudonyms in " + path + ": make one, for example by " + maker(), e);
        }
        try {
            return new Pseudonyms(key);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "the key of pseudonyms in " + path + " is too short: " + e.getMessage() + ", for example by "
                            + maker(),
                    e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** A command that makes a key which its owner alone can read. */
    private String maker() {
        return "(umask 077 && head -c 32 /dev/urandom > " + path + ")";
    }
}
