package io.tanggap.app.cli;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.io.CaseEventLog;
import io.tanggap.flink.io.ChannelDeclarations;
import io.tanggap.flink.io.LatestHeartbeat;
import io.tanggap.flink.io.PublishedPacks;
import io.tanggap.flink.io.Topics;
import io.tanggap.intake.Mapping;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Cases with all that happened to them, of a running system or of files, for commands that look and change nothing. */
abstract class CaseHistories {
    private CaseHistories() {}

    /**
     * The events of one case.
     *
     * @param where where they were found, for people
     * @param others other cases that were met on the way
     */
    record Found(List<CaseEvent> events, String where, Set<String> others) {}

    /**
     * An as-of that nobody named.
     *
     * @param reason for people
     */
    record DefaultAsOf(Instant at, String reason) {}

    /** What is in a Kafka now. */
    static CaseHistories inKafka(String bootstrap) {
        return new InKafka(bootstrap);
    }

    /**
     * What is in files. They are read here and now, into memory.
     *
     * @param pack what the records are placed by, and judged
     * @param only the one case whose events are kept; null keeps those of all
     */
    static CaseHistories inFiles(
            List<Path> files, Mapping mapping, ReferencePack pack, @Nullable String only, Terminal terminal)
            throws IOException {
        Feed.check(files, mapping, pack);
        InFiles histories = new InFiles(pack, only);
        Feed.Result read = Feed.files(
                files,
                mapping,
                pack,
                new Feed.Reader("Read", histories::take, letter -> {}, () -> {}),
                terminal.aside());
        histories.cutShort = read.cutShort();
        return histories;
    }

    /** The packs that judge the cases; empty if there are none. */
    abstract List<ReferencePack> packs();

    /** The as-of of who names none. */
    abstract DefaultAsOf defaultAsOf(ZoneId zone, Terminal terminal);

    abstract Found find(String caseId, Terminal terminal);

    /** Hands over every case, once. */
    abstract void forEach(Consumer<CaseHistory> each, Terminal terminal);

    /** Hands over what sources have declared of the days of their channels; nothing where nobody could. */
    abstract void declarations(Consumer<ChannelDeclaration> each);

    /** Whether a file could not be read to its end. */
    boolean cutShort() {
        return false;
    }

    private static DefaultAsOf newest(Instant latest, ZoneId zone, Terminal terminal) {
        Instant at = AsOf.byDefault(latest, Feed.now(), zone, terminal.aside());
        return new DefaultAsOf(at, at.isAfter(latest) ? "just after the newest event" : "now");
    }

    private static final class InKafka extends CaseHistories {
        private final String bootstrap;

        InKafka(String bootstrap) {
            this.bootstrap = bootstrap;
        }

        @Override
        List<ReferencePack> packs() {
            return PublishedPacks.in(bootstrap);
        }

        @Override
        DefaultAsOf defaultAsOf(ZoneId zone, Terminal terminal) {
            Optional<Instant> heartbeat = LatestHeartbeat.in(bootstrap);
            if (heartbeat.isPresent()) {
                return new DefaultAsOf(heartbeat.get(), "the latest heartbeat: up to then everything is told");
            }
            return newest(
                    Topics.latestOccurrence(bootstrap)
                            .orElseThrow(() -> UserError.failed("There is no event in Kafka at " + bootstrap
                                    + ": feed some with tanggap intake or tanggap replay.")),
                    zone,
                    terminal);
        }

        @Override
        Found find(String caseId, Terminal terminal) {
            List<CaseEvent> events = new ArrayList<>();
            Set<String> others = new HashSet<>();
            Consumer<CaseEvent> look = event -> {
                if (event.caseId().equals(caseId)) {
                    events.add(event);
                } else {
                    others.add(event.caseId());
                }
            };
            try (CaseEventLog log = CaseEventLog.open(bootstrap)) {
                List<Integer> partitions = new ArrayList<>(log.partitions());
                Integer own = log.partitionOf(caseId);
                if (partitions.remove(own)) {
                    read(log, own, look, terminal);
                    if (!events.isEmpty()) {
                        return new Found(
                                events,
                                "partition " + own + " of case-events, where the events of this case are written",
                                others);
                    }
                }
                // Whoever writes with another partitioner may have put it elsewhere.
                partitions.forEach(partition -> read(log, partition, look, terminal));
                return new Found(events, "case-events, all partitions", others);
            }
        }

        @Override
        void forEach(Consumer<CaseHistory> each, Terminal terminal) {
            try (CaseEventLog log = CaseEventLog.open(bootstrap)) {
                for (int partition : log.partitions()) {
                    ByCase cases = new ByCase();
                    read(log, partition, cases::add, terminal);
                    cases.forEach("judging partition " + partition, each, terminal);
                }
            }
        }

        @Override
        void declarations(Consumer<ChannelDeclaration> each) {
            ChannelDeclarations.forEach(bootstrap, each);
        }

        private static void read(CaseEventLog log, int partition, Consumer<CaseEvent> each, Terminal terminal) {
            double size = Math.max(1, log.size(partition));
            log.forEach(
                    partition,
                    each,
                    read -> terminal.progress("reading partition " + partition, read / size, read + " records"));
        }
    }

    private static final class InFiles extends CaseHistories {
        private final ReferencePack pack;
        private final @Nullable String only;
        private final ByCase cases = new ByCase();
        private final Set<String> others = new HashSet<>();
        private @Nullable Instant latest;
        private boolean cutShort;

        InFiles(ReferencePack pack, @Nullable String only) {
            this.pack = pack;
            this.only = only;
        }

        private void take(CaseEvent event) {
            if (only == null || only.equals(event.caseId())) {
                cases.add(event);
            } else {
                others.add(event.caseId());
            }
            latest = latest == null || event.occurredAt().isAfter(latest) ? event.occurredAt() : latest;
        }

        @Override
        List<ReferencePack> packs() {
            return List.of(pack);
        }

        @Override
        DefaultAsOf defaultAsOf(ZoneId zone, Terminal terminal) {
            if (latest == null) {
                throw UserError.failed(
                        "There is no event to judge: the input has no record. Name a file that has some.");
            }
            return newest(latest, zone, terminal);
        }

        @Override
        Found find(String caseId, Terminal terminal) {
            return new Found(cases.of(caseId), "the input", others);
        }

        @Override
        void forEach(Consumer<CaseHistory> each, Terminal terminal) {
            cases.forEach("judging", each, terminal);
        }

        @Override
        void declarations(Consumer<ChannelDeclaration> each) {
            // A file says nothing of what it leaves out.
        }

        @Override
        boolean cutShort() {
            return cutShort;
        }
    }

    /** Events by their case. */
    private static final class ByCase {
        private static final int PROGRESS_EVERY = 1_000;

        private final Map<String, List<CaseEvent>> events = new TreeMap<>();

        void add(CaseEvent event) {
            events.computeIfAbsent(event.caseId(), id -> new ArrayList<>()).add(event);
        }

        List<CaseEvent> of(String caseId) {
            return events.getOrDefault(caseId, List.of());
        }

        void forEach(String what, Consumer<CaseHistory> each, Terminal terminal) {
            double size = events.size();
            int judged = 0;
            for (List<CaseEvent> one : events.values()) {
                each.accept(CaseHistory.of(one));
                if (++judged % PROGRESS_EVERY == 0) {
                    terminal.progress(what, judged / size, String.format(Locale.ROOT, "%,d cases", judged));
                }
            }
        }
    }
}
