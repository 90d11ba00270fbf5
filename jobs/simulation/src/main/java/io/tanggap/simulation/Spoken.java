package io.tanggap.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message in a channel's own form, before it is sent.
 *
 * @param topic id of the channel whose feed brings it
 * @param json the whole message; of a poll, the one thing that is told
 * @param core the object in {@code json} that cannot be used without {@code required}
 * @param required a field of {@code core}
 * @param verb the field of {@code core} that says what happened, of which only listed words are known; null if there is none
 * @param list the list of a poll in which it is told together with others; null if it is told alone
 */
record Spoken(
        String topic,
        JsonObject json,
        JsonObject core,
        String required,
        @Nullable String verb,
        @Nullable String list) {

    static Spoken alone(String topic, JsonObject json, String required, @Nullable String verb) {
        return new Spoken(topic, json, json, required, verb, null);
    }

    /** As a record of its own. */
    JsonObject whole(long polledAt) {
        return list == null ? json : poll(polledAt, list, json);
    }

    static JsonObject poll(long polledAt, String list, JsonObject thing) {
        return new JsonObject()
                .with("polled_at", CityClock.writtenInUtc(polledAt))
                .with(list, List.of(thing));
    }
}
