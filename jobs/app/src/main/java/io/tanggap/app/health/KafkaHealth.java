package io.tanggap.app.health;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.tanggap.app.run.KafkaEndpoints;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.elasticsearch.Indices.Generation;
import io.tanggap.flink.io.AlertSink;
import io.tanggap.flink.io.Brokers;
import io.tanggap.flink.io.DeadLetterLog;
import io.tanggap.flink.io.LatestHeartbeat;
import io.tanggap.flink.io.PublishedPacks;
import io.tanggap.flink.io.StoredLetter;
import io.tanggap.flink.io.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether a Kafka has what the jobs need, and whether they keep up with it. */
public final class KafkaHealth {
    /** Chosen: intake writes four heartbeats a second, and a job that was restarted is back within a minute. */
    static final Duration HEARTBEAT_LATE = Duration.ofMinutes(1);
    /** Chosen: until then nobody has been told of a deadline too late to act. */
    static final Duration HEARTBEAT_LOST = Duration.ofMinutes(10);
    /** Chosen: machines that ask a time server differ by less than a second. */
    static final Duration CLOCKS_APART = Duration.ofSeconds(5);
    /** Chosen: what heartbeats alone write in ten minutes into four partitions. */
    static final long LAG_SEEN = 10_000;
    /** Chosen: a job works some minutes on it, in which its figures are old. */
    static final long LAG_MUCH = 1_000_000;
    /** Chosen: of what channels send, a source that changes one of its fields is above it. */
    static final double LETTERS_MANY = 0.01;
    /** Chosen: one channel of ten cannot be read. */
    static final double LETTERS_FAR_TOO_MANY = 0.1;

    private static final Duration LETTERS_OF = Duration.ofHours(1);
    private static final int LETTERS_LOOKED_AT = 100;

    /** Those that a record is lost by. */
    private static final Set<String> KEEPING = Set.of("cleanup.policy", "retention.ms", "retention.bytes");

    private static final String TOPICS = "topics";

    private final Findings findings = new Findings();
    private final String bootstrap;
    private final Clock clock;
    private final @Nullable Generation generation;

    private KafkaHealth(String bootstrap, Clock clock, @Nullable Generation generation) {
        this.bootstrap = bootstrap;
        this.clock = clock;
        this.generation = generation;
    }

    /**
     * Looks at a Kafka.
     *
     * @param clock of this machine
     * @param generation the indices that are read, which tell the group of the job that writes them; null where they are not
     *     known, and then its lag is not looked at
     */
    public static List<Finding> of(String bootstrap, Clock clock, @Nullable Generation generation) {
        KafkaHealth health = new KafkaHealth(bootstrap, clock, generation);
        health.findings.check("kafka", health::look);
        return health.findings.all();
    }

    private void look() {
        try (Brokers brokers = Brokers.at(bootstrap)) {
            Brokers.Cluster cluster = brokers.cluster();
            findings.ok("kafka", "cluster " + cluster.id() + ", " + Findings.count(cluster.brokers(), "broker"));
            findings.check("transactions", () -> transactions(brokers.longestTransaction()));
            Set<String> there = new TreeSet<>();
            findings.check(TOPICS, () -> topics(brokers, cluster.brokers(), there));
            findings.check("reference", this::reference);
            findings.check("heartbeat", () -> heartbeat(findings, LatestHeartbeat.in(bootstrap), clock.instant()));
            List<String> channels =
                    Topics.channels().stream().filter(there::contains).toList();
            findings.check("intake lag", () -> lag(brokers, "intake", KafkaEndpoints.INTAKE, channels, "intake"));
            if (generation != null) {
                findings.check(
                        "responsiveness lag",
                        () -> lag(
                                brokers,
                                "responsiveness",
                                KafkaEndpoints.group(generation),
                                present(there, Topics.CASE_EVENTS),
                                "run --mode live"));
            }
            findings.check("notification lag", () -> {
                List<String> alerts = present(there, Topics.FEED_ALERTS);
                Topics.latestAlerts(bootstrap).ifPresent(alerts::add);
                lag(brokers, "notification", KafkaEndpoints.NOTIFICATION, alerts, "notify");
            });
            findings.check("broker clock", () -> brokerClock(brokers, channels));
            if (there.contains(Topics.DEAD_LETTERS)) {
                findings.check("dead letters", () -> {
                    Instant hourAgo = clock.instant().minus(LETTERS_OF);
                    letters(
                            findings,
                            brokers.countSince(List.of(Topics.DEAD_LETTERS), hourAgo),
                            brokers.countSince(channels, hourAgo),
                            frequentReason());
                });
            }
        }
    }

