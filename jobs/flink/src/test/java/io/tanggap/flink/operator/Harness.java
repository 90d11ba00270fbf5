package io.tanggap.flink.operator;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.notice.Errand;
import io.tanggap.core.problem.Report;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.EmissionClock;
import io.tanggap.flink.state.Bulletin;
import io.tanggap.flink.state.Causes;
import io.tanggap.flink.state.CellChange;
import io.tanggap.flink.state.ChannelRecord;
import io.tanggap.flink.state.EvidenceNews;
import io.tanggap.flink.state.FeedSign;
import io.tanggap.flink.state.Heard;
import io.tanggap.flink.state.Membership;
import io.tanggap.flink.state.Parcel;
import io.tanggap.flink.state.PathChange;
import io.tanggap.flink.state.PersonalNews;
import io.tanggap.flink.state.SliceChange;
import io.tanggap.flink.state.SlicePath;
import io.tanggap.flink.state.ToldRecord;
import io.tanggap.flink.types.CodecType;
import io.tanggap.flink.types.NoticeTypes;
import io.tanggap.flink.types.OperatorTypes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.BroadcastOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** One operator of the job outside a cluster, with time in the hands of the test. What was emitted is taken once. */
abstract class Harness<IN, OUT> implements AutoCloseable {
    static final long END = Long.MAX_VALUE;

    private static final int MAX_PARALLELISM = 128;

    private final AbstractStreamOperatorTestHarness<OUT> harness;

    private Harness(
            AbstractStreamOperatorTestHarness<OUT> harness, CodecType<OUT> type, @Nullable OperatorSubtaskState state)
            throws Exception {
        this.harness = harness;
        harness.getExecutionConfig().enableObjectReuse();
        harness.setup(type.createSerializer());
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
    }

    abstract void send(IN element) throws Exception;

    abstract void watermark(long millis) throws Exception;

    /** The wall clock of processing-time timers. */
    void wallClock(long millis) throws Exception {
        harness.setProcessingTime(millis);
    }

    /** The emissions of the main output since the last call. */
    List<OUT> take() {
        List<OUT> values = harness.extractOutputValues();
        harness.getOutput().clear();
        return List.copyOf(values);
    }

    <X> List<X> takeSide(OutputTag<X> tag) {
        Queue<StreamRecord<X>> records = harness.getSideOutput(tag);
        List<X> values = new ArrayList<>();
        if (records != null) {
            records.forEach(record -> values.add(record.getValue()));
            records.clear();
        }
        return values;
    }

    int eventTimers() {
        return harness.numEventTimeTimers();
    }

    int wallClockTimers() {
        return harness.numProcessingTimeTimers();
    }

    /** Keys in each keyed state, summed over the states. */
    int stateEntries() {
        return ((HeapKeyedStateBackend<?>) harness.getOperator().getKeyedStateBackend()).numKeyValueStateEntries();
    }

    /** A state of one key, which is the current one from then on. */
    <S extends State> S state(String key, StateDescriptor<S, ?> descriptor) throws Exception {
        harness.getOperator().setCurrentKey(key);
        return ((AbstractStreamOperator<?>) harness.getOperator())
                .getKeyedStateBackend()
                .getPartitionedState(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor);
    }

    OperatorSubtaskState snapshot() throws Exception {
        harness.prepareSnapshotPreBarrier(1);
        return harness.snapshot(1, 1);
    }

    OperatorSubtaskState snapshot(long checkpoint) throws Exception {
        return harness.snapshot(checkpoint, checkpoint);
    }

    void completed(long checkpoint) throws Exception {
        harness.notifyOfCompletedCheckpoint(checkpoint);
    }

    void beforeBarrier() throws Exception {
        harness.prepareSnapshotPreBarrier(1);
    }

    void finish() throws Exception {
        harness.getOperator().finish();
    }

    @Override
    public void close() {
        try {
            harness.close();
        } catch (Exception e) {
            throw new IllegalStateException("the harness cannot be closed", e);
        }
    }

    /** {@link TrackCases}. */
    static final class Cases extends Broadcast<CaseEvent, CellChange> {
        Cases(Timing timing, EmissionClock clock) throws Exception {
            this(timing, clock, null);
        }

        Cases(Timing timing, EmissionClock clock, @Nullable OperatorSubtaskState state) throws Exception {
            super(new TrackCases(timing, clock), CaseEvent::caseId, OperatorTypes.CELL_CHANGE, state);
        }

        List<Document> takeDocuments() {
            return takeSide(TrackCases.DOCUMENTS);
        }

        List<PathChange> takePathChanges() {
            return takeSide(TrackCases.SLICE_CHANGES);
        }

