@NullMarked
package io.tanggap.intake.channel;

import org.jspecify.annotations.NullMarked;
