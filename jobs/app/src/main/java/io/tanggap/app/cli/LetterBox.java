package io.tanggap.app.cli;

import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.io.DeadLetterLog;
import io.tanggap.flink.io.PublishedPacks;
import io.tanggap.flink.io.StoredLetter;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;

/** The Kafka whose dead letters are meant. */
final class LetterBox {
    private static final long PROGRESS_EVERY = 1_000;

    private static final Pattern ID = Pattern.compile("(\\d{1,9})-(\\d{1,18})");

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    String bootstrap() {
        return kafka.bootstrap;
    }

    DeadLetterLog open() {
        return DeadLetterLog.open(kafka.bootstrap);
    }

    /** The zone that times are written and read in: the city's; UTC where nothing was published that names a city. */
    ZoneId zone() {
        List<ReferencePack> packs = PublishedPacks.in(kafka.bootstrap);
        return packs.isEmpty() ? ZoneOffset.UTC : packs.get(packs.size() - 1).zone();
    }

    /** Hands over every letter, with a progress bar on the way. */
    static void forEach(DeadLetterLog log, Terminal terminal, Consumer<StoredLetter> each) {
        long[] read = new long[1];
        double size = Math.max(1, log.size());
        log.forEach(letter -> {
            each.accept(letter);
            if (++read[0] % PROGRESS_EVERY == 0) {
                terminal.progress("reading", read[0] / size, read[0] + " dead letters");
            }
        });
    }

    /**
     * The letter of an id.
     *
     * @throws UserError if there is none
     */
    StoredLetter letter(DeadLetterLog log, String id) {
        Matcher parts = ID.matcher(id);
        if (!parts.matches()) {
            throw new UserError(
                    id + " is no id of a dead letter: ids look like 0-42; tanggap dead-letters list shows them.");
        }
        return log.find(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)))
                .orElseThrow(() -> new UserError("There is no dead letter " + id + " among the " + log.size()
                        + " in Kafka at " + kafka.bootstrap + "; tanggap dead-letters list shows those there are."));
    }

    /** What is said when nothing was found. */
    String nothing(DeadLetterLog log) {
        return log.size() == 0
                ? "There is no dead letter in Kafka at " + kafka.bootstrap + "."
                : "None of the " + log.size() + " dead letters in Kafka at " + kafka.bootstrap
                        + " matches; tanggap dead-letters list --summary shows their reasons.";
    }
}
