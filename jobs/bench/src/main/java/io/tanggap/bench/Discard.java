package io.tanggap.bench;

import io.tanggap.flink.document.Document;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Where documents go when there is no Elasticsearch: they are counted, and on demand the last version of each is kept, for
 * raw indexing. Jobs run in this process, so what they leave in static fields can be read here.
 */
final class Discard extends ProcessFunction<Document, Void> {
    private static final AtomicLong WRITTEN = new AtomicLong();
    private static final Map<Key, Document> KEPT = new ConcurrentHashMap<>();

    private static volatile boolean keeping;

    private long counted;

    private record Key(Document.Kind kind, String id) {}

    /** Forgets the count; from now on, documents are also kept or not. */
    static void reset(boolean keep) {
        WRITTEN.set(0);
        keeping = keep;
    }

    /** Documents written since the last reset, by jobs that have ended. */
    static long written() {
        return WRITTEN.get();
    }

    /** The last version of each document that was kept. */
    static Collection<Document> kept() {
        return KEPT.values();
    }

    /** How many of those are of each kind. */
    static Map<Document.Kind, Long> keptByKind() {
        Map<Document.Kind, Long> counts = new TreeMap<>();
        KEPT.keySet().forEach(key -> counts.merge(key.kind(), 1L, Long::sum));
        return counts;
    }

    @Override
    public void processElement(Document document, Context context, Collector<Void> out) {
        counted++;
        if (keeping) {
            KEPT.merge(new Key(document.kind(), document.id()), document, Discard::later);
        }
    }

    private static Document later(Document one, @Nullable Document other) {
        return other == null || one.version() > other.version() ? one : other;
    }

    @Override
    public void close() {
        WRITTEN.addAndGet(counted);
    }
}
