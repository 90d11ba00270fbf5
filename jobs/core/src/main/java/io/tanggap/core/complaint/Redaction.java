package io.tanggap.core.complaint;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A free text without the personal data in it: each find is replaced by a mark of its kind, such as {@code [NIK]}, and
 * counted. Where a number could be a person's or not, it is taken for a person's.
 *
 * <p><b>What is found.</b> What has a form of its own is found wherever it stands, also with separators, line breaks,
 * invisible characters, digits of other scripts or look-alike letters in it: identity numbers, telephone numbers, e-mail
 * addresses, handles, number plates. <b>Names are found by pattern only</b>: after a form of address (Bapak, Ibu, Sdr., dr.,
 * Mr …), after a self-introduction (nama saya, a.n., my name is …) and in a closing (hormat saya …). A name without such a
 * cue stays, and so does what of a name in small letters comes after its first word. So the text is less personal, not
 * anonymous: it needs the access rules of personal data all the same.
 *
 * <p><b>What stays.</b> Amounts of money, dates, times, house numbers, coordinates, postal codes and case numbers. A number
 * that is dressed up exactly as a date with its time, an amount or a pair of coordinates stays too. So do streets with a
 * person's name (Jl. Ir. H. Juanda).
 *
 * <p>Redacting a redacted text finds nothing. The result depends on the text alone; every rule is linear in its length. Any
 * string is a text, also one with half a surrogate pair.
 *
 * @param text what was given, with marks
 * @param counts the finds by kind, in the order of {@link Kind}, without kinds that were not found; two neighbouring numbers
 *     that cannot be told apart count once
 */
public record Redaction(String text, Map<Kind, Integer> counts) {

    /** What a mark stands for. */
    public enum Kind {
        /** An address with a profile, a user or a contact in it; other addresses stay, for they may be maps. */
        URL,
        /** An e-mail address, also written with {@code (at)}. */
        EMAIL,
        /** An account name of a social network, of officials too. */
        HANDLE,
        /** A number that follows the word for a bank account or the name of a bank. */
        ACCOUNT,
        /**
         * The number of a person (NIK) or a family (KK): 16 digits of the same layout, so that only the words around tell
         * which; any other stretch of 16 digits or more, such as a card number, too.
         */
        NIK,
        /** A telephone number. */
        PHONE,
        /** An Indonesian number plate. */
        PLATE,
        /** The number of the house in which the writer says to live; the street stays. */
        ADDRESS,
        /** A name, without the form of address before it. */
        NAME;

        /** What stands in the text instead. */
        public String mark() {
            return "[" + name() + "]";
        }
    }

    private static final Kind[] KINDS = Kind.values();

    public Redaction {
        requireNonNull(text, "text");
        Map<Kind, Integer> ordered = new EnumMap<>(Kind.class);
        ordered.putAll(counts);
        counts = Collections.unmodifiableMap(ordered);
    }

    /** Redacts a text. Marks that it has already are left alone and not counted. */
    public static Redaction of(String text) {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        String redacted = text;
        // A mark can uncover what stood in the shadow of its neighbour. A round that finds something shortens the
        // text's
        // unmarked part, so there is a last one; more than two are rare.
        while (true) {
            List<Find> finds = finds(redacted);
            if (finds.isEmpty()) {
                return new Redaction(redacted, counts);
            }
            redacted = replace(redacted, finds, counts);
        }
    }

    private static List<Find> finds(String text) {
        FoldedText folded = new FoldedText(text);
        maskMarks(text, folded);
        List<Find> finds = new ArrayList<>();
        Finder finder = (start, end, kind) -> {
            finds.add(new Find(folded.originalStart(start), folded.originalEnd(end), kind));
            folded.mask(start, end);
        };
        PersonalWords.findContacts(folded, finder);
        PersonalNumbers.find(folded, finder);
        PersonalWords.findPeople(folded, finder);
        finds.sort(Comparator.comparingInt(Find::start));
        return finds;
    }

    private static void maskMarks(String text, FoldedText folded) {
        for (int at = 0; at < folded.length(); at++) {
            if (folded.charAt(at) == '[') {
                for (Kind kind : KINDS) {
                    String mark = kind.mark();
                    // In a mark that is whole in the original, folding has dropped and changed nothing.
                    if (text.startsWith(mark, folded.originalStart(at))) {
                        folded.mask(at, at + mark.length());
                        break;
                    }
                }
            }
        }
    }

    private static String replace(String text, List<Find> finds, Map<Kind, Integer> counts) {
        StringBuilder redacted = new StringBuilder(text.length());
        int copied = 0;
        for (Find find : finds) {
            // Two finds in parts of one decomposed character: the first has taken it whole.
            redacted.append(text, copied, Math.max(copied, find.start()))
                    .append(find.kind().mark());
            copied = Math.max(copied, find.end());
            counts.merge(find.kind(), 1, Integer::sum);
        }
        return redacted.append(text, copied, text.length()).toString();
    }

    /** A stretch of the original. */
    private record Find(int start, int end, Kind kind) {}

    /** Takes the stretches of the folded text that are personal data, and hides them from what is looked for next. */
    interface Finder {
        void found(int start, int end, Kind kind);
    }
}
