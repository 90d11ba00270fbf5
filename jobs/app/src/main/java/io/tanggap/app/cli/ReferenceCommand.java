package io.tanggap.app.cli;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.reference.Recipient;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.Route;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.LatestHeartbeat;
import io.tanggap.flink.io.PublishedPacks;
import io.tanggap.reference.PackDirectory;
import io.tanggap.reference.PackDirectory.Result;
import io.tanggap.reference.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tanggap reference}: what a city is measured by, as a directory that a person edits. */
@Command(
        name = "reference",
        description = {
            "Checks and publishes reference packs: units, competence, policies, calendars, categories, polygons.",
            "A pack is a directory (jobs/reference/FORMAT.md says of what), or the name of a built-in one."
        },
        mixinStandardHelpOptions = true,
        subcommands = {ReferenceCommand.Check.class, ReferenceCommand.Publish.class, ReferenceCommand.Export.class},
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Help on a command: tanggap reference COMMAND --help"})
final class ReferenceCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                requireNonNull(spec).commandLine(), "Say what to do with a reference: check, publish or export.");
    }

    /** {@code tanggap reference check}: everything that is wrong with a pack. */
    @Command(
            name = "check",
            description = "Says everything that is wrong with a pack, with file and line, and what it holds.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Check implements Callable<Integer> {
        @Parameters(paramLabel = "PACK", description = "A directory, or the name of a built-in pack.")
        private String name = "";

        @Override
        public Integer call() {
            Terminal terminal = Terminal.system();
            Result result = PackOption.read(name);
            for (Problem error : result.errors()) {
                terminal.say(error.told());
            }
            warn(result, terminal);
            ReferencePack pack = result.pack();
            if (pack == null) {
                throw new UserError("the reference pack " + name + " cannot be used: mend the "
                        + result.errors().size() + " problem(s) above, and check it again.");
            }
            describe(pack, terminal);
            terminal.say("Can be used; " + result.warnings().size() + " warning(s).");
            return 0;
        }
    }

    /** {@code tanggap reference publish}: a pack into Kafka. */
    @Command(
            name = "publish",
            description = {
                "Checks a pack and publishes it to the topic reference, from which jobs read it.",
                "A pack is never changed under its id: a changed one needs a new id, and the time from which it is known."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Publish implements Callable<Integer> {
        @Parameters(paramLabel = "PACK", description = "A directory, or the name of a built-in pack.")
        private String name = "";

        @Mixin
        private KafkaOptions.WithTopics kafka = new KafkaOptions.WithTopics();

        @Option(
                names = "--rejudge",
                description =
                        "Publish it also if it is known from a time up to which live jobs have judged: what was judged"
                                + " since then is judged anew, and figures that were published change. Intake that is then started"
                                + " without --resume reads old records by it too.")
        private boolean rejudge;

        /** What was judged stays judged, unless somebody says that it shall not. */
        private void refuseRejudging(ReferencePack pack, String bootstrap) {
            List<ReferencePack> published = PublishedPacks.in(bootstrap);
            boolean isNew = published.stream().noneMatch(known -> known.id().equals(pack.id()));
            Instant judged = published.isEmpty() || !isNew || rejudge
                    ? Instant.MIN
                    : LatestHeartbeat.in(bootstrap).orElse(Instant.MIN);
            if (pack.knownFrom().isBefore(judged)) {
                throw new UserError("pack " + pack.id() + " says that it is known from "
                        + AsOf.show(pack.knownFrom(), pack.zone())
                        + ", but case-events is told, and live jobs judge, up to "
                        + AsOf.show(judged, pack.zone())
                        + ": give it a later known_from in pack.yaml, or judge anew what was judged since then with"
                        + " --rejudge.");
            }
        }

        @Override
        public Integer call() {
            Terminal terminal = Terminal.system();
            Result result = PackOption.read(name);
            ReferencePack pack = PackOption.usable(name, result);
            warn(result, terminal);
            String bootstrap = kafka.ready();
            refuseRejudging(pack, bootstrap);
            boolean published;
            try (EventPublisher publisher = new EventPublisher(bootstrap)) {
                published = Feed.reference(pack, bootstrap, publisher, terminal);
                publisher.flush();
            }
            describe(pack, terminal);
            terminal.say(published ? "Published." : "Published before; nothing was written.");
            return 0;
        }
    }

    /** {@code tanggap reference export}: a built-in pack as a directory to start from. */
    @Command(
            name = "export",
            description = "Writes a built-in pack to a directory, as a start for one of your own.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Export implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "NAME", description = "The name of a built-in pack.")
        private String name = "";

        @Parameters(index = "1", paramLabel = "DIR", description = "Where to write it; made if it is not there.")
        private Path directory = Path.of("");

        @Override
        public Integer call() throws IOException {
            try {
                PackDirectory.export(name, directory);
            } catch (IllegalArgumentException e) {
                throw new UserError(String.valueOf(e.getMessage()));
            }
            Terminal.system().say("Written to " + directory + "; edit it, and check it with tanggap reference check.");
            return 0;
        }
    }

    private static void warn(Result result, Terminal terminal) {
        for (Problem warning : result.warnings()) {
            terminal.say(new Problem(warning.file(), warning.line(), warning.column(), "warning: " + warning.sentence())
                    .told());
        }
    }

    private static void describe(ReferencePack pack, Terminal terminal) {
        terminal.say("Pack        " + pack.id() + ", city " + pack.city() + ", known from "
                + AsOf.show(pack.knownFrom(), pack.zone()));
        count(
                terminal,
                units(pack, Kind.TERRITORY),
                "territories, " + pack.territories().size() + " with polygons");
        count(terminal, units(pack, Kind.AGENCY), "agencies");
        count(terminal, pack.competences().size(), "lines of competence");
        long byCalendar = pack.policies().stream()
                .filter(policy -> policy.calendar() != null)
                .count();
        count(terminal, pack.policies().size(), "policies, " + byCalendar + " by a calendar");
        count(terminal, pack.pauses().size(), "lines of pauses");
        int holidays = pack.calendars().stream()
                .mapToInt(calendar -> calendar.holidays().size())
                .sum();
        count(terminal, pack.calendars().size(), "calendars with " + holidays + " holidays");
        long groups = pack.categoryGroups().values().stream().distinct().count();
        count(terminal, pack.categories().size(), "categories in " + groups + " groups");
        count(terminal, pack.labels().size(), "labels");
        long watched = pack.channels().stream()
                .filter(channel -> channel.silentAfter() != null)
                .count();
        count(terminal, pack.channels().size(), "channels, " + watched + " with a usual time of silence");
        long instant = pack.routes().stream().filter(Route::instant).count();
        count(terminal, pack.routes().size(), "routes of alerts, " + instant + " at once");
        long units = pack.recipients().stream().map(Recipient::unit).distinct().count();
        count(terminal, pack.recipients().size(), "recipients in " + units + " units");
    }

    private static int units(ReferencePack pack, Kind kind) {
        return (int) pack.units().stream()
                .filter(unit -> unit.kind() == kind)
                .map(ReferencePack.Unit::id)
                .distinct()
                .count();
    }

    private static void count(Terminal terminal, int number, String what) {
        terminal.say(String.format(Locale.ROOT, "%,10d  %s", number, what));
    }
}
