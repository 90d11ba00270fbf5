package io.tanggap.flink.state;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.CaseEvent;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a release knows of a case: an event of it, the rung on which it stands, or its words.
 *
 * @param name the pseudonym of the case
 * @param rung 0 if this is not the rung
 * @param event null if this is no event
 * @param words what the reporter wrote, redacted by intake; null if this is no words, and where they were erased
 * @param offset of words: the latest record of a case holds; -1 if this is no words
 */
public record Leaf(
        String name,
        int rung,
        @Nullable CaseEvent event,
        @Nullable String words,
        long offset) {
    private static final long NO_WORDS = -1;

    public Leaf {
        requireNonNull(name, "name");
    }

    /** An event of a case. */
    public static Leaf event(String name, CaseEvent event) {
        return new Leaf(name, 0, event, null, NO_WORDS);
    }

    /** Where a case stands. */
    public static Leaf rung(String name, int rung) {
        return new Leaf(name, rung, null, null, NO_WORDS);
    }

    /** What the reporter wrote; null if it was erased. */
    public static Leaf words(String name, @Nullable String words, long offset) {
        return new Leaf(name, 0, null, words, offset);
    }

    /** Whether this is words, or that there are none any more. */
    public boolean isWords() {
        return offset != NO_WORDS;
    }
}
