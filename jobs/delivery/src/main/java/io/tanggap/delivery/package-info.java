/**
 * Writes a message out for people and for machines, and carries it to one recipient: to a webhook, a mailbox or a folder. Knows
 * the core alone; who is told of what is decided before, and when to try again is asked of {@link io.tanggap.delivery.RetryPlan}
 * by whoever calls. Keeps no state.
 */
@NullMarked
package io.tanggap.delivery;

import org.jspecify.annotations.NullMarked;
