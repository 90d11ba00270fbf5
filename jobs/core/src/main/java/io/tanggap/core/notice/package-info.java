/** Who is told of which alerts, when, and in which message. */
@NullMarked
package io.tanggap.core.notice;

import org.jspecify.annotations.NullMarked;
