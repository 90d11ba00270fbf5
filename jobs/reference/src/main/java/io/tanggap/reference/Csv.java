package io.tanggap.reference;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CSV by RFC 4180, with the place of every field. A record that breaks the grammar is told and ends with its first line, so
 * that a stray quote costs one line and not the rest of the file.
 */
final class Csv {
    /** A field, and where it begins. */
    record Field(String text, int line, int column) {}

    private final String file;
    private final String text;
    private final Problems problems;
    private final List<List<Field>> records = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;

    private Csv(String file, String text, Problems problems) {
        this.file = file;
        this.text = text;
        this.problems = problems;
    }

    /** The records of a file, each with at least one field; lines without any text are passed over. */
    static List<List<Field>> read(String file, String text, Problems problems) {
        Csv csv = new Csv(file, text, problems);
        while (csv.at < text.length()) {
            csv.record();
        }
        return csv.records;
    }

    private void record() {
        int firstLine = line;
        int start = at;
        List<Field> fields = new ArrayList<>();
        boolean more = true;
        while (more) {
            int fieldLine = line;
            int column = at - lineStart + 1;
            StringBuilder field = new StringBuilder();
            String trouble = at < text.length() && text.charAt(at) == '"' ? quoted(field) : bare(field);
            if (trouble != null) {
                problems.error(new Place(file, fieldLine, column), trouble);
                line = firstLine;
                at = start;
                skipLine();
                return;
            }
            fields.add(new Field(field.toString(), fieldLine, column));
            more = at < text.length() && text.charAt(at) == ',';
            if (more) {
                at++;
            }
        }
        endLine();
        if (fields.stream().anyMatch(field -> !field.text().isBlank())) {
            records.add(List.copyOf(fields));
        }
    }

    private @Nullable String quoted(StringBuilder field) {
        at++;
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next == '\n') {
                line++;
                lineStart = at;
            }
            if (next != '"') {
                field.append(next);
            } else if (at < text.length() && text.charAt(at) == '"') {
                field.append('"');
                at++;
            } else if (at == text.length() || ",\r\n".indexOf(text.charAt(at)) >= 0) {
                return null;
            } else {
                return "text follows the closing quote; write a quote inside a quoted field twice";
            }
        }
        return "the quote is never closed; close it, or write a quote inside a quoted field twice";
    }

    private @Nullable String bare(StringBuilder field) {
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            char next = text.charAt(at++);
            if (next == '"') {
                return "there is a quote inside a field that does not begin with one; put the whole field into quotes,"
                        + " and write this quote twice";
            }
            field.append(next);
        }
        return null;
    }

    private void skipLine() {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        endLine();
    }

    private void endLine() {
        if (at < text.length() && text.charAt(at) == '\r') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
        line++;
        lineStart = at;
    }
}
