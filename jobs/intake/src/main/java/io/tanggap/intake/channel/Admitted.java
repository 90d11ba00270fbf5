package io.tanggap.intake.channel;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.PersonalData;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of one record of a channel.
 *
 * @param events what it tells, in the order of the record
 * @param personal what is personal in it, a piece for a case
 * @param erased ids of cases of which everything personal is to be erased
 * @param refused the parts that could not be used; a record that is one thing is refused as a whole or not at all
 * @param skipped parts that tell nothing about a case, such as a retweet, counted by kind
 * @param unlisted labels of categories that the reference does not list, as the events name them, counted
 */
public record Admitted(
        List<CaseEvent> events,
        List<PersonalData> personal,
        List<String> erased,
        List<Refused> refused,
        SortedMap<String, Integer> skipped,
        SortedMap<String, Integer> unlisted) {
    public Admitted {
        events = List.copyOf(events);
        personal = List.copyOf(personal);
        erased = List.copyOf(erased);
        refused = List.copyOf(refused);
        skipped = new TreeMap<>(Map.copyOf(skipped));
        unlisted = new TreeMap<>(Map.copyOf(unlisted));
    }

    /**
     * A part that could not be used.
     *
     * @param reason code of the dead letter, such as {@code invalid.missing-required}
     * @param message sentence of the dead letter: the field as a JSON pointer, what is wrong, what to do; no text of the record
     * @param bytes a record with this part alone, as the channel would send it, so that it can be sent again
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    public record Refused(String reason, String message, byte[] bytes) {}
}
