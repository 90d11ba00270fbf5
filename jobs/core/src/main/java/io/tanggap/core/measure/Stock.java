package io.tanggap.core.measure;

import io.tanggap.core.measure.Count.Time;

/**
 * What stands at the midnight that begins a local day: the sum of the flows of all days before.
 *
 * @param flows of the days before
 * @param day the one that begins
 */
public record Stock(Tally flows, Day day) {
    long open() {
        return flows.get(Count.OPEN_ENTERED) - flows.get(Count.OPEN_LEFT);
    }

    /**
     * Open cases of an age in (from, to] days since the submission.
     *
     * @param to {@link Long#MAX_VALUE} for no bound
     */
    long open(long from, long to) {
        long[] sum = {0};
        flows.forEach(Count.BACKLOG, (submitted, cases) -> {
            // Submitted on that day, a case is more than days − 1 and at most days old.
            long days = day.number() - submitted;
            if (days > from && days <= to) {
                sum[0] += cases;
            }
        });
        return sum[0];
    }

    /** Open cases without an event for more than so many days. */
    long silentOver(long days) {
        long[] sum = {0};
        flows.forEach(Count.SILENCE, (latest, cases) -> {
            if (day.number() - latest > days) {
                sum[0] += cases;
            }
        });
        return sum[0];
    }

    /** How long all stretches of a kind have lasted by this midnight, in seconds. */
    long seconds(Time kind) {
        return Math.addExact(
                Math.multiplyExact(
                        flows.get(Count.TIME_RUNNING, kind.code()), day.start().getEpochSecond()),
                flows.get(Count.TIME_SECONDS, kind.code()));
    }
}
