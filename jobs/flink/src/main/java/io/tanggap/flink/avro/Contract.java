package io.tanggap.flink.avro;

import io.tanggap.flink.avro.Reading.Read;
import io.tanggap.flink.avro.Reading.Unreadable;
import io.tanggap.schema.CaseEvent;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.ClassSecurityValidator;
import org.jspecify.annotations.Nullable;

/**
 * One Avro contract in single-object encoding: the marker {@code C3 01}, the fingerprint of the writer's schema in eight
 * bytes, least first, then the datum. Writes with the current schema, reads every version of the frozen history. Encoder,
 * decoder, buffer and the record that is read into are reused: not thread-safe, and what is returned lives until the next
 * call.
 */
final class Contract<R extends SpecificRecordBase> {
    private static final int HEADER = 10;
    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static {
        // Avro loads generated classes by name and refuses those that are not trusted. Trusting them here spares every
        // JVM of a cluster a flag.
        String generated = CaseEvent.class.getPackageName();
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), type -> type.getPackageName()
                        .equals(generated)));
    }

    /** By fingerprint, of each subject: Flink makes serializers anew for every checkpoint, and schemas are long to parse. */
    private static final Map<String, Map<Long, Schema>> HISTORIES = new ConcurrentHashMap<>();

    private final String subject;
    private final SpecificDatumWriter<R> writer;
    private final Map<Long, DatumReader<R>> readers = new HashMap<>();
    private final Encoded encoded = new Encoded();
    private final byte[] header = new byte[HEADER];
    private byte[] scratch = new byte[512];
    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;
    private @Nullable R reused;
    private long knownFingerprint;
    private @Nullable DatumReader<R> knownReader;

    Contract(Class<R> type) {
        this(type, HISTORIES.computeIfAbsent(type.getSimpleName(), subject -> byFingerprint(history(subject))));
    }

    /** For a history that is not the frozen one. */
    Contract(Class<R> type, List<Schema> history) {
        this(type, byFingerprint(history));
    }

    private Contract(Class<R> type, Map<Long, Schema> history) {
        subject = type.getSimpleName();
        SpecificData model = SpecificData.getForClass(type);
        model.setFastReaderEnabled(true);
        Schema schema = model.getSchema(type);
        writer = new SpecificDatumWriter<>(schema, model);
        history.forEach(
                (fingerprint, written) -> readers.put(fingerprint, new SpecificDatumReader<>(written, schema, model)));
        long current = SchemaNormalization.parsingFingerprint64(schema);
        if (!readers.containsKey(current)) {
            throw new IllegalStateException("the current schema of " + subject
                    + " is not in its frozen history: add it to schemas/src/main/avro-history/" + subject);
        }
        header[0] = (byte) 0xC3;
        header[1] = 0x01;
        LITTLE_ENDIAN.set(header, 2, current);
    }

    private static Map<Long, Schema> byFingerprint(List<Schema> history) {
        return history.stream()
                .collect(Collectors.toUnmodifiableMap(
                        SchemaNormalization::parsingFingerprint64, Function.identity(), (one, same) -> one));
    }

    private static List<Schema> history(String subject) {
        List<Schema> versions = new ArrayList<>();
        while (true) {
            String path = "/avro-history/" + subject + "/" + (versions.size() + 1) + ".avsc";
            try (InputStream in = CaseEvent.class.getResourceAsStream(path)) {
                if (in == null) {
                    return versions;
                }
                versions.add(new Schema.Parser().parse(in));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the resource " + path, e);
            }
        }
    }

    /** What was written last. */
    static final class Encoded extends ByteArrayOutputStream {
        Encoded() {
            super(512);
        }

        /** Writes the length, then the bytes. */
        void writeTo(DataOutput out) throws IOException {
            out.writeInt(count);
            out.write(buf, 0, count);
        }
    }

    Encoded write(R datum) {
        encoded.reset();
        encoded.write(header, 0, HEADER);
        try {
            encoder = EncoderFactory.get().binaryEncoder(encoded, encoder);
            writer.write(datum, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory does not fail", e);
        }
        return encoded;
    }

    /** Whether the bytes begin as a datum of a version of this contract does. */
    boolean wrote(byte[] bytes) {
        return isMarked(bytes, bytes.length) && readerOf(fingerprint(bytes)) != null;
    }

    private static boolean isMarked(byte[] bytes, int length) {
        return length >= HEADER && bytes[0] == (byte) 0xC3 && bytes[1] == 0x01;
    }

    private static long fingerprint(byte[] bytes) {
        return (long) LITTLE_ENDIAN.get(bytes, 2);
    }

    private @Nullable DatumReader<R> readerOf(long fingerprint) {
        if (knownReader == null || fingerprint != knownFingerprint) {
            knownReader = readers.get(fingerprint);
            knownFingerprint = fingerprint;
        }
        return knownReader;
    }

    /** The datum in the first bytes of an array, which it must fill, or why there is none. */
    Reading<R> read(byte[] bytes, int length) {
        if (!isMarked(bytes, length)) {
            return new Unreadable<>(
                    "malformed.avro",
                    "The record does not begin as a " + subject + " does, with C3 01 and the fingerprint of its schema:"
                            + " something else was written to the topic.");
        }
        long fingerprint = fingerprint(bytes);
        DatumReader<R> reader = readerOf(fingerprint);
        if (reader == null) {
            return new Unreadable<>(
                    "malformed.unknown-schema",
                    "The record was written with schema " + Long.toHexString(fingerprint)
                            + ", which is no known version of " + subject
                            + ": upgrade this reader, then replay the dead letter.");
        }
        try {
            decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER, length - HEADER, decoder);
            reused = reader.read(reused, decoder);
            if (decoder.isEnd()) {
                return new Read<>(reused);
            }
            return new Unreadable<>(
                    "malformed.avro", "The record goes on after the end of its " + subject + ": it was damaged.");
        } catch (IOException | RuntimeException e) {
            reused = null; // half filled
            return new Unreadable<>(
                    "malformed.avro",
                    "The bytes are no " + subject + " of their schema ("
                            + e.getClass().getSimpleName() + "): the record was cut or damaged.");
        }
    }

    /** Reads what {@link Encoded#writeTo} wrote. */
    R read(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            throw new IOException("a stored " + subject + " cannot be read: its length is " + length);
        }
        if (length > scratch.length) {
            scratch = new byte[Math.max(length, 2 * scratch.length)];
        }
        in.readFully(scratch, 0, length);
        Reading<R> reading = read(scratch, length);
        if (reading instanceof Read<R> read) {
            return read.value();
        }
        throw new IOException("a stored " + subject + " cannot be read: " + ((Unreadable<R>) reading).message());
    }
}
