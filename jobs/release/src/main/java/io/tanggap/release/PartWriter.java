package io.tanggap.release;

import io.tanggap.core.release.ReleasedCase;
import io.tanggap.core.release.ReleasedEvent;
import io.tanggap.core.release.ReleasedVisit;
import io.tanggap.release.Tables.EventRow;
import io.tanggap.release.Tables.VisitRow;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Writes one part of the cases of a release in the formats that are asked for: {@code events/events-00000.parquet},
 * {@code cases/…}, {@code visits/…} and {@code log/log-00000.xes}. Files of a part that was written before are replaced; a part
 * without a case is valid, too.
 */
public final class PartWriter implements Closeable {
    /** What is open, the last one first. */
    private final Deque<Closeable> open = new ArrayDeque<>();

    private final Path directory;
    private final int part;
    private final List<RowWriter<EventRow>> events = new ArrayList<>();
    private final List<RowWriter<ReleasedCase>> cases = new ArrayList<>();
    private final List<RowWriter<VisitRow>> visits = new ArrayList<>();
    private final List<RowWriter<TextRow>> texts = new ArrayList<>();
    private long eventCount;
    private long caseCount;
    private long visitCount;

    /**
     * Begins the files of a part.
     *
     * @param directory of the release
     * @param part its number, from 0
     * @param withTexts whether it has a table of what reporters wrote
     */
    public PartWriter(Path directory, int part, Set<Format> formats, boolean withTexts) throws IOException {
        this.directory = directory;
        this.part = part;
        try {
            if (formats.contains(Format.PARQUET)) {
                events.add(opened(new ParquetTable<>(Tables.EVENTS, file("events", "parquet"))));
                cases.add(opened(new ParquetTable<>(Tables.CASES, file("cases", "parquet"))));
                visits.add(opened(new ParquetTable<>(Tables.VISITS, file("visits", "parquet"))));
                if (withTexts) {
                    texts.add(opened(new ParquetTable<>(Tables.TEXTS, file("texts", "parquet"))));
                }
            }
            if (formats.contains(Format.CSV)) {
                events.add(opened(new CsvTable<>(Tables.EVENTS, file("events", "csv"))));
                cases.add(opened(new CsvTable<>(Tables.CASES, file("cases", "csv"))));
                visits.add(opened(new CsvTable<>(Tables.VISITS, file("visits", "csv"))));
                if (withTexts) {
                    texts.add(opened(new CsvTable<>(Tables.TEXTS, file("texts", "csv"))));
                }
            }
            if (formats.contains(Format.XES)) {
                cases.add(opened(new XesLog(file("log", "xes"))));
            }
            if (formats.contains(Format.OCEL)) {
                cases.add(opened(new OcelLog(file("log", "ocel.json"))));
            }
        } catch (IOException | RuntimeException e) {
            try {
                close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private OutputStream file(String name, String ending) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(name));
        return opened(new BufferedOutputStream(
                Files.newOutputStream(folder.resolve(String.format(Locale.ROOT, "%s-%05d.%s", name, part, ending)))));
    }

    private <C extends Closeable> C opened(C opened) {
        open.push(opened);
        return opened;
    }

    /** Writes a case with its events and stays. */
    public void write(ReleasedCase released) throws IOException {
        for (RowWriter<ReleasedCase> writer : cases) {
            writer.write(released);
        }
        caseCount++;
        for (ReleasedEvent event : released.events()) {
            EventRow row = new EventRow(released, event);
            for (RowWriter<EventRow> writer : events) {
                writer.write(row);
            }
            eventCount++;
        }
        for (ReleasedVisit visit : released.visits()) {
            VisitRow row = new VisitRow(released, visit);
            for (RowWriter<VisitRow> writer : visits) {
                writer.write(row);
            }
            visitCount++;
        }
    }

    /** Writes what the reporter of a case wrote, redacted; into the tables alone. */
    public void write(TextRow text) throws IOException {
        for (RowWriter<TextRow> writer : texts) {
            writer.write(text);
        }
    }

    /** How many cases were written. */
    public long cases() {
        return caseCount;
    }

    /** How many events were written. */
    public long events() {
        return eventCount;
    }

    /** How many stays were written. */
    public long visits() {
        return visitCount;
    }

    /** Ends the files, all of them also if one fails. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (IOException | RuntimeException e) {
                if (failure == null) {
                    failure = new IOException("part " + part + " of the release in " + directory + " is not whole", e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
