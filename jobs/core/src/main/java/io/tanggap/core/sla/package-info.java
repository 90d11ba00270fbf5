/**
 * Clocks: what was due when, what the clock counted and what it did not, and who answers for the verdict under each rule
 * of attribution.
 */
@NullMarked
package io.tanggap.core.sla;

import org.jspecify.annotations.NullMarked;
