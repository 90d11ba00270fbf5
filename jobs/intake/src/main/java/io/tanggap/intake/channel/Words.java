package io.tanggap.intake.channel;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts of a record without what cannot be written: halves of surrogate pairs, and in short texts control characters. */
final class Words {
    private static final char UNREADABLE = '\uFFFD';

    /** Of no more digits than the longest long has; ids of posts have as many. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");

    private Words() {}

    /** A text as it is, but for halves of surrogate pairs, which no encoding can hold. */
    static String readable(String text) {
        return text.chars().anyMatch(c -> Character.isSurrogate((char) c)) ? mapped(text, false) : text;
    }

    /** A short text, such as a name: control characters are blanks, and there are none around it. */
    static String word(String text) {
        return mapped(text, true).strip();
    }

    /** Whether an id can be written and read: no control characters and no halves of surrogate pairs. */
    static boolean isPlain(String id) {
        return id.codePoints().noneMatch(c -> Character.isISOControl(c) || isHalf(c));
    }

    /** The number that an id is, where ids are counted; null where it is no number, or no long. */
    static @Nullable Long number(String id) {
        if (!NUMBER.matcher(id).matches()) {
            return null;
        }
        BigInteger number = new BigInteger(id);
        return number.bitLength() < Long.SIZE ? Long.valueOf(number.longValue()) : null;
    }

    private static String mapped(String text, boolean oneLine) {
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> isHalf(c) ? UNREADABLE : oneLine && Character.isISOControl(c) ? ' ' : c)
                .forEach(mapped::appendCodePoint);
        return mapped.toString();
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
