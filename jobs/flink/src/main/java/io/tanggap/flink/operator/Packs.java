package io.tanggap.flink.operator;

import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.types.DomainTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The reference log as an operator sees it: the packs in the order of the topic, which is the same in every instance. The
 * first n of them are a reference of their own, so that what was contributed under them can be subtracted under them.
 */
public final class Packs {
    /** The broadcast state: place in the log to pack. */
    public static final MapStateDescriptor<Integer, ReferencePack> STATE =
            new MapStateDescriptor<>("reference-packs", Types.INT, DomainTypes.REFERENCE_PACK);

    private final List<Reference> byCount = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();

    /** Appends a pack; the same pack published twice counts once. */
    void add(ReferencePack pack, BroadcastState<Integer, ReferencePack> log) throws Exception {
        int count = 0;
        for (var entry : log.entries()) {
            if (entry.getValue().id().equals(pack.id())) {
                return;
            }
            count++;
        }
        log.put(count, pack);
        byCount.clear();
        ids.clear();
    }

    /** How many packs are known. */
    int count(ReadOnlyBroadcastState<Integer, ReferencePack> log) throws Exception {
        if (byCount.isEmpty()) {
            TreeMap<Integer, ReferencePack> ordered = new TreeMap<>();
            log.immutableEntries().forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
            List<ReferencePack> packs = new ArrayList<>();
            for (ReferencePack pack : ordered.values()) {
                packs.add(pack);
                ids.add(pack.id());
                byCount.add(Reference.of(packs));
            }
        }
        return byCount.size();
    }

    /** The reference that the first {@code count} packs form, after {@link #count}; at least one. */
    Reference first(int count) {
        return byCount.get(count - 1);
    }

    /** The ids of the packs that the first {@code count} are followed by, up to those of a larger {@code known}. */
    List<String> published(int count, int known) {
        return ids.subList(count, known);
    }
}
