package io.tanggap.simulation;

import static java.util.Objects.requireNonNull;

/**
 * One record as a channel sends it, in the format of {@code jobs/intake/CHANNELS.md}.
 *
 * @param channel id of the channel whose feed brings it: that of its topic, which for an officer's action is {@code crm}
 *     whatever channel the case is of
 * @param key the case that it is about, as the feed knows it; polls and posts that are about no case have keys of their own
 * @param sentAtMillis when the feed brought it, in epoch milliseconds: the timestamp of the Kafka record
 * @param json the record's value; not to be changed
 * @param damaged whether it was damaged on its way, so that intake cannot use it
 */
@SuppressWarnings("ArrayRecordComponent") // written out, never compared
public record Message(String channel, String key, long sentAtMillis, byte[] json, boolean damaged) {
    public Message {
        requireNonNull(channel, "channel");
        requireNonNull(key, "key");
        requireNonNull(json, "json");
    }
}
