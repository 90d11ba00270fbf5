package io.tanggap.flink.types;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.avro.CaseEventCodec;
import io.tanggap.flink.avro.ChannelDeclarationCodec;
import io.tanggap.flink.avro.DeadLetterCodec;
import io.tanggap.flink.avro.Incoming;
import io.tanggap.flink.avro.RawRecord;
import io.tanggap.flink.avro.ReferenceCodec;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * The types of what topics hold, on edges and in state; {@link OperatorTypes} has those of what operators make. The names of the serializers are stored in savepoints: they stay.
 */
public final class DomainTypes {
    public static final CodecType<CaseEvent> CASE_EVENT = new CodecType<>(CaseEvent.class, new CaseEventSerializer());
    public static final CodecType<Incoming> INCOMING = new CodecType<>(Incoming.class, new IncomingSerializer());
    public static final CodecType<DeadLetter> DEAD_LETTER =
            new CodecType<>(DeadLetter.class, new DeadLetterSerializer());
    public static final CodecType<ReferencePack> REFERENCE_PACK =
            new CodecType<>(ReferencePack.class, new ReferencePackSerializer());
    public static final CodecType<RawRecord> RAW_RECORD = new CodecType<>(RawRecord.class, new RawRecordSerializer());
    public static final CodecType<ChannelDeclaration> CHANNEL_DECLARATION =
            new CodecType<>(ChannelDeclaration.class, new ChannelDeclarationSerializer());

    /** All of them: each has golden bytes. */
    public static final List<CodecType<?>> ALL =
            List.of(CASE_EVENT, INCOMING, DEAD_LETTER, REFERENCE_PACK, RAW_RECORD, CHANNEL_DECLARATION);

    private DomainTypes() {}

    /** As in its topic. Layouts follow the versions of the contract; the codec tells them apart by the fingerprint within. */
    abstract static class AvroSerializer<T, C> extends CodecSerializer<T> {
        private transient @Nullable C codec;

        /** A codec of its own for this instance. */
        protected abstract C open();

        C codec() {
            if (codec == null) {
                codec = open();
            }
            return codec;
        }
    }

    /** Events as in their topic, with the length before. */
    public static final class CaseEventSerializer extends AvroSerializer<CaseEvent, CaseEventCodec> {
        @Override
        protected int version() {
            return 4;
        }

        @Override
        protected CaseEventCodec open() {
            return new CaseEventCodec();
        }

        @Override
        protected void write(CaseEvent event, DataOutputView out) throws IOException {
            codec().write(event, out);
        }

        @Override
        protected CaseEvent read(int version, DataInputView in) throws IOException {
            return codec().read(in);
        }
    }

    /** A tag, then what it says. */
    public static final class IncomingSerializer extends CodecSerializer<Incoming> {
        private static final int EVENT = 0;
        private static final int HEARTBEAT = 1;
        private static final int DEAD = 2;

        private final CaseEventSerializer events = new CaseEventSerializer();
        private final DeadLetterSerializer deadLetters = new DeadLetterSerializer();

        /** Raised with either of what is within. */
        @Override
        protected int version() {
            return 5;
        }

        @Override
        protected void write(Incoming incoming, DataOutputView out) throws IOException {
            if (incoming.event() != null) {
                out.writeByte(EVENT);
                events.serialize(incoming.event(), out);
            } else if (incoming.heartbeat() != null) {
                out.writeByte(HEARTBEAT);
                Wire.writeInstant(incoming.heartbeat(), out);
            } else if (incoming.deadLetter() != null) {
                out.writeByte(DEAD);
                deadLetters.serialize(incoming.deadLetter(), out);
            }
        }

        @Override
        protected Incoming read(int version, DataInputView in) throws IOException {
            int tag = in.readByte();
            return switch (tag) {
                case EVENT -> Incoming.of(events.deserialize(in));
                case HEARTBEAT -> Incoming.of(Wire.readInstant(in));
                case DEAD -> Incoming.of(deadLetters.deserialize(in));
                default -> throw new IOException("no incoming record has the tag " + tag);
            };
        }
    }

    /** Dead letters as in their topic, with the length before. */
    public static final class DeadLetterSerializer extends AvroSerializer<DeadLetter, DeadLetterCodec> {
        @Override
        protected int version() {
            return 3;
        }

        @Override
        protected DeadLetterCodec open() {
            return new DeadLetterCodec();
        }

        @Override
        protected void write(DeadLetter letter, DataOutputView out) throws IOException {
            codec().write(letter, out);
        }

        @Override
        protected DeadLetter read(int version, DataInputView in) throws IOException {
            return codec().read(in);
        }
    }

    /** Packs as the slices of their topic make them up, with the length before. */
    public static final class ReferencePackSerializer extends AvroSerializer<ReferencePack, ReferenceCodec> {
        @Override
        protected int version() {
            return 5;
        }

        @Override
        protected ReferenceCodec open() {
            return new ReferenceCodec();
        }

        @Override
        protected void write(ReferencePack pack, DataOutputView out) throws IOException {
            codec().write(pack, out);
        }

        @Override
        protected ReferencePack read(int version, DataInputView in) throws IOException {
            return codec().read(in);
        }
    }

    /** Declarations as in their topic, with the length before. */
    public static final class ChannelDeclarationSerializer
            extends AvroSerializer<ChannelDeclaration, ChannelDeclarationCodec> {
        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected ChannelDeclarationCodec open() {
            return new ChannelDeclarationCodec();
        }

        @Override
        protected void write(ChannelDeclaration declaration, DataOutputView out) throws IOException {
            codec().write(declaration, out);
        }

        @Override
        protected ChannelDeclaration read(int version, DataInputView in) throws IOException {
            return codec().read(in);
        }
    }

    /** The origin, then the bytes with their length before. */
    public static final class RawRecordSerializer extends CodecSerializer<RawRecord> {
        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(RawRecord record, DataOutputView out) throws IOException {
            Wire.writeText(record.origin(), out);
            Wire.writeBytes(record.bytes(), out);
        }

        @Override
        protected RawRecord read(int version, DataInputView in) throws IOException {
            return new RawRecord(Wire.readText(in), Wire.readBytes(in));
        }
    }
}
