/**
 * From views to figures: what a case contributes to which cells, how contributions are summed, and what a figure is as a
 * function of the sum. The only place where a figure is defined.
 */
@NullMarked
package io.tanggap.core.measure;

import org.jspecify.annotations.NullMarked;
