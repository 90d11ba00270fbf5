package io.tanggap.core.reference;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a channel calls a category.
 *
 * @param channel null is every channel that has no line of its own for the label
 * @param label as the channel writes it
 * @param category id of the category
 */
public record Label(@Nullable String channel, String label, String category) {
    private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    public Label {
        requireNonNull(label, "label");
        requireNonNull(category, "category");
    }

    /** The form in which labels are compared: without regard to case, and to surrounding and doubled blanks. */
    public static String compared(String label) {
        return BLANKS.matcher(label).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }
}
