package io.tanggap.flink.types;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/** The words that serializers are written in: how a text, an instant, an enum or a list lies in bytes. */
public final class Wire {
    private Wire() {}

    /** Writes one element of a list. */
    @FunctionalInterface
    public interface Write<T> {
        void write(T value, DataOutputView out) throws IOException;
    }

    /** Reads one element of a list. */
    @FunctionalInterface
    public interface Read<T> {
        T read(DataInputView in) throws IOException;
    }

    /** Writes a text of any length, or null. */
    public static void writeNullableText(@Nullable String text, DataOutputView out) throws IOException {
        StringValue.writeString(text, out);
    }

    /** Reads a text or null. */
    public static @Nullable String readNullableText(DataInputView in) throws IOException {
        return StringValue.readString(in);
    }

    /** Writes a text of any length. */
    public static void writeText(String text, DataOutputView out) throws IOException {
        StringValue.writeString(text, out);
    }

    /** Reads a text. */
    public static String readText(DataInputView in) throws IOException {
        String text = StringValue.readString(in);
        if (text == null) {
            throw new IOException("null where a text must be");
        }
        return text;
    }

    /** Writes bytes with their length before. */
    public static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
        writeLong(bytes.length, out);
        out.write(bytes);
    }

    /** Reads bytes that {@link #writeBytes} wrote. */
    public static byte[] readBytes(DataInputView in) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(readLong(in))];
        in.readFully(bytes);
        return bytes;
    }

    /** Writes an instant at millisecond precision. */
    public static void writeInstant(Instant instant, DataOutputView out) throws IOException {
        out.writeLong(instant.toEpochMilli());
    }

    /** Reads an instant. */
    public static Instant readInstant(DataInputView in) throws IOException {
        return Instant.ofEpochMilli(in.readLong());
    }

    /** Writes an instant at millisecond precision, or null. */
    public static void writeNullableInstant(@Nullable Instant instant, DataOutputView out) throws IOException {
        out.writeBoolean(instant != null);
        if (instant != null) {
            writeInstant(instant, out);
        }
    }

    /** Reads an instant or null. */
    public static @Nullable Instant readNullableInstant(DataInputView in) throws IOException {
        return in.readBoolean() ? readInstant(in) : null;
    }

    /** Writes a whole number in as few bytes as it needs: small ones, also negative, in one. */
    public static void writeLong(long number, DataOutputView out) throws IOException {
        long zigzag = (number << 1) ^ (number >> 63);
        while ((zigzag & ~0x7FL) != 0) {
            out.writeByte((int) (zigzag & 0x7F) | 0x80);
            zigzag >>>= 7;
        }
        out.writeByte((int) zigzag);
    }

    /** Reads a number that {@link #writeLong} wrote. */
    public static long readLong(DataInputView in) throws IOException {
        long zigzag = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.readByte();
            zigzag |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new IOException("a number of more than ten bytes");
    }

    /** Writes the place of a constant in its enum: constants are added at the end and never moved. Null is allowed. */
    @SuppressWarnings("EnumOrdinal") // the stated rule keeps places; golden bytes notice a move
    public static void writeEnum(@Nullable Enum<?> constant, DataOutputView out) throws IOException {
        out.writeByte(constant == null ? -1 : constant.ordinal());
    }

    /** Reads a constant or null. */
    public static <E extends Enum<E>> @Nullable E readNullableEnum(E[] constants, DataInputView in) throws IOException {
        int ordinal = in.readByte();
        if (ordinal < -1 || ordinal >= constants.length) {
            throw new IOException("constant " + ordinal + " of an enum of " + constants.length
                    + ": a later release wrote it; go back to that release");
        }
        return ordinal == -1 ? null : constants[ordinal];
    }

    /** Reads a constant. */
    public static <E extends Enum<E>> E readEnum(E[] constants, DataInputView in) throws IOException {
        E constant = readNullableEnum(constants, in);
        if (constant == null) {
            throw new IOException(
                    "null where a " + constants[0].getDeclaringClass().getSimpleName() + " must be");
        }
        return constant;
    }

    /** Writes the number of elements, then each. */
    public static <T> void writeList(List<T> list, Write<? super T> write, DataOutputView out) throws IOException {
        writeLong(list.size(), out);
        for (T element : list) {
            write.write(element, out);
        }
    }

    /** Reads a list that {@link #writeList} wrote. */
    public static <T> List<T> readList(Read<T> read, DataInputView in) throws IOException {
        int size = Math.toIntExact(readLong(in));
        List<T> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(read.read(in));
        }
        return list;
    }
}
