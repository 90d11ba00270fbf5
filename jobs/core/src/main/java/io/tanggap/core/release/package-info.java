/**
 * What may be handed out of cases, and in which words: quasi-identifiers, the ladder by which they are generalised until
 * enough cases share them, and the rows of a case at a rung of it. Knows no file format, no key of pseudonyms and no Flink.
 */
@NullMarked
package io.tanggap.core.release;

import org.jspecify.annotations.NullMarked;
