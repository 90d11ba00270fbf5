package io.tanggap.app.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The main of the jar of the jobs, for a Flink that calls it: by {@code flink run}, or in application mode. Its arguments are those of
 * {@code tanggap intake}, {@code run}, {@code notify} and {@code export-daily}. The job goes on from the state that Flink gives it, writes
 * to the indices that are read now, and expects that {@code tanggap install} has made topics, templates and indices.
 */
public final class JobMain {
    private JobMain() {}

    /** @throws IllegalStateException if the job was not started; the reason is on standard error */
    public static void main(String... arguments) {
        CommandLine line = Tanggap.line(new Jobs(), Terminal.system(), () -> true);
        String[] given = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, given, 0, arguments.length);
        given[arguments.length] = "--flink";
        given[arguments.length + 1] = FlinkOptions.GIVEN;
        int code = line.execute(given);
        if (code != 0) {
            throw new IllegalStateException(
                    arguments[0] + " ended with exit code " + code + "; standard error says why");
        }
    }

    /** The commands that run a job on a cluster. */
    @Command(
            name = "tanggap-job",
            subcommands = {IntakeCommand.class, RunCommand.class, NotifyCommand.class, ExportDailyCommand.class})
    private static final class Jobs {}
}
