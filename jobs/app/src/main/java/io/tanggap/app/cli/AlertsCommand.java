package io.tanggap.app.cli;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tanggap alerts}: what desks have to know, who is told of it, and what nobody is to be told for a time. */
@Command(
        name = "alerts",
        description = {
            "Shows the alerts of cases, how each came about, and who is told of it when; and keeps alerts back for a time.",
            "The alerts are those of the index tanggap-alerts; silences are in the Kafka topic alert-silences."
        },
        mixinStandardHelpOptions = true,
        subcommands = {ListAlerts.class, ShowAlert.class, RouteAlert.class, SilenceAlerts.class, ListSilences.class},
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Help on a command: tanggap alerts COMMAND --help"})
final class AlertsCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                requireNonNull(spec).commandLine(), "Say which command: list, show, route, silence or silences.");
    }
}
