package io.tanggap.core.measure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text form of a row's key: components joined by {@code |}, readable in a document id. Within a component {@code %},
 * {@code |} and {@code *} are escaped as a percent sign and two hexadecimal digits, so that the form can be read back;
 * {@code *} alone stands for "all".
 */
final class RowId {
    private static final String ALL = "*";

    private RowId() {}

    static String join(@Nullable String... components) {
        StringBuilder id = new StringBuilder(64);
        for (String component : components) {
            if (id.length() > 0) {
                id.append('|');
            }
            if (component == null) {
                id.append(ALL);
            } else {
                escape(component, id);
            }
        }
        return id.toString();
    }

    private static void escape(String component, StringBuilder id) {
        if (component.indexOf('%') < 0 && component.indexOf('|') < 0 && component.indexOf('*') < 0) {
            id.append(component);
            return;
        }
        for (int i = 0; i < component.length(); i++) {
            char c = component.charAt(i);
            switch (c) {
                case '%' -> id.append("%25");
                case '|' -> id.append("%7C");
                case '*' -> id.append("%2A");
                default -> id.append(c);
            }
        }
    }

    static List<@Nullable String> split(String id) {
        List<@Nullable String> parts = new ArrayList<>();
        int from = 0;
        for (int to = id.indexOf('|'); to >= 0; to = id.indexOf('|', from)) {
            parts.add(unescape(id.substring(from, to)));
            from = to + 1;
        }
        parts.add(unescape(id.substring(from)));
        return parts;
    }

    private static @Nullable String unescape(String component) {
        if (component.equals(ALL)) {
            return null;
        }
        return component.indexOf('%') < 0
                ? component
                : component.replace("%7C", "|").replace("%2A", "*").replace("%25", "%");
    }
}
