/** The names of the counters, and the identities that they satisfy. */
@NullMarked
package io.tanggap.flink.metrics;

import org.jspecify.annotations.NullMarked;
