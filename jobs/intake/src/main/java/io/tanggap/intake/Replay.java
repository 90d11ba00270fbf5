package io.tanggap.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.DeadLetter.Stage;
import io.tanggap.intake.Mapping.Format;
import io.tanggap.intake.Mapping.Source;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file by a mapping: every record becomes events, or one dead letter, or is passed over because the mapping does
 * not want it. One bad record stops nothing. Memory does not grow with the file. Compression by gzip is recognised by the
 * first bytes, not by the name.
 */
public final class Replay {
    private static final int GZIP_BUFFER_BYTES = 1 << 16;
    private static final String BROKEN_QUOTES = "a quote is not closed, or text follows a closing quote";
    /** Four bytes of it, because the first column of a CSV file may be called PK. */
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private final String file;
    private final Mapping mapping;
    private final Instant ingestedAt;
    private final Consumer<CaseEvent> events;
    private final Consumer<DeadLetter> deadLetters;
    private final RecordReader reader;

    private long records;
    private long skipped;
    private long made;
    private final Map<String, Long> rejected = new TreeMap<>();
    private final Map<String, String> firstMessages = new TreeMap<>();
    private @Nullable Instant latestOccurrence;
    private Set<String> unseenColumns = Set.of();
    private @Nullable String failure;

    /**
     * What became of a file. {@code records} = skipped + dead letters + records that made events, or had nothing to say but
     * a place that is in no unit.
     *
     * @param records records that were read, bad ones included
     * @param skipped records that the mapping's {@code where} passed over
     * @param events events made
     * @param deadLetters dead letters by reason
     * @param firstMessages the message of the first dead letter of each reason
     * @param bytes bytes read of the file as it lies on the disk
     * @param latestOccurrence when the latest event happened; null if there is none
     * @param unseenColumns columns that no JSON record had, though the mapping rests on them: likely misspelt
     * @param failure why the rest of the file could not be read, in one sentence for a person; null if it was read whole
     */
    public record Summary(
            long records,
            long skipped,
            long events,
            Map<String, Long> deadLetters,
            Map<String, String> firstMessages,
            long bytes,
            @Nullable Instant latestOccurrence,
            Set<String> unseenColumns,
            @Nullable String failure) {
        public Summary {
            deadLetters = Collections.unmodifiableMap(new TreeMap<>(deadLetters));
            firstMessages = Collections.unmodifiableMap(new TreeMap<>(firstMessages));
            unseenColumns = Collections.unmodifiableSet(new LinkedHashSet<>(unseenColumns));
        }
    }

    private Replay(
            String file,
            Mapping mapping,
            Places places,
            Instant ingestedAt,
            Consumer<CaseEvent> events,
            Consumer<DeadLetter> deadLetters) {
        this.file = file;
        this.mapping = mapping;
        this.ingestedAt = ingestedAt;
        this.events = events;
        this.deadLetters = deadLetters;
        this.reader = new RecordReader(mapping, places, ingestedAt);
    }

    /**
     * Reads a file to its end, or as far as it can be read.
     *
     * @param places finds the units of complaints that come with coordinates
     * @param ingestedAt the time at which the file was first seen: of its events, and of its dead letters
     * @param events takes the events in the order of the file, those of one record in the order of the mapping
     * @param deadLetters takes the records that cannot be used
     * @param progress takes the number of bytes read of the file as it lies on the disk, now and then
     * @throws Refusal if the file cannot be opened, or does not fit the mapping at all; then nothing was emitted
     */
    public static Summary read(
            Path file,
            Mapping mapping,
            Places places,
            Instant ingestedAt,
            Consumer<CaseEvent> events,
            Consumer<DeadLetter> deadLetters,
            LongConsumer progress) {
        Replay replay =
                new Replay(String.valueOf(file.getFileName()), mapping, places, ingestedAt, events, deadLetters);
        try (Counted bytes = new Counted(Files.newInputStream(file), progress);
                InputStream in = replay.uncompressed(bytes)) {
            switch (mapping.source().format()) {
                case CSV -> replay.readCsv(in);
                case JSON -> replay.readJson(in);
                case NDJSON -> replay.readLines(in);
            }
            return replay.summary(bytes.count());
        } catch (IOException e) {
            throw new Refusal(file + ": the file cannot be opened; check that it is there, readable and a file");
        }
    }

    /**
     * Opens a file and finds the mapping's columns in it, so that several files can be checked before the first is read.
     *
     * @throws Refusal as {@link #read} would
     */
    public static void check(Path file, Mapping mapping) {
        Replay replay = new Replay(
                String.valueOf(file.getFileName()), mapping, Places.declared(), Instant.EPOCH, e -> {}, d -> {});
        try (InputStream bytes = Files.newInputStream(file);
                InputStream in = replay.uncompressed(bytes)) {
            if (mapping.source().format() == Format.CSV) {
                replay.openCsv(in, mapping.source());
            } else if (mapping.source().format() == Format.JSON) {
                replay.openJson(in).close();
            }
        } catch (IOException e) {
            throw new Refusal(file + ": the file cannot be opened; check that it is there, readable and a file");
        }
    }

