package io.tanggap.app.cli;

import io.tanggap.app.run.Engine;
import io.tanggap.app.run.Engine.Mode;
import io.tanggap.app.run.FlinkSession;
import io.tanggap.app.run.Heartbeats;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.io.PublishedPacks;
import io.tanggap.flink.io.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tanggap run}: the job on Kafka and Elasticsearch that are there already. */
@Command(
        name = "run",
        description = "Runs the responsiveness job on Flink in this process, against a Kafka and an Elasticsearch.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {
    @Option(
            names = "--mode",
            required = true,
            paramLabel = "MODE",
            description = "replay: judge everything that is in Kafka once, at one as-of, and end."
                    + " live: go on, with an as-of that follows the heartbeats.")
    private Mode mode = Mode.REPLAY;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--elasticsearch", required = true, paramLabel = "URL", description = "Elasticsearch.")
    private String elasticsearch = "";

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description =
                    "replay: judge at this time: 2019-12-31T00:00 in the city's zone, or with an offset. Default: just"
                            + " after the latest event, but not after now.")
    private @Nullable String asOf;

    @Option(
            names = "--structure",
            paramLabel = "DAY",
            description =
                    "replay: draw all rows on the units of this day, 2018-01-01 in the city's zone: what a unit did that"
                            + " is no more is its successor's. Default: each case on the units of the day of its submission.")
    private @Nullable String structure;

    @Option(
            names = "--heartbeats",
            description =
                    "live: write the heartbeats too, four times a second. For trials, where no intake writes them.")
    private boolean heartbeats;

    @Mixin
    private JobOptions job = new JobOptions();

    @Mixin
    private CheckpointOption checkpoint = new CheckpointOption();

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.system();
        if (mode == Mode.REPLAY && job.goesOn() && !job.isGiven()) {
            throw new UserError(
                    "--resume and --from are for --mode live: a replay reads everything in Kafka, run it again.");
        }
        if (mode == Mode.LIVE && asOf != null) {
            throw new UserError("--as-of is for --mode replay: live, the as-of follows the heartbeats.");
        }
        if (mode == Mode.LIVE && structure != null) {
            throw new UserError(
                    "--structure is for --mode replay: live, each case is drawn on the units of the day of its"
                            + " submission.");
        }
        if (mode == Mode.REPLAY && heartbeats) {
            throw new UserError("--heartbeats is for --mode live: a replay has one as-of, see --as-of.");
        }
        Duration interval = checkpoint.interval(mode == Mode.LIVE);
        LocalDate drawnOn = structure == null ? null : AsOf.day("--structure", structure);
        Engine engine = new Engine(kafka.bootstrap, elasticsearch);
        if (!job.isGiven()) {
            engine.prepareIndices();
        }
        ZoneId zone = pack().zone();
        Instant judgedAt = mode == Mode.LIVE ? null : judgedAt(zone, terminal);
        refuseToCome(drawnOn, judgedAt, zone);
        try (FlinkSession flink = job.session();
                Heartbeats beating = heartbeats ? Heartbeats.start(kafka.bootstrap) : Heartbeats.none()) {
            job.say(flink, terminal);
            if (mode == Mode.LIVE && !job.goesOn()) {
                terminal.say(
                        "State       none: the figures of earlier runs are replaced at once; --resume goes on from them, and"
                                + " tanggap reprocess replaces them when it has caught up");
            }
            terminal.say(
                    judgedAt == null
                            ? "Live        " + (job.isElsewhere() ? "in the cluster" : "until Ctrl-C")
                                    + (beating.isBeating() ? ", writing heartbeats" : "")
                            : "As of       " + AsOf.show(judgedAt, zone)
                                    + (drawnOn == null ? "" : ", on the units of " + drawnOn));
            Optional<Engine.Accounts> accounts = engine.run(
                    flink,
                    new Engine.Settings(mode, judgedAt, drawnOn, job.execution(engine::lastCheckpoint, interval)),
                    -1,
                    mode == Mode.LIVE ? new HeartbeatWatch(terminal) : terminal::progress);
            return accounts.isPresent() ? close(accounts.get(), terminal) : 0;
        }
    }

    /** Nobody knows at the as-of how a later day will be. */
    static void refuseToCome(@Nullable LocalDate drawnOn, @Nullable Instant judgedAt, ZoneId zone) {
        if (drawnOn != null && judgedAt != null && drawnOn.isAfter(LocalDate.ofInstant(judgedAt, zone))) {
            throw new UserError("--structure " + drawnOn + " is after the day of the as-of, "
                    + AsOf.show(judgedAt, zone) + ": name that day or an earlier one, or a later --as-of.");
        }
    }

    /** Shows the accounts, and returns the exit code that they ask for. */
    static int close(Engine.Accounts accounts, Terminal terminal) {
        terminal.say(accounts.describe());
        if (accounts.balance() || accounts.restarts() > 0) {
            return 0;
        }
        terminal.complain(
                "tanggap: the accounts do not balance: records or documents are unaccounted for, so the figures"
                        + " may be wrong; run the job again, and report it if that happens again.");
        return Tanggap.FAILED;
    }

    /** What the city is measured by: the pack that was published last. */
    private ReferencePack pack() {
        List<ReferencePack> packs = PublishedPacks.in(kafka.bootstrap);
        if (packs.isEmpty()) {
            throw UserError.failed(
                    "Kafka at " + kafka.bootstrap + " has no reference and no events: feed some with tanggap replay.");
        }
        return packs.get(packs.size() - 1);
    }

    private Instant judgedAt(ZoneId zone, Terminal terminal) {
        if (asOf != null) {
            return AsOf.parse(asOf, zone);
        }
        Instant latest = Topics.latestOccurrence(kafka.bootstrap)
                .orElseThrow(() -> UserError.failed(
                        "There is no event in Kafka at " + kafka.bootstrap + ": feed some with tanggap replay."));
        return AsOf.byDefault(latest, Feed.now(), zone, terminal);
    }
}
