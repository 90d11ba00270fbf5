package io.tanggap.app.cli;

import io.tanggap.core.reference.ReferencePack;
import io.tanggap.intake.Mapping;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the cases are that a command looks at, and as of when. */
final class HistoryOptions {
    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Of a running system: the Kafka whose case-events and reference are read.")
    private @Nullable String bootstrap;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description =
                    "Of files: CSV or JSON, also compressed with gzip, read by --format. May be given several times.")
    private List<Path> input = List.of();

    @Mixin
    private FormatOption format = new FormatOption();

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description =
                    "Judge at this time: 2019-12-31T00:00 in the city's zone, or with an offset. Default: the latest"
                            + " heartbeat; where there is none, just after the newest event, but not after now.")
    private @Nullable String asOf;

    boolean areFiles() {
        return !input.isEmpty();
    }

    boolean namesAsOf() {
        return asOf != null;
    }

    /**
     * The cases.
     *
     * @param judgedBy the pack that files are judged by; null is that of the mapping
     * @param only the one case that is asked for; null is all
     */
    CaseHistories open(@Nullable ReferencePack judgedBy, @Nullable String only, Terminal terminal) throws IOException {
        if (areFiles() == (bootstrap != null)) {
            throw new UserError(
                    "say where the cases are: --bootstrap-servers HOST:PORT for a running system, or --input"
                            + " FILE --format F for files.");
        }
        if (bootstrap != null) {
            if (format.isGiven()) {
                throw new UserError(
                        "--format and --zone describe files, and there is no --input: name a file, or leave them out.");
            }
            return CaseHistories.inKafka(bootstrap);
        }
        Mapping mapping = format.mapping();
        return CaseHistories.inFiles(
                input, mapping, judgedBy == null ? mapping.referencePack() : judgedBy, only, terminal);
    }

    /** The as-of that was named, or else that of the cases. */
    CaseHistories.DefaultAsOf asOf(CaseHistories histories, ZoneId zone, Terminal terminal) {
        return asOf == null
                ? histories.defaultAsOf(zone, terminal)
                : new CaseHistories.DefaultAsOf(AsOf.parse(asOf, zone), "by --as-of");
    }
}
