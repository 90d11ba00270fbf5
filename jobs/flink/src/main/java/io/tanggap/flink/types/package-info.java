/**
 * How records cross edges and rest in state: one serializer per record, each written out, none found by reflection. Knows
 * nothing of operators or topics.
 */
@NullMarked
package io.tanggap.flink.types;

import org.jspecify.annotations.NullMarked;
