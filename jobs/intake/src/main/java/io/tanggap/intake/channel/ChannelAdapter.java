package io.tanggap.intake.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.intake.TimeFormats;
import java.time.Instant;
import java.util.List;

/** Knows the form of one channel's messages, and nothing of where they come from. Keeps nothing between messages. */
interface ChannelAdapter {
    /**
     * The message as messages of the channel with one thing in each. What is divided stays divided: a message that this
     * gives is given as itself. One that cannot be divided is given whole, and {@link #tell} says what is wrong with it.
     *
     * @param sentAt when Tanggap first saw the message
     * @param times reads times that are written as text
     */
    default List<JsonNode> divide(JsonNode message, Instant sentAt, TimeFormats times) {
        return List.of(message);
    }

    /**
     * Tells what a message with one thing in it says: events, or that it says nothing about a case.
     *
     * @throws Unusable if the message is not of the form that it should be
     */
    void tell(Fields message, Telling telling);
}
