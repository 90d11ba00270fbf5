package io.tanggap.flink.operator;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.release.DailyEvent;
import io.tanggap.core.release.Published;
import io.tanggap.flink.types.DomainTypes;
import io.tanggap.intake.Pseudonyms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Events as the daily feed tells them: under pseudonyms, in the words of the pack that was known when the event was first seen, so that a
 * record that is read again is told alike. Events wait until the packs that were published when the job was started have been read.
 *
 * <p>State: the events that wait, which are as many as come in the seconds until then.
 */
public final class TellEvents extends BroadcastProcessFunction<CaseEvent, ReferencePack, DailyEvent>
        implements CheckpointedFunction {
    private final KeyFile key;
    private final int packsToAwait;

    private transient Pseudonyms names;
    private transient Packs packs;
    private transient List<CaseEvent> waiting;
    private transient ListState<CaseEvent> waitingState;
    private transient int packsInUse;
    private transient @Nullable Reference reference;
    /** The words of each pack in use, by its id. */
    private transient Map<String, Published> words;

    /**
     * @param key of the pseudonyms
     * @param packsToAwait how many packs were published when the job was started; at least one is awaited
     */
    @SuppressWarnings("NullAway.Init") // initializeState comes before everything else
    public TellEvents(KeyFile key, int packsToAwait) {
        this.key = key;
        this.packsToAwait = Math.max(1, packsToAwait);
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        names = key.required();
        packs = new Packs();
        words = new HashMap<>();
        waitingState = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("waiting-events", DomainTypes.CASE_EVENT));
        waiting = new ArrayList<>();
        waitingState.get().forEach(waiting::add);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        waitingState.update(waiting);
    }

    @Override
    public void processElement(CaseEvent event, ReadOnlyContext context, Collector<DailyEvent> out) throws Exception {
        waiting.add(event);
        tell(packs.count(context.getBroadcastState(Packs.STATE)), out);
    }

    @Override
    public void processBroadcastElement(ReferencePack pack, Context context, Collector<DailyEvent> out)
            throws Exception {
        packs.add(pack, context.getBroadcastState(Packs.STATE));
        tell(packs.count(context.getBroadcastState(Packs.STATE)), out);
    }

    private void tell(int known, Collector<DailyEvent> out) {
        if (known < packsToAwait) {
            return;
        }
        if (known != packsInUse) {
            packsInUse = known;
            reference = packs.first(known);
            words.clear();
        }
        for (CaseEvent event : waiting) {
            out.collect(DailyEvent.of(event, words(requireNonNull(reference), event), names::ofEvent, names::ofCase));
        }
        waiting.clear();
    }

    private Published words(Reference log, CaseEvent event) {
        ReferencePack pack = log.knownAt(event.ingestedAt());
        return words.computeIfAbsent(pack.id(), id -> new Published(log, event.ingestedAt()));
    }
}
