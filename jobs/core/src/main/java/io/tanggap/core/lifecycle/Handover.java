package io.tanggap.core.lifecycle;

import java.time.Instant;

/**
 * Custody moved from an agency to another; the first assignment from the intake desk is none.
 *
 * @param cycle in which; 0 while the case was closed
 */
public record Handover(int cycle, Instant at, String from, String to) {
    Handover in(int number) {
        return new Handover(number, at, from, to);
    }
}
