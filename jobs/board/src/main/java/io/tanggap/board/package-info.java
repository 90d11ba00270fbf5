/**
 * Pages that people read without Kibana: the figures of a city or a unit for a period, the cases that somebody has to act on,
 * and why a case stands as it stands. One renderer makes what {@code tanggap board} serves and what {@code tanggap report --out}
 * writes.
 */
@NullMarked
package io.tanggap.board;

import org.jspecify.annotations.NullMarked;
