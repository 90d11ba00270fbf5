/** The pure core of Tanggap: imports {@code java.*} and the nullness annotations only. */
@NullMarked
package io.tanggap.core;

import org.jspecify.annotations.NullMarked;
