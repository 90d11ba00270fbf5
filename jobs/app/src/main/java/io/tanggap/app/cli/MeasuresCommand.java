package io.tanggap.app.cli;

import io.tanggap.core.measure.Measure;
import io.tanggap.core.wording.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tanggap measures}: what every figure means. */
@Command(
        name = "measures",
        description = {
            "Says of every figure what it means, by which formula, of which day, for whom, what it does not say, and by which"
                    + " fields it is found.",
            "It is read off the code that computes the figures."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class MeasuresCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "MEASURE",
            description = "One figure: its id, such as T3, or one of its fields, such as on_time or shares.on_time.")
    private @Nullable String wanted;

    @Option(names = "--markdown", description = "In Markdown: what jobs/core/MEASURES.md is.")
    private boolean markdown;

    @Override
    public Integer call() {
        List<Measure> measures = wanted == null ? List.of(Measure.values()) : named(wanted);
        (markdown ? MeasuresText.markdown(measures) : MeasuresText.plain(measures)).forEach(Terminal.system()::say);
        return 0;
    }

    private static List<Measure> named(String name) {
        String field = name.replaceFirst("_(low|high)$", "").toLowerCase(Locale.ROOT);
        List<Measure> found = Arrays.stream(Measure.values())
                .filter(measure -> measure.id().equalsIgnoreCase(name)
                        || measure.fields().contains(field)
                        || measure.fields().stream()
                                .map(MeasuresCommand::ofGroup)
                                .anyMatch(field::equals))
                .toList();
        if (!found.isEmpty()) {
            return found;
        }
        TreeSet<String> names = new TreeSet<>();
        for (Measure measure : Measure.values()) {
            names.add(measure.id());
            names.addAll(measure.fields());
            measure.fields().forEach(any -> names.add(ofGroup(any)));
        }
        throw new UserError("there is no measure and no field '" + name + "'; " + Nearest.hint(name, names)
                + "; tanggap measures lists all.");
    }

    /** The name of a field within its group. */
    private static String ofGroup(String field) {
        return field.substring(field.indexOf('.') + 1);
    }
}
