package io.tanggap.flink.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.flink.avro.Reading.Read;
import io.tanggap.flink.avro.Reading.Unreadable;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeadLetterCodecTest {
    private final DeadLetterCodec codec = new DeadLetterCodec();

    @ParameterizedTest
    @EnumSource
    void aDeadLetterOfEveryStageIsReadAsItWasWritten(DeadLetter.Stage stage) {
        for (DeadLetter example : Examples.deadLetters()) {
            DeadLetter letter = new DeadLetter(
                    stage,
                    example.reason(),
                    example.message(),
                    example.origin(),
                    example.bytes(),
                    example.firstSeenAt());
            assertThat(codec.decode(codec.encode(letter))).isEqualTo(new Read<>(letter));
        }
    }

    @Test
    void readingOneLetterLeavesTheBytesOfTheOneBefore() {
        DeadLetter first = Examples.deadLetters().get(0);
        Reading<DeadLetter> reading = codec.decode(codec.encode(first));
        codec.decode(codec.encode(
                new DeadLetter(first.stage(), "x.y", "", "", new byte[] {9, 9, 9, 9, 9}, first.firstSeenAt())));
        assertThat(reading).isEqualTo(new Read<>(first));
    }

    @Test
    void bytesThatAreNoDeadLetterAreUnreadable() {
        byte[] whole = codec.encode(Examples.deadLetters().get(0));
        assertThat(codec.decode(new CaseEventCodec().encode(Examples.events().get(0))))
                .isInstanceOf(Unreadable.class);
        for (int length = 0; length < whole.length; length++) {
            assertThat(codec.decode(Arrays.copyOf(whole, length))).isInstanceOf(Unreadable.class);
        }
    }
}
