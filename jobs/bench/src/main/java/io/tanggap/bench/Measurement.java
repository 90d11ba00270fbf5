package io.tanggap.bench;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What is measured. */
enum Measurement {
    BARE("bare keyed pass-through"),
    REPLAY("replay, no Elasticsearch"),
    LIVE("live, no Elasticsearch"),
    STREAMS("Kafka Streams, commits 10 s"),
    STREAMS_LIVE("Kafka Streams, commits 1 s"),
    INDEXED("replay into Elasticsearch"),
    BULK("raw bulk indexing, no Flink");

    /** By another engine, which brings its own state. */
    static final Set<Measurement> WITHOUT_FLINK = Collections.unmodifiableSet(EnumSet.of(STREAMS, STREAMS_LIVE));

    static final Set<Measurement> WITH_ELASTICSEARCH = Collections.unmodifiableSet(EnumSet.of(INDEXED, BULK));

    private final String title;

    Measurement(String title) {
        this.title = title;
    }

    /** What the table calls it. */
    String title() {
        return title;
    }
}
