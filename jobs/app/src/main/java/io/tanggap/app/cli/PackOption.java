package io.tanggap.app.cli;

import io.tanggap.core.reference.ReferencePack;
import io.tanggap.reference.PackDirectory;
import io.tanggap.reference.PackDirectory.Result;
import io.tanggap.reference.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a city is measured by, where it is not the mapping that says so. */
final class PackOption {
    @Option(
            names = "--reference",
            paramLabel = "PACK",
            description =
                    "Measure by this reference pack, instead of by the mapping's section reference: a directory, or"
                            + " the name of a built-in one; see tanggap reference.")
    private @Nullable String pack;

    boolean isGiven() {
        return pack != null;
    }

    /** The pack that was named, or else another one. */
    ReferencePack or(ReferencePack other) {
        return pack == null ? other : usable(pack);
    }

    /** The pack that was named, or else a built-in one. */
    ReferencePack orBuiltIn(String name) {
        return usable(pack == null ? name : pack);
    }

    /** What is in a directory, or in the built-in pack of a name. */
    static Result read(String pack) {
        Path directory = Path.of(pack);
        if (pack.contains("/") || Files.exists(directory)) {
            return PackDirectory.read(directory);
        }
        try {
            return PackDirectory.builtIn(pack);
        } catch (IllegalArgumentException e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The pack in a directory, or the built-in pack of a name.
     *
     * @throws UserError if it cannot be used, with all that is wrong with it
     */
    static ReferencePack usable(String pack) {
        return usable(pack, read(pack));
    }

    /** The pack that was read. */
    static ReferencePack usable(String pack, Result result) {
        ReferencePack usable = result.pack();
        if (usable == null) {
            throw new UserError("the reference pack " + pack + " cannot be used:\n"
                    + result.errors().stream().map(Problem::told).collect(Collectors.joining("\n")));
        }
        return usable;
    }
}
