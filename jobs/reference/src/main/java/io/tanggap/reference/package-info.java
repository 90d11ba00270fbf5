/**
 * From a directory that a person edits to a reference pack, or to all that is wrong with it. Knows the format of the files;
 * knows nothing of cases, transport or where packs are published.
 */
@NullMarked
package io.tanggap.reference;

import org.jspecify.annotations.NullMarked;
