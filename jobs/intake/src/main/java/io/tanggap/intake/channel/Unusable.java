package io.tanggap.intake.channel;

/** The first thing that is wrong with a part of a record. It ends the reading of the part and never leaves the package. */
final class Unusable extends RuntimeException {
    private final String reason;

    /**
     * @param reason code of the dead letter
     * @param pointer the field as a JSON pointer; empty is the whole record
     * @param problem what is wrong and what to do, without any text of the record
     */
    Unusable(String reason, String pointer, String problem) {
        super((pointer.isEmpty() ? "the record " : pointer + " ") + problem, null, false, false);
        this.reason = reason;
    }

    String problem() {
        return String.valueOf(getMessage());
    }

    String reason() {
        return reason;
    }
}
