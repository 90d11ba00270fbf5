package io.tanggap.app.cli;

import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How an invented month is. */
final class LifeOptions {
    @Option(
            names = "--cases",
            paramLabel = "N",
            defaultValue = "12000",
            description = "How many cases the invented month has (default: ${DEFAULT-VALUE}).")
    int cases;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "2017",
            description = "Seed of the invented month (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(
            names = "--month",
            paramLabel = "YYYY-MM",
            defaultValue = "2017-11",
            converter = Month.class,
            description =
                    "The invented month (default: ${DEFAULT-VALUE}, in which Jakarta began to charge who holds a case).")
    YearMonth month = YearMonth.of(2017, 11);

    /** A month as it is written on the command line. */
    static final class Month implements ITypeConverter<YearMonth> {
        @Override
        public YearMonth convert(String text) {
            try {
                return YearMonth.parse(text);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("'" + text + "' is no month: write it as 2017-11.");
            }
        }
    }
}
