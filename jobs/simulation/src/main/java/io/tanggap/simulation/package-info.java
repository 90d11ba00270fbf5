/**
 * A city that does not exist: a believable month of complaints, drawn from a seed alone. Owns the invented behaviour of
 * citizens, desks, weather and delivery, how channels tell of it, and the truth about it; knows nothing of adapters, folds,
 * figures or transport, and reads no clock.
 */
@NullMarked
package io.tanggap.simulation;

import org.jspecify.annotations.NullMarked;
