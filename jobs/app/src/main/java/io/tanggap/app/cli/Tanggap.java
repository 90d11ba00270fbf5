package io.tanggap.app.cli;

import static java.util.Objects.requireNonNull;

import io.tanggap.flink.io.KafkaException;
import io.tanggap.intake.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command: the only main of Tanggap. */
@Command(
        name = "tanggap",
        description = "Streaming analytics for citizen complaints.",
        mixinStandardHelpOptions = true,
        versionProvider = Tanggap.Version.class,
        subcommands = {
            DemoCommand.class,
            ReplayCommand.class,
            SimulateCommand.class,
            IntakeCommand.class,
            InstallCommand.class,
            RunCommand.class,
            ReprocessCommand.class,
            NotifyCommand.class,
            ExplainCommand.class,
            WhatIfCommand.class,
            ReportCommand.class,
            ExportCommand.class,
            ExportDailyCommand.class,
            MeasuresCommand.class,
            BoardCommand.class,
            DashboardsCommand.class,
            ReferenceCommand.class,
            DeclareCommand.class,
            AlertsCommand.class,
            DeadLettersCommand.class,
            DoctorCommand.class,
            EraseCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed; the reason is on standard error",
            "2:wrong arguments, or a mapping, file or reference pack that does not fit; nothing was started",
            "3:done, but a file could not be read to its end",
        },
        footer = {"", "Help on a command: tanggap COMMAND --help"})
public final class Tanggap implements Runnable {
    static final int FAILED = 1;
    static final int WRONG_USE = 2;
    static final int FILE_CUT_SHORT = 3;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show stack traces of errors.")
    private boolean verbose;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                requireNonNull(spec).commandLine(), "Say which command; tanggap --help lists them.");
    }

    /** Runs the command and ends the process with its exit code. */
    public static void main(String... arguments) {
        System.exit(Stopping.guard(() -> execute(Terminal.system(), arguments)));
    }

    static int execute(Terminal terminal, String... arguments) {
        Tanggap tanggap = new Tanggap();
        return line(tanggap, terminal, () -> tanggap.verbose).execute(arguments);
    }

    /** Commands, and what becomes of what goes wrong in them. */
    static CommandLine line(Object commands, Terminal terminal, BooleanSupplier verbose) {
        CommandLine line = new CommandLine(commands);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((exception, args) -> {
            terminal.complain("tanggap: " + exception.getMessage());
            String command = exception.getCommandLine().getCommandSpec().qualifiedName();
            terminal.complain("Try: " + command + " --help");
            return WRONG_USE;
        });
        line.setExecutionExceptionHandler((exception, command, result) -> {
            if (Stopping.asked()) {
                return FAILED;
            }
            Throwable problem = unwrapped(exception);
            terminal.complain("tanggap: " + describe(problem));
            if (verbose.getAsBoolean()) {
                exception.printStackTrace();
            } else if (!isExpected(problem)) {
                terminal.complain("Run again with --verbose for the stack trace.");
            }
            return problem instanceof UserError error
                    ? error.exitCode()
                    : problem instanceof Refusal ? WRONG_USE : FAILED;
        });
        return line;
    }

    private static boolean isExpected(Throwable exception) {
        return exception instanceof UserError
                || exception instanceof Refusal
                || exception instanceof KafkaException
                // The product's own have a sentence; those of the JDK's subclasses are often a bare path.
                || exception.getClass() == IOException.class;
    }

    /** The outermost message that was written for a person: the causes below it are the machine's. */
    private static String describe(Throwable exception) {
        String message = exception.getMessage();
        if (isExpected(exception) && message != null) {
            return message;
        }
        return exception.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    /** What went wrong, without what only carried it here from another thread or through a lambda. */
    private static Throwable unwrapped(Throwable exception) {
        Throwable inner = exception;
        while (inner.getCause() != null
                && (inner instanceof ExecutionException
                        || inner instanceof CompletionException
                        || inner instanceof UncheckedIOException)) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String built = Tanggap.class.getPackage().getImplementationVersion();
            return new String[] {"tanggap " + (built == null ? "(not built into a jar)" : built)};
        }
    }
}
