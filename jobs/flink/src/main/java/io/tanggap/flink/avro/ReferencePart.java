package io.tanggap.flink.avro;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One slice of a reference pack, as the topic reference carries it.
 *
 * @param part number of the slice, from 0
 * @param parts number of slices of the pack
 * @param sha256 of all slices in their order, in hexadecimal digits
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below compare the content
public record ReferencePart(String packId, Instant knownFrom, int part, int parts, String sha256, byte[] content) {
    public ReferencePart {
        if (part < 0 || part >= parts) {
            throw new IllegalArgumentException(
                    "reference pack " + packId + ": slice " + part + " is not one of " + parts + " slices");
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReferencePart that
                && packId.equals(that.packId)
                && knownFrom.equals(that.knownFrom)
                && part == that.part
                && parts == that.parts
                && sha256.equals(that.sha256)
                && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(packId, knownFrom, part, parts, sha256, Arrays.hashCode(content));
    }
}
