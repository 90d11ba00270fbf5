package io.tanggap.app.cli;

/** Something the user can mend: the message says what is wrong, where, and what to do; no stack trace is shown. */
final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    /** Wrong arguments: nothing was started. */
    UserError(String message) {
        this(message, Tanggap.WRONG_USE);
    }

    private UserError(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The work was begun and cannot go on. */
    static UserError failed(String message) {
        return new UserError(message, Tanggap.FAILED);
    }

    int exitCode() {
        return exitCode;
    }
}