        List<PathChange> takeChannelChanges() {
            return takeSide(TrackCases.CHANNEL_CHANGES);
        }

        /** The changes of every slice of every path. */
        List<SliceChange> takeSliceChanges() {
            List<SliceChange> changes = new ArrayList<>();
            for (PathChange change : takePathChanges()) {
                for (SlicePath path = change.path(); path != null; path = path.above()) {
                    changes.add(new SliceChange(
                            path.slice(),
                            change.day(),
                            change.change(),
                            change.cause() == null ? null : Causes.of(change.cause())));
                }
            }
            return changes;
        }

        List<Membership> takeNews() {
            return takeSide(TrackCases.REPORTS);
        }

        List<Report> takeReports() {
            return reports(takeNews());
        }

        private static List<Report> reports(List<Membership> news) {
            return news.stream()
                    .map(Membership::report)
                    .filter(Objects::nonNull)
                    .toList();
        }

        List<Membership> takeMergeNews() {
            return takeSide(TrackCases.MERGES);
        }

        List<Report> takeMerges() {
            return reports(takeMergeNews());
        }

        List<EvidenceNews> takeEvidence() {
            return takeSide(TrackCases.EVIDENCE);
        }

        List<Alert> takeAlerts() {
            return takeSide(TrackCases.ALERTS);
        }

        List<DeadLetter> takeDeadLetters() {
            return takeSide(TrackCases.DEAD_LETTERS);
        }
    }

    /** {@link RollUp}. */
    static final class Rows extends Broadcast<SliceChange, Document> {
        Rows(Timing timing, EmissionClock clock) throws Exception {
            this(timing, clock, null);
        }

        Rows(Timing timing, EmissionClock clock, @Nullable OperatorSubtaskState state) throws Exception {
            super(new RollUp(timing, clock), SliceChange::slice, OperatorTypes.DOCUMENT, state);
        }
    }

    /** An operator with the reference beside its input. */
    private abstract static class Broadcast<IN, OUT> extends Beside<IN, ReferencePack, OUT> {
        Broadcast(
                KeyedBroadcastProcessFunction<String, IN, ReferencePack, OUT> function,
                KeySelector<IN, String> key,
                CodecType<OUT> type,
                @Nullable OperatorSubtaskState state)
                throws Exception {
            super(function, List.of(Packs.STATE), key, type, state);
        }
    }

    /** An operator with something that is broadcast beside its input. */
    private abstract static class Beside<IN, B, OUT> extends Harness<IN, OUT> {
        private final KeyedBroadcastOperatorTestHarness<String, IN, B, OUT> harness;

        Beside(
                KeyedBroadcastProcessFunction<String, IN, B, OUT> function,
                List<MapStateDescriptor<?, ?>> states,
                KeySelector<IN, String> key,
                CodecType<OUT> type,
                @Nullable OperatorSubtaskState state)
                throws Exception {
            this(
                    new KeyedBroadcastOperatorTestHarness<>(
                            new CoBroadcastWithKeyedOperator<>(function, states),
                            key,
                            Types.STRING,
                            MAX_PARALLELISM,
                            1,
                            0),
                    type,
                    state);
        }

        private Beside(
                KeyedBroadcastOperatorTestHarness<String, IN, B, OUT> harness,
                CodecType<OUT> type,
                @Nullable OperatorSubtaskState state)
                throws Exception {
            super(harness, type, state);
            this.harness = harness;
        }

        void publish(B element) throws Exception {
            harness.processBroadcastElement(new StreamRecord<>(element));
        }

        @Override
        void send(IN element) throws Exception {
            harness.processElement(new StreamRecord<>(element));
        }

        @Override
        void watermark(long millis) throws Exception {
            harness.processBroadcastWatermark(new Watermark(END));
            harness.processWatermark(new Watermark(millis));
        }
    }

    /** {@link SumCells}. */
    static final class Cells extends Keyed<CellChange, Document> {
        Cells(Timing timing, EmissionClock clock) throws Exception {
            this(timing, clock, null);
        }

        Cells(Timing timing, EmissionClock clock, @Nullable OperatorSubtaskState state) throws Exception {
            super(new SumCells(timing, clock), CellChange::cell, OperatorTypes.DOCUMENT, state);
        }
    }

    /** {@link LinkMerges}. */
    static final class Links extends Keyed<Membership, Membership> {
        Links() throws Exception {
            this(null);
        }

        Links(@Nullable OperatorSubtaskState state) throws Exception {
            super(new LinkMerges(), news -> LinkMerges.ONE_KEY, OperatorTypes.MEMBERSHIP, state);
        }

        void send(Report report) throws Exception {
            send(Membership.own(report, null));
        }
    }

