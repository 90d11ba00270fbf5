package io.tanggap.flink.io;

import io.tanggap.core.notice.Silence;
import io.tanggap.flink.alert.SilenceCodec;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The silences that the topic alert-silences holds, for whoever reads them without a job. */
public final class AlertSilences {
    private AlertSilences() {}

    /**
     * Every silence as its last record has it, in the order of their first records; none if there is no such topic. What is no
     * silence is passed over here: the job tells it.
     *
     * @throws KafkaException if the broker does not answer
     */
    public static List<Silence> in(String bootstrap) {
        Map<String, Silence> silences = new LinkedHashMap<>();
        try (TopicContent topic = TopicContent.open(bootstrap, Topics.ALERT_SILENCES)) {
            topic.forEach(record -> {
                try {
                    if (record.value() != null) {
                        Silence silence = SilenceCodec.decode(record.value());
                        silences.put(silence.id(), silence);
                    }
                } catch (IOException e) {
                    // No silence.
                }
            });
        }
        return List.copyOf(silences.values());
    }
}
