/** How problems are told to people: the name that was most likely meant. Knows nothing of what the names are for. */
@NullMarked
package io.tanggap.core.wording;

import org.jspecify.annotations.NullMarked;
