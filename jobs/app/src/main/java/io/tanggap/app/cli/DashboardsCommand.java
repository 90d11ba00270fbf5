package io.tanggap.app.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.dashboards.Dashboards;
import io.tanggap.dashboards.Desk;
import io.tanggap.dashboards.Kibana;
import io.tanggap.dashboards.Kibana.Standing;
import io.tanggap.dashboards.NotKeptException;
import io.tanggap.dashboards.Rules;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.elasticsearch.Indices.Kind;
import io.tanggap.elasticsearch.Indices.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tanggap dashboards}: the dashboards of this version, in a Kibana. */
@Command(
        name = "dashboards",
        description = "Installs the dashboards of this version in a Kibana, in English and Indonesian.",
        subcommands = {
            DashboardsCommand.Install.class,
            DashboardsCommand.Uninstall.class,
            DashboardsCommand.Export.class
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Help on a command: tanggap dashboards COMMAND --help"})
final class DashboardsCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                requireNonNull(spec).commandLine(),
                "Say what to do with the dashboards: install, uninstall or export.");
    }

    /** Where Kibana is, and who asks. */
    static final class Server {
        @Option(
                names = "--kibana",
                paramLabel = "URL",
                defaultValue = "http://localhost:5601",
                description = "Kibana. Default: ${DEFAULT-VALUE}.")
        private String url = "";

        @Option(names = "--space", paramLabel = "ID", description = "The space. Default: the default one.")
        private @Nullable String space;

        @Option(
                names = "--api-key-file",
                paramLabel = "FILE",
                description = "A file with an API key, in the encoded form in which Kibana shows it.")
        private @Nullable Path apiKey;

        @Option(names = "--user", paramLabel = "USER", description = "In place of an API key: a user ...")
        private @Nullable String user;

        @Option(names = "--password-file", paramLabel = "FILE", description = "... and a file with the password.")
        private @Nullable Path password;

        Kibana connect() throws IOException {
            return new Kibana(url, space, authorization());
        }

        /** The header's value; null where security is off. Users and API keys of Kibana are those of Elasticsearch. */
        @Nullable
        String authorization() throws IOException {
            if ((user == null) != (password == null) || (user != null && apiKey != null)) {
                throw new UserError(
                        "give --api-key-file, or --user with --password-file, or neither where security is off.");
            }
            if (apiKey != null) {
                return "ApiKey " + secret(apiKey);
            }
            if (user != null && password != null) {
                byte[] both = (user + ":" + secret(password)).getBytes(StandardCharsets.UTF_8);
                return "Basic " + Base64.getEncoder().encodeToString(both);
            }
            return null;
        }

        private static String secret(Path file) throws IOException {
            if (!Files.isReadable(file)) {
                throw new UserError("cannot read " + file + ": name a file that holds the secret in one line.");
            }
            return Files.readString(file).strip();
        }
    }

    /** Until when dashboards look, and where they lead to. */
    static final class Time {
        @Option(
                names = "--board",
                paramLabel = "URL",
                defaultValue = Dashboards.BOARD_HERE,
                description =
                        "Where readers find the board, to which cases and alerts lead for their explanation (default:"
                                + " ${DEFAULT-VALUE}, the board of the reader's own machine).")
        private String board = "";

        @Option(
                names = "--as-of",
                paramLabel = "TIME",
                description =
                        "Dashboards open at the days before this time, for data of the past. Default: before now.")
        private @Nullable String asOf;

        List<ObjectNode> objects(List<Desk> desks) {
            Instant until = asOf == null ? null : AsOf.parse(asOf, ZoneOffset.UTC);
            List<ObjectNode> objects = new ArrayList<>(new Dashboards(board).savedObjects(until));
            desks.forEach(desk -> objects.addAll(new Dashboards(board).savedObjects(desk, until)));
            return objects;
        }
    }

    /** The desks that are meant. */
    static final class Desks {
        @Option(
                names = "--desk",
                paramLabel = "UNIT",
                description = {
                    "Repeatable, with --elasticsearch: the desk of this unit, which sees the cases of it and of the units below it"
                            + " alone, and their alerts: two aliases with a filter, the role tanggap-desk-UNIT that may read"
                            + " them, and a dashboard of them."
                })
        private List<String> units = List.of();

        List<Desk> at(@Nullable String elasticsearch) {
            if (!units.isEmpty() && elasticsearch == null) {
                throw new UserError("a desk has aliases in Elasticsearch: give --elasticsearch URL too.");
            }
            try {
                return units.stream().distinct().map(Desk::new).toList();
            } catch (IllegalArgumentException e) {
                throw new UserError(e.getMessage() + ".");
            }
        }

        static List<Part> parts(Desk desk) {
            return List.of(
                    new Part(Kind.CASES, desk.cases(), desk.filter()),
                    new Part(Kind.ALERTS, desk.alerts(), desk.filter()));
        }
    }

    @Command(
            name = "install",
            description = {
                "Writes data views, dashboards and rules into a space, in place of those of the same ids; again, it changes"
                        + " nothing.",
                "Each has the id that it has everywhere, so links to it stay. Import by hand: tanggap dashboards export FILE.",
                "What a rule counts is ours; its limit, its window, whom it tells and whether it is enabled are yours once it is"
                        + " there."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Install implements Callable<Integer> {
        @Mixin
        private Server server = new Server();

        @Mixin
        private Time time = new Time();

        @Option(
                names = "--elasticsearch",
                paramLabel = "URL",
                description =
                        "Install the index templates and make the indices that are missing here first, with the same"
                                + " credentials.")
        private @Nullable String elasticsearch;

        @Mixin
        private Desks named = new Desks();

        @Option(
                names = "--check",
                description =
                        "Write nothing: say what is missing, or differs from this version (with the --as-of and the --desk of the"
                                + " installation, if it had any); the exit code is 1 if anything is.")
        private boolean check;

        @Override
        public Integer call() throws IOException {
            Terminal terminal = Terminal.system();
            List<Desk> desks = named.at(elasticsearch);
            Kibana kibana = server.connect();
            List<ObjectNode> objects = time.objects(desks);
            String version = kibana.requireVersion();
            Rules rules = new Rules(kibana, new Dashboards());
            if (check) {
                return check(kibana, objects, rules, desks, terminal);
            }
            if (elasticsearch != null) {
                Indices.bootstrap(elasticsearch, server.authorization());
                terminal.say("Templates and indices are installed at " + elasticsearch + ".");
                for (Desk desk : desks) {
                    for (Part part : Desks.parts(desk)) {
                        Indices.put(elasticsearch, server.authorization(), part);
                    }
                    terminal.say("The cases of " + desk.unit() + " are read as " + desk.cases() + ", their alerts as "
                            + desk.alerts() + ".");
                }
            }
            kibana.install(objects);
            terminal.say(objects.size() + " objects are installed in Kibana " + version + ":");
            objects.forEach(object -> {
                if (object.path("type").asText().equals("dashboard")) {
                    terminal.say("  " + server.url + (server.space == null ? "" : "/s/" + server.space)
                            + "/app/dashboards#/view/" + object.path("id").asText() + "  "
                            + object.path("attributes").path("title").asText());
                }
            });
            try {
                for (Desk desk : desks) {
                    kibana.install(desk);
                    terminal.say("The role " + desk.role() + " is installed: give it to the users of the desk.");
                }
            } catch (NotKeptException e) {
                terminal.say("No roles of desks: " + e.getMessage() + ".");
            }
            try {
                terminal.say(rules.install(time.asOf == null) + " rules are installed"
                        + (time.asOf == null ? "." : ", new ones disabled: they look at what happens now."));
            } catch (NotKeptException e) {
                terminal.say("No rules: " + e.getMessage() + ".");
            }
            return 0;
        }

        /** What a Kibana does not keep cannot be missing: it is said, and is not counted. */
        private int check(Kibana kibana, List<ObjectNode> objects, Rules rules, List<Desk> desks, Terminal terminal)
                throws IOException {
            Map<String, Standing> standings = new TreeMap<>(kibana.check(objects));
            for (Desk desk : desks) {
                for (Part part : Desks.parts(desk)) {
                    boolean there = Indices.has(requireNonNull(elasticsearch), server.authorization(), part);
                    standings.put("alias " + part.alias(), there ? Standing.SAME : Standing.DIFFERENT);
                }
            }
            try {
                for (Desk desk : desks) {
                    standings.put("role " + desk.role(), kibana.check(desk));
                }
            } catch (NotKeptException e) {
                terminal.say("No roles of desks: " + e.getMessage() + ".");
            }
            try {
                rules.check().forEach((name, standing) -> standings.put("rule " + name, standing));
            } catch (NotKeptException e) {
                terminal.say("No rules: " + e.getMessage() + ".");
            }
            int all = standings.size();
            standings.values().removeIf(Standing.SAME::equals);
            standings.forEach((id, standing) -> terminal.say(
                    id + (standing == Standing.MISSING ? " is missing" : " differs from what this version ships")));
            terminal.say(
                    standings.isEmpty()
                            ? "All " + all + " are as this version ships them."
                            : standings.size() + " of " + all + ": tanggap dashboards install writes them.");
            return standings.isEmpty() ? 0 : Tanggap.FAILED;
        }
    }

    @Command(
            name = "uninstall",
            description = {
                "Removes from a space exactly what install writes. Indices and their documents stay.",
                "With --desk, what install writes of these desks alone."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Uninstall implements Callable<Integer> {
        @Mixin
        private Server server = new Server();

        @Option(
                names = "--elasticsearch",
                paramLabel = "URL",
                description = "Where the aliases of desks are, with the same credentials.")
        private @Nullable String elasticsearch;

        @Mixin
        private Desks named = new Desks();

        @Override
        public Integer call() throws IOException {
            Terminal terminal = Terminal.system();
            List<Desk> desks = named.at(elasticsearch);
            Kibana kibana = server.connect();
            kibana.requireVersion();
            Dashboards dashboards = new Dashboards();
            for (Desk desk : desks) {
                boolean role = kibana.uninstall(desk);
                int removed = kibana.uninstall(dashboards.savedObjects(desk, null));
                boolean aliases = false;
                for (Part part : Desks.parts(desk)) {
                    aliases |= Indices.remove(requireNonNull(elasticsearch), server.authorization(), part);
                }
                terminal.say(desk.unit() + ": " + removed + " objects" + (role ? ", the role" : "")
                        + (aliases ? ", the aliases" : "") + " removed.");
            }
            if (!desks.isEmpty()) {
                return 0;
            }
            try {
                terminal.say(new Rules(kibana, dashboards).uninstall() + " rules are removed.");
            } catch (NotKeptException e) {
                terminal.say("No rules: " + e.getMessage() + ".");
            }
            terminal.say(kibana.uninstall(dashboards.savedObjects(null)) + " objects are removed.");
            return 0;
        }
    }

    @Command(
            name = "export",
            description = "Writes the objects into a file that Kibana imports: Stack Management, Saved Objects.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Export implements Callable<Integer> {
        @Parameters(paramLabel = "FILE.ndjson", description = "A new file.")
        private @Nullable Path file;

        @Mixin
        private Time time = new Time();

        @Override
        public Integer call() throws IOException {
            if (file == null || Files.exists(file)) {
                throw new UserError(file + " exists: name a new file.");
            }
            List<ObjectNode> objects = time.objects(List.of());
            Files.writeString(file, Dashboards.ndjson(objects));
            Terminal.system().say(objects.size() + " objects are in " + file + ".");
            return 0;
        }
    }
}
