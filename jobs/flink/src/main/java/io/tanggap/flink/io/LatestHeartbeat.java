package io.tanggap.flink.io;

import io.tanggap.flink.avro.CaseEventCodec;
import io.tanggap.flink.avro.Incoming;
import io.tanggap.flink.avro.Reading.Read;
import java.time.Instant;
import java.util.Optional;

/** Up to when case-events is told: live jobs judge as of then, and not of later. */
public final class LatestHeartbeat {
    /** Chosen: intake writes four heartbeats a second, so there is one among far fewer records unless it is down. */
    private static final long LOOK_BACK = 10_000;

    private LatestHeartbeat() {}

    /**
     * The least of the latest heartbeats of all partitions, each looked for among its last 10,000 records; empty if there is a
     * partition without one, or no such topic.
     *
     * @throws KafkaException if the broker does not answer
     */
    public static Optional<Instant> in(String bootstrap) {
        CaseEventCodec codec = new CaseEventCodec();
        try (TopicContent content = TopicContent.open(bootstrap, Topics.CASE_EVENTS)) {
            Instant least = Instant.MAX;
            for (int partition : content.partitions()) {
                Instant[] latest = {Instant.MIN};
                content.forEachOfLast(partition, LOOK_BACK, record -> {
                    if (codec.decode(record.value()) instanceof Read<Incoming> read
                            && read.value().heartbeat() != null
                            && read.value().heartbeat().isAfter(latest[0])) {
                        latest[0] = read.value().heartbeat();
                    }
                });
                least = latest[0].isBefore(least) ? latest[0] : least;
            }
            return least.equals(Instant.MIN) || least.equals(Instant.MAX) ? Optional.empty() : Optional.of(least);
        }
    }
}
