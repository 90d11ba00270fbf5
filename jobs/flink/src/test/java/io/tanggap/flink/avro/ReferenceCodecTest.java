package io.tanggap.flink.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.CaseRules;
import io.tanggap.core.reference.Channel;
import io.tanggap.core.reference.Policy;
import io.tanggap.core.reference.Recipient;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.reference.Route;
import io.tanggap.core.reference.Validity;
import io.tanggap.flink.avro.Reading.Read;
import io.tanggap.flink.avro.Reading.Unreadable;
import io.tanggap.schema.RecipientMeans;
import io.tanggap.schema.ReferencePart;
import io.tanggap.schema.RouteKind;
import io.tanggap.schema.RouteParty;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /**
     * Version 3 had no word for working days: the frozen schema leaves out what came later, as a writer of then did.
     */
    @ParameterizedTest
    @CsvSource({
        "P14D, office, true, true", // what it meant: nobody writes a fortnight as 336 working hours
        "P1D, office, true, true",
        "PT6H, office, false, false",
        "PT30H, office, false, false",
        "P7D, , false, false",
        "P14D, office, false, true" // hours of a later pack, which could tell them from days, and then could not
    })
    void wholeDaysOfACalendarAreWorkingDaysInAPackThatCouldNotSay(
            Duration within, @Nullable String calendar, boolean written, boolean read) throws IOException {
        ReferencePack pack = withPolicy(within, calendar, written);

        assertThat(codec.assemble(codec.slices(pack, 1 << 20)))
                .as("a pack of today says which")
                .isEqualTo(new Read<>(pack));
        assertThat(codec.read(asOfVersion3(pack))).isEqualTo(withPolicy(within, calendar, read));
    }

    private static ReferencePack withPolicy(Duration within, @Nullable String calendar, boolean inDays) {
        return new ReferencePack(
                "p",
                Examples.NOON,
                "city",
                ZoneId.of("Asia/Jakarta"),
                Duration.ofDays(1),
                List.of(),
                List.of(),
                Map.of(),
                List.of(new Policy(
                        "policy",
                        Policy.Target.RESOLUTION,
                        null,
                        null,
                        null,
                        within,
                        inDays,
                        calendar,
                        Validity.ALWAYS)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null);
    }

    private DataInputStream asOfVersion3(ReferencePack pack) throws IOException {
        Schema current = new Schema.Parser()
                .parse(io.tanggap.schema.ReferencePack.getClassSchema().toString());
        Schema before;
        try (InputStream in = getClass().getResourceAsStream("/avro-history/ReferencePack/3.avsc")) {
            before = new Schema.Parser().parse(in);
        }
        byte[] bytes = codec.slices(pack, 1 << 20).get(0).content();
        GenericRecord record = new GenericDatumReader<GenericRecord>(current, before)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, 10, bytes.length - 10, null));
        byte[] written = new BinaryMessageEncoder<GenericRecord>(new GenericData(), before)
                .encode(record)
                .array();
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        new DataOutputStream(stored).writeInt(written.length);
        stored.write(written);
        return new DataInputStream(new ByteArrayInputStream(stored.toByteArray()));
    }

    @Test
    void aPackOfVersion3HasNoPausesAndTheRulesOfAPackThatSaysNothing() throws IOException {
        String third = Files.readAllLines(Path.of("src/test/resources/golden/types/ReferencePackSerializer.3.hex"))
                .get(3);
        byte[] stored = HexFormat.of().parseHex(third);

        ReferencePack pack = codec.read(new DataInputStream(new ByteArrayInputStream(stored, 1, stored.length - 1)));

        assertThat(pack.id()).isEqualTo(Examples.directoryPack().id());
        assertThat(pack.policies()).hasSize(2).noneMatch(Policy::inDays);
        assertThat(pack.targets()).as("policies are in their place").isEmpty();
        assertThat(pack.pauses()).isEmpty();
        assertThat(pack.rules()).isEqualTo(CaseRules.DEFAULT);
        assertThat(pack.channels()).extracting(Channel::reopensAtStars).containsOnlyNulls();
    }

    @Test
    void aPackOfVersion4TellsNobodyAndIsOtherwiseTheSame() throws IOException {
        String fourth = Files.readAllLines(Path.of("src/test/resources/golden/types/ReferencePackSerializer.4.hex"))
                .get(3);
        byte[] stored = HexFormat.of().parseHex(fourth);

        ReferencePack pack = codec.read(new DataInputStream(new ByteArrayInputStream(stored, 1, stored.length - 1)));

        assertThat(pack.routes()).isEmpty();
        assertThat(pack.recipients()).isEmpty();
        assertThat(pack)
                .usingRecursiveComparison()
                .ignoringFields("routes", "recipients")
                .isEqualTo(Examples.directoryPack());
    }

    @Test
    void everyKindPartyAndMeansHasItsNameInTheContract() {
        assertThat(names(RouteKind.values())).isEqualTo(names(AlertKind.values()));
        assertThat(names(RouteParty.values())).isEqualTo(names(Route.Party.values()));
        assertThat(names(RecipientMeans.values())).isEqualTo(names(Recipient.Means.values()));
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }

    @Test
    void aPackWithCategoriesHasTheirGroups() {
        assertThat(Examples.directoryPack().categoryGroups()).isEqualTo(Map.of("banjir", "water"));
    }
}
