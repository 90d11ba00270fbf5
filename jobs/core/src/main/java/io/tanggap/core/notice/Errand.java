package io.tanggap.core.notice;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.alert.Alert;

/**
 * Something that a recipient has to know of an alert, not yet a message.
 *
 * @param recipient id of the recipient
 * @param route id of the route by which it is told
 * @param instant not to wait for the digest
 * @param passedOn whether the alert stands and is another unit's matter now
 * @param known whether it was found when the past was worked off: it is told with the next message, and makes none
 */
public record Errand(String recipient, String route, boolean instant, Alert alert, boolean passedOn, boolean known) {
    public Errand {
        requireNonNull(recipient, "recipient");
        requireNonNull(route, "route");
        requireNonNull(alert, "alert");
    }
}
