package io.tanggap.flink.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.flink.avro.Reading.Read;
import io.tanggap.flink.avro.Reading.Unreadable;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ChannelDeclarationCodecTest {
    /** What a writer of another language has to write. */
    private static final String GOLDEN = "c30176687b27be81ddcb08716c7565849102a413f689eac0f157";

    private final ChannelDeclarationCodec codec = new ChannelDeclarationCodec();

    @Test
    void aDeclarationIsReadAsItWasWritten() {
        for (ChannelDeclaration declaration : Examples.declarations()) {
            assertThat(codec.decode(codec.encode(declaration))).isEqualTo(new Read<>(declaration));
        }
    }

    @Test
    void theBytesAreTheGoldenOnes() {
        ChannelDeclaration first = Examples.declarations().get(0);
        assertThat(HexFormat.of().formatHex(codec.encode(first))).isEqualTo(GOLDEN);
        assertThat(codec.decode(HexFormat.of().parseHex(GOLDEN))).isEqualTo(new Read<>(first));
    }

    @Test
    void bytesThatAreNoDeclarationAreUnreadable() {
        byte[] whole = codec.encode(Examples.declarations().get(0));
        for (int length = 0; length < whole.length; length++) {
            assertThat(codec.decode(Arrays.copyOf(whole, length))).isInstanceOf(Unreadable.class);
        }
        assertThat(codec.decode(new CaseEventCodec().encode(Examples.events().get(0))))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void whatCannotBeIsUnreadableAndSaysWhy() {
        Contract<io.tanggap.schema.ChannelDeclaration> contract =
                new Contract<>(io.tanggap.schema.ChannelDeclaration.class);
        ChannelDeclaration first = Examples.declarations().get(0);
        byte[] negative = contract.write(
                        new io.tanggap.schema.ChannelDeclaration("qlue", first.day(), -1L, first.declaredAt()))
                .toByteArray();

        Reading<ChannelDeclaration> reading = codec.decode(negative);

        assertThat(reading).isInstanceOfSatisfying(Unreadable.class, unreadable -> {
            assertThat(unreadable.reason()).isEqualTo("invalid.content");
            assertThat(unreadable.message()).contains("events -1");
        });
    }
}
