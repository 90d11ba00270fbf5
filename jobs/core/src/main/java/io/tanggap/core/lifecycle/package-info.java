/**
 * From the set of a case's events to everything that is known about it: history, fold, view. A view is a pure function of
 * (history, reference, as-of); arrival order, duplicates and replays change nothing. Knows nothing of measures or state.
 */
@NullMarked
package io.tanggap.core.lifecycle;

import org.jspecify.annotations.NullMarked;
