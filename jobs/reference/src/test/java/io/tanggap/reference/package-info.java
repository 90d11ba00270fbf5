@NullMarked
package io.tanggap.reference;

import org.jspecify.annotations.NullMarked;
