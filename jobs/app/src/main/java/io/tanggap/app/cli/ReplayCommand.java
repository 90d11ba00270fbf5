package io.tanggap.app.cli;

import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.Topics;
import io.tanggap.intake.Mapping;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tanggap replay}: any city's open data into Kafka. */
@Command(
        name = "replay",
        description = {
            "Feeds files of complaints into Kafka as case events. Bad records become dead letters.",
            "The figures are computed by a job: tanggap run, or tanggap demo --input to have both at once."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ReplayCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "CSV or JSON, also compressed with gzip.")
    private List<Path> files = List.of();

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private PackOption reference = new PackOption();

    @Option(
            names = "--bootstrap-servers",
            required = true,
            paramLabel = "HOST:PORT",
            description = "The Kafka to feed; tanggap demo prints its own.")
    private String bootstrap = "";

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Partitions of the topic case-events, if it has to be created (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.system();
        Mapping mapping = format.mapping();
        ReferencePack pack = reference.or(mapping.referencePack());
        Feed.check(files, mapping, pack);
        Topics.create(bootstrap, partitions);
        try (EventPublisher publisher = new EventPublisher(bootstrap)) {
            Feed.reference(pack, bootstrap, publisher, terminal);
            return Feed.files(files, mapping, pack, publisher, terminal).cutShort() ? Tanggap.FILE_CUT_SHORT : 0;
        }
    }
}
