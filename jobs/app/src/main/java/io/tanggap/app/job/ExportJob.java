package io.tanggap.app.job;

import static io.tanggap.app.job.ResponsivenessJob.named;
import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.release.Quasi;
import io.tanggap.core.release.Rung;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.EmissionClock;
import io.tanggap.flink.operator.AssignParts;
import io.tanggap.flink.operator.CountAlike;
import io.tanggap.flink.operator.CountWithheld;
import io.tanggap.flink.operator.FoldForRelease;
import io.tanggap.flink.operator.KeyFile;
import io.tanggap.flink.operator.NameEvents;
import io.tanggap.flink.operator.NameWords;
import io.tanggap.flink.operator.Packs;
import io.tanggap.flink.operator.ReleasePlan;
import io.tanggap.flink.operator.RollUp;
import io.tanggap.flink.operator.SortOut;
import io.tanggap.flink.operator.StandOnRung;
import io.tanggap.flink.operator.Timing;
import io.tanggap.flink.operator.WholeUnits;
import io.tanggap.flink.operator.WriteParts;
import io.tanggap.flink.operator.WriteRows;
import io.tanggap.flink.state.Leaf;
import io.tanggap.flink.state.SliceChange;
import io.tanggap.flink.types.DomainTypes;
import io.tanggap.flink.types.OperatorTypes;
import io.tanggap.flink.types.ReleaseTypes;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The research export: case events in, the parts of a release out. It runs to its end, in batches: everything is sorted and
 * grouped on disk, and what is in memory does not grow with the number of cases.
 *
 * <pre>
 * case-events ▸ sort out ─┬─▸ NAME ─┬─▸ key by case ▸ FOLD ◂── reference
 *                         │         │         └─ quasi-identifiers ▸ key by class ▸ STAND ON RUNG 1 ▸ … ▸ RUNG n ▸ withheld
 *                         │         │                                                  └─ placed cases ──┬─▸ count ▸ parts
 *                         │         ├─ events ──┬◂───────────────────────────────────────────────────────┘      │
 *                         │         │  words  ──┴─▸ ASSIGN PARTS ◂── broadcast ─────────────────────────────────┘
 *                         │         │                  └─▸ key by part ▸ fold ▸ WRITE PARTS ▸ files
 *                         └─▸ TRACK CASES ▸ … ▸ ROLL UP, as in the main job ▸ WRITE ROWS ▸ a file of rows
 * </pre>
 */
public final class ExportJob {
    private ExportJob() {}

    /** Adds the job to an environment. */
    public static void define(
            StreamExecutionEnvironment environment,
            ExportEndpoints endpoints,
            ReleasePlan plan,
            KeyFile key,
            EmissionClock clock) {
        environment.setRuntimeMode(RuntimeExecutionMode.BATCH);
        environment.setMaxParallelism(ResponsivenessJob.MAX_PARALLELISM);
        BroadcastStream<ReferencePack> reference =
                endpoints.reference(environment).broadcast(Packs.STATE);
        SingleOutputStreamOperator<CaseEvent> events = named(
                Op.SORT_OUT,
                endpoints.caseEvents(environment).process(new SortOut()).returns(DomainTypes.CASE_EVENT));

        DataStream<Leaf> named =
                named(Op.NAME_EVENTS, events.map(new NameEvents(key)).returns(ReleaseTypes.LEAF));
        DataStream<Quasi> folded = named(
                Op.FOLD_FOR_RELEASE,
                named.keyBy(Leaf::name, Types.STRING)
                        .connect(reference)
                        .process(new FoldForRelease(plan), ReleaseTypes.QUASI));
        DataStream<Leaf> placed = place(folded, plan);
        DataStream<Leaf> leaves = named.union(placed);
        if (plan.texts()) {
            leaves = leaves.union(named(
                    Op.NAME_WORDS,
                    endpoints.words(environment).map(new NameWords(key)).returns(ReleaseTypes.LEAF)));
        }
        DataStream<Long> cases = named(
                Op.COUNT_CASES,
                named(Op.COUNT_ONE, placed.map(leaf -> 1L).returns(Types.LONG))
                        .keyBy(one -> 0, Types.INT)
                        .reduce(Long::sum)
                        .setParallelism(1));
        discard(
                Op.END_OF_PARTS,
                named(
                        Op.WRITE_PARTS,
                        named(
                                        Op.ASSIGN_PARTS,
                                        leaves.connect(cases.broadcast(AssignParts.CASES))
                                                .process(new AssignParts())
                                                .returns(Types.TUPLE(Types.INT, ReleaseTypes.LEAF)))
                                .keyBy(parted -> parted.f0, Types.INT)
                                .connect(reference)
                                .process(new WriteParts(plan, key), Types.STRING)));
        rows(events, reference, plan, clock);
    }

    /** The ladder, rung after rung. */
    private static DataStream<Leaf> place(DataStream<Quasi> folded, ReleasePlan plan) {
        DataStream<Quasi> left = folded;
        DataStream<Leaf> placed = null;
        DataStream<String> known = null;
        int deepest = plan.deepest();
        for (Rung rung : plan.ladder().rungs()) {
            SingleOutputStreamOperator<Leaf> standing = left.keyBy(quasi -> quasi.on(rung, deepest), Types.STRING)
                    .process(new StandOnRung(rung, plan), ReleaseTypes.LEAF)
                    .uid(Op.STAND_ON_RUNG.uid() + "-" + rung.number())
                    .name(Op.STAND_ON_RUNG.uid() + "-" + rung.number());
            placed = placed == null ? standing : placed.union(standing);
            DataStream<String> besides = standing.getSideOutput(StandOnRung.PLACED);
            known = known == null ? besides : known.union(besides);
            left = standing.getSideOutput(StandOnRung.TOO_FEW);
        }
        discard(
                Op.END_OF_WITHHELD,
                named(Op.COUNT_WITHHELD, left.process(new CountWithheld()).returns(ReleaseTypes.QUASI)));
        discard(
                Op.END_OF_ALIKE,
                named(
                        Op.COUNT_ALIKE,
                        requireNonNull(known)
                                .keyBy(besides -> besides, Types.STRING)
                                .process(new CountAlike(plan), Types.STRING)));
        return requireNonNull(placed);
    }

    /** The figures of whole units, as the main job computes them. */
    private static void rows(
            DataStream<CaseEvent> events,
            BroadcastStream<ReferencePack> reference,
            ReleasePlan plan,
            EmissionClock clock) {
        Timing timing = Timing.replay(plan.asOf());
        CaseFigures figures = CaseFigures.of(events, reference, timing, clock);
        DataStream<Document> rows = named(
                Op.ROLL_UP,
                named(Op.WHOLE_UNITS, figures.slices().filter(new WholeUnits()))
                        .keyBy(SliceChange::slice, Types.STRING)
                        .connect(reference)
                        .process(new RollUp(timing, clock), OperatorTypes.DOCUMENT));
        discard(
                Op.END_OF_ROWS,
                named(
                        Op.WRITE_ROWS,
                        rows.process(new WriteRows(plan)).returns(Types.STRING).setParallelism(1)));
    }

    private static <T> void discard(Op op, DataStream<T> nothing) {
        nothing.sinkTo(new DiscardingSink<>()).setParallelism(1).uid(op.uid()).name(op.uid());
    }
}
