package io.tanggap.flink.state;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.CaseEvent;
import java.util.List;

/**
 * The events of one record of a channel, also if it has none: who writes them knows by it how far the channel has been
 * told.
 *
 * @param topic where the record lies
 */
public record ToldRecord(String topic, int partition, long offset, List<CaseEvent> events) {
    public ToldRecord {
        requireNonNull(topic, "topic");
        events = List.copyOf(events);
    }
}
