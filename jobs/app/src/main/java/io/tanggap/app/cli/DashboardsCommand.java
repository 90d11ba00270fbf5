package io.tanggap.app.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.dashboards.Dashboards;
import io.tanggap.dashboards.Kibana;
import io.tanggap.dashboards.Kibana.Standing;
import io.tanggap.elasticsearch.Indices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
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
            if ((user == null) != (password == null) || (user != null && apiKey != null)) {
                throw new UserError(
                        "give --api-key-file, or --user with --password-file, or neither where security is off.");
            }
            String authorization = null;
            if (apiKey != null) {
                authorization = "ApiKey " + secret(apiKey);
            } else if (user != null && password != null) {
                byte[] both = (user + ":" + secret(password)).getBytes(StandardCharsets.UTF_8);
                authorization = "Basic " + Base64.getEncoder().encodeToString(both);
            }
            return new Kibana(url, space, authorization);
        }

        private static String secret(Path file) throws IOException {
            if (!Files.isReadable(file)) {
                throw new UserError("cannot read " + file + ": name a file that holds the secret in one line.");
            }
            return Files.readString(file).strip();
        }
    }

    /** Until when dashboards look. */
    static final class Time {
        @Option(
                names = "--as-of",
                paramLabel = "TIME",
                description =
                        "Dashboards open at the days before this time, for data of the past. Default: before now.")
        private @Nullable String asOf;

        List<ObjectNode> objects() {
            Instant until = asOf == null ? null : AsOf.parse(asOf, ZoneOffset.UTC);
            return new Dashboards().savedObjects(until);
        }
    }

    @Command(
            name = "install",
            description = {
                "Writes data views and dashboards into a space, in place of those of the same ids; again, it changes nothing.",
                "Each has the id that it has everywhere, so links to it stay. Import by hand: tanggap dashboards export FILE."
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
                description = "Install the index templates and make the indices that are missing here first.")
        private @Nullable String elasticsearch;

        @Option(
                names = "--check",
                description =
                        "Write nothing: say what is missing, or differs from this version (with the --as-of of the installation, if"
                                + " it had one); the exit code is 1 if anything is.")
        private boolean check;

        @Override
        public Integer call() throws IOException {
            Terminal terminal = Terminal.system();
            Kibana kibana = server.connect();
            List<ObjectNode> objects = time.objects();
            String version = kibana.requireVersion();
            if (check) {
                return check(kibana, objects, terminal);
            }
            if (elasticsearch != null) {
                Indices.bootstrap(elasticsearch);
                terminal.say("Templates and indices are installed at " + elasticsearch + ".");
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
            return 0;
        }

        private static int check(Kibana kibana, List<ObjectNode> objects, Terminal terminal) throws IOException {
            Map<String, Standing> wrong = new TreeMap<>(kibana.check(objects));
            wrong.values().removeIf(Standing.SAME::equals);
            wrong.forEach((id, standing) -> terminal.say(
                    id + (standing == Standing.MISSING ? " is missing" : " differs from what this version ships")));
            terminal.say(
                    wrong.isEmpty()
                            ? "All " + objects.size() + " objects are as this version ships them."
                            : wrong.size() + " of " + objects.size()
                                    + " objects: tanggap dashboards install writes them.");
            return wrong.isEmpty() ? 0 : Tanggap.FAILED;
        }
    }

    @Command(
            name = "uninstall",
            description = "Removes from a space exactly what install writes. Indices and their documents stay.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Uninstall implements Callable<Integer> {
        @Mixin
        private Server server = new Server();

        @Override
        public Integer call() throws IOException {
            Kibana kibana = server.connect();
            kibana.requireVersion();
            int removed = kibana.uninstall(new Dashboards().savedObjects(null));
            Terminal.system().say(removed + " objects are removed.");
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
            List<ObjectNode> objects = time.objects();
            Files.writeString(file, Dashboards.ndjson(objects));
            Terminal.system().say(objects.size() + " objects are in " + file + ".");
            return 0;
        }
    }
}
