/**
 * How fast the responsiveness job is, beside its two floors, a bare keyed pass-through and raw bulk indexing, and beside Kafka
 * Streams; how that changes with the number of open cases; how soon it and notification are with people, live. And, by itself,
 * how fast points are placed on a map.
 */
@NullMarked
package io.tanggap.bench;

import org.jspecify.annotations.NullMarked;
