package io.tanggap.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tanggap.core.statistics.Survival;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurvePointTest {
    private static final long[] NONE = new long[AgeBins.COUNT];

    private static long[] bins(int... bins) {
        long[] cases = new long[AgeBins.COUNT];
        for (int bin : bins) {
            cases[bin]++;
        }
        return cases;
    }

    /** Four cases: closed within 1 h and within 4 h; last seen open in the third hour and on the twelfth day. */
    @Test
    void itBeginsDropsWhereSomethingIsClosedAndEndsWithTheFollowUp() {
        List<CurvePoint> curve = CurvePoint.of(Survival.of(bins(0, 3), NONE, bins(2, 80)));
        assertThat(curve).extracting(CurvePoint::hours).containsExactly(0, 1, 4, 12 * 24);
        assertThat(curve).extracting(CurvePoint::survival).containsExactly(1.0, 0.75, 0.375, 0.375);
        assertThat(curve).extracting(CurvePoint::atRisk).containsExactly(4L, 4L, 2L, 1L);
        assertThat(curve.get(0).low()).as("of 1 there is no interval").isNull();
        // exp(-exp(log(-log S) ± 1.96 sqrt(Greenwood) / (S log S))), Greenwood's sum being 1/(4·3).
        assertThat(curve.get(1).low()).isCloseTo(0.1279, within(1e-4));
        assertThat(curve.get(1).high()).isCloseTo(0.9605, within(1e-4));
    }

    @Test
    void whereAllAreClosedItEndsAtNothing() {
        List<CurvePoint> curve = CurvePoint.of(Survival.of(bins(5, 5), NONE, NONE));
        assertThat(curve).containsExactly(new CurvePoint(0, 1, null, null, 2), new CurvePoint(6, 0, null, null, 2));
    }

    @Test
    void whereSomeAreObservedLateItBeginsWhereTenAreAtRisk() {
        long[] entries = new long[AgeBins.COUNT];
        entries[47] = 20;
        long[] open = new long[AgeBins.COUNT];
        open[71] = 12;
        long[] closed = new long[AgeBins.COUNT];
        closed[59] = 8;
        List<CurvePoint> curve = CurvePoint.of(Survival.withLateEntries(closed, NONE, open, entries));
        assertThat(curve).extracting(CurvePoint::hours).containsExactly(48, 60, 72);
        assertThat(curve).extracting(CurvePoint::survival).containsExactly(1.0, 0.6, 0.6);
        assertThat(curve).extracting(CurvePoint::atRisk).containsExactly(20L, 20L, 12L);
    }

    @Test
    void agesWithoutOrderAreNoPoints() {
        List<CurvePoint> curve = CurvePoint.of(Survival.of(bins(AgeBins.OVERFLOW), NONE, NONE));
        assertThat(curve).extracting(CurvePoint::hours).containsExactly(0, 104 * 168);
        assertThat(curve.get(1).survival()).isEqualTo(1);
    }

    @Test
    void whereNobodyOrTooFewAreAtRiskThereIsNone() {
        assertThat(CurvePoint.of(Survival.of(NONE, NONE, NONE))).isEmpty();
        assertThat(CurvePoint.of(Survival.withLateEntries(bins(50), NONE, NONE, bins(40))))
                .isEmpty();
    }
}
