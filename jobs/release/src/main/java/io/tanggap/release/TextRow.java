package io.tanggap.release;

import static java.util.Objects.requireNonNull;

/**
 * What a reporter wrote, redacted.
 *
 * @param name the pseudonym of the case
 */
public record TextRow(String name, String text) {
    public TextRow {
        requireNonNull(name, "name");
        requireNonNull(text, "text");
    }
}
