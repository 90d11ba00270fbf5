/**
 * Writes a release of cases for research: tables as CSV and Parquet, logs as XES and OCEL, and what a reader has to know of
 * them. Knows the core alone; which cases are released and how coarsely is decided before. Keeps no state and reads no clock,
 * so the same cases give the same bytes.
 */
@NullMarked
package io.tanggap.release;

import org.jspecify.annotations.NullMarked;
