package io.tanggap.core.complaint;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * A text as a reader sees it, for finding patterns: without invisible characters and combining marks, compatibility forms,
 * digits of other scripts and look-alike letters as ASCII, every dash a hyphen, every blank a space, every line break
 * {@code '\n'}. Each character knows the stretch of the original that it came from.
 *
 * <p>What is {@link #mask masked} reads as {@link #MASK} from then on, also for a matcher that is on its way. That is how a
 * rule sees what another one found exactly as it will see the mark that replaces it.
 */
final class FoldedText implements CharSequence {
    /** Stands for found personal data: neither letter, digit, blank nor separator. No text folds to it. */
    static final char MASK = '\0';

    private static final char UNKNOWN = '\uFFFD';

    // Letters of the Cyrillic and Greek alphabets that look like Latin ones in most fonts.
    private static final String LOOK_ALIKES = "аеорсухіјѕԁһАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧο";
    private static final String LATIN = "aeopcyxijsdhABEKMHOPCTYXIJSABEZHIKMNOPTYXo";

    private final String original;
    private char[] chars;
    private int[] starts;
    private int length;

    FoldedText(String original) {
        this.original = original;
        chars = new char[original.length() + 16];
        starts = new int[chars.length + 1];
        for (int at = 0; at < original.length(); ) {
            int codePoint = original.codePointAt(at);
            fold(codePoint, at);
            at += Character.charCount(codePoint);
        }
        readLettersAsDigits();
    }

    private void fold(int codePoint, int at) {
        if (codePoint < 0x80) {
            append(codePoint, at);
        } else if (codePoint == 'ⓐ') {
            append('@', at);
        } else if (Character.isDigit(codePoint)) {
            append('0' + Character.digit(codePoint, 10), at);
        } else if (Character.getType(codePoint) == Character.SURROGATE) {
            append(UNKNOWN, at);
        } else {
            String decomposed = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKD);
            decomposed.codePoints().forEach(part -> append(part, at));
        }
    }

    private void append(int codePoint, int at) {
        char folded = folded(codePoint);
        if (folded == MASK) {
            return;
        }
        if (length == chars.length) {
            // Some ligatures decompose into up to 18 characters.
            chars = Arrays.copyOf(chars, length * 2);
            starts = Arrays.copyOf(starts, chars.length + 1);
        }
        chars[length] = folded;
        starts[length++] = at;
    }

    /** The one character that stands for a decomposed one, or {@link #MASK} for what nobody sees. */
    private static char folded(int codePoint) {
        if (codePoint > ' ' && codePoint < 0x7F) {
            return (char) codePoint;
        }
        return switch (codePoint) {
            case ' ', '\t' -> ' ';
            case '\n', '\r', 0x0B, '\f', 0x85, 0x2028, 0x2029 -> '\n';
            case 0x2212, 0x2043, 0x02D7, 0x30FC -> '-';
            case 0xB7, 0x2022, 0x2219, 0x22C5, 0x3002 -> '.';
            case 0x2044, 0x2215 -> '/';
            case 0x2018, 0x2019, 0x02BC -> '\'';
            // Fillers of Hangul and the blank of Braille have no ink, but are letters and a symbol to Unicode.
            case 0x115F, 0x1160, 0x3164, 0x2800 -> MASK;
            default -> foldedByType(codePoint);
        };
    }

    private static char foldedByType(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK -> MASK;
            case Character.SPACE_SEPARATOR -> ' ';
            case Character.DASH_PUNCTUATION -> '-';
            case Character.DECIMAL_DIGIT_NUMBER -> (char) ('0' + Character.digit(codePoint, 10));
            default -> {
                int like = LOOK_ALIKES.indexOf(codePoint);
                if (like >= 0) {
                    yield LATIN.charAt(like);
                }
                yield codePoint > Character.MAX_VALUE ? UNKNOWN : (char) codePoint;
            }
        };
    }

    /** In a word of digits and of letters that look like them, the letters are digits: {@code o8l2}. */
    private void readLettersAsDigits() {
        for (int at = 0; at < length; ) {
            int end = at;
            boolean digits = false;
            boolean others = false;
            while (end < length && Character.isLetterOrDigit(chars[end])) {
                digits |= isDigit(end);
                others |= !isDigit(end) && "oOlI".indexOf(chars[end]) < 0;
                end++;
            }
            for (int i = at; digits && !others && i < end; i++) {
                if (!isDigit(i)) {
                    chars[i] = chars[i] == 'o' || chars[i] == 'O' ? '0' : '1';
                }
            }
            at = Math.max(end, at + 1);
        }
    }

    boolean isDigit(int at) {
        return at >= 0 && at < length && chars[at] >= '0' && chars[at] <= '9';
    }

    boolean isLetter(int at) {
        return at >= 0 && at < length && Character.isLetter(chars[at]);
    }

    /** Where in the original the character at {@code at} begins. */
    int originalStart(int at) {
        return starts[at];
    }

    /**
     * Where in the original a stretch of characters that ends before {@code end} is over, with the invisible characters that
     * follow it.
     */
    int originalEnd(int end) {
        int from = starts[end - 1];
        // Characters that came from one code point leave together.
        while (end < length && starts[end] == from) {
            end++;
        }
        return end < length ? starts[end] : original.length();
    }

    /** Hides a stretch from the rules that come after. */
    void mask(int start, int end) {
        Arrays.fill(chars, start, end, MASK);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int at) {
        return chars[at];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new String(chars, start, end - start);
    }

    @Override
    public String toString() {
        return new String(chars, 0, length);
    }
}
