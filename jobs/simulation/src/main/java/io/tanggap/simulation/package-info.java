/**
 * A city that does not exist: a believable month of complaints, drawn from a seed alone. Owns the invented behaviour of
 * citizens, desks, weather and delivery; knows nothing of folds, figures or transport, and reads no clock.
 */
@NullMarked
package io.tanggap.simulation;

import org.jspecify.annotations.NullMarked;
