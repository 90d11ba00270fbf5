package io.tanggap.core.measure;

import io.tanggap.core.statistics.Interval;
import io.tanggap.core.statistics.Survival;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A point of the curve of what is still open by its age (Kaplan–Meier). From its age on, until the next point, the share is
 * this one.
 *
 * @param hours the age, the upper edge of a bin; of the first point where the curve begins
 * @param survival the share that is still open at that age, in [0, 1]; where some are observed late, of those that were open
 *     where the curve begins
 * @param low the lower limit of its interval of 95 % (log–log); null where the share is 0 or 1, which have none
 * @param high the upper limit; null as the lower one
 * @param atRisk how many were under observation and open at the beginning of the bin; of the first point, where the curve begins
 */
public record CurvePoint(
        int hours,
        double survival,
        @Nullable Double low,
        @Nullable Double high,
        long atRisk) {
    /**
     * Where a curve begins, each bin in which it drops, and the last bin in which anybody is at risk: after that nothing is known.
     * Ages beyond the last edge have no order and are no points. Empty where nobody is at risk, or too few everywhere.
     */
    static List<CurvePoint> of(Survival curve) {
        int from = curve.conditionalFromBin();
        if (curve.cases() == 0 || from >= AgeBins.OVERFLOW) {
            return List.of();
        }
        List<CurvePoint> points = new ArrayList<>();
        points.add(new CurvePoint(from == 0 ? 0 : AgeBins.upperHours(from - 1), 1, null, null, curve.atRisk(from)));
        int last = AgeBins.OVERFLOW - 1;
        while (curve.atRisk(last) == 0) {
            last--;
        }
        double before = 1;
        for (int bin = from; bin <= last; bin++) {
            double survival = curve.survival(bin);
            if (survival < before || bin == last) {
                Interval between = curve.survivalInterval(bin);
                points.add(new CurvePoint(
                        AgeBins.upperHours(bin),
                        survival,
                        between == null ? null : between.lower(),
                        between == null ? null : between.upper(),
                        curve.atRisk(bin)));
            }
            before = survival;
        }
        return points;
    }
}
