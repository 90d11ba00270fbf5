package io.tanggap.flink.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Tally;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CaseMemoTest {
    private final CaseMemo memo = new CaseMemo(
            10,
            20,
            25,
            30,
            2,
            Map.of("cell", new Tally.Builder().add(Count.RECEIVED, 1).build()),
            1,
            40,
            List.of(50L),
            false);

    @Test
    void aTombstoneKeepsTheVersionAndTimeAndNothingThatGrows() {
        CaseMemo tombstone = memo.archivedAt(100);
        assertThat(tombstone.archived()).isTrue();
        assertThat(tombstone.asOfMillis()).isEqualTo(100);
        assertThat(tombstone.version()).isEqualTo(30);
        assertThat(tombstone.wakeAtMillis()).isEqualTo(CaseMemo.NEVER);
        assertThat(tombstone.foldAtMillis()).isEqualTo(CaseMemo.NEVER);
        assertThat(tombstone.contributed()).isEmpty();
        assertThat(tombstone.visits()).isEmpty();
    }

    @Test
    void aNewTimerLeavesTheRestAsItIs() {
        assertThat(memo.wakingAt(99).wakingAt(20)).isEqualTo(memo);
        assertThat(memo.foldingAt(98, 99).foldingAt(10, 25)).isEqualTo(memo);
    }
}
