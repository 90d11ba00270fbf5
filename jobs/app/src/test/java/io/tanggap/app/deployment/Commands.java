package io.tanggap.app.deployment;

import io.tanggap.app.cli.Tanggap;
import java.util.List;
import picocli.CommandLine;

/** The command lines of deployments. */
final class Commands {
    private Commands() {}

    /** Fails where the command does not take these arguments. */
    static void assertTaken(List<String> arguments) {
        CommandLine line = new CommandLine(new Tanggap());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.parseArgs(arguments.toArray(String[]::new));
    }
}
