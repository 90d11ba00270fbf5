package io.tanggap.elasticsearch;

/**
 * What the server said of one document of a request.
 *
 * @param status as in HTTP
 * @param type the server's name of the error; empty when there is none
 * @param reason the server's sentence; may quote a value of the document; empty when there is none
 */
record ItemAnswer(int status, String type, String reason) {
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
        /** The server never will: the fault is that of the sink's credentials or of a block on the index. */
        FORBIDDEN
    }

    Outcome outcome() {
        if (status >= 200 && status < 300) {
            return Outcome.INDEXED;
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
