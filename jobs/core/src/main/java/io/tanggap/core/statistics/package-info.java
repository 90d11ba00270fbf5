/**
 * The statistics behind the figures: curves of competing risks, intervals, ranks, funnels. Every class takes counts and
 * gives what they are worth; it knows nothing of complaints, units, windows or anything else of this project. Results are
 * bit-identical on every virtual machine and do not depend on the order in which units are given.
 */
@NullMarked
package io.tanggap.core.statistics;

import org.jspecify.annotations.NullMarked;
