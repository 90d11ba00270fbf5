package io.tanggap.flink.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.alert.Alerts.Told;
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
            60,
            true,
            false,
            List.of(),
            List.of(70L),
            Map.of("photo", 80L),
            Map.of("STALE.1", new Told(1, 90, 100)));

    @Test
    void aTombstoneKnowsItsEventsAndNothingElse() {
        CaseMemo tombstone = CaseMemo.tombstone(List.of(1L, 2L));
        assertThat(tombstone.archived()).isTrue();
        assertThat(tombstone.known()).containsExactly(1L, 2L);
        assertThat(tombstone.wakeAtMillis()).isEqualTo(CaseMemo.NEVER);
        assertThat(tombstone.foldAtMillis()).isEqualTo(CaseMemo.NEVER);
        assertThat(tombstone.contributed()).isEmpty();
        assertThat(tombstone.visits()).isEmpty();
    }

    @Test
    void aFingerprintIsTheFirstHalfOfAnId() {
        assertThat(CaseMemo.fingerprint("ffffffffffffffff0123456789abcdef")).isEqualTo(-1);
        assertThat(CaseMemo.fingerprint("0123456789abcdefffffffffffffffff")).isEqualTo(0x0123456789abcdefL);
    }

    @Test
    void aNewTimerLeavesTheRestAsItIs() {
        assertThat(memo.wakingAt(99).wakingAt(20)).isEqualTo(memo);
        assertThat(memo.foldingAt(98, 99).foldingAt(10, 25)).isEqualTo(memo);
        assertThat(memo.withLate("ffffffffffffffff0123456789abcdef").late()).containsExactly(70L, -1L);
        assertThat(memo.seenAt(10).late()).isEmpty();
    }
}
