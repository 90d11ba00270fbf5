package io.tanggap.app.cli;

import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.measure.Cell;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.PublishedPacks;
import io.tanggap.flink.io.Topics;
import io.tanggap.intake.channel.Channels;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tanggap declare}: what a source says it has of a day of its channel. */
@Command(
        name = "declare",
        description = {
            "Says how many events a source has of a day of its channel, so that coverage (D1) shows how many of them were"
                    + " received: tanggap declare --channel qlue --day 2017-11-01 --events 1234, or many days in a file.",
            "Count what happened to cases (submissions, hand-overs, replies, closings and so on), not records, by the city's local"
                    + " day on which it happened. A day that is declared again takes the new number."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DeclareCommand implements Callable<Integer> {
    private static final List<String> FIELDS = List.of("channel", "day", "events");

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE.csv",
            description = "Many days: a file whose first line is channel,day,events.")
    private @Nullable Path file;

    @Option(names = "--channel", paramLabel = "CHANNEL", description = "One day: the channel, such as qlue.")
    private @Nullable String channel;

    @Option(names = "--day", paramLabel = "DAY", description = "The day, such as 2017-11-01.")
    private @Nullable String day;

    @Option(names = "--events", paramLabel = "N", description = "How many events the source has of it.")
    private @Nullable String events;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.system();
        List<ChannelDeclaration> declarations = declarations(Feed.now());
        Topics.create(kafka.bootstrap, Topics.partitions(kafka.bootstrap, Topics.CASE_EVENTS));
        try (EventPublisher publisher = new EventPublisher(kafka.bootstrap)) {
            declarations.forEach(publisher::publish);
            publisher.flush();
        }
        Set<String> channels = new TreeSet<>();
        declarations.forEach(declaration -> channels.add(declaration.channel()));
        terminal.say(String.format(
                Locale.ROOT,
                "Declared     %,d events of %,d days of %s",
                declarations.stream().mapToLong(ChannelDeclaration::events).sum(),
                declarations.size(),
                String.join(", ", channels)));
        channels.removeAll(known());
        if (!channels.isEmpty()) {
            terminal.complain(
                    "Note: intake knows no channel " + String.join(", ", channels)
                            + ". If that is a slip, all of these events will show as missing: declare 0 for it, and the right channel.");
        }
        return 0;
    }

    private Set<String> known() {
        Set<String> known = new HashSet<>(Channels.IDS);
        PublishedPacks.in(kafka.bootstrap).forEach(pack -> pack.channels().forEach(each -> known.add(each.id())));
        return known;
    }

    private List<ChannelDeclaration> declarations(Instant now) throws IOException {
        if (file != null) {
            if (channel != null || day != null || events != null) {
                throw new UserError("a file and --channel, --day or --events together: name the file, or one day by all"
                        + " three options.");
            }
            return read(file, now);
        }
        if (channel == null || day == null || events == null) {
            throw new UserError(
                    "say of what: --channel CHANNEL --day DAY --events N, all three, or a file with many days.");
        }
        return List.of(declaration(List.of("--channel", "--day", "--events"), List.of(channel, day, events), now, ""));
    }

    /** The days of a file, all of which are good, or none is declared. */
    private static List<ChannelDeclaration> read(Path file, Instant now) throws IOException {
        List<String> lines = lines(file);
        if (lines.isEmpty() || !fields(lines.get(0).replace("\ufeff", "")).equals(FIELDS)) {
            throw new UserError(file + ", line 1: the first line has to be " + String.join(",", FIELDS)
                    + (lines.isEmpty() ? "; the file is empty." : ", it is '" + lines.get(0) + "'."));
        }
        List<ChannelDeclaration> declarations = new ArrayList<>();
        Map<Cell, Integer> lineOf = new HashMap<>();
        for (int line = 2; line <= lines.size(); line++) {
            String text = lines.get(line - 1);
            if (text.isBlank()) {
                continue;
            }
            String where = file + ", line " + line + ": ";
            List<String> values = fields(text);
            if (values.size() != FIELDS.size()) {
                throw new UserError(where + values.size() + " fields instead of " + FIELDS.size() + ": '" + text
                        + "'; write " + String.join(",", FIELDS) + ".");
            }
            ChannelDeclaration declaration = declaration(FIELDS, values, now, where);
            Integer before = lineOf.put(
                    Cell.ofChannel(declaration.channel(), declaration.day().toEpochDay()), line);
            if (before != null) {
                throw new UserError(where + "day " + declaration.day() + " of " + declaration.channel() + " is in line "
                        + before + " already; leave one of them out.");
            }
            declarations.add(declaration);
        }
        if (declarations.isEmpty()) {
            throw new UserError(file + ": there is no day after the first line; add one.");
        }
        return declarations;
    }

    private static List<String> lines(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UserError(file + ": there is no such file.");
        }
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new UserError(file + ": the file is not in UTF-8; save it so.");
        }
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        for (String field : line.split(",", -1)) {
            fields.add(field.strip());
        }
        return fields;
    }

    /**
     * @param names of the three values, for people
     * @param where they are, for people
     */
    private static ChannelDeclaration declaration(List<String> names, List<String> values, Instant now, String where) {
        LocalDate day;
        try {
            day = LocalDate.parse(values.get(1));
        } catch (DateTimeParseException e) {
            throw new UserError(where + names.get(1) + " '" + values.get(1) + "' is no day: write it as 2017-11-01.");
        }
        long events;
        try {
            events = Long.parseLong(values.get(2));
        } catch (NumberFormatException e) {
            throw new UserError(
                    where + names.get(2) + " '" + values.get(2) + "' is no whole number: write it as 1234.");
        }
        try {
            return new ChannelDeclaration(values.get(0).toLowerCase(Locale.ROOT), day, events, now);
        } catch (IllegalArgumentException e) {
            throw new UserError(where + e.getMessage() + ".");
        }
    }
}
