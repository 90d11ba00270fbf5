package io.tanggap.flink.operator;

import io.tanggap.core.evidence.Earliest;
import io.tanggap.core.evidence.Exhibit;
import io.tanggap.core.measure.Contributions;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.operator.Spread.Contributed;
import io.tanggap.flink.state.Cause;
import io.tanggap.flink.state.CellChange;
import io.tanggap.flink.state.EvidenceNews;
import io.tanggap.flink.state.ExhibitMemo;
import io.tanggap.flink.state.PathChange;
import io.tanggap.flink.types.OperatorTypes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by the digest of a piece of evidence: finds out with which claims it was handed in again, and emits the differences of
 * what that contributes to leaf cells (main output) and to slices.
 *
 * <p>Live, news is counted as it comes; it changes what its case contributes, and what the case does that handed the piece in
 * first, so a photograph that ten thousand cases use costs no more than another. A replay counts each piece once, at the as-of.
 *
 * <p>State per piece: two claims, and one record for each case that handed it in. Live they are kept as long as the job: any
 * case may hand it in again. A replay keeps nothing.
 */
public final class TrackEvidence
        extends KeyedBroadcastProcessFunction<String, EvidenceNews, ReferencePack, CellChange> {
    /** Differences of slices. */
    public static final OutputTag<PathChange> SLICE_CHANGES =
            new OutputTag<>("evidence-slice-changes", OperatorTypes.PATH_CHANGE);

    private final Timing timing;

    private transient MapState<String, ExhibitMemo> exhibits;
    /** Null until the exhibits are counted. */
    private transient ValueState<Earliest> earliest;

    private transient Packs packs;
    private transient Spread spread;

    @SuppressWarnings("NullAway.Init") // open comes before everything else
    public TrackEvidence(Timing timing) {
        this.timing = timing;
    }

    @Override
    public void open(OpenContext context) {
        exhibits = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("exhibits", Types.STRING, OperatorTypes.EXHIBIT_MEMO));
        earliest = getRuntimeContext().getState(new ValueStateDescriptor<>("earliest", OperatorTypes.EARLIEST));
        packs = new Packs();
        spread = new Spread(timing);
    }

    @Override
    public void processBroadcastElement(ReferencePack pack, Context context, Collector<CellChange> out)
            throws Exception {
        packs.add(pack, context.getBroadcastState(Packs.STATE));
    }

    @Override
    public void processElement(EvidenceNews news, ReadOnlyContext context, Collector<CellChange> out) throws Exception {
        Earliest before = earliest.value();
        ExhibitMemo stored = exhibits.get(news.caseId());
        Exhibit exhibit = news.exhibit();
        if (exhibit == null) {
            exhibits.remove(news.caseId());
        } else {
            exhibits.put(news.caseId(), ExhibitMemo.uncounted(exhibit));
        }
        int known = packs.count(context.getBroadcastState(Packs.STATE));
        if (!timing.isLive() || known == 0) {
            // Live, the first news can overtake the first pack on its way here.
            timing.scheduleFlush(context.timerService());
        } else if (before == null) {
            countAll(known, news.cause(), out, context);
        } else {
            Earliest after = before.names(news.caseId()) ? all() : exhibit == null ? before : before.and(exhibit);
            count(stored, exhibit, after, known, news.cause(), out, context);
            recount(firstOthers(news.caseId(), before, after), after, known, news.cause(), out, context);
            keep(after);
        }
    }

    private Earliest all() throws Exception {
        List<Exhibit> all = new ArrayList<>();
        exhibits.values().forEach(memo -> all.add(memo.exhibit()));
        return Earliest.of(all);
    }

    private void keep(Earliest after) throws Exception {
        if (after.equals(Earliest.NONE)) {
            earliest.clear();
        } else {
            earliest.update(after);
        }
    }

    /** Those of which something else may be said by news of a case. */
    private static List<String> firstOthers(String caseId, Earliest before, Earliest after) {
        return Stream.of(before, after)
                .flatMap(earliest -> Stream.ofNullable(earliest.first()))
                .map(Earliest.Use::caseId)
                .filter(first -> !first.equals(caseId))
                .distinct()
                .toList();
    }

    private void countAll(int known, @Nullable Cause cause, Collector<CellChange> out, ReadOnlyContext context)
            throws Exception {
        Earliest after = all();
        List<String> caseIds = new ArrayList<>();
        exhibits.keys().forEach(caseIds::add);
        recount(caseIds, after, known, cause, out, context);
        keep(after);
    }

    private void recount(
            List<String> caseIds,
            Earliest earliest,
            int known,
            @Nullable Cause cause,
            Collector<CellChange> out,
            ReadOnlyContext context)
            throws Exception {
        for (String caseId : caseIds) {
            ExhibitMemo memo = exhibits.get(caseId);
            count(memo, memo.exhibit(), earliest, known, cause, out, context);
        }
    }

    private void count(
            @Nullable ExhibitMemo stored,
            @Nullable Exhibit exhibit,
            Earliest earliest,
            int known,
            @Nullable Cause cause,
            Collector<CellChange> out,
            ReadOnlyContext context)
            throws Exception {
        Instant asOf =
                Instant.ofEpochMilli(timing.asOfMillis(context.timerService().currentWatermark(), Long.MIN_VALUE));
        Contributed before = stored == null || stored.packs() == 0
                ? Contributed.NOTHING
                : stored(stored, packs.first(stored.packs()), asOf);
        Contributed after =
                exhibit == null ? Contributed.NOTHING : contributed(exhibit, earliest, packs.first(known), asOf);
        spread.change(before, after, cause, out::collect, change -> context.output(SLICE_CHANGES, change));
        if (exhibit != null) {
            exhibits.put(exhibit.caseId(), new ExhibitMemo(exhibit, known, after.tallies()));
        }
    }

    private Contributed stored(ExhibitMemo memo, Reference reference, Instant asOf) {
        return spread.stored(memo.contributed(), reference, submissionDay(memo.exhibit(), reference), asOf);
    }

    private Contributed contributed(Exhibit exhibit, Earliest earliest, Reference reference, Instant asOf) {
        return spread.of(
                Contributions.of(exhibit, earliest, reference.zone()),
                reference,
                submissionDay(exhibit, reference),
                asOf);
    }

    private static long submissionDay(Exhibit exhibit, Reference reference) {
        return LocalDate.ofInstant(exhibit.submittedAt(), reference.zone()).toEpochDay();
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<CellChange> out) throws Exception {
        if (earliest.value() != null) {
            return; // Counted since, with the first news that a pack came before.
        }
        TimerService timers = context.timerService();
        int known = packs.count(context.getBroadcastState(Packs.STATE));
        if (known > 0) {
            countAll(known, null, out, context);
        } else if (timing.isLive() && timers.currentWatermark() != Long.MAX_VALUE) {
            timing.scheduleFlush(timers);
        }
        if (!timing.isLive()) {
            exhibits.clear();
            earliest.clear();
        }
    }
}
