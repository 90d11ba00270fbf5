package io.tanggap.core.reference;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What complaints can be about.
 *
 * @param id as in events
 * @param name for people
 * @param nameEn the name in English; null if there is none
 * @param group of slices; null is {@link ReferencePack#OTHER}
 * @param sensitive whether complaints of this category are about persons, so that less is shown of them
 */
public record Category(
        String id,
        String name,
        @Nullable String nameEn,
        @Nullable String group,
        boolean sensitive) {
    public Category {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
    }
}
