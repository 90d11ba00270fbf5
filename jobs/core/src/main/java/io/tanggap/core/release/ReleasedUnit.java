package io.tanggap.core.release;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Whose hands something was in.
 *
 * @param group id of the unit, or of one above it; null where it is not told
 * @param role the level of the unit itself, such as {@code kelurahan} or {@code dinas}; {@code intake} is the desk of a channel,
 *     {@code validation} those who check claims
 */
public record ReleasedUnit(@Nullable String group, String role) {
    public ReleasedUnit {
        requireNonNull(role, "role");
    }
}
