package io.tanggap.release;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Writes a table as CSV: RFC 4180 in UTF-8 with a header, whose lines end with a line feed alone, as every reader takes it.
 * An empty cell is null; instants are in UTC with milliseconds. Keeps no row.
 */
public final class CsvTable<R> implements RowWriter<R> {
    private final Table<R> table;
    private final Writer out;

    /** Begins a file with its header. */
    public CsvTable(Table<R> table, OutputStream out) throws IOException {
        this.table = table;
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        String separator = "";
        for (Field<R> field : table.fields()) {
            this.out.write(separator);
            cell(field.name());
            separator = ",";
        }
        this.out.write('\n');
    }

    @Override
    public void write(R row) throws IOException {
        String separator = "";
        for (Field<R> field : table.fields()) {
            out.write(separator);
            Object value = field.of(row);
            if (value != null) {
                cell(Texts.of(value));
            }
            separator = ",";
        }
        out.write('\n');
    }

    private void cell(String text) throws IOException {
        boolean quoted = false;
        for (int at = 0; at < text.length() && !quoted; at++) {
            char next = text.charAt(at);
            quoted = next == ',' || next == '"' || next == '\n' || next == '\r';
        }
        out.write(quoted ? '"' + text.replace("\"", "\"\"") + '"' : text);
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