    /** {@link TrackProblems}. */
    static final class Problems extends Broadcast<Membership, CellChange> {
        Problems(Timing timing, EmissionClock clock) throws Exception {
            this(timing, clock, null);
        }

        Problems(Timing timing, EmissionClock clock, @Nullable OperatorSubtaskState state) throws Exception {
            super(new TrackProblems(timing, clock), Membership::problem, OperatorTypes.CELL_CHANGE, state);
        }

        List<Document> takeDocuments() {
            return takeSide(TrackProblems.DOCUMENTS);
        }

        List<PathChange> takePathChanges() {
            return takeSide(TrackProblems.SLICE_CHANGES);
        }
    }

    /** {@link TrackEvidence}. */
    static final class Evidence extends Broadcast<EvidenceNews, CellChange> {
        Evidence(Timing timing, @Nullable OperatorSubtaskState state) throws Exception {
            super(new TrackEvidence(timing), EvidenceNews::digest, OperatorTypes.CELL_CHANGE, state);
        }

        List<PathChange> takePathChanges() {
            return takeSide(TrackEvidence.SLICE_CHANGES);
        }
    }

    /** {@link TrackDeclarations}; its first input is what is sent. */
    static final class Declarations extends Harness<ChannelDeclaration, CellChange> {
        private final KeyedTwoInputStreamOperatorTestHarness<String, ChannelDeclaration, PathChange, CellChange>
                harness;

        Declarations(Timing timing) throws Exception {
            this(timing, null);
        }

        Declarations(Timing timing, @Nullable OperatorSubtaskState state) throws Exception {
            this(
                    new KeyedTwoInputStreamOperatorTestHarness<>(
                            new KeyedCoProcessOperator<>(new TrackDeclarations(timing)),
                            TrackDeclarations::keyOf,
                            TrackDeclarations::keyOf,
                            Types.STRING,
                            MAX_PARALLELISM,
                            1,
                            0),
                    state);
        }

        private Declarations(
                KeyedTwoInputStreamOperatorTestHarness<String, ChannelDeclaration, PathChange, CellChange> harness,
                @Nullable OperatorSubtaskState state)
                throws Exception {
            super(harness, OperatorTypes.CELL_CHANGE, state);
            this.harness = harness;
        }

        @Override
        void send(ChannelDeclaration declaration) throws Exception {
            harness.processElement1(new StreamRecord<>(declaration));
        }

        void receive(PathChange received) throws Exception {
            harness.processElement2(new StreamRecord<>(received));
        }

        @Override
        void watermark(long millis) throws Exception {
            harness.processWatermark1(new Watermark(END));
            harness.processWatermark2(new Watermark(millis));
        }

        List<PathChange> takePathChanges() {
            return takeSide(TrackDeclarations.SLICE_CHANGES);
        }
    }

    /** {@link KeepPersonal}. */
    static final class Personal extends Keyed<PersonalNews, PersonalNews> {
        Personal(@Nullable OperatorSubtaskState state) throws Exception {
            super(new KeepPersonal(), PersonalNews::caseId, OperatorTypes.PERSONAL_NEWS, state);
        }
    }

    /** {@link WatchFeeds}. */
    static final class Feeds extends Keyed<FeedSign, Document> {
        Feeds(EmissionClock clock, @Nullable OperatorSubtaskState state) throws Exception {
            super(new WatchFeeds(clock), FeedSign::channel, OperatorTypes.DOCUMENT, state);
        }
    }

    /** {@link FollowAlerts}. */
    static final class Follow extends Notified<Heard, Errand> {
        Follow() throws Exception {
            super(new FollowAlerts(), heard -> heard.alert().id(), NoticeTypes.ERRAND, null);
        }
    }

    /** {@link GatherNotices}. */
    static final class Gather extends Notified<Errand, Parcel> {
        Gather(@Nullable OperatorSubtaskState state) throws Exception {
            super(new GatherNotices(), Errand::recipient, NoticeTypes.PARCEL, state);
        }
    }

    /** An operator with bulletins beside its input. */
    private abstract static class Notified<IN, OUT> extends Beside<IN, Bulletin, OUT> {
        Notified(
                KeyedBroadcastProcessFunction<String, IN, Bulletin, OUT> function,
                KeySelector<IN, String> key,
                CodecType<OUT> type,
                @Nullable OperatorSubtaskState state)
                throws Exception {
            super(function, List.of(Packs.STATE, Bulletins.SILENCES, Bulletins.FEEDS), key, type, state);
        }
    }

