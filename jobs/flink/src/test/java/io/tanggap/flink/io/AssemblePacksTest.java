package io.tanggap.flink.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.avro.Examples;
import io.tanggap.flink.avro.RawRecord;
import io.tanggap.flink.avro.ReferenceCodec;
import io.tanggap.flink.avro.ReferencePart;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AssemblePacksTest {
    private static final ReferencePack PACK = Examples.packs().get(0);

    private final Clock clock = Clock.fixed(Examples.NOON, ZoneOffset.UTC);
    private final ReferenceCodec codec = new ReferenceCodec();
    private OneInputStreamOperatorTestHarness<RawRecord, ReferencePack> harness;
    private int offset;

    @BeforeEach
    void open() throws Exception {
        harness = ProcessFunctionTestHarnesses.forProcessFunction(new AssemblePacks(clock));
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    private List<RawRecord> records(ReferencePack pack) {
        List<RawRecord> records = new ArrayList<>();
        for (ReferencePart part : codec.slices(pack, 50)) {
            records.add(new RawRecord("reference-0@" + offset++, codec.encode(part)));
        }
        assertThat(records).hasSizeGreaterThan(2);
        return records;
    }

    private void feed(List<RawRecord> records) throws Exception {
        for (RawRecord record : records) {
            harness.processElement(new StreamRecord<>(record));
        }
    }

    private List<DeadLetter> deadLetters() {
        var letters = harness.getSideOutput(ReferenceSource.DEAD_LETTERS);
        return letters == null
                ? List.of()
                : letters.stream().map(StreamRecord::getValue).toList();
    }

    private static ReferencePack other(String id, String city) {
        return new ReferencePack(
                id,
                PACK.knownFrom(),
                city,
                ZoneId.of("UTC"),
                Duration.ofDays(1),
                PACK.units(),
                PACK.targets(),
                Map.of());
    }

    @Test
    void aPackComesOutWithItsLastSlice() throws Exception {
        List<RawRecord> records = records(PACK);
        feed(records.subList(0, records.size() - 1));
        assertThat(harness.extractOutputValues()).isEmpty();
        feed(records.subList(records.size() - 1, records.size()));
        assertThat(harness.extractOutputValues()).containsExactly(PACK);
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void slicesInAnyOrderAndTwiceAndAmongThoseOfAnotherPackMakeOnePack() throws Exception {
        ReferencePack other = other("other", "bogor");
        List<RawRecord> first = records(PACK);
        List<RawRecord> second = records(other);
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            feed(
                    i < second.size()
                            ? List.of(second.get(second.size() - 1 - i), second.get(second.size() - 1 - i))
                            : List.of());
            feed(i < first.size() ? List.of(first.get(i)) : List.of());
        }
        feed(first);
        assertThat(harness.extractOutputValues()).containsExactlyInAnyOrder(PACK, other);
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void anUnfinishedPackIsFinishedAfterARestore() throws Exception {
        List<RawRecord> records = records(PACK);
        feed(records.subList(0, 2));
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        harness.close();

        restore(snapshot);
        feed(records.subList(2, records.size()));
        assertThat(harness.extractOutputValues()).containsExactly(PACK);
    }

    @Test
    void aFinishedPackDoesNotComeOutAgainAfterARestore() throws Exception {
        feed(records(PACK));
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        harness.close();

        restore(snapshot);
        feed(records(PACK));
        assertThat(harness.extractOutputValues()).isEmpty();
        assertThat(deadLetters()).isEmpty();
    }

    private void restore(OperatorSubtaskState snapshot) throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(
                new org.apache.flink.streaming.api.operators.ProcessOperator<>(new AssemblePacks(clock)), 1, 1, 0);
        harness.setup();
        harness.initializeState(snapshot);
        harness.open();
    }

    @Test
    void anotherContentUnderAKnownIdIsADeadLetterPerSlice() throws Exception {
        feed(records(PACK));
        List<RawRecord> changed = records(other(PACK.id(), "bogor"));
        feed(changed);
        assertThat(harness.extractOutputValues()).containsExactly(PACK);
        assertThat(deadLetters()).extracting(DeadLetter::reason).containsOnly("invalid.reference-changed");
        assertThat(deadLetters())
                .extracting(letter -> new RawRecord(letter.origin(), letter.bytes()))
                .isEqualTo(changed);
    }

    @Test
    void aSliceThatWasDamagedMakesDeadLettersOfItsPackAndThePackCanComeAgain() throws Exception {
        List<ReferencePart> parts = codec.slices(PACK, 100);
        parts.get(1).content()[7] ^= 1;
        List<RawRecord> damaged = parts.stream()
                .map(part -> new RawRecord("reference-0@" + offset++, codec.encode(part)))
                .toList();
        feed(damaged);
        assertThat(deadLetters()).extracting(DeadLetter::reason).containsOnly("malformed.checksum");
        assertThat(deadLetters())
                .extracting(letter -> new RawRecord(letter.origin(), letter.bytes()))
                .isEqualTo(damaged);
        feed(records(PACK));
        assertThat(harness.extractOutputValues()).containsExactly(PACK);
    }

    @Test
    void aRecordThatIsNoSliceIsADeadLetter() throws Exception {
        feed(List.of(new RawRecord("reference-0@9", new byte[] {1})));
        assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo("malformed.avro");
            assertThat(letter.origin()).isEqualTo("reference-0@9");
            assertThat(letter.firstSeenAt()).isEqualTo(Examples.NOON);
        });
    }
}
