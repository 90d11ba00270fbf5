package io.tanggap.app.cli;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tanggap dead-letters}: what could not be used, for a person who mends it. */
@Command(
        name = "dead-letters",
        description = {
            "Shows the records that could not be used, and sends them back when their reason is gone.",
            "The letters are those of the Kafka topic dead-letters, which keeps all of them."
        },
        mixinStandardHelpOptions = true,
        subcommands = {ListDeadLetters.class, ShowDeadLetter.class, ReplayDeadLetters.class},
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Help on a command: tanggap dead-letters COMMAND --help"})
final class DeadLettersCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(requireNonNull(spec).commandLine(), "Say which command: list, show or replay.");
    }
}
