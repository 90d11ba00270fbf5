package io.tanggap.app.cli;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.PublishedPacks;
import io.tanggap.flink.io.Topics;
import io.tanggap.intake.Mapping;
import io.tanggap.intake.PackPlaces;
import io.tanggap.intake.Places;
import io.tanggap.intake.Replay;
import io.tanggap.simulation.CityLife;
import io.tanggap.simulation.Truth;
import io.tanggap.simulation.TruthFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Feeds events into Kafka, with a progress bar on the way and a summary at the end. */
final class Feed {
    private static final long PROGRESS_EVERY = 1_000;
    private static final double MESSAGES_PER_CASE = 8;

    private Feed() {}

    /**
     * What was fed.
     *
     * @param events events written
     * @param end the as-of that the input asks for; null is {@link AsOf#byDefault} of the topic
     * @param cutShort whether a file could not be read to its end
     */
    record Result(long events, @Nullable Instant end, boolean cutShort) {
        Instant asOf(String bootstrap, ZoneId zone, Terminal terminal) {
            if (end != null) {
                return end;
            }
            Instant latest = Topics.latestOccurrence(bootstrap)
                    .orElseThrow(() -> UserError.failed(
                            "There is no event to judge: the input has no record. Name a file that has some."));
            return AsOf.byDefault(latest, now(), zone, terminal);
        }
    }

    /** Now, in the precision of events. */
    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Publishes what the city is measured by, unless it was published before.
     *
     * @return whether it was written now
     * @throws UserError if this Kafka was fed for another city or zone: one job would mix their figures; or if the pack was
     *     published with another content: jobs keep the first
     */
    static boolean reference(ReferencePack pack, String bootstrap, EventPublisher publisher, Terminal terminal) {
        List<ReferencePack> published = PublishedPacks.in(bootstrap);
        for (ReferencePack known : published) {
            if (!known.city().equals(pack.city()) || !known.zone().equals(pack.zone())) {
                throw new UserError("this Kafka was fed for city " + known.city() + " in zone " + known.zone()
                        + ", not for " + pack.city() + " in " + pack.zone()
                        + ": use a fresh Kafka, or another --data directory.");
            }
        }
        if (published.isEmpty()) {
            publisher.publish(pack);
            return true;
        }
        ReferencePack last = published.get(published.size() - 1);
        Optional<ReferencePack> before =
                published.stream().filter(known -> known.id().equals(pack.id())).findFirst();
        if (before.isPresent() && !before.get().equals(pack)) {
            throw new UserError("reference pack " + pack.id()
                    + " was published with another content, and a pack never changes: give the changed one a new id,"
                    + " and the time from which it is known.");
        }
        boolean sameTime = last.knownFrom().equals(pack.knownFrom());
        if (before.isPresent()) {
            if (sameTime && !last.id().equals(pack.id())) {
                // A job takes a pack once, so this one does not come back.
                terminal.say("Reference   " + last.id() + ", published after " + pack.id()
                        + ", stays in force for all cases; to replace it, give yours a new id (a mapping gets one by a"
                        + " comment that is added), or use a fresh Kafka");
            }
            return false;
        }
        if (sameTime) {
            terminal.say("Reference   " + pack.id() + " replaces " + last.id() + " for all cases");
        } else {
            boolean later = pack.knownFrom().isAfter(last.knownFrom());
            Instant change = later ? pack.knownFrom() : last.knownFrom();
            terminal.say("Reference   " + (later ? last : pack).id() + " is in force until "
                    + AsOf.show(change, pack.zone()) + ", " + (later ? pack : last).id() + " from then on");
        }
        publisher.publish(pack);
        return true;
    }

    /** Refuses files that do not fit the mapping, before anything is started. */
    static void check(List<Path> files, @Nullable Mapping mapping, ReferencePack pack) {
        if (mapping != null) {
            if (mapping.placesByCoordinates() && !PackPlaces.areIn(pack)) {
                throw new UserError("the mapping places complaints by latitude and longitude, but reference pack "
                        + pack.id() + " does not say where its units are: name a pack with polygons or centroids by"
                        + " --reference, see tanggap reference --help.");
            }
            for (Path file : files) {
                Replay.check(file, mapping);
            }
        }
    }

