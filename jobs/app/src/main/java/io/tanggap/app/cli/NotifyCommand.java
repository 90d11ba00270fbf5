package io.tanggap.app.cli;

import io.tanggap.app.run.Engine;
import io.tanggap.app.run.FlinkSession;
import io.tanggap.app.run.NoticeAccounts;
import io.tanggap.app.run.PostCarriers;
import io.tanggap.delivery.Settings;
import io.tanggap.delivery.Settings.Security;
import io.tanggap.delivery.Settings.Smtp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tanggap notify}: alerts to the units that can act. */
@Command(
        name = "notify",
        description = {
            "Tells units of alerts, by webhook, e-mail or file, as routes.csv and recipients.csv of the reference packs say.",
            "Reads the alerts of the live runs and of intake. What stood before is not told, but listed beside the"
                    + " news; see --backfill."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class NotifyCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions.WithTopics kafka = new KafkaOptions.WithTopics();

    @Option(
            names = "--elasticsearch",
            required = true,
            paramLabel = "URL",
            description = "Elasticsearch, for the log of deliveries.")
    private String elasticsearch = "";

    @Option(
            names = "--files",
            paramLabel = "DIR",
            description = "Where each recipient of files has its folder. Without it, no files are written.")
    private @Nullable Path files;

    @Option(
            names = "--secrets",
            paramLabel = "FILE",
            description =
                    "Keys of webhooks, as webhook.RECIPIENT=whsec_..., and smtp.password. Not readable by all users of the machine.")
    private @Nullable Path secrets;

    @Option(
            names = "--board",
            paramLabel = "URL",
            description = "Where recipients find the board, for links to the explanation of a case.")
    private @Nullable String board;

    @Option(
            names = "--allow-private",
            description =
                    "Webhooks may lie at private addresses, and be called without TLS: for trials, and for receivers"
                            + " inside the own network.")
    private boolean allowPrivate;

    @Option(
            names = "--backfill",
            description =
                    "Tell also of what stood before: of every alert in the topics, and of what a run finds when it works off"
                            + " the past.")
    private boolean backfill;

    /** The mail server; without it no e-mail is sent. */
    static final class SmtpOptions {
        @Option(
                names = "--smtp",
                required = true,
                paramLabel = "HOST:PORT",
                description = "The server that takes e-mail.")
        private String server = "";

        @Option(
                names = "--mail-from",
                required = true,
                paramLabel = "MAILBOX",
                description = "Whom messages are from: tanggap@example.org, or with a name before it.")
        private String from = "";

        @Option(
                names = "--smtp-user",
                paramLabel = "NAME",
                description = "If the server asks for one; the password is in --secrets.")
        private @Nullable String user;

        @Option(
                names = "--smtp-security",
                paramLabel = "S",
                defaultValue = "STARTTLS",
                description = "starttls, tls (from the first byte) or plain (for trials); default: starttls.")
        private Security security = Security.STARTTLS;

        Smtp smtp() {
            int colon = server.lastIndexOf(':');
            try {
                return new Smtp(
                        server.substring(0, Math.max(0, colon)),
                        Integer.parseInt(server.substring(colon + 1)),
                        user,
                        from,
                        security);
            } catch (NumberFormatException e) {
                throw new UserError(
                        "--smtp " + server + " has no port: write HOST:PORT, such as mail.example.org:587.");
            } catch (IllegalArgumentException e) {
                throw new UserError("The mail server cannot be used: " + e.getMessage() + ".");
            }
        }
    }

    @ArgGroup(exclusive = false, heading = "%nE-mail:%n")
    private @Nullable SmtpOptions smtp;

    @Mixin
    private JobOptions job = new JobOptions();

    @Mixin
    private CheckpointOption checkpoint = new CheckpointOption();

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.system();
        Duration interval = checkpoint.interval(true);
        PostCarriers carriers = new PostCarriers(settings());
        check(carriers);
        String bootstrap = job.isGiven() ? kafka.address() : kafka.ready();
        Engine engine = new Engine(bootstrap, elasticsearch);
        if (!job.isGiven()) {
            engine.prepareIndices();
        }
        try (FlinkSession flink = job.session()) {
            job.say(flink, terminal);
            terminal.say("Notifying   " + (job.isElsewhere() ? "in the cluster" : "until Ctrl-C")
                    + (job.goesOn() ? "" : "; what stands already is listed beside the news, and told by none"));
            Optional<NoticeAccounts> accounts = engine.notify(
                    flink,
                    new Engine.NoticeSettings(
                            carriers, backfill, job.execution(engine::lastNotificationCheckpoint, interval)),
                    terminal::progress);
            accounts.ifPresent(known -> terminal.say(known.describe()));
            return 0;
        }
    }

    private Settings settings() {
        try {
            return new Settings(
                    smtp == null ? null : smtp.smtp(),
                    secrets == null ? null : secrets.toAbsolutePath().toString(),
                    files == null ? null : files.toAbsolutePath().toString(),
                    board,
                    allowPrivate);
        } catch (IllegalArgumentException e) {
            throw new UserError("--board: " + e.getMessage() + ".");
        }
    }

    /** Before anything is started: a worker that cannot read its secrets would be restarted for ever. */
    private static void check(PostCarriers carriers) {
        try {
            carriers.open().close();
        } catch (IOException e) {
            throw new UserError("Messages cannot be sent: " + e.getMessage() + ".");
        }
    }
}
