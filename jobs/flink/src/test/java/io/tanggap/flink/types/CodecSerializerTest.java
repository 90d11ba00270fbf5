package io.tanggap.flink.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CodecSerializerTest {
    /** A record whose second component came with layout 2. */
    public record Place(String name, long height) {}

    /** Stands for the releases of one serializer: the layout is set from outside. */
    public static final class PlaceSerializer extends CodecSerializer<Place> {
        static int release = 1;

        @Override
        protected int version() {
            return release;
        }

        @Override
        protected void write(Place place, DataOutputView out) throws IOException {
            Wire.writeText(place.name(), out);
            if (release >= 2) {
                Wire.writeLong(place.height(), out);
            }
        }

        @Override
        protected Place read(int version, DataInputView in) throws IOException {
            return new Place(Wire.readText(in), version >= 2 ? Wire.readLong(in) : 0);
        }
    }

    @AfterEach
    void firstRelease() {
        PlaceSerializer.release = 1;
    }

    private static byte[] bytes(Place place) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        new PlaceSerializer().serialize(place, out);
        return out.getCopyOfBuffer();
    }

    private static byte[] snapshot() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, new PlaceSerializer().snapshotConfiguration());
        return out.getCopyOfBuffer();
    }

    private static TypeSerializerSchemaCompatibility<Place> restore(byte[] snapshot) throws IOException {
        TypeSerializerSnapshot<Place> old = TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(snapshot), CodecSerializerTest.class.getClassLoader());
        return new PlaceSerializer().snapshotConfiguration().resolveSchemaCompatibility(old);
    }

    @Test
    void theNextReleaseReadsTheStateOfTheLast() throws IOException {
        byte[] value = bytes(new Place("Tugu", 17));
        byte[] snapshot = snapshot();
        PlaceSerializer.release = 2;
        assertThat(restore(snapshot).isCompatibleAsIs()).isTrue();
        assertThat(new PlaceSerializer().deserialize(new DataInputDeserializer(value)))
                .isEqualTo(new Place("Tugu", 0));
    }

    @Test
    void theLastReleaseRefusesTheStateOfTheNext() throws IOException {
        PlaceSerializer.release = 2;
        byte[] value = bytes(new Place("Tugu", 17));
        byte[] snapshot = snapshot();
        PlaceSerializer.release = 1;
        assertThat(restore(snapshot).isIncompatible()).isTrue();
        assertThatThrownBy(() -> new PlaceSerializer().deserialize(new DataInputDeserializer(value)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("PlaceSerializer reads the layouts 1 to 1, found 2");
    }

    @Test
    void anotherSerializersSnapshotIsIncompatible() {
        assertThat(new PlaceSerializer()
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(cast(new DomainTypes.RawRecordSerializer().snapshotConfiguration()))
                        .isIncompatible())
                .isTrue();
    }

    @SuppressWarnings("unchecked")
    private static TypeSerializerSnapshot<Place> cast(TypeSerializerSnapshot<?> snapshot) {
        return (TypeSerializerSnapshot<Place>) snapshot;
    }

    @Test
    void numbersOfEverySizeAreReadAsWritten() throws IOException {
        List<Long> numbers = List.of(0L, -1L, 1L, 63L, 64L, -64L, -65L, 1L << 35, Long.MAX_VALUE, Long.MIN_VALUE);
        DataOutputSerializer out = new DataOutputSerializer(16);
        Wire.writeList(numbers, (number, view) -> Wire.writeLong(number, view), out);
        assertThat(Wire.readList(Wire::readLong, new DataInputDeserializer(out.getCopyOfBuffer())))
                .isEqualTo(numbers);
        out.clear();
        Wire.writeLong(-64, out);
        assertThat(out.length()).isEqualTo(1);
    }

    @Test
    void whatMayBeAbsentIsReadAsAbsent() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        Wire.writeNullableText(null, out);
        Wire.writeNullableText("", out);
        Wire.writeNullableInstant(null, out);
        Wire.writeNullableInstant(Instant.EPOCH.minusMillis(1), out);
        Wire.writeEnum(null, out);
        Wire.writeEnum(Thread.State.WAITING, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        assertThat(Wire.readNullableText(in)).isNull();
        assertThat(Wire.readNullableText(in)).isEmpty();
        assertThat(Wire.readNullableInstant(in)).isNull();
        assertThat(Wire.readNullableInstant(in)).isEqualTo(Instant.EPOCH.minusMillis(1));
        assertThat(Wire.readNullableEnum(Thread.State.values(), in)).isNull();
        assertThat(Wire.readEnum(Thread.State.values(), in)).isEqualTo(Thread.State.WAITING);
    }

    @Test
    void absenceWhereAValueMustBeIsAnIoException() {
        byte[] absent = {0, -1, 99};
        DataInputDeserializer in = new DataInputDeserializer(absent);
        assertThatThrownBy(() -> Wire.readText(in)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Wire.readEnum(Thread.State.values(), in)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Wire.readEnum(Thread.State.values(), in)).isInstanceOf(IOException.class);
    }
}
