package io.tanggap.flink.operator;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.notice.Silence;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.state.Bulletin;
import io.tanggap.flink.types.NoticeTypes;
import io.tanggap.flink.types.OperatorTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/** What everybody who notifies has to know, as an operator keeps it in broadcast state. */
public final class Bulletins {
    /** Silences by id, those that are over too: there are few. */
    static final MapStateDescriptor<String, Silence> SILENCES =
            new MapStateDescriptor<>("silences", Types.STRING, NoticeTypes.SILENCE);

    /** The latest alert of each channel's feed. */
    static final MapStateDescriptor<String, Alert> FEEDS =
            new MapStateDescriptor<>("feeds", Types.STRING, OperatorTypes.ALERT);

    private final Packs packs = new Packs();

    /** The stream as {@link FollowAlerts} and {@link GatherNotices} read it. */
    public static BroadcastStream<Bulletin> broadcast(DataStream<Bulletin> bulletins) {
        return bulletins.broadcast(Packs.STATE, SILENCES, FEEDS);
    }

    /** Keeps what a bulletin says; of two on one silence the one that comes later, of two on one feed that of the later as-of. */
    void take(
            Bulletin bulletin,
            BroadcastState<Integer, ReferencePack> log,
            BroadcastState<String, Silence> silences,
            BroadcastState<String, Alert> feeds)
            throws Exception {
        Alert feed = bulletin.feed();
        if (bulletin.pack() != null) {
            packs.add(bulletin.pack(), log);
        } else if (bulletin.silence() != null) {
            silences.put(bulletin.silence().id(), bulletin.silence());
        } else if (feed != null) {
            Alert before = feeds.get(feed.channel());
            if (before == null || !feed.asOf().isBefore(before.asOf())) {
                feeds.put(feed.channel(), feed);
            }
        }
    }

    /** The reference; null while no pack is known. */
    @Nullable
    Reference reference(ReadOnlyBroadcastState<Integer, ReferencePack> log) throws Exception {
        int known = packs.count(log);
        return known == 0 ? null : packs.first(known);
    }

    /** All silences. */
    static List<Silence> silences(ReadOnlyBroadcastState<String, Silence> silences) throws Exception {
        List<Silence> all = new ArrayList<>();
        silences.immutableEntries().forEach(entry -> all.add(entry.getValue()));
        return all;
    }

    /** The channels that send nothing. */
    static List<String> silentFeeds(ReadOnlyBroadcastState<String, Alert> feeds) throws Exception {
        List<String> silent = new ArrayList<>();
        feeds.immutableEntries().forEach(entry -> {
            if (entry.getValue().state().stands()) {
                silent.add(entry.getKey());
            }
        });
        return silent;
    }
}
