package io.tanggap.flink.operator;

import io.tanggap.core.measure.Window;
import io.tanggap.flink.document.Document;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Writes the rows of months to one file of lines, in no order, and emits nothing. Months alone: they are what a release tells, and
 * rows of other windows could be subtracted from them.
 */
public final class WriteRows extends ProcessFunction<Document, String> {
    /** The file, in the directory of the plan. */
    public static final String FILE = "rows.ndjson";

    private static final String MONTHS = "|" + Window.MONTH + "|";

    private final ReleasePlan plan;

    private transient OutputStream file;

    public WriteRows(ReleasePlan plan) {
        this.plan = plan;
    }

    @Override
    public void open(OpenContext context) throws IOException {
        file = Files.newOutputStream(Path.of(plan.directory(), FILE));
    }

    @Override
    public void processElement(Document row, Context context, Collector<String> out) throws IOException {
        if (row.id().contains(MONTHS)) {
            file.write(row.source());
            file.write('\n');
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
