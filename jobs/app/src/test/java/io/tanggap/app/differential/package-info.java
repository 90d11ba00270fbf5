/** The figures of the job against those of a second engine, which computes them from the same events by SQL of its own. */
@NullMarked
package io.tanggap.app.differential;

import org.jspecify.annotations.NullMarked;
