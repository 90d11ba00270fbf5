package io.tanggap.app.job;

import static io.tanggap.app.job.ResponsivenessJob.named;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.document.EmissionClock;
import io.tanggap.flink.operator.CombineChanges;
import io.tanggap.flink.operator.LinkMerges;
import io.tanggap.flink.operator.Timing;
import io.tanggap.flink.operator.TrackCases;
import io.tanggap.flink.operator.TrackEvidence;
import io.tanggap.flink.operator.TrackProblems;
import io.tanggap.flink.state.CellChange;
import io.tanggap.flink.state.EvidenceNews;
import io.tanggap.flink.state.Membership;
import io.tanggap.flink.state.PathChange;
import io.tanggap.flink.state.SliceChange;
import io.tanggap.flink.types.OperatorTypes;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * From events to what they change in figures: the part that every job has whose figures have to be the same.
 *
 * @param cases changes of leaf cells by cases, with all that is told of cases beside them
 * @param problems the same by problems
 * @param evidence the same by pieces of evidence
 */
record CaseFigures(
        SingleOutputStreamOperator<CellChange> cases,
        SingleOutputStreamOperator<CellChange> problems,
        SingleOutputStreamOperator<CellChange> evidence) {

    static CaseFigures of(
            DataStream<CaseEvent> events,
            BroadcastStream<ReferencePack> reference,
            Timing timing,
            EmissionClock clock) {
        SingleOutputStreamOperator<CellChange> cases = named(
                Op.TRACK_CASES,
                events.keyBy(CaseEvent::caseId, Types.STRING)
                        .connect(reference)
                        .process(new TrackCases(timing, clock), OperatorTypes.CELL_CHANGE));

        DataStream<Membership> memberships = named(
                Op.LINK_MERGES,
                cases.getSideOutput(TrackCases.MERGES)
                        .keyBy(merge -> LinkMerges.ONE_KEY, Types.STRING)
                        .process(new LinkMerges(), OperatorTypes.MEMBERSHIP)
                        .setParallelism(1));

        SingleOutputStreamOperator<CellChange> problems = named(
                Op.COUNT_PROBLEMS,
                cases.getSideOutput(TrackCases.REPORTS)
                        .union(memberships)
                        .keyBy(Membership::problem, Types.STRING)
                        .connect(reference)
                        .process(new TrackProblems(timing, clock), OperatorTypes.CELL_CHANGE));

        SingleOutputStreamOperator<CellChange> evidence = named(
                Op.TRACK_EVIDENCE,
                cases.getSideOutput(TrackCases.EVIDENCE)
                        .keyBy(EvidenceNews::digest, Types.STRING)
                        .connect(reference)
                        .process(new TrackEvidence(timing), OperatorTypes.CELL_CHANGE));
        return new CaseFigures(cases, problems, evidence);
    }

    /** What they change in slices. */
    DataStream<SliceChange> slices() {
        return combined(Op.COMBINE_CHANGES, cases.getSideOutput(TrackCases.SLICE_CHANGES))
                .union(
                        combined(Op.COMBINE_PROBLEM_CHANGES, problems.getSideOutput(TrackProblems.SLICE_CHANGES)),
                        combined(Op.COMBINE_EVIDENCE_CHANGES, evidence.getSideOutput(TrackEvidence.SLICE_CHANGES)));
    }

    /** One for each that changes slices, or it would not be chained to it and could not tell paths by identity. */
    static DataStream<SliceChange> combined(Op op, DataStream<PathChange> changes) {
        return named(op, changes.transform(op.uid(), OperatorTypes.SLICE_CHANGE, new CombineChanges()));
    }
}
