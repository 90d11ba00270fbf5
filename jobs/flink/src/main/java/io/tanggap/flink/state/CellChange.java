package io.tanggap.flink.state;

import io.tanggap.core.measure.Tally;

/**
 * What to add to a leaf cell.
 *
 * @param cell {@link io.tanggap.core.measure.Cell#id()}: text, because an enum's hash differs between JVMs and could not
 *     be a key
 */
public record CellChange(String cell, Tally change) {}
