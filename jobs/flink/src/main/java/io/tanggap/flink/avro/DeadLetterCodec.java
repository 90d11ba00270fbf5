package io.tanggap.flink.avro;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.schema.Stage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of the topic dead-letters. Not thread-safe: one per operator instance. */
public final class DeadLetterCodec {
    private static final Twins<DeadLetter.Stage, Stage> STAGES = new Twins<>(DeadLetter.Stage.class, Stage.class);

    private final Contract<io.tanggap.schema.DeadLetter> letters = new Contract<>(io.tanggap.schema.DeadLetter.class);

    /** A dead letter as a record of the topic. */
    public byte[] encode(DeadLetter letter) {
        return letters.write(wire(letter)).toByteArray();
    }

    /** What a record of the topic says. */
    public Reading<DeadLetter> decode(byte[] bytes) {
        return letters.read(bytes, bytes.length).map(DeadLetterCodec::core);
    }

    /** Writes a dead letter where its end must be found again, as in state and on edges. */
    public void write(DeadLetter letter, DataOutput out) throws IOException {
        letters.write(wire(letter)).writeTo(out);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if there is something else
     */
    public DeadLetter read(DataInput in) throws IOException {
        return core(letters.read(in));
    }

    private static io.tanggap.schema.DeadLetter wire(DeadLetter letter) {
        return new io.tanggap.schema.DeadLetter(
                STAGES.wire(letter.stage()),
                letter.reason(),
                letter.message(),
                letter.origin(),
                ByteBuffer.wrap(letter.bytes()),
                letter.firstSeenAt());
    }

    private static DeadLetter core(io.tanggap.schema.DeadLetter wire) {
        return new DeadLetter(
                STAGES.core(wire.getStage()),
                wire.getReason(),
                wire.getMessage(),
                wire.getOrigin(),
                Slices.copy(wire.getBytes()),
                wire.getFirstSeenAt());
    }
}
