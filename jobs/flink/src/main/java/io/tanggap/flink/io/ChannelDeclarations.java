package io.tanggap.flink.io;

import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.flink.avro.ChannelDeclarationCodec;
import io.tanggap.flink.avro.Reading.Read;
import java.util.function.Consumer;

/** The declarations that the topic channel-declarations holds, for whoever reads them without a job. */
public final class ChannelDeclarations {
    private ChannelDeclarations() {}

    /**
     * Hands over every declaration that is there now; none if there is no such topic. What is no declaration is passed over
     * here: the job tells it, see {@link ChannelDeclarationSource#DEAD_LETTERS}.
     *
     * @throws KafkaException if the broker does not answer
     */
    public static void forEach(String bootstrap, Consumer<ChannelDeclaration> each) {
        ChannelDeclarationCodec codec = new ChannelDeclarationCodec();
        try (TopicContent topic = TopicContent.open(bootstrap, Topics.CHANNEL_DECLARATIONS)) {
            topic.forEach(record -> {
                if (record.value() != null && codec.decode(record.value()) instanceof Read<ChannelDeclaration> read) {
                    each.accept(read.value());
                }
            });
        }
    }
}
