package io.tanggap.flink.avro;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record of a topic as it lies there.
 *
 * @param origin where it was read, for example {@code reference-0@42}
 * @param bytes its value; empty for a deletion mark
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below compare the content
public record RawRecord(String origin, byte[] bytes) {

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RawRecord that && origin.equals(that.origin) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(origin, Arrays.hashCode(bytes));
    }
}
