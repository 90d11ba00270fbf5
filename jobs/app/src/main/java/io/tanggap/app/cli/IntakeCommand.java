package io.tanggap.app.cli;

import io.tanggap.app.run.Engine;
import io.tanggap.app.run.Engine.Mode;
import io.tanggap.app.run.FlinkSession;
import io.tanggap.app.run.IntakeAccounts;
import io.tanggap.flink.io.PublishedPacks;
import io.tanggap.flink.operator.KeyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tanggap intake}: what channels send to case events. */
@Command(
        name = "intake",
        description = {
            "Reads what the channels send to their Kafka topics, and writes case events and heartbeats.",
            "The topics complaints.qlue, .jaki, .ptsp, .twitter, .facebook, .lapor, .crm, .crop and .open311 are made if"
                    + " they are missing; jobs/intake/CHANNELS.md says what each holds."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class IntakeCommand implements Callable<Integer> {
    private static final Duration LOOK_FOR_PACKS = Duration.ofSeconds(1);

    @Mixin
    private KafkaOptions.WithTopics kafka = new KafkaOptions.WithTopics();

    @Option(
            names = "--elasticsearch",
            required = true,
            paramLabel = "URL",
            description = "Elasticsearch, for the state of the feeds.")
    private String elasticsearch = "";

    @Option(
            names = "--pseudonym-key",
            paramLabel = "FILE",
            description =
                    "At least 32 random bytes: reporters get pseudonyms under this key. Without it, they are unnamed.")
    private @Nullable Path key;

    @Option(names = "--once", description = "Read what has been sent so far, and end; without it, go on until Ctrl-C.")
    private boolean once;

    @Mixin
    private JobOptions job = new JobOptions();

    @Mixin
    private CheckpointOption checkpoint = new CheckpointOption();

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.system();
        if (once && job.goesOn() && !job.isGiven()) {
            throw new UserError(
                    "--resume and --from go on without end, and --once ends: leave the one or the other out.");
        }
        Duration interval = checkpoint.interval(!once);
        KeyFile keyFile = key(terminal);
        String bootstrap = job.isGiven() ? kafka.address() : kafka.ready();
        awaitReference(bootstrap, terminal);
        Engine engine = new Engine(bootstrap, elasticsearch);
        if (!job.isGiven()) {
            engine.prepareIndices();
        }
        try (FlinkSession flink = job.session()) {
            job.say(flink, terminal);
            terminal.say(
                    once
                            ? "Reading     what the channels have sent"
                            : "Live        " + (job.isElsewhere() ? "in the cluster" : "until Ctrl-C"));
            Optional<IntakeAccounts> accounts = engine.intake(
                    flink,
                    new Engine.IntakeSettings(
                            once ? Mode.REPLAY : Mode.LIVE,
                            keyFile,
                            job.execution(engine::lastIntakeCheckpoint, interval)),
                    -1,
                    terminal::progress);
            return accounts.isPresent() ? close(accounts.get(), terminal) : 0;
        }
    }

    /** Records would wait for a pack in memory; in their topics they wait as well. */
    private void awaitReference(String bootstrap, Terminal terminal) throws InterruptedException {
        boolean told = false;
        while (PublishedPacks.in(bootstrap).isEmpty()) {
            if (once) {
                throw UserError.failed("Kafka at " + bootstrap
                        + " has no reference pack, and nothing is admitted without one: publish one with tanggap"
                        + " reference publish.");
            }
            if (!told) {
                terminal.say("Waiting     for a reference pack; publish one with tanggap reference publish");
                told = true;
            }
            Thread.sleep(LOOK_FOR_PACKS.toMillis());
        }
    }

    private KeyFile key(Terminal terminal) throws IOException {
        if (key == null) {
            terminal.say("Reporters   unnamed: there is no --pseudonym-key");
            return KeyFile.NONE;
        }
        KeyFile file = new KeyFile(key.toAbsolutePath().toString());
        // Before anything is started: a worker that cannot read it would be restarted for ever.
        file.pseudonyms();
        return file;
    }

    /** Shows the accounts, and returns the exit code that they ask for. */
    static int close(IntakeAccounts accounts, Terminal terminal) {
        terminal.say(accounts.describe());
        if (accounts.balance() || accounts.restarts() > 0) {
            return 0;
        }
        terminal.complain("tanggap: the accounts do not balance: records are unaccounted for; run intake again, and"
                + " report it if that happens again.");
        return Tanggap.FAILED;
    }
}
