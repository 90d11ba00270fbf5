package io.tanggap.flink.operator;

import io.tanggap.flink.document.Document;
import io.tanggap.flink.types.OperatorTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Live: lets a document go on only when a completed checkpoint holds the state that it was made from. Otherwise a document
 * that only the last moments before a failure had made would stay in the index: restored, the job may see a late event
 * first, make other documents, and never touch that one again. Of several versions the highest goes, so that a document is
 * written at most once for each checkpoint.
 *
 * <p>A replay makes every document from its whole input, at the end, and after a failure makes the same ones again: there
 * it only passes on.
 *
 * <p>State: the documents of one or two intervals between checkpoints.
 */
public final class ReleaseDocuments extends AbstractStreamOperator<Document>
        implements OneInputStreamOperator<Document, Document> {
    private static final ListStateDescriptor<Document> HELD =
            new ListStateDescriptor<>("held-documents", OperatorTypes.DOCUMENT);

    /** What came back with a restore is in a checkpoint already. */
    private static final long RESTORED = 0;

    private final boolean live;

    private transient Map<Key, Document> collected;
    /** By the checkpoint that covers them. */
    private transient TreeMap<Long, List<Document>> covered;

    private transient ListState<Document> held;

    private record Key(Document.Kind kind, String id) {}

    @SuppressWarnings("NullAway.Init") // initializeState comes before everything else
    public ReleaseDocuments(Timing timing) {
        this.live = timing.isLive();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        collected = new LinkedHashMap<>();
        covered = new TreeMap<>();
        held = context.getOperatorStateStore().getListState(HELD);
        List<Document> restored = new ArrayList<>();
        held.get().forEach(restored::add);
        if (!restored.isEmpty()) {
            covered.put(RESTORED, restored);
        }
    }

    @Override
    public void processElement(StreamRecord<Document> element) {
        if (live) {
            Document document = element.getValue();
            collected.merge(
                    new Key(document.kind(), document.id()),
                    document,
                    (before, now) -> before.version() > now.version() ? before : now);
        } else {
            output.collect(element);
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (!collected.isEmpty()) {
            covered.put(context.getCheckpointId(), List.copyOf(collected.values()));
            collected.clear();
        }
        List<Document> all = new ArrayList<>();
        covered.values().forEach(all::addAll);
        held.update(all);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        // A checkpoint holds what those before it would have held, also of one that failed.
        Map<Long, List<Document>> released = covered.headMap(checkpointId, true);
        released.values().forEach(this::emit);
        released.clear();
    }

    @Override
    public void finish() throws Exception {
        covered.values().forEach(this::emit);
        covered.clear();
        emit(List.copyOf(collected.values()));
        collected.clear();
        super.finish();
    }

    private void emit(List<Document> documents) {
        documents.forEach(document -> output.collect(new StreamRecord<>(document)));
    }
}
