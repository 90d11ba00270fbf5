package io.tanggap.flink.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.flink.avro.CaseEventCodec;
import io.tanggap.flink.avro.Examples;
import io.tanggap.testkit.EmbeddedServers;
import io.tanggap.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServers.class)
class DeadLetterLogIT {
    private static final int PARTITIONS = 4;

    private Broker broker;

    @BeforeEach
    void emptyTopics(EmbeddedServers servers) throws Exception {
        broker = Broker.withEmptyTopics(servers.kafka(), PARTITIONS);
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private List<StoredLetter> all() {
        List<StoredLetter> all = new ArrayList<>();
        try (DeadLetterLog log = DeadLetterLog.open(broker.bootstrap)) {
            log.forEach(all::add);
            assertThat(log.size()).isEqualTo(all.size());
        }
        return all;
    }

    private List<ConsumerRecord<byte[], byte[]>> caseEvents() {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (TopicContent content = TopicContent.open(broker.bootstrap, Topics.CASE_EVENTS)) {
            content.forEach(all::add);
        }
        return all;
    }

    @Test
    void everyLetterIsThereInItsOrderAndFoundByItsId() throws Exception {
        assertThat(all()).isEmpty();
        List<DeadLetter> letters = Examples.deadLetters();
        try (EventPublisher publisher = new EventPublisher(broker.bootstrap)) {
            letters.forEach(publisher::publish);
        }
        broker.send(Topics.DEAD_LETTERS, 0, new byte[] {1, 2});

        List<StoredLetter> stored = all();

        assertThat(stored).extracting(StoredLetter::id).containsExactly("0-0", "0-1", "0-2");
        assertThat(stored).extracting(StoredLetter::isLetter).containsExactly(true, true, false);
        assertThat(stored.subList(0, 2)).extracting(StoredLetter::letter).isEqualTo(letters);
        assertThat(stored.get(2).letter().origin()).isEqualTo("dead-letters-0@2");
        assertThat(stored.get(2).letter().bytes()).containsExactly(1, 2);
        assertThat(stored.get(2).letter().firstSeenAt())
                .as("when the broker got it")
                .isAfter(Instant.EPOCH);
        try (DeadLetterLog log = DeadLetterLog.open(broker.bootstrap)) {
            for (StoredLetter letter : stored) {
                assertThat(log.find(letter.partition(), letter.offset())).isEqualTo(Optional.of(letter));
            }
            assertThat(log.find(0, 3)).isEmpty();
            assertThat(log.find(1, 0)).isEmpty();
        }
    }

    @Test
    void whatWasErasedIsNotThereUntilItIsRejectedAgain() {
        DeadLetter letter = Examples.deadLetters().get(0);
        DeadLetter other = Examples.deadLetters().get(1);
        try (EventPublisher publisher = new EventPublisher(broker.bootstrap)) {
            publisher.publish(letter);
            publisher.publish(other);
            publisher.erase(letter);
            publisher.flush();
            assertThat(all()).extracting(StoredLetter::letter).containsExactly(other);
            try (DeadLetterLog log = DeadLetterLog.open(broker.bootstrap)) {
                assertThat(log.size()).isEqualTo(1);
                assertThat(log.find(0, 0)).isEmpty();
                assertThat(log.find(0, 2)).as("the mark").isEmpty();
            }
            publisher.publish(letter);
        }
        assertThat(all()).extracting(StoredLetter::letter).containsExactly(other, letter);
    }

    @Test
    void whatIsWrittenAfterTheLogWasOpenedIsNotSeen() {
        DeadLetter letter = Examples.deadLetters().get(0);
        try (EventPublisher publisher = new EventPublisher(broker.bootstrap)) {
            publisher.publish(letter);
            publisher.flush();
            List<StoredLetter> seen = new ArrayList<>();
            try (DeadLetterLog log = DeadLetterLog.open(broker.bootstrap)) {
                log.forEach(stored -> {
                    seen.add(stored);
                    publisher.publish(stored.letter());
                    publisher.flush();
                });
            }
            assertThat(seen).hasSize(1);
        }
        assertThat(all()).hasSize(2);
    }

    @Test
    void aKafkaWithoutTheTopicHasNoLetters(EmbeddedServers servers) throws Exception {
        Broker.withoutTopics(servers.kafka());
        assertThat(all()).isEmpty();
    }

    @Test
    void anEventThatIsSentBackLiesBesideItsFirstCopy() {
        CaseEventCodec codec = new CaseEventCodec();
        List<CaseEvent> events = Examples.events(200, Seeds.seed());
        WaysBack ways = new WaysBack();
        try (EventPublisher publisher = new EventPublisher(broker.bootstrap)) {
            events.forEach(publisher::publish);
            for (CaseEvent event : events) {
                DeadLetter letter = letter("case-events-0@1", codec.encode(event));
                publisher.publish((WayBack.ToTopic) ways.of(new StoredLetter(0, 0, letter, true)), letter.bytes());
            }
        }

        List<ConsumerRecord<byte[], byte[]>> records = caseEvents();

        assertThat(records).hasSize(400);
        Map<String, Integer> partitionOfCase = new HashMap<>();
        Map<String, Integer> copies = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            assertThat(partitionOfCase.merge(key, record.partition(), (known, same) -> known))
                    .as("partition of %s", key)
                    .isEqualTo(record.partition());
            copies.merge(new String(record.value(), StandardCharsets.ISO_8859_1) + record.timestamp(), 1, Integer::sum);
        }
        assertThat(copies.values()).allMatch(count -> count % 2 == 0);
    }

    @Test
    void whatCannotBeReadLiesInItsPartitionAndDatesNothing() {
        byte[] garbage = {1, 2, 3};
        try (EventPublisher publisher = new EventPublisher(broker.bootstrap)) {
            for (String origin : List.of("case-events-2@9", "case-events-7@1")) {
                publisher.publish(
                        (WayBack.ToTopic) new WaysBack().of(new StoredLetter(0, 0, letter(origin, garbage), true)),
                        garbage);
            }
        }

        assertThat(caseEvents()).extracting(ConsumerRecord::partition).containsExactly(2, 3);
        assertThat(caseEvents()).allSatisfy(record -> assertThat(record.value()).isEqualTo(garbage));
        assertThat(Topics.latestOccurrence(broker.bootstrap)).isEmpty();
    }

    private static DeadLetter letter(String origin, byte[] bytes) {
        return new DeadLetter(DeadLetter.Stage.DECODE, "malformed.avro", "m", origin, bytes, Examples.NOON);
    }
}
