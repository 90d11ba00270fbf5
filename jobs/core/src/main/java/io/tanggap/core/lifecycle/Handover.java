package io.tanggap.core.lifecycle;

import java.time.Instant;

/** Custody moved from one holder to another; the first assignment from the intake desk is none. */
public record Handover(Instant at, String from, String to) {}
