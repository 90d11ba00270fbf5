package io.tanggap.app.cli;

import io.tanggap.app.run.Engine;
import io.tanggap.app.run.Execution;
import io.tanggap.app.run.FlinkSession;
import io.tanggap.flink.io.DailyFiles;
import io.tanggap.flink.io.PublishedPacks;
import io.tanggap.flink.operator.KeyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tanggap export-daily}: events as files by day, for the house. */
@Command(
        name = "export-daily",
        description = {
            "Events of cases as Parquet files by the city's day, without end: each record once, some ten minutes after it came, under"
                    + " pseudonyms and in the words of the reference.",
            "An internal feed and not for release: that enough cases are told alike can be claimed for a bounded release alone;"
                    + " tanggap export makes one."
        },
        footer = {
            "",
            "For example:",
            "  tanggap export-daily --bootstrap-servers localhost:9092 --out feed --key key",
            "  duckdb -c \"SELECT day, count(*) FROM 'feed/day=*/compacted-*.parquet' GROUP BY day\""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ExportDailyCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "URI",
            description =
                    "Where the feed is: a directory, or what a file system of Flink knows, such as s3://bucket/feed if its jar is"
                            + " beside those of Tanggap.")
    private String out = "";

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "The key of the pseudonyms, 32 bytes or more; the same for as long as the feed goes on.")
    private Path key = Path.of("");

    @Mixin
    private JobOptions job = new JobOptions();

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.system();
        KeyFile keyFile = CaseKey.checked(key);
        DailyFiles files = new DailyFiles(Location.of("--out", out));
        refuseToBeginAgain(files);
        if (PublishedPacks.in(kafka.bootstrap).isEmpty()) {
            throw UserError.failed(
                    "Kafka at " + kafka.bootstrap + " has no reference: publish one with tanggap reference publish.");
        }
        Execution execution = job.execution(directory -> Engine.lastDailyCheckpoint(kafka.bootstrap, directory));
        files.label();
        try (FlinkSession flink = job.session()) {
            job.say(flink, terminal);
            terminal.say("Exporting   " + (job.isElsewhere() ? "in the cluster" : "until Ctrl-C") + ", to "
                    + files.directory() + "; not for release");
            Engine.exportDaily(
                    flink, kafka.bootstrap, new Engine.DailySettings(files, keyFile, execution), terminal::progress);
            return 0;
        }
    }

    /** Over its own files a feed would have every row twice. */
    private void refuseToBeginAgain(DailyFiles files) {
        try {
            if (!job.goesOn() && files.hasDays()) {
                throw new UserError("--out " + out
                        + " holds days already, and everything in Kafka would be written there once more: go on with --resume,"
                        + " or name another place.");
            }
        } catch (IOException e) {
            throw new UserError("--out " + out + " cannot be used: " + e.getMessage());
        }
    }
}
