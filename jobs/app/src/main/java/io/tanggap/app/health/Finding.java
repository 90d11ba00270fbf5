package io.tanggap.app.health;

/**
 * What a check found.
 *
 * @param subject what was looked at, in a word or two
 * @param seen what is so, with its numbers and names; nothing personal
 * @param remedy what to do about it; empty where all is well
 */
public record Finding(Level level, String subject, String seen, String remedy) {
    /** How bad it is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** The figures stand, but somebody should look at it in working hours. */
        WARN,
        /** Figures are wrong, late or lost, or will be: somebody should look at it now. */
        FAIL
    }
}
