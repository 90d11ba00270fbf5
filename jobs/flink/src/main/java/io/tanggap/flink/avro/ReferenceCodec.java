package io.tanggap.flink.avro;

import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.avro.Reading.Unreadable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the topic reference: packs, cut into slices that fit into a record. Not thread-safe: one per operator
 * instance.
 */
public final class ReferenceCodec {
    private final Contract<io.tanggap.schema.ReferencePack> packs =
            new Contract<>(io.tanggap.schema.ReferencePack.class);
    private final Contract<io.tanggap.schema.ReferencePart> parts =
            new Contract<>(io.tanggap.schema.ReferencePart.class);

    /** The slices of a pack in their order, each with at most {@code sliceBytes} of it. */
    public List<ReferencePart> slices(ReferencePack pack, int sliceBytes) {
        byte[] whole = packs.write(PackWire.wire(pack)).toByteArray();
        String sha256 = Slices.sha256(whole);
        int count = (whole.length + sliceBytes - 1) / sliceBytes;
        List<ReferencePart> slices = new ArrayList<>(count);
        for (int number = 0; number < count; number++) {
            byte[] slice = Slices.slice(whole, number, sliceBytes);
            slices.add(new ReferencePart(pack.id(), pack.knownFrom(), number, count, sha256, slice));
        }
        return slices;
    }

    /**
     * The pack of these slices.
     *
     * @param slices all slices of the pack, in their order
     */
    public Reading<ReferencePack> assemble(List<ReferencePart> slices) {
        byte[] whole = new byte
                [slices.stream().mapToInt(slice -> slice.content().length).sum()];
        ByteBuffer filling = ByteBuffer.wrap(whole);
        slices.forEach(slice -> filling.put(slice.content()));
        if (!Slices.sha256(whole).equals(slices.get(0).sha256())) {
            return new Unreadable<>(
                    "malformed.checksum",
                    "The slices of reference pack " + slices.get(0).packId()
                            + " do not give its checksum: publish the pack again.");
        }
        return checked(packs.read(whole, whole.length), wire -> {
            ReferencePack pack = PackWire.core(wire);
            // What its units are to each other, too: an operator that met it first would fail at every restart.
            Reference.of(List.of(pack));
            return pack;
        });
    }

    /** A slice as a record of the topic. */
    public byte[] encode(ReferencePart part) {
        return parts.write(wire(part)).toByteArray();
    }

    /**
     * What a record of the topic says.
     *
     * @param bytes null, the deletion mark of Kafka, is unreadable
     */
    public Reading<ReferencePart> decode(byte @Nullable [] bytes) {
        if (bytes == null) {
            return new Unreadable<>(
                    "malformed.avro", "The record has no value: reference is a log, nothing is deleted from it.");
        }
        return checked(parts.read(bytes, bytes.length), ReferenceCodec::core);
    }

    /** Refuses what the record of the core refuses, with its words. */
    private static <W, T> Reading<T> checked(Reading<W> reading, Function<W, T> core) {
        try {
            return reading.map(core);
        } catch (RuntimeException e) {
            return new Unreadable<>("invalid.reference", "The reference cannot be used: " + e.getMessage());
        }
    }

    /** Writes a pack where its end must be found again, as in state and on edges. */
    public void write(ReferencePack pack, DataOutput out) throws IOException {
        packs.write(PackWire.wire(pack)).writeTo(out);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if there is something else
     */
    public ReferencePack read(DataInput in) throws IOException {
        return PackWire.core(packs.read(in));
    }

    private static io.tanggap.schema.ReferencePart wire(ReferencePart part) {
        return new io.tanggap.schema.ReferencePart(
                part.packId(),
                part.knownFrom(),
                part.part(),
                part.parts(),
                part.sha256(),
                ByteBuffer.wrap(part.content()));
    }

    private static ReferencePart core(io.tanggap.schema.ReferencePart wire) {
        return new ReferencePart(
                wire.getPackId(),
                wire.getKnownFrom(),
                wire.getPart(),
                wire.getParts(),
                wire.getSha256(),
                Slices.copy(wire.getContent()));
    }
}
