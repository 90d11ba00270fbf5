package io.tanggap.flink.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.flink.avro.Reading.Read;
import io.tanggap.flink.avro.Reading.Unreadable;
import io.tanggap.schema.ReferencePart;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceCodecTest {
    private final ReferenceCodec codec = new ReferenceCodec();

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 1 << 20})
    void aPackIsPutTogetherFromItsSlices(int sliceBytes) {
        for (ReferencePack pack : Examples.packs()) {
            List<io.tanggap.flink.avro.ReferencePart> read = new ArrayList<>();
            for (io.tanggap.flink.avro.ReferencePart slice : codec.slices(pack, sliceBytes)) {
                assertThat(slice.content()).hasSizeBetween(1, sliceBytes);
                Reading<io.tanggap.flink.avro.ReferencePart> reading = codec.decode(codec.encode(slice));
                assertThat(reading).isEqualTo(new Read<>(slice));
                read.add(((Read<io.tanggap.flink.avro.ReferencePart>) reading).value());
            }
            assertThat(codec.assemble(read)).isEqualTo(new Read<>(pack));
        }
    }

    @Test
    void slicesOfAnotherContentDoNotGiveTheChecksum() {
        List<io.tanggap.flink.avro.ReferencePart> slices =
                new ArrayList<>(codec.slices(Examples.packs().get(0), 100));
        slices.get(1).content()[3] ^= 1;
        assertThat(codec.assemble(slices))
                .isInstanceOfSatisfying(Unreadable.class, unreadable -> assertThat(unreadable.reason())
                        .isEqualTo("malformed.checksum"));
    }

    @Test
    void aPackWhoseUnitsCannotBeIsUnreadableAndStopsNoJob() {
        ReferencePack circle = new ReferencePack(
                "circle",
                Examples.NOON,
                "city",
                ZoneId.of("Asia/Jakarta"),
                Duration.ofDays(1),
                List.of(new Unit("a", "A", "kota", "b"), new Unit("b", "B", "kota", "a")),
                List.of(),
                Map.of());

        assertThat(codec.assemble(codec.slices(circle, 1 << 19)))
                .isInstanceOfSatisfying(Unreadable.class, unreadable -> {
                    assertThat(unreadable.reason()).isEqualTo("invalid.reference");
                    assertThat(unreadable.message()).contains("is its own ancestor");
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2, 3})
    void aSliceBeyondTheNumberOfSlicesIsInvalid(int part) throws Exception {
        ByteBuffer bytes = ReferencePart.getEncoder()
                .encode(new ReferencePart("p", Examples.NOON, part, 2, "00", ByteBuffer.allocate(1)));
        byte[] record = new byte[bytes.remaining()];
        bytes.get(record);
        assertThat(codec.decode(record))
                .isInstanceOfSatisfying(Unreadable.class, unreadable -> assertThat(unreadable.reason())
                        .isEqualTo("invalid.reference"));
    }

    /** The golden bytes of the first layout hold packs of version 1 behind the layout's number. */
    @Test
    void aPackOfTheFirstVersionIsReadAsThenWithoutWhatCameLater() throws Exception {
        List<String> lines =
                Files.readAllLines(Path.of("src/test/resources/golden/types/ReferencePackSerializer.1.hex"));
        for (int i = 0; i < 2; i++) {
            byte[] stored = HexFormat.of().parseHex(lines.get(i + 1));
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored, 1, stored.length - 1));

            assertThat(codec.read(in)).isEqualTo(Examples.packs().get(i));
        }
    }

    @Test
    void theTargetsOfAPackWithPoliciesAreThoseThatAreJudged() {
        assertThat(Examples.directoryPack().targets()).singleElement().satisfies(target -> assertThat(target.id())
                .isEqualTo("crm"));
        assertThat(Examples.directoryPack().categoryGroups()).isEqualTo(Map.of("banjir", "water"));
    }
}