    private static List<String> present(Collection<String> there, String topic) {
        List<String> present = new ArrayList<>();
        if (there.contains(topic)) {
            present.add(topic);
        }
        return present;
    }

    private void transactions(Optional<Duration> longest) {
        Duration needed = AlertSink.TRANSACTION_TIMEOUT;
        if (longest.isEmpty()) {
            findings.warn(
                    "transactions",
                    "the brokers' transaction.max.timeout.ms is not told to this user",
                    "see that it is at least " + needed.toMillis()
                            + ", or allow this user to describe the brokers' settings");
        } else if (longest.get().compareTo(needed) < 0) {
            findings.fail(
                    "transactions",
                    "transaction.max.timeout.ms is " + longest.get().toMillis()
                            + ", so that no job can begin a transaction for alerts",
                    "set it to " + needed.toMillis() + " on every broker");
        } else {
            findings.ok("transactions", "may stay open for " + Findings.span(longest.get()));
        }
    }

    private void topics(Brokers brokers, int number, Set<String> there) {
        Map<String, Brokers.Topic> topics = brokers.topics();
        there.addAll(topics.keySet());
        Set<String> missing = new TreeSet<>(Topics.all());
        missing.removeAll(there);
        String install = "tanggap install makes what is missing and sets what differs";
        if (!missing.isEmpty()) {
            findings.fail(TOPICS, "missing: " + String.join(", ", missing), install);
        }
        brokers.differences(there).forEach(setting -> {
            String seen = setting.topic() + " has " + setting.name() + "=" + setting.found() + " instead of "
                    + setting.wanted();
            if (KEEPING.contains(setting.name())) {
                findings.fail(TOPICS, seen + ", by which records are lost, or kept that were erased", install);
            } else {
                findings.warn(TOPICS, seen, install);
            }
        });
        topics.forEach((name, topic) -> {
            if (topic.leaderless() > 0) {
                findings.fail(
                        TOPICS,
                        Findings.count(topic.leaderless(), "partition") + " of " + name + " without a leader",
                        "start the brokers that are away");
            } else if (topic.underReplicated() > 0) {
                findings.warn(
                        TOPICS,
                        Findings.count(topic.underReplicated(), "partition") + " of " + name
                                + " with fewer copies than there should be",
                        "look which broker is away or behind");
            }
        });
        copies(findings, number, topics);
        Brokers.Topic reference = topics.get(Topics.REFERENCE);
        if (reference != null && reference.partitions() != 1) {
            findings.fail(
                    TOPICS,
                    Topics.REFERENCE + " has " + reference.partitions() + " partitions, but packs need one order",
                    "delete the topic, run tanggap install, and publish the packs again");
        }
        if (findings.all().stream().noneMatch(finding -> finding.subject().equals(TOPICS))) {
            findings.ok(TOPICS, "all " + there.size() + " are there, with their settings");
        }
    }

    /** One broker can have no more than one copy of anything, and whoever runs one knows. */
    static void copies(Findings findings, int brokers, Map<String, Brokers.Topic> topics) {
        List<String> single = topics.entrySet().stream()
                .filter(topic -> topic.getValue().copies() == 1)
                .map(Map.Entry::getKey)
                .toList();
        if (brokers > 1 && !single.isEmpty()) {
            findings.warn(
                    TOPICS,
                    "one copy on " + Findings.count(brokers, "broker") + ", which goes with its disk: "
                            + String.join(", ", single),
                    "give them three by kafka-reassign-partitions.sh; new topics have as many as the brokers'"
                            + " default.replication.factor says");
        }
    }

