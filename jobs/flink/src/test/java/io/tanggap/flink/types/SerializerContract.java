package io.tanggap.flink.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;

/**
 * What every type of the catalogues keeps: values survive a round trip, and the bytes that a release wrote are read by
 * every later one. The golden file of a layout holds the serializer's snapshot in its first line and one value in each
 * other, in hexadecimal digits. {@code -Dgolden.update=true} writes the file of the current layout, and of no other.
 */
public final class SerializerContract {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/types");
    private static final HexFormat HEX = HexFormat.of();

    private SerializerContract() {}

    /** Checks a type with values of every kind. */
    public static <T> void check(CodecType<T> type, List<T> values) throws Exception {
        assertThat(values).as("examples of %s", type).isNotEmpty();
        SerializerConfigImpl strict = new SerializerConfigImpl();
        strict.setGenericTypes(false);
        // As it reaches a worker: by Java serialization.
        CodecType<T> shipped = InstantiationUtil.deserializeObject(
                InstantiationUtil.serializeObject(type), type.getClass().getClassLoader());
        assertThat(shipped).isEqualTo(type).hasSameHashCodeAs(type);
        TypeSerializer<T> serializer = shipped.createSerializer(strict);
        assertThat(serializer.duplicate()).isEqualTo(serializer).isNotSameAs(serializer);
        roundTrip(serializer, values);
        golden((CodecSerializer<T>) serializer, values);
    }

    private static <T> void roundTrip(TypeSerializer<T> serializer, List<T> values) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        for (T value : values) {
            serializer.serialize(value, out);
            assertThat(serializer.copy(value)).isSameAs(value);
        }
        DataOutputSerializer copy = new DataOutputSerializer(64);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        for (T value : values) {
            serializer.copy(in, copy);
        }
        assertThat(copy.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
        in = new DataInputDeserializer(copy.getCopyOfBuffer());
        for (T value : values) {
            assertThat(serializer.deserialize(in)).isEqualTo(value);
        }
        assertThat(in.available()).isZero();
    }

    private static <T> void golden(CodecSerializer<T> serializer, List<T> values) throws IOException {
        String name = serializer.getClass().getSimpleName();
        List<String> current = new ArrayList<>();
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
        current.add(HEX.formatHex(out.getCopyOfBuffer()));
        for (T value : values) {
            out.clear();
            serializer.serialize(value, out);
            current.add(HEX.formatHex(out.getCopyOfBuffer()));
        }
        for (int version = 1; version <= serializer.version(); version++) {
            Path file = GOLDEN.resolve(name + "." + version + ".hex");
            boolean isCurrent = version == serializer.version();
            if (isCurrent && Boolean.getBoolean("golden.update")) {
                assertThat(System.getenv("CI"))
                        .as("golden files are looked at before they are committed: not updated in CI")
                        .isNull();
                Files.createDirectories(GOLDEN);
                Files.write(file, current);
            }
            assertThat(file)
                    .as("golden bytes of %s, layout %d; run once with -Dgolden.update=true", name, version)
                    .exists();
            List<String> lines = Files.readAllLines(file);
            if (isCurrent) {
                assertThat(current)
                        .as(
                                "%s writes other bytes than its layout %d did: raise its version and keep %s, or, if the"
                                        + " layout was never released, run with -Dgolden.update=true",
                                name, version, file)
                        .isEqualTo(lines);
            }
            TypeSerializer<T> restored = restore(serializer, lines.get(0));
            for (int i = 1; i < lines.size(); i++) {
                DataInputDeserializer in = new DataInputDeserializer(HEX.parseHex(lines.get(i)));
                T value = restored.deserialize(in);
                assertThat(in.available()).isZero();
                if (isCurrent) {
                    assertThat(value).isEqualTo(values.get(i - 1));
                }
            }
        }
    }

    /** As Flink does with a savepoint: by the snapshot that lies in it. */
    private static <T> TypeSerializer<T> restore(CodecSerializer<T> serializer, String snapshot) throws IOException {
        TypeSerializerSnapshot<T> old = TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(HEX.parseHex(snapshot)), SerializerContract.class.getClassLoader());
        assertThat(serializer
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(old)
                        .isCompatibleAsIs())
                .isTrue();
        return old.restoreSerializer();
    }
}
