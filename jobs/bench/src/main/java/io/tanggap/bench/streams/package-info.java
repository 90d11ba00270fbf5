/**
 * What the job is compared with: a Kafka Streams topology that counts overdue cases and does nothing else. It runs in a JVM
 * of its own, for its RocksDB and Flink's have classes of one name; nothing else may refer to what is in here.
 */
@NullMarked
package io.tanggap.bench.streams;

import org.jspecify.annotations.NullMarked;
