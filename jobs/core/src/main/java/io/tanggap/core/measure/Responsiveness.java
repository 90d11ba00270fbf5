package io.tanggap.core.measure;

import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.measure.Count.Competence;
import io.tanggap.core.measure.Count.End;
import io.tanggap.core.measure.Count.Time;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.statistics.Bunching;
import io.tanggap.core.statistics.Histogram;
import io.tanggap.core.statistics.Interval;
import io.tanggap.core.statistics.Proportion;
import io.tanggap.core.statistics.Survival;
import io.tanggap.core.statistics.Survival.Quantile;
import io.tanggap.core.statistics.Survival.QuantileInterval;
import io.tanggap.core.statistics.Survival.State;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a window, each a function of one summed snapshot and of the stocks at its two ends. What each one means is
 * in {@link Measure}, by its name: a group ({@code counts}, {@code shares}, {@code times}, {@code ratios}, {@code seconds})
 * and a field with its unit. A share, where it has one, has its interval of 95 % beside it, {@code _low} and
 * {@code _high}; so has a quantile.
 *
 * <p>A figure that cannot be stated is absent, and of times and of coverage {@link #states} says why. Counts that are zero are absent but
 * for the principal ones.
 */
public final class Responsiveness {
    /** Of coverage: no source has said of any day how many events it has. */
    public static final String UNDECLARED = "UNDECLARED";

    /** Of coverage: the source says that it has no event of the days that it declared. */
    public static final String DECLARED_EMPTY = "DECLARED_EMPTY";

    private static final int[] PERCENTS = {50, 80, 90};
    private static final int[] LATENESS_PERCENTS = {50, 99};
    private static final long[] AGE_EDGES = {0, 3, 7, 14, 30, 90, 180};
    private static final long[] SILENCES = {3, 7, 14, 30};
    private static final Set<Target> OTHER_TARGETS = EnumSet.complementOf(EnumSet.of(Target.RESOLUTION));
    private static final int MONTH_HOURS = 30 * 24;
    private static final int MONTH_BIN = AgeBins.ofMillis(MONTH_HOURS * 3_600_000L);
    private static final double WHOLE = 1_000_000;
    private static final long DAY_SECONDS = 86_400;
    private static final int MOST_STARS = 5;

    private final SortedMap<String, Number> figures = new TreeMap<>();
    private final SortedMap<String, String> states = new TreeMap<>();
    private final Snapshot window;
    private final Tally counts;
    private @Nullable Survival close;

    private Responsiveness(Snapshot window) {
        this.window = window;
        this.counts = window.counts();
    }

    /**
     * The figures of a window.
     *
     * @param window the sum of the snapshots of the window's cells
     * @param opening the stock at the midnight that begins it
     * @param closing the stock at the midnight that ends it, or at the last one while the window goes on
     * @param now the flows of all days before the window's end, those of today included while it goes on
     */
    public static Responsiveness of(Snapshot window, Stock opening, Stock closing, Tally now) {
        Responsiveness figures = new Responsiveness(window);
        figures.volume(now, closing);
        figures.onTime();
        figures.targets();
        figures.times();
        figures.lasting();
        figures.handing();
        figures.waiting(opening, closing);
        figures.claims();
        return figures;
    }

    /** The figures of what a unit hands on to one other. */
    public static Responsiveness ofPair(Snapshot window) {
        Responsiveness figures = new Responsiveness(window);
        figures.principal("hops", figures.counts.get(Count.PAIR_HOPS));
        figures.count("hops_back", Count.PAIR_RETURNS);
        figures.quantiles("stay_before_hop", window.staysBeforeHops(), 50);
        return figures;
    }

    /** The figures of a channel, or of all of them: how complete and how late what it sends is. */
    public static Responsiveness ofChannel(Snapshot window) {
        Responsiveness figures = new Responsiveness(window);
        figures.coverage();
        figures.lateness();
        return figures;
    }

    /** The same, and what was received for every 1,000 residents of a territory; null if their number is not known. */
    public Responsiveness perResidents(@Nullable Long residents) {
        if (residents == null) {
            return this;
        }
        Responsiveness more = new Responsiveness(window);
        more.figures.putAll(figures);
        more.states.putAll(states);
        more.close = close;
        more.ratio("received_per_1000_residents", 1_000 * count("received"), residents);
        return more;
    }

    /** Whole numbers, shares, hours and ratios by name. */
    public SortedMap<String, Number> figures() {
        return Collections.unmodifiableSortedMap(figures);
    }

    /**
     * Of each time that could be stated, and of coverage, whether it could: {@code VALUE}, {@code NOT_REACHED} and so on.
     */
    public SortedMap<String, String> states() {
        return Collections.unmodifiableSortedMap(states);
    }

    /** A whole number; 0 if it is absent. */
    public long count(String name) {
        Number count = figures.get("counts." + name);
        return count == null ? 0 : count.longValue();
    }

    /** A share, in [0, 1]; null if it cannot be stated. */
    public @Nullable Double share(String name) {
        Number share = figures.get("shares." + name);
        return share == null ? null : share.doubleValue();
    }

    /**
     * How many of the problems are still open by their age, in hours, until they are closed in whatever way: the curve of which
     * {@code close_p50_hours} and its like are the quantiles. Empty where nobody is at risk, and of figures without one.
     */
    public List<CurvePoint> closeCurve() {
        return close == null ? List.of() : CurvePoint.of(close);
    }

    private void principal(String name, long count) {
        figures.put("counts." + name, count);
    }

    private long count(String name, long count) {
        if (count != 0) {
            principal(name, count);
        }
        return count;
    }

    private long count(String name, Count count) {
        return count(name, counts.get(count));
    }

    /** A share of cases, with its interval. */
    private void share(String name, long successes, long trials) {
        if (successes < 0 || successes > trials) {
            // Of a stock of which, in between, only some of the days have arrived.
            return;
        }
        Proportion proportion = new Proportion(successes, trials);
        Double share = proportion.share();
        Interval interval = proportion.wilson();
        if (share != null && interval != null) {
            figures.put("shares." + name, share);
            figures.put("shares." + name + "_low", interval.lower());
            figures.put("shares." + name + "_high", interval.upper());
        }
    }

    /** A share of an amount, of which there is no interval. */
    private void part(String name, long part, long whole) {
        if (whole != 0) {
            figures.put("shares." + name, (double) part / whole);
        }
    }

    private void ratio(String name, long numerator, long denominator) {
        if (denominator != 0) {
            figures.put("ratios." + name, (double) numerator / denominator);
        }
    }

    private void volume(Tally now, Stock closing) {
        long received = counts.get(Count.RECEIVED);
        principal("received", received);
        long problems = count("problems", Count.PROBLEMS);
        ratio("reports_per_problem", counts.get(Count.PROBLEM_REPORTS), problems);
        long unaccounted = received
                - count("cohort_met", Count.COHORT_MET)
                - count("cohort_missed_late", Count.COHORT_MISSED_LATE)
                - count("cohort_missed_open", Count.COHORT_MISSED_OPEN)
                - count("cohort_running", Count.COHORT_RUNNING)
                - count("cohort_paused", Count.COHORT_PAUSED)
                - count("cohort_undecidable", Count.COHORT_UNDECIDABLE)
                - count("cohort_not_applicable", Count.COHORT_NOT_APPLICABLE);
        count("unaccounted", unaccounted);
        principal("open_entered", counts.get(Count.OPEN_ENTERED));
        principal("open_left", counts.get(Count.OPEN_LEFT));
        long closed = 0;
        for (Outcome outcome : Outcome.values()) {
            closed += count("closed_" + name(outcome), counts.closed(outcome));
        }
        principal("closed", closed);
        count("reopened", Count.REOPENED);
        principal("open", now.get(Count.OPEN_ENTERED) - now.get(Count.OPEN_LEFT));
        principal("overdue", now.get(Count.OVERDUE_ENTERED) - now.get(Count.OVERDUE_LEFT));
        count("without_target", now.get(Count.NO_TARGET_ENTERED) - now.get(Count.NO_TARGET_LEFT));
        count("stale", now.get(Count.STALE_ENTERED) - now.get(Count.STALE_LEFT));
        long standing = count("open_at_midnight", closing.open());
        for (int i = 0; i < AGE_EDGES.length; i++) {
            boolean last = i == AGE_EDGES.length - 1;
            count(
                    last ? "open_over_180_days" : "open_" + AGE_EDGES[i] + "_" + AGE_EDGES[i + 1] + "_days",
                    closing.open(AGE_EDGES[i], last ? Long.MAX_VALUE : AGE_EDGES[i + 1]));
        }
        for (long days : SILENCES) {
            long silent = count("silent_over_" + days + "_days", closing.silentOver(days));
            share("silent_over_" + days + "_days", silent, standing);
        }
    }

    private void onTime() {
        long met = counts.get(Count.DUE_MET);
        long missed = counts.get(Count.DUE_MISSED_LATE) + counts.get(Count.DUE_MISSED_OPEN);
        principal("due_met", met);
        principal("due_missed", missed);
        count("due_missed_open", Count.DUE_MISSED_OPEN);
        count("due_inherited", Count.DUE_INHERITED);
        long undecidable = count("due_undecidable", Count.DUE_UNDECIDABLE);
        count("due_contested", Count.DUE_CONTESTED);
        count("due_overturned", Count.DUE_OVERTURNED);
        share("on_time", met, met + missed);
        if (undecidable > 0) {
            part("on_time_at_worst", met, met + missed + undecidable);
            part("on_time_at_best", met + undecidable, met + missed + undecidable);
        }
        long metParts = count("shared_met_ppm", Count.SHARE_MET);
        long missedParts = count("shared_missed_ppm", Count.SHARE_MISSED);
        part("shared_on_time", metParts, metParts + missedParts);
        long misses = count("shared_misses", Count.SHARED_MISSES);
        if (misses > 0) {
            figures.put("shares.part_of_misses", missedParts / WHOLE / misses);
        }
    }

    private void targets() {
        for (Target target : OTHER_TARGETS) {
            String name = name(target);
            long met = count(name + "_met", counts.get(Count.TARGET_MET, target.code()));
            long missed = count(name + "_missed", counts.get(Count.TARGET_MISSED, target.code()));
            count(name + "_undecidable", counts.get(Count.TARGET_UNDECIDABLE, target.code()));
            long passed = count(name + "_handed_on", counts.get(Count.TARGET_HANDED_ON, target.code()));
            share(name + "_on_time", met, met + missed);
            if (passed > 0) {
                share(name + "_handed_on", passed, met + missed + passed);
            }
        }
    }

    private void times() {
        Survival close = window.timeToClose();
        this.close = close;
        Survival resolution = window.timeToResolution();
        count("at_risk", close.cases());
        count("censored", window.open());
        long late = count("late_entries", window.lateEntries());
        quantiles("close", close, PERCENTS);
        quantiles("resolution", resolution, PERCENTS);
        if (late > 0) {
            conditional("close", close);
            conditional("resolution", resolution);
        }
        restrictedMean(resolution);
        Survival durable = window.timeToDurableResolution();
        if (durable.cases() > 0) {
            quantiles("durable_resolution", durable, PERCENTS);
            if (counts.has(Count.DURABLE_LATE_ENTRY)) {
                conditional("durable_resolution", durable);
            }
        }
        quantiles("closed_only", window.closedOnly(), 50);
        long observed = counts.sum(Count.FIRST_END) + window.open() - late;
        for (int i = 0; i < Snapshot.HORIZONS.size(); i++) {
            int days = Snapshot.HORIZONS.get(i);
            long mature = count("mature_" + days + "_days", window.mature(i));
            share("resolved_" + days + "_days", window.resolvedWithin(i), mature);
            part("maturity_" + days + "_days", mature, observed);
        }
    }

    /** From which age on a curve speaks of those that were still open then: where some are observed late. */
    private void conditional(String name, Survival curve) {
        String field = name + "_conditional_from_hours";
        int from = curve.conditionalFromBin();
        boolean stated = from < AgeBins.COUNT;
        states.put(field, stated ? State.VALUE.name() : "FOLLOW_UP");
        if (stated) {
            figures.put("times." + field, from == 0 ? 0L : AgeBins.upperHours(from - 1));
        }
    }

    private void quantiles(String name, Survival curve, int... percents) {
        for (int percent : percents) {
            String field = name + "_p" + percent + "_hours";
            if (curve.conditionalFromBin() == AgeBins.COUNT) {
                states.put(field, "FOLLOW_UP");
                continue;
            }
            Quantile quantile = curve.quantile(percent / 100.0);
            states.put(field, quantile.state().name());
            hours(field, quantile);
            QuantileInterval interval = curve.quantileInterval(percent / 100.0);
            hours(field + "_low", interval.lower());
            hours(field + "_high", interval.upper());
        }
    }

    private void hours(String field, Quantile quantile) {
        if (quantile.state() == State.VALUE) {
            figures.put("times." + field, (long) AgeBins.upperHours(quantile.bin()));
        }
    }

    private void restrictedMean(Survival resolution) {
        if (resolution.cases() == 0) {
            return;
        }
        Survival.RestrictedMean mean =
                resolution.restrictedMean(AgeBins.upperEdges(), MONTH_HOURS, Survival.Placement.EVENLY);
        states.put("resolution_mean_30_days_hours", mean == null ? "FOLLOW_UP" : State.VALUE.name());
        if (mean != null) {
            figures.put("times.resolution_mean_30_days_hours", mean.mean());
            figures.put("times.resolution_mean_30_days_hours_error", mean.standardError());
        }
    }

    private void lasting() {
        Tally mature = window.matureStops();
        long stops = mature.sum(Count.FINAL_STOP);
        long returned = mature.sum(Count.RETURNED);
        long resolved = 0;
        long undone = 0;
        for (Outcome outcome : Outcome.values()) {
            if (outcome.isResolved()) {
                resolved += mature.get(Count.FINAL_STOP, outcome.code());
                undone += mature.get(Count.RETURNED, outcome.code());
            }
        }
        count("stops_14_days_old", stops);
        count("resolutions_14_days_old", resolved);
        share("durable", resolved - undone, resolved);
        share("returned", returned, stops);
        long rated = 0;
        long stars = 0;
        for (int star = 1; star <= MOST_STARS; star++) {
            long ratings = count("rated_" + star, counts.get(Count.RATED, star));
            rated += ratings;
            stars += star * ratings;
        }
        long closed = counts.sum(Count.CLOSED);
        ratio("rating", stars, rated);
        share("rated_1_or_2", counts.get(Count.RATED, 1) + counts.get(Count.RATED, 2), rated);
        if (rated > 0) {
            share("rated", rated, closed);
        }
    }

    private void handing() {
        count("handovers_out", Count.HANDOVERS_OUT);
        count("handovers_in", Count.HANDOVERS_IN);
        long closed = counts.sum(Count.CLOSED);
        if (counts.get(Count.HOPS) > 0) {
            ratio("hops_per_closing", counts.get(Count.HOPS), closed);
        }
        share("first_line", counts.sum(Count.RESOLVED_FIRST_LINE), counts.sum(Count.RESOLVED));
        firstLine("without_task", Competence.NO);
        firstLine("with_task", Competence.YES);
        long hopped = count("closed_after_hops", Count.HOPPED);
        share("came_back", counts.get(Count.CAME_BACK), hopped);
        share("came_around", counts.get(Count.CAME_AROUND), hopped);
        long offers = count("offers", counts.sum(Count.OFFERED));
        long misrouted = counts.get(Count.OFFERED, Competence.NO.code());
        long unknown = count("offers_competence_unknown", counts.get(Count.OFFERED, Competence.UNKNOWN.code()));
        share("misrouted", misrouted, offers - unknown);
        share("offered_late", counts.get(Count.OFFERED_LATE), counts.get(Count.OFFERED_IN_TIME_OR_LATE));
        long answered = count("offers_answered", counts.sum(Count.ANSWERED));
        share("declined", counts.sum(Count.DECLINED), answered);
        if (answered > 0) {
            share("declined_without_task", counts.get(Count.DECLINED, Competence.NO.code()), answered);
            share("declined_with_task", counts.get(Count.DECLINED, Competence.YES.code()), answered);
        }
        Survival taken = window.limbo(End.TAKEN);
        if (taken.cases() > 0) {
            count("offers_followed", taken.cases());
            quantiles("offer_taken", taken, 50, 80);
        }
        Survival stays = window.stays();
        if (stays.cases() > 0) {
            count("stays", stays.cases());
            quantiles("stay", stays, 50, 80);
            figures.put(
                    "shares.stay_resolved_30_days", window.stays(End.RESOLVED).incidence(MONTH_BIN));
            figures.put(
                    "shares.stay_handed_on_30_days", window.stays(End.HANDED_ON).incidence(MONTH_BIN));
        }
    }

    private void firstLine(String name, Competence competence) {
        share(
                "first_line_" + name,
                counts.get(Count.RESOLVED_FIRST_LINE, competence.code()),
                counts.get(Count.RESOLVED, competence.code()));
    }

    private void waiting(Stock opening, Stock closing) {
        long open = seconds("open", Time.OPEN, opening, closing);
        long paused = seconds("paused", Time.PAUSED, opening, closing);
        long idle = seconds("idle", Time.IDLE, opening, closing);
        long waited = seconds("waited", Time.WAITED, opening, closing);
        long overrun = seconds("overrun", Time.OVERRUN, opening, closing);
        long problems = seconds("problem", Time.PROBLEM, opening, closing);
        part("paused", paused, open);
        part("idle", idle, open);
        part("overrun", overrun, waited + overrun);
        long repeated = count("repeated", Count.REPEATED);
        ratio("repeats_per_problem_day", Math.multiplyExact(repeated, DAY_SECONDS), problems);
    }

    private long seconds(String name, Time kind, Stock opening, Stock closing) {
        long seconds =
                closing.day().number() <= opening.day().number() ? 0 : closing.seconds(kind) - opening.seconds(kind);
        if (seconds != 0) {
            figures.put("seconds." + name, seconds);
        }
        return seconds;
    }

    private void claims() {
        long claims = count("claims", Count.CLAIMED);
        share("claims_instant", counts.get(Count.CLAIM_INSTANT), claims);
        if (counts.get(Count.CLAIM_WITH_EVIDENCE) > 0) {
            share("claims_with_evidence", counts.get(Count.CLAIM_WITH_EVIDENCE), claims);
        }
        long evidence = count("evidence", Count.EVIDENCE);
        share("evidence_reused", count("evidence_reused", Count.EVIDENCE_REUSED), evidence);
        share("claims_rejected", counts.get(Count.CLAIM_REJECTED), counts.get(Count.CLAIM_JUDGED));
        long last = count("claims_at_95_100_percent", Count.CLAIM_AT_LAST);
        long before = count("claims_at_90_95_percent", Count.CLAIM_BEFORE_LAST);
        Double bunching = Bunching.ratio(Math.max(0, last), Math.max(0, before));
        if (bunching != null) {
            figures.put("ratios.deadline_bunching", bunching);
        }
    }

    private void coverage() {
        principal("events_received", counts.get(Count.EVENTS_RECEIVED));
        long declared = count("events_declared", Count.EVENTS_DECLARED);
        long days = counts.get(Count.DAYS_DECLARED);
        principal("declared_days", days);
        principal("undeclared_days", counts.get(Count.DAYS_UNDECLARED));
        long received = count("events_of_declared_days", Count.EVENTS_OF_DECLARED_DAYS);
        states.put("coverage", days <= 0 ? UNDECLARED : declared == 0 ? DECLARED_EMPTY : State.VALUE.name());
        if (days > 0) {
            part("coverage", received, declared);
        }
    }

    private void lateness() {
        long[] bins = window.lateness();
        count("events_timed", LongStream.of(bins).sum());
        for (int percent : LATENESS_PERCENTS) {
            String field = "lateness_p" + percent + "_seconds";
            OptionalInt bin = Histogram.quantile(bins, percent / 100.0);
            if (bin.isEmpty()) {
                states.put(field, State.NOT_REACHED.name());
            } else if (bin.getAsInt() == LatenessBins.OVERFLOW) {
                states.put(field, State.BEYOND_LAST_BIN.name());
            } else {
                states.put(field, State.VALUE.name());
                figures.put("times." + field, LatenessBins.upperSeconds(bin.getAsInt()));
            }
        }
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
