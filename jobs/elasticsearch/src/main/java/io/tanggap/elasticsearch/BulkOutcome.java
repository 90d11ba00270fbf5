package io.tanggap.elasticsearch;

import java.util.List;

/** What became of one request. */
sealed interface BulkOutcome {
    /** @param items one for each document, in the order of the request */
    record Answered(List<ItemAnswer> items) implements BulkOutcome {}

    /** The server could not be reached, did not answer in time, or is overloaded; some documents may be stored all the same. */
    record Unavailable(String why) implements BulkOutcome {}

    /** The request has more bytes than the server takes; nothing is stored. */
    record TooLarge() implements BulkOutcome {}

    /** To try again is in vain; the message says what to do. */
    record Fatal(String why, Throwable cause) implements BulkOutcome {}
}
