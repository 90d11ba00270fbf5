@NullMarked
package io.tanggap.intake;

import org.jspecify.annotations.NullMarked;
