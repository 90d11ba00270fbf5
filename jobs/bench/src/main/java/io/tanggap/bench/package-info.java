/** How fast the responsiveness job is, beside its two floors: a bare keyed pass-through and raw bulk indexing. */
@NullMarked
package io.tanggap.bench;

import org.jspecify.annotations.NullMarked;
