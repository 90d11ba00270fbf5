/**
 * Whether Kafka, Elasticsearch and Flink are as the jobs need them, as findings with their remedies. It reads and changes nothing, and
 * knows no terminal.
 */
@NullMarked
package io.tanggap.app.health;

import org.jspecify.annotations.NullMarked;
