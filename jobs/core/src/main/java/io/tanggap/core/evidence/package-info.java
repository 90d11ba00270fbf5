/**
 * What cases have in common that they should not: a photograph that proves one claim cannot prove another. Knows views of cases
 * and nothing of how they come about.
 */
@NullMarked
package io.tanggap.core.evidence;

import org.jspecify.annotations.NullMarked;
