package io.tanggap.intake;

import io.tanggap.core.wording.Nearest;
import io.tanggap.intake.Mapping.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cells of CSV records, found by the names in a header or by position ({@code #1} is the first). */
final class CsvColumns implements Row {
    private static final String DELIMITERS = ",;\t|";

    private final RecordSplitter records;
    private final int[] positions;

    private CsvColumns(RecordSplitter records, int[] positions) {
        this.records = records;
        this.positions = positions;
    }

    /**
     * Finds every column that a mapping names.
     *
     * @param file name of the file, for messages
     * @throws Refusal with every column that is not there once
     */
    static CsvColumns bind(List<Column> columns, List<String> header, RecordSplitter records, String file) {
        List<String> problems = new ArrayList<>();
        int[] positions = new int[columns.size()];
        for (int i = 0; i < positions.length; i++) {
            Column column = columns.get(i);
            Optional<String> missing = missing(column.name(), header);
            if (missing.isPresent()) {
                problems.add(column.place() + ": " + file + ": " + missing.get());
            } else {
                positions[i] = isPosition(column.name())
                        ? Integer.parseInt(column.name().substring(1)) - 1
                        : header.indexOf(column.name());
            }
        }
        if (!problems.isEmpty()) {
            if (header.size() == 1) {
                String line = header.get(0);
                DELIMITERS
                        .chars()
                        .filter(delimiter -> line.indexOf(delimiter) >= 0)
                        .findFirst()
                        .ifPresent(delimiter -> problems.add(file + ": the header line is one column that holds '"
                                + (delimiter == '\t' ? "tab" : Character.toString(delimiter))
                                + "'; if that is what separates columns, set records.delimiter to it"));
            }
            throw new Refusal(problems);
        }
        return new CsvColumns(records, positions);
    }

    /** What is wrong with a column's name in the light of a header; empty if it names one column. */
    static Optional<String> missing(String name, List<String> header) {
        if (isPosition(name)) {
            return Integer.parseInt(name.substring(1)) <= header.size()
                    ? Optional.empty()
                    : Optional.of("column '" + name + "' is not there; the last one is #" + header.size());
        }
        List<String> found = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).equals(name)) {
                found.add("#" + (i + 1));
            }
        }
        return switch (found.size()) {
            case 0 -> Optional.of("column '" + name + "' is not there; " + Nearest.hint(name, header));
            case 1 -> Optional.empty();
            default ->
                Optional.of("column '" + name + "' is there " + found.size()
                        + " times; name the one that is meant by its position: " + String.join(" or ", found));
        };
    }

    private static boolean isPosition(String name) {
        return name.matches("#[1-9]\\d{0,5}");
    }

    @Override
    public String cell(int column) {
        return records.field(positions[column]);
    }
}
