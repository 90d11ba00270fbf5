package io.tanggap.app.cli;

import io.tanggap.flink.io.Topics;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The Kafka that a command works with. */
final class KafkaOptions {
    @Option(
            names = "--bootstrap-servers",
            required = true,
            paramLabel = "HOST:PORT",
            description = "The Kafka; tanggap demo prints its own.")
    String bootstrap = "";

    /** The Kafka of a command that makes the topics that are missing. */
    static final class WithTopics {
        @Mixin
        private KafkaOptions kafka = new KafkaOptions();

        @Option(
                names = "--partitions",
                paramLabel = "N",
                defaultValue = "4",
                description =
                        "Partitions of the topic case-events, if it has to be created (default: ${DEFAULT-VALUE}).")
        private int partitions;

        /** The address alone. */
        String address() {
            return kafka.bootstrap;
        }

        /** The address, once all topics are there. */
        String ready() {
            Topics.create(kafka.bootstrap, partitions);
            return kafka.bootstrap;
        }
    }
}
