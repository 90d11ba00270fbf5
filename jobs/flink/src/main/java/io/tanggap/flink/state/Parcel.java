package io.tanggap.flink.state;

import io.tanggap.core.notice.Answer.Outcome;
import io.tanggap.core.notice.Notice;
import io.tanggap.core.reference.Recipient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A message on its way.
 *
 * @param recipient as it was when the message was made
 * @param attempts so far, in order
 * @param dueAt when it is tried next
 */
public record Parcel(Notice notice, Recipient recipient, List<Attempt> attempts, Instant dueAt) {

    /**
     * How one attempt ended.
     *
     * @param at when its answer was there
     * @param text see {@code Answer.text}
     */
    public record Attempt(Instant at, Outcome outcome, String text) {}

    public Parcel {
        attempts = List.copyOf(attempts);
    }

    /** One that has just been made. */
    public static Parcel of(Notice notice, Recipient recipient) {
        return new Parcel(notice, recipient, List.of(), notice.madeAt());
    }

    /** The same after an attempt. */
    public Parcel tried(Attempt attempt, Instant nextAt) {
        List<Attempt> more = new ArrayList<>(attempts);
        more.add(attempt);
        return new Parcel(notice, recipient, more, nextAt);
    }
}
