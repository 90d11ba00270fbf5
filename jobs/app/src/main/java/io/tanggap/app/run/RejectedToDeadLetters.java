package io.tanggap.app.run;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.DeadLetter.Stage;
import io.tanggap.elasticsearch.DocumentWrite;
import io.tanggap.elasticsearch.Indices.Generation;
import io.tanggap.elasticsearch.RejectedDocuments;
import io.tanggap.flink.document.DocumentWriter;
import io.tanggap.flink.document.EmissionClock;
import io.tanggap.flink.io.EventPublisher;
import java.time.Instant;
import java.util.Locale;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.jspecify.annotations.Nullable;

/** A document that Elasticsearch refuses for good becomes a dead letter: whole in the topic, described in the index. */
final class RejectedToDeadLetters implements RejectedDocuments {
    private static final long serialVersionUID = 1;

    private final String bootstrap;

    RejectedToDeadLetters(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    @Override
    public Delivery open(WriterInitContext context) {
        return new ToTopicAndIndex(bootstrap);
    }

    private static final class ToTopicAndIndex implements Delivery {
        private final String bootstrap;
        private final EmissionClock clock = new SystemEmissionClock();
        private final DocumentWriter documents = new DocumentWriter(clock);
        // Opened with the first refusal: most runs see none.
        private @Nullable EventPublisher publisher;

        ToTopicAndIndex(String bootstrap) {
            this.bootstrap = bootstrap;
        }

        @Override
        public DocumentWrite reject(Rejection rejection) {
            DocumentWrite refused = rejection.document();
            DeadLetter letter = new DeadLetter(
                    Stage.INDEX,
                    "rejected." + rejection.type().toLowerCase(Locale.ROOT),
                    "Elasticsearch refused the document with status " + rejection.status()
                            + "; compare it with the index template, mend the one that is wrong, and run again.",
                    refused.index() + "/" + refused.id(),
                    refused.source(),
                    Instant.ofEpochMilli(clock.micros() / 1_000));
            if (publisher == null) {
                publisher = new EventPublisher(bootstrap);
            }
            publisher.publish(letter);
            return KafkaEndpoints.write(
                    documents.ofDeadLetter(letter, clock.nextVersion(0)).document(), Generation.CURRENT);
        }

        @Override
        public void flush() {
            if (publisher != null) {
                publisher.flush();
            }
        }

        @Override
        public void close() {
            if (publisher != null) {
                publisher.close();
            }
        }
    }
}
