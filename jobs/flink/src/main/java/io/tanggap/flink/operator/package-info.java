/**
 * The operators: state, timers and routing around the decisions of the core, and nothing that decides. Knows no topic, no
 * index and no clock.
 */
@NullMarked
package io.tanggap.flink.operator;

import org.jspecify.annotations.NullMarked;
