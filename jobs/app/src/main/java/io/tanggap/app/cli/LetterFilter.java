package io.tanggap.app.cli;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.DeadLetter.Stage;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dead letters are meant: those to which all options that were given apply; without any, all. */
final class LetterFilter {
    @Option(
            names = "--reason",
            paramLabel = "R",
            description = "A reason, such as malformed.avro, or a family of them, such as malformed.")
    private @Nullable String reason;

    @Option(
            names = "--stage",
            paramLabel = "S",
            description =
                    "The step that gave the record up: replay (of files), intake (of channels), decode (of other topics), fold or index.")
    private @Nullable Stage stage;

    @Option(
            names = "--origin",
            paramLabel = "O",
            description =
                    "Where the record was read, from its beginning: a file (311.csv, 311.csv:12), a topic"
                            + " (complaints.qlue, case-events-3@42), the channel or case of an event (qlue:, qlue:4711), an index.")
    private @Nullable String origin;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Rejected at this time or later: 2019-12-31, 2019-12-31T08:00 in the city's zone, or with an"
                    + " offset.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Rejected before this time.")
    private @Nullable String to;

    boolean isGiven() {
        return reason != null || stage != null || origin != null || from != null || to != null;
    }

    /**
     * Tells the letters that are meant.
     *
     * @param zone of times without an offset
     * @throws UserError if a time is none, or the last is not after the first
     */
    Predicate<DeadLetter> in(ZoneId zone) {
        Instant first = from == null ? Instant.MIN : AsOf.parse("--from", from, zone);
        Instant end = to == null ? Instant.MAX : AsOf.parse("--to", to, zone);
        if (!first.isBefore(end)) {
            throw new UserError(
                    "--to " + to + " is not after --from " + from + ", so nothing lies between: exchange them.");
        }
        return letter -> (reason == null
                        || letter.reason().equals(reason)
                        || letter.reason().startsWith(reason + "."))
                && (stage == null || letter.stage() == stage)
                && (origin == null || letter.origin().startsWith(origin))
                && !letter.firstSeenAt().isBefore(first)
                && letter.firstSeenAt().isBefore(end);
    }
}
