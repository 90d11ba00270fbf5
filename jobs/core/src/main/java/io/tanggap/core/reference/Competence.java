package io.tanggap.core.reference;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Whose task a category is in a territory (Indonesian: tupoksi).
 *
 * @param category null is every category for which the same territory has no line of its own
 * @param territory id of a territorial unit, with all that is below it; null is the whole city
 * @param unit id of the competent unit, agency or territorial
 */
public record Competence(
        @Nullable String category, @Nullable String territory, String unit, Validity validity) {
    public Competence {
        requireNonNull(unit, "unit");
        requireNonNull(validity, "validity");
    }
}
