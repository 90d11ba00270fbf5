package io.tanggap.core.complaint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Builds the bytes that an id or a pseudonym is hashed from: every component is written with its length, so that no two different
 * sequences of components look alike, and null differs from empty.
 */
public final class CanonicalForm {
    private final StringBuilder text = new StringBuilder(128);

    /** Appends a text, or the mark of its absence. */
    public CanonicalForm text(@Nullable String value) {
        if (value == null) {
            text.append('-');
        } else {
            text.append(value.length()).append(':').append(value);
        }
        return this;
    }

    /** Appends an instant at millisecond precision, or the mark of its absence. */
    public CanonicalForm instant(@Nullable Instant value) {
        return number(value == null ? null : value.toEpochMilli());
    }

    /** Appends a number, or the mark of its absence. */
    public CanonicalForm number(@Nullable Long value) {
        return text(value == null ? null : Long.toString(value));
    }

    /** The first 128 bits of the SHA-256 of what was appended, as 32 hexadecimal digits. */
    public String digest() {
        return digest(bytes());
    }

    /** The first half of {@link #digest}, to tell what has changed: two contents that differ have the same once in 10<sup>19</sup>. */
    public long shortDigest() {
        return Long.parseUnsignedLong(digest(), 0, 16, 16);
    }

    /** What was appended, in UTF-8. */
    public byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The first 128 bits of the SHA-256 of {@code bytes}, as 32 hexadecimal digits. */
    public static String digest(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
