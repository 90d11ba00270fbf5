package io.tanggap.app.cli;

import io.tanggap.app.run.Directories;
import io.tanggap.app.run.Engine;
import io.tanggap.app.run.Engine.Mode;
import io.tanggap.app.run.Execution;
import io.tanggap.app.run.FlinkSession;
import io.tanggap.app.run.IntakeAccounts;
import io.tanggap.app.run.Servers;
import io.tanggap.board.BoardServer;
import io.tanggap.core.measure.Window;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.report.Publication;
import io.tanggap.core.report.ReportCard;
import io.tanggap.core.report.Terms;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.operator.KeyFile;
import io.tanggap.intake.Mapping;
import io.tanggap.simulation.CityLife;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tanggap demo}: everything on this machine, from nothing to figures. */
@Command(
        name = "demo",
        description = {
            "Starts Kafka, Elasticsearch and Flink on this machine, feeds them, and shows the figures.",
            "Without --input: an invented city, by default Jakarta in November 2017, sends a month of complaints through"
                    + " every channel, and intake reads them; the ranks of its units are published.",
            "With --input: your own file, described by a mapping."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DemoCommand implements Callable<Integer> {
    private static final int PARTITIONS = 4;
    private static final int PSEUDONYM_KEY_BYTES = 32;

    @Option(
            names = "--input",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Feed these files instead of the invented month.")
    private List<Path> input = List.of();

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private PackOption reference = new PackOption();

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description =
                    "Judge at this time: 2019-12-31T00:00 in the city's zone, or with an offset. Default: just after the"
                            + " latest event, but not after now; for the invented month, its end.")
    private @Nullable String asOf;

    @Mixin
    private LifeOptions life = new LifeOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep the servers' data in this directory. Default: a temporary one, removed at the end.")
    private @Nullable Path data;

    @Option(names = "--keep", description = "Do not remove the temporary directory.")
    private boolean keep;

    @Option(names = "--kafka-port", paramLabel = "PORT", defaultValue = "0", description = "Default: a free one.")
    private int kafkaPort;

    @Option(
            names = "--elasticsearch-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Default: a free one.")
    private int elasticsearchPort;

    @Option(names = "--board-port", paramLabel = "PORT", defaultValue = "0", description = "Default: a free one.")
    private int boardPort;

    @Mixin
    private LocalFlink here = new LocalFlink();

    @Mixin
    private StateBackendOption backend = new StateBackendOption();

    @Option(names = "--exit", description = "Leave at once when the figures are shown, instead of at Ctrl-C.")
    private boolean exit;

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.system();
        if (input.isEmpty() && format.isGiven()) {
            throw new UserError(
                    "--format and --zone describe files, and there is no --input: name a file, or leave them out.");
        }
        Mapping mapping = input.isEmpty() ? null : format.mapping();
        ReferencePack pack = mapping == null ? reference.orBuiltIn("jakarta") : reference.or(mapping.referencePack());
        Feed.check(input, mapping, pack);
        Instant given = asOf == null ? null : AsOf.parse(asOf, pack.zone());

        boolean temporary = data == null;
        Path directory = data == null ? Files.createTempDirectory("tanggap-demo-") : Files.createDirectories(data);
        terminal.say(
                "Data        " + directory + (temporary && !keep ? "  (removed at the end; --keep keeps it)" : ""));
        terminal.say("Starting Kafka, Elasticsearch and Flink ...");
        System.setProperty("tanggap.log", directory.resolve("tanggap.log").toString());
        int code;
        try (Servers servers = Servers.start(directory, kafkaPort, elasticsearchPort);
                FlinkSession flink = here.start(directory)) {
            terminal.say("Kafka       " + servers.kafka());
            terminal.say("Elastic     " + servers.elasticsearch());
            terminal.say("Flink       " + flink.address());
            Topics.create(servers.kafka(), PARTITIONS);
            Engine engine = new Engine(servers.kafka(), servers.elasticsearch());
            engine.prepareIndices();
            Feed.Result fed;
            try (EventPublisher publisher = new EventPublisher(servers.kafka())) {
                Feed.reference(pack, servers.kafka(), publisher, terminal);
                fed = mapping == null
                        ? live(pack, engine, flink, directory, publisher, terminal)
                        : Feed.files(input, mapping, pack, publisher, terminal);
            }
            Instant judgedAt = given != null ? given : fed.asOf(servers.kafka(), pack.zone(), terminal);
            terminal.say("As of       " + AsOf.show(judgedAt, pack.zone()));
            Optional<Engine.Accounts> accounts = engine.run(
                    flink,
                    new Engine.Settings(Mode.REPLAY, judgedAt, execution(directory)),
                    fed.events(),
                    terminal::progress);
            terminal.say("");
            new SummaryTable(servers.elasticsearch(), pack, judgedAt).print(terminal);
            terminal.say("");
            code = RunCommand.close(accounts.orElseThrow(), terminal);
            if (mapping == null) {
                publishStandings(servers, pack, judgedAt, terminal);
            }
            if (code == 0 && fed.cutShort()) {
                code = Tanggap.FILE_CUT_SHORT;
            }
            if (!exit) {
                try (BoardServer board =
                        BoardServer.start(servers.elasticsearch(), boardPort, new CaseExplainer(servers.kafka()))) {
                    stay(servers, flink, board, terminal);
                }
            }
        } finally {
            if (temporary && !keep) {
                Directories.delete(directory);
            }
        }
        return code;
    }

    /** Those of the month and of the last 30 days, as tanggap report --publish does it each night. */
    private static void publishStandings(Servers servers, ReferencePack pack, Instant asOf, Terminal terminal)
            throws IOException {
        Instant midnight = Publication.lastMidnight(asOf, pack.zone());
        LocalDate today = LocalDate.ofInstant(midnight, pack.zone());
        List<ReportCards.Period> periods = Stream.of(Window.MONTH, Window.ROLLING_30)
                .map(window -> ReportCards.Period.latest(window, today))
                .toList();
        List<ReportCard> cards = ReportCards.of(
                periods.stream()
                        .map(period -> new Terms(period.from(), period.to(), midnight, null, null, null))
                        .toList(),
                List.of(pack),
                CaseHistories.inKafka(servers.kafka()),
                terminal);
        StandingsIndex index = new StandingsIndex(servers.elasticsearch());
        for (int i = 0; i < periods.size(); i++) {
            terminal.say(index.publish(
                    ReportCards.publication(cards.get(i), periods.get(i).window())));
        }
    }

    /** The invented city speaks, and intake listens. */
    private Feed.Result live(
            ReferencePack pack,
            Engine engine,
            FlinkSession flink,
            Path directory,
            EventPublisher publisher,
            Terminal terminal)
            throws Exception {
        long records = Feed.life(CityLife.of(pack), life, directory.resolve("truth.ndjson"), publisher, terminal);
        KeyFile key = key(directory.resolve("pseudonym.key"));
        Optional<IntakeAccounts> taken = engine.intake(
                flink, new Engine.IntakeSettings(Mode.REPLAY, key, execution(directory)), records, terminal::progress);
        IntakeAccounts accounts = taken.orElseThrow();
        if (IntakeCommand.close(accounts, terminal) != 0) {
            throw UserError.failed("Intake has lost records: the demo ends here.");
        }
        Instant end =
                life.month.plusMonths(1).atDay(1).atStartOfDay(pack.zone()).toInstant();
        return new Feed.Result(accounts.events(), end, false);
    }

    private Execution execution(Path directory) {
        return new Execution(here.parallelism(), backend.flinkName(), directory.resolve("checkpoints"));
    }

    /** Made once for a directory, so that its reporters keep their pseudonyms. */
    private static KeyFile key(Path file) throws IOException {
        if (Files.notExists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            byte[] key = new byte[PSEUDONYM_KEY_BYTES];
            new SecureRandom().nextBytes(key);
            Files.write(file, key);
        }
        return new KeyFile(file.toString());
    }

    private static void stay(Servers servers, FlinkSession flink, BoardServer board, Terminal terminal) {
        terminal.say("");
        terminal.say("Still running, until Ctrl-C:");
        terminal.say("  THE BOARD, in a browser  " + board.address());
        terminal.say("  the job and its graph   " + flink.address());
        terminal.say("  rows of figures         " + servers.elasticsearch() + "/tanggap-responsiveness/_search");
        terminal.say("  ranks of units          " + servers.elasticsearch() + "/tanggap-standings/_search");
        terminal.say("  cases                   " + servers.elasticsearch() + "/tanggap-cases/_search?q=overdue:true");
        terminal.say("  dead letters            " + servers.elasticsearch() + "/tanggap-dead-letters/_search");
        terminal.say(
                "Go on from here, in another terminal: judge at another time, or live, or feed more of the same city:");
        String kafka = " --bootstrap-servers " + servers.kafka();
        String both = kafka + " --elasticsearch " + servers.elasticsearch();
        terminal.say("  tanggap run --mode replay --as-of TIME" + both);
        terminal.say("  tanggap run --mode live --heartbeats" + both);
        terminal.say("  tanggap replay FILE --format F" + kafka);
        terminal.say("  tanggap report --publish --window MONTH --window ROLLING_30" + both);
        terminal.say("  tanggap dashboards install --kibana http://localhost:5601 --as-of TIME, in a Kibana at "
                + servers.elasticsearch());
        Stopping.await();
        terminal.say("Stopping.");
    }
}
