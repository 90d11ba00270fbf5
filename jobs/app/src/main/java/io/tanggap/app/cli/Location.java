package io.tanggap.app.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A place that Flink reads or writes: a directory of this machine, or what one of its file systems knows. */
final class Location {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

    private Location() {}

    /**
     * The place that an option names.
     *
     * @throws UserError if it is none; the message names the option
     */
    static URI of(String option, String place) {
        try {
            return SCHEME.matcher(place).matches()
                    ? URI.create(place)
                    : Path.of(place).toAbsolutePath().normalize().toUri();
        } catch (IllegalArgumentException e) {
            throw new UserError(option + " " + place + " is neither a directory nor a URI: " + e.getMessage() + ".");
        }
    }
}
