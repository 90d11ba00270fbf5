/** What somebody has to be told of a case or a channel, raised by the fold. */
@NullMarked
package io.tanggap.core.alert;

import org.jspecify.annotations.NullMarked;
