package io.tanggap.flink.avro;

import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.flink.avro.Reading.Unreadable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The bytes of the topic channel-declarations. Not thread-safe: one per operator instance. */
public final class ChannelDeclarationCodec {
    private final Contract<io.tanggap.schema.ChannelDeclaration> declarations =
            new Contract<>(io.tanggap.schema.ChannelDeclaration.class);

    /** A declaration as a record of the topic. */
    public byte[] encode(ChannelDeclaration declaration) {
        return declarations.write(wire(declaration)).toByteArray();
    }

    /**
     * What a record of the topic says.
     *
     * @param bytes none, as of the deletion mark of Kafka, are unreadable: what was declared is corrected, not deleted
     */
    public Reading<ChannelDeclaration> decode(byte[] bytes) {
        try {
            return declarations.read(bytes, bytes.length).map(ChannelDeclarationCodec::core);
        } catch (IllegalArgumentException e) {
            return new Unreadable<>(
                    "invalid.content",
                    "The declaration says what cannot be (" + e.getMessage() + "): declare the day again.");
        }
    }

    /** Writes a declaration where its end must be found again, as on edges. */
    public void write(ChannelDeclaration declaration, DataOutput out) throws IOException {
        declarations.write(wire(declaration)).writeTo(out);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if there is something else
     */
    public ChannelDeclaration read(DataInput in) throws IOException {
        return core(declarations.read(in));
    }

    private static io.tanggap.schema.ChannelDeclaration wire(ChannelDeclaration declaration) {
        return new io.tanggap.schema.ChannelDeclaration(
                declaration.channel(), declaration.day(), declaration.events(), declaration.declaredAt());
    }

    private static ChannelDeclaration core(io.tanggap.schema.ChannelDeclaration wire) {
        return new ChannelDeclaration(wire.getChannel(), wire.getDay(), wire.getEvents(), wire.getDeclaredAt());
    }
}
