package io.tanggap.flink.avro;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes of a pack, whole and in slices. */
final class Slices {
    private Slices() {}

    static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** The slice of this number when slices are {@code size} long. */
    static byte[] slice(byte[] whole, int number, int size) {
        return Arrays.copyOfRange(whole, number * size, Math.min(whole.length, (number + 1) * size));
    }

    static String sha256(byte[] whole) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(whole));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
