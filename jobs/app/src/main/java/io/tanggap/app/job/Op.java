package io.tanggap.app.job;

import java.util.Locale;

/** Every operator of every job. The name gives the uid under which state is stored: never change one, never reuse one. */
public enum Op {
    READ_CASE_EVENTS,
    READ_REFERENCE,
    ASSEMBLE_PACKS,
    READ_DEAD_LETTERS,
    READ_DECLARATIONS,
    DECODE_DECLARATIONS,
    TRACK_DECLARATIONS,
    COMBINE_DECLARED_CHANGES,
    SORT_OUT,
    TRACK_CASES,
    SUM_CELLS,
    COMBINE_CHANGES,
    COMBINE_PROBLEM_CHANGES,
    ROLL_UP,
    LINK_MERGES,
    COUNT_PROBLEMS,
    TRACK_EVIDENCE,
    COMBINE_EVIDENCE_CHANGES,
    DESCRIBE_DEAD_LETTERS,
    RELEASE_DOCUMENTS,
    WRITE_DEAD_LETTERS,
    WRITE_DOCUMENTS,
    READ_CHANNELS,
    ADMIT_RECORDS,
    KEEP_PERSONAL,
    WATCH_FEEDS,
    WRITE_CASE_EVENTS,
    WRITE_PERSONAL,
    WRITE_ALERTS,
    WRITE_FEED_ALERTS,
    READ_ALERTS,
    DECODE_ALERTS,
    READ_SILENCES,
    DECODE_SILENCES,
    ANNOUNCE_PACKS,
    ANNOUNCE_SILENCES,
    SORT_OUT_FEEDS,
    ANNOUNCE_FEEDS,
    FOLLOW_ALERTS,
    GATHER_NOTICES,
    DELIVER_NOTICES;

    /** The operator's uid, which is also its name. */
    public String uid() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
