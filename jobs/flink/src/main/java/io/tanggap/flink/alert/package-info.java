/** Alerts as their topics hold them. */
@NullMarked
package io.tanggap.flink.alert;

import org.jspecify.annotations.NullMarked;
