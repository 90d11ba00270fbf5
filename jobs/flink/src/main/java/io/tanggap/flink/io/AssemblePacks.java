package io.tanggap.flink.io;

import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.avro.RawRecord;
import io.tanggap.flink.avro.Reading;
import io.tanggap.flink.avro.Reading.Read;
import io.tanggap.flink.avro.Reading.Unreadable;
import io.tanggap.flink.avro.ReferenceCodec;
import io.tanggap.flink.avro.ReferencePart;
import io.tanggap.flink.types.DomainTypes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Puts the slices of packs together. State: the records of unfinished packs, which end with the pack, and the checksum
 * of each finished one, as many as there are packs.
 */
final class AssemblePacks extends ProcessFunction<RawRecord, ReferencePack> implements CheckpointedFunction {
    private final Clock clock;
    private transient ReferenceCodec codec;
    private transient Map<String, SortedMap<Integer, Slice>> unfinished; // by checksum, then by number
    private transient Map<String, String> finished; // pack to checksum
    private transient ListState<RawRecord> unfinishedState;
    private transient ListState<Tuple2<String, String>> finishedState;

    private record Slice(ReferencePart part, RawRecord record) {}

    @SuppressWarnings("NullAway.Init") // initializeState comes before everything else
    AssemblePacks(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        codec = new ReferenceCodec();
        unfinished = new LinkedHashMap<>();
        finished = new LinkedHashMap<>();
        unfinishedState = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("unfinished-slices", DomainTypes.RAW_RECORD));
        finishedState = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("finished-packs", Types.TUPLE(Types.STRING, Types.STRING)));
        for (RawRecord record : unfinishedState.get()) {
            if (codec.decode(record.bytes()) instanceof Read<ReferencePart> read) {
                slicesOf(read.value()).put(read.value().part(), new Slice(read.value(), record));
            }
        }
        for (Tuple2<String, String> pack : finishedState.get()) {
            finished.put(pack.f0, pack.f1);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        List<RawRecord> records = new ArrayList<>();
        unfinished.values().forEach(slices -> slices.values().forEach(slice -> records.add(slice.record())));
        unfinishedState.update(records);
        List<Tuple2<String, String>> packs = new ArrayList<>();
        finished.forEach((pack, sha256) -> packs.add(Tuple2.of(pack, sha256)));
        finishedState.update(packs);
    }

    @Override
    public void processElement(RawRecord record, Context context, Collector<ReferencePack> out) {
        Reading<ReferencePart> reading = codec.decode(record.bytes());
        if (reading instanceof Unreadable<ReferencePart> unreadable) {
            reject(unreadable, record, context);
        } else if (reading instanceof Read<ReferencePart> read) {
            add(read.value(), record, context, out);
        }
    }

    private void add(ReferencePart part, RawRecord record, Context context, Collector<ReferencePack> out) {
        String known = finished.get(part.packId());
        if (part.sha256().equals(known)) {
            return;
        }
        if (known != null) {
            reject(
                    new Unreadable<>(
                            "invalid.reference-changed",
                            "Reference pack " + part.packId()
                                    + " was published before with another content, and a pack never changes:"
                                    + " publish it under a new id."),
                    record,
                    context);
            return;
        }
        SortedMap<Integer, Slice> slices = slicesOf(part);
        slices.put(part.part(), new Slice(part, record));
        if (slices.size() < part.parts()) {
            return;
        }
        unfinished.remove(part.sha256());
        Reading<ReferencePack> reading =
                codec.assemble(slices.values().stream().map(Slice::part).toList());
        if (reading instanceof Read<ReferencePack> read) {
            finished.put(part.packId(), part.sha256());
            out.collect(read.value());
        } else if (reading instanceof Unreadable<ReferencePack> unreadable) {
            slices.values().forEach(slice -> reject(unreadable, slice.record(), context));
        }
    }

    private SortedMap<Integer, Slice> slicesOf(ReferencePart part) {
        return unfinished.computeIfAbsent(part.sha256(), sha256 -> new TreeMap<>());
    }

    private void reject(Unreadable<?> unreadable, RawRecord record, Context context) {
        context.output(
                ReferenceSource.DEAD_LETTERS, Kafka.rejected(unreadable, record.origin(), record.bytes(), clock));
    }
}