    /** {@link DeliverNotices}. */
    static final class Deliveries extends Keyed<Parcel, Document> {
        Deliveries(DeliverNotices.Carriers carriers, EmissionClock clock, @Nullable OperatorSubtaskState state)
                throws Exception {
            super(
                    new DeliverNotices(carriers, clock),
                    parcel -> parcel.notice().recipient(),
                    OperatorTypes.DOCUMENT,
                    state);
        }
    }

    /** A keyed operator with one input. */
    private abstract static class Keyed<IN, OUT> extends Harness<IN, OUT> {
        private final KeyedOneInputStreamOperatorTestHarness<String, IN, OUT> harness;

        Keyed(
                KeyedProcessFunction<String, IN, OUT> function,
                KeySelector<IN, String> key,
                CodecType<OUT> type,
                @Nullable OperatorSubtaskState state)
                throws Exception {
            this(
                    new KeyedOneInputStreamOperatorTestHarness<>(
                            new KeyedProcessOperator<>(function), key, Types.STRING, MAX_PARALLELISM, 1, 0),
                    type,
                    state);
        }

        private Keyed(
                KeyedOneInputStreamOperatorTestHarness<String, IN, OUT> harness,
                CodecType<OUT> type,
                @Nullable OperatorSubtaskState state)
                throws Exception {
            super(harness, type, state);
            this.harness = harness;
        }

        @Override
        void send(IN element) throws Exception {
            harness.processElement(new StreamRecord<>(element));
        }

        @Override
        void watermark(long millis) throws Exception {
            harness.processWatermark(new Watermark(millis));
        }
    }

    /** {@link AdmitRecords}. */
    static final class Admissions extends Harness<ChannelRecord, ToldRecord> {
        private final BroadcastOperatorTestHarness<ChannelRecord, ReferencePack, ToldRecord> harness;

        Admissions(KeyFile key, int packsToAwait, Clock clock, @Nullable OperatorSubtaskState state) throws Exception {
            this(
                    new BroadcastOperatorTestHarness<>(
                            new CoBroadcastWithNonKeyedOperator<>(
                                    new AdmitRecords(key, packsToAwait, clock), List.of(Packs.STATE)),
                            MAX_PARALLELISM,
                            1,
                            0),
                    state);
        }

        private Admissions(
                BroadcastOperatorTestHarness<ChannelRecord, ReferencePack, ToldRecord> harness,
                @Nullable OperatorSubtaskState state)
                throws Exception {
            super(harness, OperatorTypes.TOLD_RECORD, state);
            this.harness = harness;
        }

        void publish(ReferencePack pack) throws Exception {
            harness.processBroadcastElement(new StreamRecord<>(pack));
        }

        @Override
        void send(ChannelRecord record) throws Exception {
            harness.processElement(new StreamRecord<>(record));
        }

        @Override
        void watermark(long millis) throws Exception {
            harness.processWatermark(new Watermark(millis));
        }
    }

    /** {@link CombineChanges}. */
    static final class Combined extends Harness<PathChange, SliceChange> {
        private final OneInputStreamOperatorTestHarness<PathChange, SliceChange> harness;

        Combined() throws Exception {
            this(new OneInputStreamOperatorTestHarness<>(new CombineChanges()));
        }

        private Combined(OneInputStreamOperatorTestHarness<PathChange, SliceChange> harness) throws Exception {
            super(harness, OperatorTypes.SLICE_CHANGE, null);
            this.harness = harness;
        }

        @Override
        void send(PathChange change) throws Exception {
            harness.processElement(new StreamRecord<>(change));
        }

        @Override
        void watermark(long millis) throws Exception {
            harness.processWatermark(new Watermark(millis));
        }
    }

    /** {@link ReleaseDocuments}. */
    static final class Released extends Harness<Document, Document> {
        private final OneInputStreamOperatorTestHarness<Document, Document> harness;

        Released(Timing timing, @Nullable OperatorSubtaskState state) throws Exception {
            this(new OneInputStreamOperatorTestHarness<>(new ReleaseDocuments(timing)), state);
        }

        private Released(
                OneInputStreamOperatorTestHarness<Document, Document> harness, @Nullable OperatorSubtaskState state)
                throws Exception {
            super(harness, OperatorTypes.DOCUMENT, state);
            this.harness = harness;
        }

        OperatorSubtaskState checkpoint(long id) throws Exception {
            return harness.snapshot(id, id);
        }

        void completed(long id) throws Exception {
            harness.notifyOfCompletedCheckpoint(id);
        }

        @Override
        void send(Document document) throws Exception {
            harness.processElement(new StreamRecord<>(document));
        }

        @Override
        void watermark(long millis) throws Exception {
            harness.processWatermark(new Watermark(millis));
        }
    }
}
