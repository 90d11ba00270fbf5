package io.tanggap.app.cli;

import io.tanggap.core.complaint.CanonicalForm;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.DeadLetter.Stage;
import io.tanggap.flink.io.DeadLetterLog;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.StoredLetter;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.io.WayBack;
import io.tanggap.flink.io.WayBack.None;
import io.tanggap.flink.io.WayBack.Obstacle;
import io.tanggap.flink.io.WayBack.ToTopic;
import io.tanggap.flink.io.WaysBack;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tanggap dead-letters replay}: records back to the topics that they were read from. */
@Command(
        name = "replay",
        description = {
            "Sends the records of dead letters back to the topics that they were read from, byte for byte.",
            "Without IDs and options: those of all letters. A record may be sent any number of times: an event counts"
                    + " once. One that is still bad becomes a dead letter again."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ReplayDeadLetters implements Runnable {
    @Parameters(
            arity = "0..*",
            paramLabel = "ID",
            description = "Letters as tanggap dead-letters list shows them, for example 0-42; instead of the options"
                    + " that choose.")
    private List<String> ids = List.of();

    @Mixin
    private LetterBox box = new LetterBox();

    @Mixin
    private LetterFilter filter = new LetterFilter();

    @Option(names = "--dry-run", description = "Say what would be sent, and send nothing.")
    private boolean dryRun;

    @Override
    public void run() {
        if (!ids.isEmpty() && filter.isGiven()) {
            throw new UserError("IDs and options that choose exclude each other: leave out "
                    + "the IDs, or --reason, --stage, --origin, --from and --to.");
        }
        Terminal terminal = Terminal.system();
        ZoneId zone = filter.isGiven() ? box.zone() : null;
        Predicate<DeadLetter> wanted = zone == null ? letter -> true : filter.in(zone);
        Account account = new Account();
        try (DeadLetterLog log = box.open()) {
            // Looked up before anything is sent, so that a wrong one stops all of them.
            List<StoredLetter> named = new ArrayList<>();
            for (String id : ids) {
                named.add(box.letter(log, id));
            }
            if (dryRun) {
                each(log, named, wanted, terminal, account, (to, bytes) -> {});
            } else {
                try (EventPublisher publisher = new EventPublisher(box.bootstrap())) {
                    each(log, named, wanted, terminal, account, publisher::publish);
                    publisher.flush();
                }
            }
            if (account.isEmpty()) {
                terminal.say(box.nothing(log));
            } else {
                account.lines(dryRun).forEach(terminal::say);
            }
        }
    }

    private static void each(
            DeadLetterLog log,
            List<StoredLetter> named,
            Predicate<DeadLetter> wanted,
            Terminal terminal,
            Account account,
            BiConsumer<ToTopic, byte[]> publish) {
        WaysBack ways = new WaysBack();
        if (!named.isEmpty()) {
            named.forEach(stored -> account.send(stored, ways.of(stored), publish));
            return;
        }
        LetterBox.forEach(log, terminal, stored -> {
            if (wanted.test(stored.letter())) {
                account.send(stored, ways.of(stored), publish);
            }
        });
    }

    /**
     * What became of the letters. Remembers a digest of each record that it sends, about 150 bytes: a record that was sent
     * and rejected again has several letters, and sending it for each of them would double their number every time.
     */
    static final class Account {
        private final Map<String, Long> sent = new TreeMap<>();
        private final Map<Obstacle, Kept> kept = new EnumMap<>(Obstacle.class);
        private final Set<String> records = new HashSet<>();
        private long copies;
        private long archived;
        private long unreadable;
        private long forIntake;

        /** Letters that cannot be sent, and the first of them. */
        private record Kept(long count, StoredLetter first) {}

        boolean isEmpty() {
            return sent.isEmpty() && kept.isEmpty();
        }

        /** Sends the record of a letter, unless there is no way back, or it was sent for another letter. */
        void send(StoredLetter stored, WayBack way, BiConsumer<ToTopic, byte[]> publish) {
            if (way instanceof None none) {
                kept.merge(
                        none.obstacle(),
                        new Kept(1, stored),
                        (known, one) -> new Kept(known.count() + 1, known.first()));
                return;
            }
            ToTopic to = (ToTopic) way;
            DeadLetter letter = stored.letter();
            if (!records.add(to.topic() + ":" + CanonicalForm.digest(letter.bytes()))) {
                copies++;
                return;
            }
            publish.accept(to, letter.bytes());
            sent.merge(to.topic(), 1L, Long::sum);
            if (letter.stage() == Stage.FOLD) {
                archived++;
            } else if (letter.stage() == Stage.INTAKE) {
                forIntake++;
            } else if (to.key() == null) {
                unreadable++;
            }
        }

        List<String> lines(boolean dryRun) {
            List<String> lines = new ArrayList<>();
            sent.forEach((topic, count) -> lines.add(label(dryRun ? "Would send" : "Sent", count, "to " + topic)));
            if (sent.isEmpty()) {
                lines.add(label(dryRun ? "Would send" : "Sent", 0, "records"));
            }
            note(lines, unreadable, "of them still cannot be read here: they become dead letters again");
            note(lines, forIntake, "of them are for intake: what it still cannot use becomes a dead letter again");
            note(
                    lines,
                    archived,
                    "of them came for cases that a live job has given up: it rejects them again; tanggap run"
                            + " --mode replay counts them");
            note(lines, copies, "more letters are of the same records, which are sent once");
            if (sent.containsKey(Topics.REFERENCE)) {
                lines.add("            A pack that becomes whole by its slices comes after those published before, and"
                        + " is in force from then on.");
            }
            kept.forEach((obstacle, group) -> {
                lines.add(label("Not sent", group.count(), LetterText.instead(obstacle)));
                lines.add("                     first: " + group.first().id() + ", "
                        + LetterText.printable(group.first().letter().origin()));
            });
            return lines;
        }

        private static void note(List<String> lines, long count, String what) {
            if (count > 0) {
                lines.add(label("", count, what));
            }
        }

        private static String label(String label, long count, String what) {
            return String.format(Locale.ROOT, "%-11s %,8d %s", label, count, what);
        }
    }
}
