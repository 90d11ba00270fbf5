package io.tanggap.core.lifecycle;

import java.time.Instant;

/**
 * A case came back, within a cycle, to an agency that had handed it on: a round of ping-pong.
 *
 * @param at when it came back
 * @param unit to whom
 * @param from who gave it back: the other end of the loop
 * @param direct whether it went to one agency only in between
 */
public record Return(int cycle, Instant at, String unit, String from, boolean direct) {}
