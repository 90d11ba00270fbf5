package io.tanggap.app.cli;

import io.tanggap.core.notice.Silence;
import io.tanggap.flink.io.AlertSilences;
import io.tanggap.flink.io.PublishedPacks;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tanggap alerts silences}: who silenced what, and why. */
@Command(
        name = "silences",
        description =
                "Lists the silences that hold, in the order in which they were made: id, from, until, by whom, of what, why.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ListSilences implements Runnable {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--all", description = "Also those that are over.")
    private boolean all;

    @Override
    public void run() {
        Terminal terminal = Terminal.system();
        Instant now = Feed.now();
        List<Silence> known = AlertSilences.in(kafka.bootstrap);
        List<Silence> shown = known.stream()
                .filter(silence -> all || silence.until().isAfter(now))
                .toList();
        AlertText.silences(shown, now, SilenceAlerts.zone(PublishedPacks.in(kafka.bootstrap)))
                .forEach(terminal::say);
        if (shown.isEmpty()) {
            terminal.say(
                    known.isEmpty()
                            ? "There is no silence in Kafka at " + kafka.bootstrap + "."
                            : "None holds; --all shows the " + known.size() + " that are over.");
        }
    }
}