    /**
     * Lets a city live for a month: what its channels send goes to their topics, for intake.
     *
     * @param truth where the truth about every case is written, a line each
     * @return how many records were written
     */
    static long life(CityLife city, LifeOptions life, Path truth, EventPublisher publisher, Terminal terminal)
            throws IOException {
        // Before anything is sent: a truth that cannot be kept is none.
        Files.write(truth, new byte[0]);
        long[] sent = new long[1];
        double expected = MESSAGES_PER_CASE * life.cases;
        List<Truth> truths = new ArrayList<>();
        CityLife.Summary told = city.tell(
                life.seed,
                life.cases,
                life.month,
                message -> {
                    publisher.publish(message.channel(), message.key(), message.json());
                    if (++sent[0] % PROGRESS_EVERY == 0) {
                        terminal.progress("living", Math.min(1, sent[0] / expected), sent[0] + " records");
                    }
                },
                truths::add);
        publisher.flush();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(truth))) {
            TruthFile.write(truths, out);
        }
        terminal.say(String.format(
                Locale.ROOT,
                "Sent        %,d records of %,d invented cases by their channels, %s, seed %d; %,d damaged, nothing by %s on %s",
                told.messages(),
                life.cases,
                life.month,
                life.seed,
                told.damaged(),
                told.silentChannel(),
                told.silentDay()));
        terminal.say("Truth       " + truth + ": what really became of each case");
        return told.messages();
    }

    /** Reads files into Kafka. */
    static Result files(
            List<Path> files, Mapping mapping, ReferencePack pack, EventPublisher publisher, Terminal terminal)
            throws IOException {
        return files(
                files,
                mapping,
                pack,
                new Reader("Fed", publisher::publish, publisher::publish, publisher::flush),
                terminal);
    }

    /**
     * Who takes what is read of files.
     *
     * @param did what the summary says was done
     * @param end is called when everything was handed over
     */
    record Reader(String did, Consumer<CaseEvent> events, Consumer<DeadLetter> deadLetters, Runnable end) {}

    private static boolean mayEndACase(Payload payload) {
        return payload instanceof Payload.Closed
                || payload instanceof Payload.ResolutionClaimed
                || payload instanceof Payload.MergedInto
                || payload instanceof Payload.SnapshotObserved;
    }

    /** Reads files, and says what became of their records. */
    static Result files(List<Path> files, Mapping mapping, ReferencePack pack, Reader reader, Terminal terminal)
            throws IOException {
        PackPlaces places = mapping.placesByCoordinates() ? new PackPlaces(pack) : null;
        Instant ingestedAt = now();
        long events = 0;
        long records = 0;
        long skipped = 0;
        boolean cutShort = false;
        Map<String, Long> deadLetters = new TreeMap<>();
        Map<String, String> firstMessages = new TreeMap<>();
        List<String> unseen = new ArrayList<>();
        AtomicBoolean anyEnds = new AtomicBoolean();
        Consumer<CaseEvent> watched = event -> {
            if (mayEndACase(event.payload())) {
                anyEnds.set(true);
            }
            reader.events().accept(event);
        };
        for (Path file : files) {
            double size = Math.max(1, Files.size(file));
            Replay.Summary summary = Replay.read(
                    file,
                    mapping,
                    places == null ? Places.declared() : places,
                    ingestedAt,
                    watched,
                    reader.deadLetters(),
                    read -> terminal.progress("reading", read / size, String.valueOf(file.getFileName())));
            events += summary.events();
            records += summary.records();
            skipped += summary.skipped();
            summary.deadLetters().forEach((reason, count) -> deadLetters.merge(reason, count, Long::sum));
            summary.firstMessages().forEach(firstMessages::putIfAbsent);
            if (!summary.unseenColumns().isEmpty()) {
                String missed = file.getFileName() + ": no record has " + String.join(", ", summary.unseenColumns())
                        + ", so events and fields that rest on it were never made; if that is a misspelling, mend the"
                        + " mapping.";
                terminal.complain(missed);
                unseen.add(missed);
            }
            if (summary.failure() != null) {
                terminal.complain(summary.failure());
                cutShort = true;
            }
        }
        reader.end().run();
        long rejected = deadLetters.values().stream().mapToLong(Long::longValue).sum();
        terminal.say(String.format(
                Locale.ROOT,
                "%-11s %,d events from %,d records of %d file(s); %,d passed over by the mapping, %,d dead letters",
                reader.did(),
                events,
                records,
                files.size(),
                skipped,
                rejected));
        if (places != null) {
            terminal.say("Placed      " + places.told());
        }
        deadLetters.forEach((reason, count) -> {
            terminal.say(String.format(Locale.ROOT, "            %,8d %s, first:", count, reason));
            terminal.say("                     " + firstMessages.get(reason));
        });
        unseen.forEach(missed -> terminal.say("            " + missed));
        if (events > 0 && !anyEnds.get()) {
            terminal.say(
                    "            No event of this input ends a case: until others do, all stay open, whatever is due counts as"
                            + " missed, and times to close say nothing. Does the mapping read when cases were closed?");
        }
        if (records > 0 && events == 0) {
            throw UserError.failed("No event was made: every record of the input became a dead letter or was passed"
                    + " over. The summary above says why.");
        }
        return new Result(events, null, cutShort);
    }
}
