/**
 * Why a case stands as it stands, and how it would stand otherwise: what the fold went by, laid out so that a person can
 * check it with a pencil, and two references compared over the same cases. Facts only: whoever shows them finds the words.
 */
@NullMarked
package io.tanggap.core.explain;

import org.jspecify.annotations.NullMarked;
