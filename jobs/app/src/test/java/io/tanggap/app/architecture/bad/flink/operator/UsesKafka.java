package io.tanggap.app.architecture.bad.flink.operator;

import org.apache.kafka.common.TopicPartition;

final class UsesKafka {
    final TopicPartition partition = new TopicPartition("case-events", 0);
}
