/** The command {@code tanggap}: the only place that reads arguments, writes to the terminal and ends the process. */
@NullMarked
package io.tanggap.app.cli;

import org.jspecify.annotations.NullMarked;
