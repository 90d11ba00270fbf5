package io.tanggap.flink.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.avro.Examples;
import io.tanggap.flink.avro.ReferenceCodec;
import io.tanggap.testkit.EmbeddedServers;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServers.class)
class TopicsIT {
    private String bootstrap;

    @BeforeEach
    void noTopics(EmbeddedServers servers) throws Exception {
        Broker.withoutTopics(servers.kafka());
        bootstrap = servers.kafka().bootstrapServers();
    }

    static CaseEvent at(String caseNumber, String instant) {
        return CaseEvent.of(
                "qlue",
                caseNumber,
                Instant.parse(instant),
                Examples.NOON,
                null,
                Actor.OFFICER,
                null,
                Visibility.PUBLIC,
                false,
                TimeNote.EXACT,
                new Payload.PublicReply());
    }

    private void delete(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
    }

    private String setting(String topic, String name) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            return config.get(name).value();
        }
    }

    @Test
    void whatIsPersonalExpiresAndTheRestIsKept() throws Exception {
        Topics.create(bootstrap, 3);
        assertThat(Topics.partitions(bootstrap, Topics.CASE_EVENTS)).isEqualTo(3);
        assertThat(Topics.partitions(bootstrap, Topics.CASE_PERSONAL)).isEqualTo(3);
        assertThat(Topics.partitions(bootstrap, Topics.DEAD_LETTERS)).isOne();
        assertThat(Topics.partitions(bootstrap, Topics.REFERENCE)).isOne();
        assertThat(Topics.channels()).hasSize(10).contains("complaints.qlue", "complaints.open311", "erasures");
        for (String channel : Topics.channels()) {
            boolean request = channel.equals(Topics.ERASURES);
            assertThat(setting(channel, "retention.ms"))
                    .isEqualTo(request ? "-1" : Long.toString(Topics.CHANNELS_KEPT.toMillis()));
            assertThat(setting(channel, "message.timestamp.type")).isEqualTo(request ? "CreateTime" : "LogAppendTime");
            assertThat(Topics.ofChannel(Topics.channelOf(channel))).isEqualTo(channel);
        }
        for (Map.Entry<String, Duration> erasable : Map.of(
                        Topics.DEAD_LETTERS, Topics.DEAD_LETTERS_KEPT, Topics.CASE_PERSONAL, Topics.PERSONAL_KEPT)
                .entrySet()) {
            assertThat(setting(erasable.getKey(), "retention.ms"))
                    .isEqualTo(Long.toString(erasable.getValue().toMillis()));
            assertThat(setting(erasable.getKey(), "cleanup.policy").split(",")).contains("compact", "delete");
        }
        assertThat(setting(Topics.CHANNEL_DECLARATIONS, "cleanup.policy")).isEqualTo("compact");
        assertThat(setting(Topics.CHANNEL_DECLARATIONS, "retention.ms")).isEqualTo("-1");
        for (String topic : List.of(Topics.CASE_EVENTS, Topics.REFERENCE)) {
            assertThat(setting(topic, "retention.ms")).isEqualTo("-1");
            assertThat(setting(topic, "cleanup.policy")).isEqualTo("delete");
            assertThat(setting(topic, "message.timestamp.type")).isEqualTo("CreateTime");
        }
    }

    /** Leaders know of a topic later than the brokers that tell of it, and most of all the last of many. */
    @RepeatedTest(10)
    void aNewTopicRefusesNoRecord() throws Exception {
        Topics.create(bootstrap, 16);
        String alerts = Topics.createAlerts(bootstrap, true, Examples.NOON, 16);
        try (KafkaProducer<byte[], byte[]> once = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "retries", "0", "enable.idempotence", "false"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (String topic : List.of(alerts, Topics.CASE_EVENTS, Topics.CASE_PERSONAL)) {
                for (int partition = 0; partition < 16; partition++) {
                    sent.add(once.send(new ProducerRecord<>(topic, partition, new byte[] {1}, new byte[] {1})));
                }
            }
            for (Future<RecordMetadata> record : sent) {
                record.get();
            }
        } finally {
            delete(alerts);
        }
    }

    @Test
    void creatingAgainKeepsThePartitionsAndMendsTheConfiguration() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(Topics.CASE_EVENTS, Optional.of(2), Optional.empty())
                            .configs(Map.of("retention.ms", "1000"))))
                    .all()
                    .get();
        }
        Topics.create(bootstrap, 5);
        Topics.create(bootstrap, 5);
        assertThat(Topics.partitions(bootstrap, Topics.CASE_EVENTS)).isEqualTo(2);
        await("the broker has heard of it").untilAsserted(() -> assertThat(setting(Topics.CASE_EVENTS, "retention.ms"))
                .isEqualTo("-1"));
    }

    @Test
    void aTopicThatWasThereKeepsItsRecordsAsLongAsItDid() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(
                            new NewTopic("complaints.qlue", Optional.of(1), Optional.empty())
                                    .configs(Map.of("retention.ms", "-1")),
                            new NewTopic(Topics.DEAD_LETTERS, Optional.of(1), Optional.empty())
                                    .configs(Map.of("retention.ms", "-1"))))
                    .all()
                    .get();
        }
        Topics.create(bootstrap, 1);
        await("the broker has heard of it")
                .untilAsserted(() -> assertThat(setting(Topics.DEAD_LETTERS, "cleanup.policy"))
                        .as("what is erased has to go")
                        .contains("compact"));
        assertThat(setting(Topics.DEAD_LETTERS, "retention.ms")).isEqualTo("-1");
        assertThat(setting("complaints.qlue", "retention.ms")).isEqualTo("-1");
    }

    @Test
    void aReferenceOfTwoPartitionsIsRefused() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(Topics.REFERENCE, Optional.of(2), Optional.empty())))
                    .all()
                    .get();
        }
        assertThatThrownBy(() -> Topics.create(bootstrap, 1))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("topic reference on " + bootstrap + " has 2 partitions");
    }

    @Test
    void theLatestOccurrenceIsThatOfAnEventAndNeverOfAHeartbeat() {
        Topics.create(bootstrap, 4);
        assertThat(Topics.latestOccurrence(bootstrap)).isEmpty();
        try (EventPublisher publisher = new EventPublisher(bootstrap)) {
            publisher.heartbeat(Instant.parse("2030-01-01T00:00:00Z"));
            publisher.flush();
            assertThat(Topics.latestOccurrence(bootstrap)).isEmpty();

            publisher.publish(at("1", "1899-12-31T00:00:00Z"));
            publisher.flush();
            assertThat(Topics.latestOccurrence(bootstrap)).contains(Instant.ofEpochMilli(1));

            publisher.publish(at("2", "2017-11-05T12:00:00.123Z"));
            publisher.publish(at("3", "2017-11-05T11:00:00Z"));
            publisher.heartbeat(Instant.parse("2031-01-01T00:00:00Z"));
            publisher.flush();
            assertThat(Topics.latestOccurrence(bootstrap)).contains(Instant.parse("2017-11-05T12:00:00.123Z"));

            publisher.publish(at("4", "2099-12-31T23:59:59Z"));
            publisher.flush();
            assertThat(Topics.latestOccurrence(bootstrap)).contains(Instant.parse("2099-12-31T23:59:59Z"));
        }
    }

    @Test
    void thePublishedPacksAreThoseThatAreWholeInTheirOrder() {
        assertThat(PublishedPacks.in(bootstrap)).as("no topic").isEmpty();
        Topics.create(bootstrap, 1);
        assertThat(PublishedPacks.in(bootstrap)).as("nothing in it").isEmpty();
        List<ReferencePack.Unit> units = IntStream.range(0, 30_000)
                .mapToObj(i -> new ReferencePack.Unit("unit-" + i, "name of unit " + i, "district", null))
                .toList();
        ReferencePack large = pack("b", units);
        ReferencePack small = pack("a", List.of());
        ReferenceCodec codec = new ReferenceCodec();
        assertThat(codec.slices(large, Topics.RECORD_BYTES / 2)).hasSizeGreaterThan(1);

        try (EventPublisher publisher = new EventPublisher(bootstrap)) {
            publisher.publish(large);
            publisher.publish(small);
            publisher.publish(large);
            publisher.flush();
        }
        send(new byte[] {1});
        send(codec.encode(
                codec.slices(pack("c", units), Topics.RECORD_BYTES / 2).get(0)));

        assertThat(PublishedPacks.in(bootstrap)).containsExactly(large, small);
    }

    private void send(byte[] slice) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            // Closing waits for it.
            var unused = producer.send(new ProducerRecord<>(Topics.REFERENCE, slice));
        }
    }

    private static ReferencePack pack(String id, List<ReferencePack.Unit> units) {
        return new ReferencePack(
                id,
                Instant.EPOCH,
                "jakarta",
                ZoneId.of("Asia/Jakarta"),
                Duration.ofDays(14),
                units,
                List.of(),
                Map.of());
    }

    @Test
    void aMissingTopicIsToldWithItsNameAndBroker() {
        assertThatThrownBy(() -> Topics.latestOccurrence(bootstrap))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining(bootstrap)
                .hasMessageContaining(Topics.CASE_EVENTS);
    }

    @Test
    void aBrokerThatDoesNotAnswerIsToldWithItsAddress() throws Exception {
        String nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = "127.0.0.1:" + socket.getLocalPort();
        }
        assertThatThrownBy(() -> Topics.create(nobody, 1))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining(nobody);
        assertThatThrownBy(() -> PublishedPacks.in(nobody))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining(nobody);
    }

    @Test
    void aRecordThatKafkaDoesNotTakeFailsThePublisherWithTheTopic() {
        Topics.create(bootstrap, 1);
        DeadLetter tooLarge = new DeadLetter(
                DeadLetter.Stage.REPLAY,
                "malformed.csv",
                "m",
                "o",
                new byte[Topics.DEAD_LETTER_BYTES + 1],
                Examples.NOON);
        EventPublisher publisher = new EventPublisher(bootstrap);
        assertThatThrownBy(() -> {
                    publisher.publish(tooLarge);
                    publisher.flush();
                })
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining(bootstrap)
                .hasMessageContaining(Topics.DEAD_LETTERS);
        assertThatThrownBy(() -> {
                    try (publisher) {
                        publisher.publish(at("1", "2017-11-05T12:00:00Z"));
                    }
                })
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining(Topics.DEAD_LETTERS);
    }
}
