/** What the command decides without any server. */
@NullMarked
package io.tanggap.app.cli;

import org.jspecify.annotations.NullMarked;
