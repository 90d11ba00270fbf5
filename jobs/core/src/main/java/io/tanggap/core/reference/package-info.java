/**
 * What the city knows about itself: units, targets, categories, its zone; each pack with the time from which it was
 * known. Packs are never changed or deleted: a judgement made at an instant uses the pack known then, so that a replay
 * judges alike. Knows nothing of cases.
 */
@NullMarked
package io.tanggap.core.reference;

import org.jspecify.annotations.NullMarked;
