/**
 * The edges of the jobs to Kafka: sources, sinks, topics and the publisher. Knows what a topic holds and how time reaches
 * a job; decides nothing about complaints.
 */
@NullMarked
package io.tanggap.flink.io;

import org.jspecify.annotations.NullMarked;