    private InputStream uncompressed(InputStream in) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(in, ZIP.length);
        byte[] magic = peeked.readNBytes(ZIP.length);
        peeked.unread(magic);
        if (Arrays.equals(magic, ZIP)) {
            throw new Refusal(
                    file + ": the file is a zip archive, as xlsx files are too; unpack it, or save the sheet as CSV");
        }
        boolean gzip = magic.length >= 2 && (magic[0] & 0xFF) == 0x1F && (magic[1] & 0xFF) == 0x8B;
        try {
            return gzip ? new GZIPInputStream(peeked, GZIP_BUFFER_BYTES) : peeked;
        } catch (EOFException | ZipException e) {
            throw new Refusal(file + ": the file begins like gzip but is none; fetch it again");
        }
    }

    private void readCsv(InputStream in) {
        Source source = mapping.source();
        OpenCsv csv = openCsv(in, source);
        RecordSplitter splitter = csv.records();
        while (splitter.next()) {
            switch (splitter.shape()) {
                case BROKEN ->
                    rejectLine(splitter, "malformed.csv", BROKEN_QUOTES + "; double the quotes within a field");
                case TOO_LARGE -> rejectTooLarge(splitter);
                case CUT -> rejectCut(splitter);
                case WHOLE -> {
                    if (splitter.fields() != csv.width()) {
                        int fields = splitter.fields();
                        splitter.giveUp();
                        rejectLine(
                                splitter,
                                "malformed.csv",
                                "it has " + fields + " fields, but the file has " + csv.width() + " columns; "
                                        + (fields > csv.width()
                                                ? "quote fields that hold the delimiter"
                                                : "quote fields that hold a line end, and write the delimiter of empty"
                                                        + " fields too"));
                    } else if (!splitter.isText()) {
                        rejectLine(splitter, "malformed.encoding", "it is not " + encodingToMend());
                    } else {
                        take(csv.columns(), csv.columns(), splitter.line(), splitter::bytes);
                    }
                }
            }
        }
        stopped(splitter.failure());
    }

    private record OpenCsv(RecordSplitter records, CsvColumns columns, int width) {}

    private OpenCsv openCsv(InputStream in, Source source) {
        RecordSplitter splitter = RecordSplitter.csv(in, source.delimiter(), source.quote(), source.encoding());
        List<String> header = source.columns();
        if (header.isEmpty()) {
            if (!splitter.next()) {
                throw new Refusal(file + ": the file is empty; its first line must name the columns");
            }
            if (!splitter.isText()) {
                throw new Refusal(file + ":" + splitter.line() + ": the header line is not " + encodingToMend());
            }
            if (splitter.shape() != RecordSplitter.Shape.WHOLE) {
                throw new Refusal(file + ":" + splitter.line() + ": the header line cannot be read as CSV: "
                        + (splitter.shape() == RecordSplitter.Shape.BROKEN ? BROKEN_QUOTES : "it does not end")
                        + "; correct it, or delete it and name the columns in the mapping (records.columns)");
            }
            header = new ArrayList<>();
            for (int i = 0; i < splitter.fields(); i++) {
                header.add(splitter.field(i).strip());
            }
        }
        return new OpenCsv(splitter, CsvColumns.bind(mapping.columns(), header, splitter, file), header.size());
    }

    private String encodingToMend() {
        return mapping.source().encoding() + "; correct it, or name the file's encoding in records.encoding";
    }

    private void readLines(InputStream in) {
        RecordSplitter splitter = RecordSplitter.lines(in);
        JsonColumns outer = new JsonColumns(mapping.columns());
        JsonColumns inner = new JsonColumns(mapping.columns());
        while (splitter.next()) {
            switch (splitter.shape()) {
                case BROKEN -> throw new IllegalStateException("a line without quotes cannot be broken");
                case TOO_LARGE -> rejectTooLarge(splitter);
                case CUT -> rejectCut(splitter);
                case WHOLE -> {
                    if (!splitter.isText()) {
                        rejectLine(splitter, "malformed.encoding", "it is not UTF-8; save the file as UTF-8");
                    } else {
                        byte[] bytes = splitter.bytes();
                        try {
                            takeJson(JsonElements.RECORDS.readTree(bytes), outer, inner, splitter.line(), bytes);
                        } catch (IOException e) {
                            rejectLine(splitter, "malformed.json", "the line is not one JSON object; correct it");
                        }
                    }
                }
            }
        }
        unseenColumns = unseen(outer, inner);
        stopped(splitter.failure());
    }

    private JsonElements openJson(InputStream in) {
        try {
            return new JsonElements(in, mapping.source().array(), file);
        } catch (IOException e) {
            throw new Refusal(file + ": the file cannot be read as JSON up to its records; check that it is JSON in"
                    + " UTF-8, and whole");
        }
    }

    private void readJson(InputStream in) throws IOException {
        JsonColumns outer = new JsonColumns(mapping.columns());
        JsonColumns inner = new JsonColumns(mapping.columns());
        try (JsonElements elements = openJson(in)) {
            while (elements.next()) {
                if (elements.isTooLarge()) {
                    reject(elements.line(), new Rejection("malformed.too-large", null, tooLarge()), elements.bytes());
                } else {
                    takeJson(elements.element(), outer, inner, elements.line(), elements.bytes());
                }
            }
            IOException broken = elements.failure();
            if (broken != null) {
                String reason = JsonElements.isSyntax(broken) ? "malformed.json" : "malformed.truncated";
                if (elements.isInElement()) {
                    reject(
                            elements.line(),
                            new Rejection(reason, null, "the JSON text breaks off or is wrong here; correct the file"),
                            elements.bytes());
                }
                if (JsonElements.isSyntax(broken)) {
                    failure = file + ":" + elements.line() + ": the JSON text breaks off or is wrong here, after "
                            + records + " records; what follows was not read; correct the file and replay it";
                } else {
                    stopped(broken);
                }
            }
        }
        unseenColumns = unseen(outer, inner);
    }

    private void takeJson(JsonNode record, JsonColumns outer, JsonColumns inner, long line, byte[] bytes) {
        if (!record.isObject()) {
            reject(line, new Rejection("invalid.not-an-object", null, "the record is not a JSON object"), bytes);
            return;
        }
        String unwrap = mapping.source().unwrap();
        JsonNode unwrapped = unwrap == null ? record : record.path(unwrap);
        take(outer.of(record), inner.of(unwrapped.isObject() ? unwrapped : record), line, () -> bytes);
    }

    private static Set<String> unseen(JsonColumns outer, JsonColumns inner) {
        Set<String> unseen = new LinkedHashSet<>(outer.unseen());
        unseen.retainAll(inner.unseen());
        return unseen;
    }

    /** The bytes of a record, asked for only if it is rejected. */
    private interface Bytes {
        byte[] get();
    }

    private void take(Row outer, Row record, long line, Bytes bytes) {
        boolean wanted = reader.isWanted(outer);
        Rejection rejection = reader.rejection();
        if (rejection == null && !wanted) {
            records++;
            skipped++;
            return;
        }
        List<CaseEvent> found = rejection == null ? reader.read(record) : List.of();
        rejection = rejection == null ? reader.rejection() : rejection;
        if (rejection != null) {
            reject(line, rejection, bytes.get());
            return;
        }
        records++;
        made += found.size();
        for (CaseEvent event : found) {
            if (latestOccurrence == null || event.occurredAt().isAfter(latestOccurrence)) {
                latestOccurrence = event.occurredAt();
            }
            events.accept(event);
        }
    }

    private void rejectLine(RecordSplitter splitter, String reason, String problem) {
        reject(splitter.line(), new Rejection(reason, null, problem), splitter.bytes());
    }

    private void rejectTooLarge(RecordSplitter splitter) {
        rejectLine(splitter, "malformed.too-large", tooLarge());
    }

    private static String tooLarge() {
        return "it is longer than " + RecordSplitter.LONGEST_RECORD + " bytes, of which only so many are kept; check"
                + " that line ends and quotes are right";
    }

    private void rejectCut(RecordSplitter splitter) {
        rejectLine(splitter, "malformed.truncated", "the file breaks off within it; fetch the file again");
    }

    private void reject(long line, Rejection rejection, byte[] bytes) {
        records++;
        rejected.merge(rejection.reason(), 1L, Long::sum);
        String column = rejection.column();
        // A JSON document may be one line, so there the record's place in the array is what finds it.
        boolean numbered = mapping.source().format() == Format.JSON;
        String message = file + " line " + line + (numbered ? ", record " + records : "")
                + (column == null ? ": " : ", column " + column + ": ") + rejection.problem();
        firstMessages.putIfAbsent(rejection.reason(), message);
        deadLetters.accept(new DeadLetter(
                Stage.REPLAY,
                rejection.reason(),
                message,
                file + ":" + line + (numbered ? ":record " + records : "") + (column == null ? "" : ":" + column),
                bytes,
                ingestedAt));
    }

    private void stopped(@Nullable IOException broken) {
        if (broken == null) {
            return;
        }
        failure = broken instanceof EOFException || broken instanceof ZipException
                ? file + ": the compressed data break off or are damaged after " + records
                        + " records; what follows was not read; fetch the file again and replay it"
                : file + ": the file could not be read on after " + records + " records; check the disk and replay it";
    }

    private Summary summary(long bytes) {
        return new Summary(
                records, skipped, made, rejected, firstMessages, bytes, latestOccurrence, unseenColumns, failure);
    }

    /** Counts what is read of the file, below decompression. */
    private static final class Counted extends FilterInputStream {
        private final LongConsumer progress;
        private long count;

        Counted(InputStream in, LongConsumer progress) {
            super(in);
            this.progress = progress;
        }

        long count() {
            return count;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            advanced(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            advanced(Math.max(read, 0));
            return read;
        }

        private void advanced(int bytes) {
            if (bytes > 0) {
                count += bytes;
                progress.accept(count);
            }
        }
    }
}
