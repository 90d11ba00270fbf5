package io.tanggap.app.cli;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.flink.io.DeadLetterLog;
import io.tanggap.flink.io.StoredLetter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tanggap dead-letters list}: one line each, or one group for each reason. */
@Command(
        name = "list",
        description = {
            "Lists dead letters, the newest last: id, time, stage, reason, origin. Never the record itself.",
            "An id names a letter for as long as the topic exists."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ListDeadLetters implements Runnable {
    @Mixin
    private LetterBox box = new LetterBox();

    @Mixin
    private LetterFilter filter = new LetterFilter();

    @Option(
            names = "--summary",
            description = "Show for each reason how many there are, the first and last time, and the latest message.")
    private boolean summary;

    @Override
    public void run() {
        Terminal terminal = Terminal.system();
        ZoneId zone = box.zone();
        Predicate<DeadLetter> wanted = filter.in(zone);
        try (DeadLetterLog log = box.open()) {
            if (summary) {
                Summary groups = new Summary();
                LetterBox.forEach(log, terminal, stored -> {
                    if (wanted.test(stored.letter())) {
                        groups.add(stored);
                    }
                });
                List<String> lines = groups.lines(zone);
                (lines.isEmpty() ? List.of(box.nothing(log)) : lines).forEach(terminal::say);
                return;
            }
            long[] found = new long[1];
            log.forEach(stored -> {
                if (wanted.test(stored.letter())) {
                    found[0]++;
                    terminal.say(LetterText.line(stored, zone));
                }
            });
            if (found[0] == 0) {
                terminal.say(box.nothing(log));
            }
        }
    }

    /** Letters by reason. Holds one group for each reason, of which there are few. */
    static final class Summary {
        private final Map<String, Group> groups = new HashMap<>();

        /** Takes a letter, after those that are older. */
        void add(StoredLetter stored) {
            groups.merge(stored.letter().reason(), Group.of(stored, null), (known, one) -> Group.of(stored, known));
        }

        /** Two lines for each reason, the most frequent first. */
        List<String> lines(ZoneId zone) {
            List<String> lines = new ArrayList<>();
            groups.values().stream()
                    .sorted(Comparator.comparingLong(Group::count)
                            .reversed()
                            .thenComparing(group -> group.latest().letter().reason()))
                    .forEach(group -> {
                        StoredLetter latest = group.latest();
                        lines.add(String.format(
                                Locale.ROOT,
                                "%,8d  %-26s first %s, last %s",
                                group.count(),
                                LetterText.printable(latest.letter().reason()),
                                AsOf.show(group.first(), zone),
                                AsOf.show(group.last(), zone)));
                        lines.add("          " + latest.id() + ": "
                                + LetterText.printable(latest.letter().message()));
                    });
            return lines;
        }

        /**
         * The letters of one reason.
         *
         * @param first the least time when one was rejected
         * @param last the greatest time
         * @param latest the one that was written last, whose time need not be the greatest
         */
        private record Group(long count, Instant first, Instant last, StoredLetter latest) {
            static Group of(StoredLetter latest, @Nullable Group older) {
                Instant at = latest.letter().firstSeenAt();
                return older == null
                        ? new Group(1, at, at, latest)
                        : new Group(
                                older.count + 1,
                                at.isBefore(older.first) ? at : older.first,
                                at.isAfter(older.last) ? at : older.last,
                                latest);
            }
        }
    }
}