    private void reference() {
        PublishedPacks.Found found = PublishedPacks.find(bootstrap);
        if (found.packs().isEmpty()) {
            findings.fail(
                    "reference",
                    found.unusable() == 0
                            ? "no pack is published, so that nothing can be judged"
                            : "no pack can be read: " + Findings.count(found.unusable(), "slice")
                                    + " incomplete, or of a later version",
                    "tanggap reference publish");
            return;
        }
        ReferencePack newest = found.packs().get(found.packs().size() - 1);
        String seen = "newest pack " + newest.id() + ", known from " + newest.knownFrom() + "; "
                + Findings.count(found.packs().size(), "pack");
        if (found.unusable() > 0) {
            findings.warn(
                    "reference",
                    seen + ", and " + Findings.count(found.unusable(), "slice")
                            + " that this version cannot read, or of which others are missing",
                    "publish that pack again; if a later version wrote it, upgrade the jobs first");
        } else {
            findings.ok("reference", seen);
        }
    }

    /** How old the time is as of which live jobs judge. */
    static void heartbeat(Findings findings, Optional<Instant> latest, Instant now) {
        if (latest.isEmpty()) {
            findings.warn(
                    "heartbeat",
                    "none among the latest records of every partition of case-events: live jobs judge nothing",
                    "start tanggap intake; where only replays are run, there is none");
            return;
        }
        Duration age = Duration.between(latest.get(), now);
        if (age.isNegative()) {
            findings.judge(
                    "heartbeat",
                    "the latest is " + Findings.span(age) + " ahead of this machine's clock",
                    age.abs(),
                    CLOCKS_APART,
                    null,
                    "synchronise the clocks of this machine and of those that run intake; look who else writes heartbeats");
        } else {
            findings.judge(
                    "heartbeat",
                    "the latest is " + Findings.span(age) + " old, of " + latest.get(),
                    age,
                    HEARTBEAT_LATE,
                    HEARTBEAT_LOST,
                    "live jobs judge as of then: see that intake runs, and what its log says; then whether every partition of"
                            + " case-events can be written");
        }
    }

    private void lag(Brokers brokers, String job, String group, List<String> topics, String command) {
        String subject = job + " lag";
        if (topics.isEmpty()) {
            findings.fail(subject, "the topics that group " + group + " reads are missing", "tanggap install");
            return;
        }
        Brokers.Lag lag = brokers.lag(group, topics);
        if (!lag.told()) {
            findings.warn(
                    subject,
                    "no job has told in group " + group + " how far it has read; there are "
                            + Findings.count(lag.records(), "record"),
                    "start tanggap " + command + ", if this city needs it");
            return;
        }
        findings.judge(
                subject,
                Findings.count(lag.records(), "record") + " behind in group " + group,
                lag.records(),
                LAG_SEEN,
                LAG_MUCH,
                "see that the job runs and makes checkpoints, with which it tells how far it is; if it does and stays behind, give it"
                        + " more instances");
    }

    private void brokerClock(Brokers brokers, List<String> channels) {
        Optional<Instant> latest = brokers.latestTimestamp(channels);
        Instant now = clock.instant();
        if (latest.isPresent() && latest.get().isAfter(now.plus(CLOCKS_APART))) {
            findings.warn(
                    "broker clock",
                    "a record of a channel came " + Findings.span(Duration.between(now, latest.get()))
                            + " after now by this machine's clock",
                    "synchronise the clocks of the brokers and of this machine");
        }
    }

    private Optional<String> frequentReason() {
        List<StoredLetter> last = DeadLetterLog.last(bootstrap, LETTERS_LOOKED_AT);
        return last.stream().collect(groupingBy(stored -> stored.letter().reason(), counting())).entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(reason -> reason.getKey() + " (" + reason.getValue() + " of the last " + last.size() + ")");
    }

    /**
     * What share of an hour could not be used.
     *
     * @param sent records that channels sent in it: timestamps of case-events say when something happened, and most records there are
     *     heartbeats, so that these tell nothing of an hour
     */
    static void letters(Findings findings, long letters, long sent, Optional<String> reason) {
        String seen = Findings.count(letters, "letter") + " in the last hour, in which channels sent "
                + Findings.count(sent, "record")
                + reason.map(most -> "; most frequent: " + most).orElse("");
        String remedy =
                "tanggap dead-letters list --summary says what to mend, tanggap dead-letters replay brings them back";
        if (letters == 0 || sent > 0) {
            double share = letters == 0 ? 0 : (double) letters / sent;
            findings.judge("dead letters", seen, share, LETTERS_MANY, LETTERS_FAR_TOO_MANY, remedy);
        } else {
            findings.warn("dead letters", seen, remedy);
        }
    }
}
