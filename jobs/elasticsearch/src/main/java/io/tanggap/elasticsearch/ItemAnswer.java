package io.tanggap.elasticsearch;

import java.util.Set;

/**
 * What the server said of one document of a request.
 *
 * @param status as in HTTP
 * @param type the server's name of the error; empty when there is none
 * @param reason the server's sentence; may quote a value of the document; empty when there is none
 */
record ItemAnswer(int status, String type, String reason) {
    /** Errors that would refuse every document, whatever it is. */
    private static final Set<String> INDEX_FAULTS =
            Set.of("index_not_found_exception", "index_closed_exception", "cluster_block_exception");

    /** What follows from it. */
    enum Outcome {
        /** Stored. */
        INDEXED,
        /** This or a newer version is stored already. */
        STALE,
        /** The server could not just now. */
        RETRY,
        /** The server never will: the fault is the document's. */
        REJECTED,
        /** The server will not: the fault is that of the sink's credentials, or of an index that is gone, closed or blocked. */
        FORBIDDEN
    }

    Outcome outcome() {
        if (status >= 200 && status < 300) {
            return Outcome.INDEXED;
        }
        if (INDEX_FAULTS.contains(type) || reason.contains("no write index")) {
            return Outcome.FORBIDDEN;
        }
        return switch (status) {
            case 409 -> Outcome.STALE;
            case 401, 403 -> Outcome.FORBIDDEN;
            case 408, 429 -> Outcome.RETRY;
            default -> status >= 500 ? Outcome.RETRY : Outcome.REJECTED;
        };
    }

    @Override
    public String toString() {
        return type.isEmpty() ? "status " + status : "status " + status + ", " + type + ": " + reason;
    }
}
