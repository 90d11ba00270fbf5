/**
 * Report cards: the figures of a period for every unit, and of each among its peers, computed from histories at one as-of and by
 * what was known at one time.
 */
@NullMarked
package io.tanggap.core.report;

import org.jspecify.annotations.NullMarked;
