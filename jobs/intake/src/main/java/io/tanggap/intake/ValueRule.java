package io.tanggap.intake;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a value comes from: a constant, or a column, its text translated.
 *
 * @param column number of the column in the mapping's list; {@link #CONSTANT} if there is none
 * @param constant the value where there is no column
 * @param exact whole texts and what they mean
 * @param prefixes beginnings of texts and what they mean, longest first
 * @param ignoreCase whether the two above were written in lower case and compare so
 * @param otherwise what a text means that neither of them holds
 * @param fallback the value of {@link Otherwise#VALUE}
 * @param absent what an absent cell means; null is no value
 */
record ValueRule(
        int column,
        @Nullable String constant,
        Map<String, String> exact,
        List<Map.Entry<String, String>> prefixes,
        boolean ignoreCase,
        Otherwise otherwise,
        @Nullable String fallback,
        @Nullable String absent) {

    static final int CONSTANT = -1;

    /** What becomes of a text that no map holds. */
    enum Otherwise {
        KEEP,
        REJECT,
        NONE,
        VALUE
    }

    static ValueRule constant(String value) {
        return new ValueRule(CONSTANT, value, Map.of(), List.of(), false, Otherwise.KEEP, null, null);
    }

    static ValueRule column(int column) {
        return new ValueRule(column, null, Map.of(), List.of(), false, Otherwise.KEEP, null, null);
    }

    /** Every value that there can be; null if it can be any text. */
    @Nullable
    Set<String> closed() {
        if (constant != null) {
            return Set.of(constant);
        }
        if (otherwise == Otherwise.KEEP) {
            return null;
        }
        Set<String> values = new TreeSet<>(exact.values());
        prefixes.forEach(prefix -> values.add(prefix.getValue()));
        for (String value : Arrays.asList(fallback, absent)) {
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** The value in a record; null if there is none, or if it was rejected. */
    @Nullable
    String in(RecordReader reader) {
        if (column == CONSTANT) {
            return constant;
        }
        String text = reader.text(column);
        return text == null ? absent : translated(text, reader);
    }

    private @Nullable String translated(String text, RecordReader reader) {
        String key = ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
        String meaning = exact.get(key);
        if (meaning != null) {
            return meaning;
        }
        for (Map.Entry<String, String> prefix : prefixes) {
            if (key.startsWith(prefix.getKey())) {
                return prefix.getValue();
            }
        }
        return switch (otherwise) {
            case KEEP -> text;
            case NONE -> null;
            case VALUE -> fallback;
            case REJECT -> {
                reader.rejectUnmapped(column);
                yield null;
            }
        };
    }
}
