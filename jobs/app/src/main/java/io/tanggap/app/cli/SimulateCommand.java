package io.tanggap.app.cli;

import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.simulation.CityLife;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tanggap simulate}: an invented city speaks through every channel. */
@Command(
        name = "simulate",
        description = {
            "Writes a seeded, invented month of a city to the topics of its channels, each in the channel's own format, and the"
                    + " truth about every case to a file: what became of it, who had it, who is to be charged.",
            "tanggap intake makes case events of it, tanggap run the figures."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SimulateCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions.WithTopics kafka = new KafkaOptions.WithTopics();

    @Mixin
    private PackOption reference = new PackOption();

    @Mixin
    private LifeOptions life = new LifeOptions();

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description =
                    "Where the truth is written, one line of JSON for a case (default: truth-MONTH-SEED.ndjson here).")
    private @Nullable Path truth;

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.system();
        ReferencePack pack = reference.orBuiltIn("jakarta");
        Path file = truth == null ? Path.of("truth-" + life.month + "-" + life.seed + ".ndjson") : truth;
        String bootstrap = kafka.ready();
        try (EventPublisher publisher = new EventPublisher(bootstrap)) {
            Feed.reference(pack, bootstrap, publisher, terminal);
            Feed.life(CityLife.of(pack), life, file, publisher, terminal);
        }
        return 0;
    }
}
