package io.tanggap.app.cli;

import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.intake.Mapping;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private KafkaOptions.WithTopics kafka = new KafkaOptions.WithTopics();

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.system();
        Mapping mapping = format.mapping();
        ReferencePack pack = reference.or(mapping.referencePack());
        Feed.check(files, mapping, pack);
        String bootstrap = kafka.ready();
        try (EventPublisher publisher = new EventPublisher(bootstrap)) {
            Feed.reference(pack, bootstrap, publisher, terminal);
            return Feed.files(files, mapping, pack, publisher, terminal).cutShort() ? Tanggap.FILE_CUT_SHORT : 0;
        }
    }
}
