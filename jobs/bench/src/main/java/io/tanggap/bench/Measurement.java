package io.tanggap.bench;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What is measured. */
enum Measurement {
    BARE("bare keyed pass-through"),
    REPLAY("replay, no Elasticsearch"),
    LIVE("live, no Elasticsearch"),
    INDEXED("replay into Elasticsearch"),
    BULK("raw bulk indexing, no Flink");

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
