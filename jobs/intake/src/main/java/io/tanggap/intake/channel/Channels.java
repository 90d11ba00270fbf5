package io.tanggap.intake.channel;

import io.tanggap.core.reference.Reference;
import io.tanggap.intake.Pseudonyms;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All channels that speak to intake, and what their records tell. Not for several threads. */
public final class Channels {
    /** Ids of the channels that have a topic, in a fixed order. */
    public static final List<String> IDS = List.of();

    /** Stands for the topic of requests to erase what is personal in a case, wherever a channel is asked for. */
    public static final String ERASURES = "erasures";

    /**
     * @param reference what places, units and categories are looked up in, as known at the time of each event
     * @param pseudonyms names reporters; null leaves them unnamed
     */
    public Channels(Reference reference, @Nullable Pseudonyms pseudonyms) {}

    /**
     * What a record tells.
     *
     * @param channel one of {@link #IDS}
     * @param payload the record's value; any bytes
     * @param sentAt the record's Kafka timestamp: when Tanggap first saw what it tells, see {@code CaseEvent.ingestedAt()}
     */
    public Admitted admit(String channel, byte[] payload, Instant sentAt) {
        return new Admitted(List.of(), List.of(), List.of(), List.of(), new TreeMap<>(), new TreeMap<>());
    }
}
