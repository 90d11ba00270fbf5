package io.tanggap.app.job;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.EmissionClock;
import io.tanggap.flink.io.ChannelDeclarationSource;
import io.tanggap.flink.io.ReferenceSource;
import io.tanggap.flink.operator.DescribeDeadLetters;
import io.tanggap.flink.operator.Packs;
import io.tanggap.flink.operator.ReleaseDocuments;
import io.tanggap.flink.operator.RollUp;
import io.tanggap.flink.operator.SortOut;
import io.tanggap.flink.operator.SumCells;
import io.tanggap.flink.operator.Timing;
import io.tanggap.flink.operator.TrackCases;
import io.tanggap.flink.operator.TrackDeclarations;
import io.tanggap.flink.operator.TrackProblems;
import io.tanggap.flink.state.CellChange;
import io.tanggap.flink.state.SliceChange;
import io.tanggap.flink.types.DomainTypes;
import io.tanggap.flink.types.OperatorTypes;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The main job: case events in, figures out.
 *
 * <pre>
 * case-events ▸ sort out ─┬─▸ key by case ▸ TRACK CASES ◂── reference (broadcast)
 *                         │                  ├─ documents of cases, visits and alerts ────────────┐
 *                         │                  ├─ alerts ▸ a topic of the run                       │
 *                         │                  ├─ reports ▸ key by case ▸ TRACK PROBLEMS ◂── reference
 *                         │                  │                           ├─ documents of problems ─┤
 *                         │                  ├─ merges ▸ one key ▸ LINK MERGES ─▴ by root         │
 *                         │                  ├─ evidence ▸ key by digest ▸ TRACK EVIDENCE ◂── reference
 *                         │                  ├─ changes of channels ▸ key by channel and day      │
 *                         │                  │        ▸ TRACK DECLARATIONS ◂── channel-declarations
 *                         │                  ├─ cell changes, of all four                         │
 *                         │                  │                 ▸ key by cell ▸ SUM CELLS ─────────┤
 *                         │                  ├─ slice changes, of all four                        │
 *                         │                  │                 ▸ combine ▸ key by slice ▸ ROLL UP ┤
 *                         │                  │                               ◂── reference        ├─▸ RELEASE ▸ Elasticsearch
 *                         └─ dead letters ◂──┘                                                    │
 *                                 ├─────────────────────────▸ topic dead-letters                  │
 *                                 └─ with those of others ◂── topic dead-letters ▸ DESCRIBE ──────┘
 * </pre>
 */
public final class ResponsivenessJob {
    /** Fixed from the first day: state cannot be rescaled beyond it, nor restored under another one. */
    public static final int MAX_PARALLELISM = 128;

    private ResponsivenessJob() {}

    /** Adds the job to an environment. */
    public static void define(
            StreamExecutionEnvironment environment, Endpoints endpoints, Timing timing, EmissionClock clock) {
        environment.setMaxParallelism(MAX_PARALLELISM);
        SingleOutputStreamOperator<ReferencePack> packs = endpoints.reference(environment);
        BroadcastStream<ReferencePack> reference = packs.broadcast(Packs.STATE);

        SingleOutputStreamOperator<CaseEvent> events = named(
                Op.SORT_OUT,
                endpoints.caseEvents(environment).process(new SortOut()).returns(DomainTypes.CASE_EVENT));

        CaseFigures figures = CaseFigures.of(events, reference, timing, clock);
        SingleOutputStreamOperator<CellChange> cellChanges = figures.cases();
        SingleOutputStreamOperator<ChannelDeclaration> declarations = endpoints.declarations(environment);
        SingleOutputStreamOperator<CellChange> declaredChanges = named(
                Op.TRACK_DECLARATIONS,
                declarations
                        .keyBy(TrackDeclarations::keyOf, Types.STRING)
                        .connect(cellChanges
                                .getSideOutput(TrackCases.CHANNEL_CHANGES)
                                .keyBy(TrackDeclarations::keyOf, Types.STRING))
                        .process(new TrackDeclarations(timing), OperatorTypes.CELL_CHANGE));

        DataStream<Document> cells = named(
                Op.SUM_CELLS,
                cellChanges
                        .union(figures.problems(), figures.evidence(), declaredChanges)
                        .keyBy(CellChange::cell, Types.STRING)
                        .process(new SumCells(timing, clock), OperatorTypes.DOCUMENT));

        DataStream<SliceChange> sliceChanges = figures.slices()
                .union(CaseFigures.combined(
                        Op.COMBINE_DECLARED_CHANGES, declaredChanges.getSideOutput(TrackDeclarations.SLICE_CHANGES)));

        DataStream<Document> rows = named(
                Op.ROLL_UP,
                sliceChanges
                        .keyBy(SliceChange::slice, Types.STRING)
                        .connect(reference)
                        .process(new RollUp(timing, clock), OperatorTypes.DOCUMENT));

        DataStream<DeadLetter> rejected = events.getSideOutput(SortOut.DEAD_LETTERS)
                .union(
                        cellChanges.getSideOutput(TrackCases.DEAD_LETTERS),
                        packs.getSideOutput(ReferenceSource.DEAD_LETTERS),
                        declarations.getSideOutput(ChannelDeclarationSource.DEAD_LETTERS));
        endpoints.writeDeadLetters(rejected);

        DataStream<Document> described = named(
                Op.DESCRIBE_DEAD_LETTERS,
                endpoints
                        .deadLetters(environment)
                        .union(rejected)
                        .process(new DescribeDeadLetters(clock))
                        .returns(OperatorTypes.DOCUMENT));

        endpoints.writeAlerts(cellChanges.getSideOutput(TrackCases.ALERTS));
        endpoints.writeDocuments(named(
                Op.RELEASE_DOCUMENTS,
                cellChanges
                        .getSideOutput(TrackCases.DOCUMENTS)
                        .union(figures.problems().getSideOutput(TrackProblems.DOCUMENTS), cells, rows, described)
                        .transform(Op.RELEASE_DOCUMENTS.uid(), OperatorTypes.DOCUMENT, new ReleaseDocuments(timing))));
    }

    static <T> SingleOutputStreamOperator<T> named(Op op, SingleOutputStreamOperator<T> operator) {
        return operator.uid(op.uid()).name(op.uid());
    }
}
