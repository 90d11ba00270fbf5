package io.tanggap.app.cli;

import io.tanggap.app.run.Engine;
import io.tanggap.app.run.Engine.Mode;
import io.tanggap.app.run.FlinkSession;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.elasticsearch.Indices.Generation;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tanggap reprocess}: a live job from the beginning, which replaces another one when it has caught up. */
@Command(
        name = "reprocess",
        description = {
            "Starts a live job that reads everything in Kafka anew, into indices of its own, while the job before goes on and readers see"
                    + " its figures. When the new one has caught up, readers see its indices in place of the others, all at once; then"
                    + " stop the job before. Alerts that it finds in the past are told to nobody.",
            "The indices before stay, and the job before goes on writing to them until it is stopped: --back returns to them. The next run"
                    + " that begins without state removes them."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ReprocessCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--elasticsearch", required = true, paramLabel = "URL", description = "Elasticsearch.")
    private String elasticsearch = "";

    /** What to do with the indices of before, in place of a reprocess. */
    static final class Instead {
        @Option(
                names = "--back",
                description =
                        "Start nothing: let readers see the indices of before again, all at once. Then stop the job that replaced"
                                + " the one before.")
        private boolean back;

        @Option(
                names = "--discard",
                description = "Start nothing: remove the indices that nobody reads. Stop the job before first.")
        private boolean discard;
    }

    @ArgGroup
    private Instead instead = new Instead();

    @Mixin
    private JobOptions job = new JobOptions();

    @Mixin
    private CheckpointOption checkpoint = new CheckpointOption();

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.system();
        if (instead.back) {
            return back(terminal);
        }
        if (instead.discard) {
            terminal.say(Indices.removeUnread(elasticsearch) + " indices that nobody read are removed.");
            return 0;
        }
        if (job.goesOn()) {
            throw new UserError(
                    "a reprocess begins without state: leave out --resume and --from; in application mode, start it with"
                            + " --flink HOST:PORT on a session cluster.");
        }
        Duration interval = checkpoint.interval(true);
        Engine engine = new Engine(kafka.bootstrap, elasticsearch);
        engine.prepareIndices();
        Generation before = Indices.current(elasticsearch);
        try (FlinkSession flink = job.session()) {
            job.say(flink, terminal);
            terminal.say(
                    "Readers     see generation " + before.suffix().substring(1) + " until the new one has caught up");
            Optional<Engine.Accounts> accounts = engine.reprocess(
                    flink,
                    new Engine.Settings(Mode.LIVE, null, job.execution(engine::lastCheckpoint, interval)),
                    terminal::progress,
                    () -> terminal.say(
                            "Switched    readers see the new generation: stop the job before. Back: tanggap reprocess --back"));
            return accounts.isPresent() ? RunCommand.close(accounts.get(), terminal) : 0;
        }
    }

    private int back(Terminal terminal) throws IOException {
        Generation before = Indices.previous(elasticsearch);
        Indices.switchTo(elasticsearch, before);
        terminal.say("Readers see generation " + before.suffix().substring(1)
                + " again: stop the job that writes the other one. It is as new as the job that wrote it; if that was stopped, start"
                + " it from its savepoint.");
        return 0;
    }
}
