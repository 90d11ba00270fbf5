package io.tanggap.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.wording.Nearest;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tanggap alerts list}: one line each. */
@Command(
        name = "list",
        description = {
            "Lists alerts of cases, the earliest deadline first and those without one last: id, kind, clock, since when, deadline,"
                    + " holder, case. Above them it names the channels that are silent.",
            "All options that are given apply together."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ListAlerts implements Callable<Integer> {
    /** States as they are asked for. */
    enum Wanted {
        OPEN,
        SUPERSEDED,
        CLEARED,
        RETRACTED,
        ALL;

        @Nullable
        State state() {
            return this == ALL ? null : State.valueOf(name());
        }
    }

    /** How alerts are written. */
    enum Format {
        TEXT,
        JSON
    }

    @Mixin
    private AlertIndex index = new AlertIndex();

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            description =
                    "Those that are a matter of this unit or of one below it: of its place, held by it, offered to it, or"
                            + " charged to it. Its id.")
    private @Nullable String unit;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Of this kind: threshold, overdue, limbo, stale or validation_failed.")
    private @Nullable AlertKind kind;

    @Option(names = "--channel", paramLabel = "CHANNEL", description = "Of cases of this channel.")
    private @Nullable String channel;

    @Option(names = "--category", paramLabel = "CATEGORY", description = "Of cases of this category.")
    private @Nullable String category;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            defaultValue = "open",
            description =
                    "In this state: open; superseded, by a higher threshold of the same clock; cleared, which was so and is"
                            + " over; retracted, which never was so; or all. Default: ${DEFAULT-VALUE}.")
    private Wanted state = Wanted.OPEN;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "So many at most, up to 10000. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, or json: one document of the index a line. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.TEXT;

    @Override
    public Integer call() throws IOException {
        if (limit < 1 || limit > AlertIndex.MOST) {
            throw new UserError("--limit " + limit + " is not between 1 and " + AlertIndex.MOST + ".");
        }
        Terminal terminal = Terminal.system();
        Terminal beside = format == Format.JSON ? terminal.aside() : terminal;
        ZoneId zone = index.zone();
        List<JsonNode> silent = index.silentFeeds();
        if (!silent.isEmpty()) {
            beside.say(AlertText.silentFeeds(silent, zone));
        }
        AlertIndex.Found found = index.find(unit, kind, channel, category, state.state(), limit);
        if (format == Format.JSON) {
            found.documents().forEach(alert -> terminal.say(alert.toString()));
        } else {
            AlertText.table(found.documents(), zone, state == Wanted.ALL).forEach(terminal::say);
        }
        if (found.documents().isEmpty()) {
            beside.say("No alert matches." + hint("unit", "units", unit) + hint("channel", "channel", channel)
                    + hint("category", "category", category));
        } else {
            beside.say(String.format(
                    Locale.ROOT,
                    "%,d of %,d alerts%s",
                    found.documents().size(),
                    found.total(),
                    found.documents().size() < found.total()
                            ? ", those of the earliest deadlines; --limit shows more"
                            : ""));
        }
        return 0;
    }

    /** What may be misspelt. */
    private String hint(String what, String field, @Nullable String wanted) throws IOException {
        if (wanted == null) {
            return "";
        }
        List<String> known = index.values(field);
        return known.isEmpty() || known.contains(wanted)
                ? ""
                : " There was never one of " + what + " '" + wanted + "': is it misspelt? The nearest is '"
                        + Nearest.of(wanted, known).orElseThrow() + "'.";
    }
}
