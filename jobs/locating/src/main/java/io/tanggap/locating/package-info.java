/**
 * From a declared code or a coordinate to the territorial unit of a complaint. Owns the rules of the map: which unit a
 * point belongs to, on borders, in overlaps, in holes and in gaps. Knows nothing of complaints, of reference packs and of
 * Flink: it takes territories as plain records.
 */
@NullMarked
package io.tanggap.locating;

import org.jspecify.annotations.NullMarked;
