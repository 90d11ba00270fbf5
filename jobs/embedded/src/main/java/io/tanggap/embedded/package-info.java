/**
 * The servers that Tanggap needs, on loopback and without an installation: Kafka within this process, Elasticsearch as a
 * child process. Owns their start, their data directories and their end; knows nothing of topics, indices or jobs.
 */
@NullMarked
package io.tanggap.embedded;

import org.jspecify.annotations.NullMarked;
