package io.tanggap.app.cli;

import io.tanggap.intake.Mapping;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How files are to be read: the name of a shipped mapping or a mapping file, and the zone of times without an offset. */
final class FormatOption {
    @Option(
            names = "--format",
            paramLabel = "F",
            description =
                    "How the files are to be read: boston-311, servicenow-incidents, open311-json, or a mapping file"
                            + " of your own (jobs/intake/MAPPING.md says how to write one).")
    private @Nullable String format;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Read times without an offset in this zone, instead of the mapping's.")
    private @Nullable String zone;

    boolean isGiven() {
        return format != null || zone != null;
    }

    Mapping mapping() {
        if (format == null) {
            throw new UserError("--format is missing: name a shipped mapping ("
                    + String.join(", ", Mapping.shippedNames()) + ") or a mapping file.");
        }
        boolean file = format.contains("/") || format.endsWith(".yaml") || format.endsWith(".yml");
        Mapping mapping =
                file || Files.isRegularFile(Path.of(format)) ? Mapping.read(Path.of(format)) : Mapping.shipped(format);
        if (zone == null) {
            return mapping;
        }
        try {
            return mapping.withZone(ZoneId.of(zone));
        } catch (DateTimeException e) {
            throw new UserError("--zone " + zone + " is no IANA time zone; an example is America/New_York.");
        }
    }
}
