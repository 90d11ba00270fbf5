package io.tanggap.delivery;

import java.util.regex.Pattern;

/** Text of others, made harmless for a line of a message, a header or a log. */
final class OneLine {
    /** Controls, line and paragraph separators, and what turns the direction of text. */
    private static final Pattern NO_TEXT =
            Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\s]+");

    private OneLine() {}

    static String of(String text) {
        return NO_TEXT.matcher(text).replaceAll(" ").strip();
    }

    /** Cut behind so many characters. */
    static String of(String text, int most) {
        String line = of(text);
        return line.length() <= most ? line : line.substring(0, most).strip() + "…";
    }
}
