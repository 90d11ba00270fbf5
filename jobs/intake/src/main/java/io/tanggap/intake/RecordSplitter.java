package io.tanggap.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into records without decoding it, so that a bad record can be kept as it was and the next one is
 * still found. Memory is bounded by {@link #LONGEST_RECORD}, whatever the stream's length. Lines end with LF, CRLF or CR;
 * empty lines between records are passed over.
 *
 * <p>CSV is that of RFC 4180: a field is quoted if its first byte is the quote, a doubled quote is a quote, a quoted field
 * may hold line ends. States of the scan of one record:
 *
 * <pre>
 *   FIELD_START ── quote ──▸ QUOTED ── quote ──▸ QUOTE_SEEN ── delimiter ──▸ FIELD_START
 *        │                     ▴────── quote ───────┘ │ └── line end ──▸ record
 *        └─ other ──▸ PLAIN ── delimiter ──▸ FIELD_START  └── other ──▸ broken
 *                       └── line end ──▸ record
 * </pre>
 *
 * A broken record, one whose quote is never closed, and one that the caller gives up with {@link #giveUp()}, is its first
 * line alone; reading resumes at the next line.
 */
final class RecordSplitter {
    /** One megabyte of ten: a dead letter with its envelope has to fit into a message of at most 2^20 bytes. */
    static final int LONGEST_RECORD = 1_000_000;

    /** What was found. */
    enum Shape {
        /** A record with all its fields. */
        WHOLE,
        /** A line that is no record: a quote is not closed, or text follows the closing quote. */
        BROKEN,
        /** A line longer than {@link #LONGEST_RECORD}; only so many bytes of it are kept. */
        TOO_LARGE,
        /** The stream failed within this record. */
        CUT
    }

    private enum State {
        FIELD_START,
        PLAIN,
        QUOTED,
        QUOTE_SEEN
    }

    private static final int END = -1;
    private static final int NO_BYTE = -2;
    private static final int READ_BYTES = 1 << 16;
    private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};

    private final InputStream in;
    private final int delimiter;
    private final int quote;
    private final Charset charset;

    private byte[] buffer = new byte[2 * READ_BYTES];
    private int start;
    private int limit;
    private boolean ended;
    private @Nullable IOException failure;

    private long nextLine = 1;
    private long line;
    private int linesInRecord;
    private int length;
    private int consumed;
    private int firstLineLength;
    private int firstLineConsumed;
    private Shape shape = Shape.WHOLE;

    private int fields;
    private int[] fieldStarts = new int[64];
    private int[] fieldEnds = new int[64];

    private RecordSplitter(InputStream in, int delimiter, int quote, Charset charset) {
        this.in = in;
        this.delimiter = delimiter;
        this.quote = quote;
        this.charset = charset;
        int marked = 0;
        while (marked < BYTE_ORDER_MARK.length && at(marked) == BYTE_ORDER_MARK[marked]) {
            marked++;
        }
        start = marked == BYTE_ORDER_MARK.length ? marked : 0;
    }

    /**
     * Records of CSV.
     *
     * @param charset one that writes ASCII as ASCII does, and no other character with bytes of ASCII
     */
    static RecordSplitter csv(InputStream in, byte delimiter, byte quote, Charset charset) {
        return new RecordSplitter(in, delimiter, quote, charset);
    }

    /** Every line is a record of one field, in UTF-8. */
    static RecordSplitter lines(InputStream in) {
        return new RecordSplitter(in, NO_BYTE, NO_BYTE, StandardCharsets.UTF_8);
    }

    /** Moves to the next record; false at the end of what can be read, see {@link #failure()}. */
    boolean next() {
        start += consumed;
        nextLine += linesInRecord;
        consumed = 0;
        linesInRecord = 0;
        while (isLineEnd(at(0))) {
            int lineEnd = lineEndLength(0); // may move the buffer, so it goes before start is read
            start += lineEnd;
            nextLine++;
        }
        line = nextLine;
        if (at(0) == END) {
            return false;
        }
        shape = scan();
        return true;
    }

    /** What broke the stream off before its end; null if nothing did. */
    @Nullable
    IOException failure() {
        return failure;
    }

    Shape shape() {
        return shape;
    }

    /** Number of the record's first line, from 1. */
    long line() {
        return line;
    }

    int fields() {
        return fields;
    }

    /** The record's bytes as they are in the stream, without the line end that closes it. */
    byte[] bytes() {
        return Arrays.copyOfRange(buffer, start, start + length);
    }

    /** Takes the record's first line for the record, and resumes behind it. */
    void giveUp() {
        if (firstLineLength >= 0) {
            length = firstLineLength;
            consumed = firstLineConsumed;
            linesInRecord = 1;
        }
    }

    /** Whether the record is text in the charset. */
    boolean isText() {
        boolean ascii = true;
        for (int i = start; i < start + length; i++) {
            ascii &= buffer[i] >= 0;
        }
        if (ascii) {
            return true;
        }
        try {
            charset.newDecoder().decode(ByteBuffer.wrap(buffer, start, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The text of a field from 0, unquoted. */
    String field(int index) {
        int from = start + fieldStarts[index];
        int to = start + fieldEnds[index];
        if (from == to || buffer[from] != quote) {
            return new String(buffer, from, to - from, charset);
        }
        byte[] text = new byte[to - from - 2];
        int kept = 0;
        for (int i = from + 1; i < to - 1; i++) {
            text[kept++] = buffer[i];
            if (buffer[i] == quote) {
                i++;
            }
        }
        return new String(text, 0, kept, charset);
    }

    private Shape scan() {
        State state = State.FIELD_START;
        int n = 0;
        int fieldStart = 0;
        fields = 0;
        firstLineLength = END;
        while (n <= LONGEST_RECORD) {
            int b = at(n);
            if (state == State.FIELD_START) {
                fieldStart = n;
                if (b == quote) {
                    state = State.QUOTED;
                    n++;
                    continue;
                }
                state = State.PLAIN;
            }
            if (state == State.QUOTED) {
                if (b == END) {
                    return firstLineLength >= 0 || failure == null ? broken(n) : cut(n);
                }
                if (isLineEnd(b)) {
                    int lineEnd = lineEndLength(n);
                    if (firstLineLength < 0) {
                        firstLineLength = n;
                        firstLineConsumed = n + lineEnd;
                    }
                    linesInRecord++;
                    n += lineEnd;
                } else {
                    state = b == quote ? State.QUOTE_SEEN : State.QUOTED;
                    n++;
                }
            } else if (b == delimiter) {
                addField(fieldStart, n);
                state = State.FIELD_START;
                n++;
            } else if (b == END || isLineEnd(b)) {
                addField(fieldStart, n);
                return b == END && failure != null ? cut(n) : whole(n);
            } else if (state == State.PLAIN) {
                n = behindPlain(n + 1);
            } else if (b == quote) {
                state = State.QUOTED;
                n++;
            } else {
                return broken(n);
            }
        }
        return broken(n);
    }

    /** Passes over bytes that mean nothing, as far as they have been read: the bulk of every file. */
    private int behindPlain(int n) {
        int end = Math.min(limit, start + LONGEST_RECORD);
        int i = start + n;
        while (i < end && buffer[i] != delimiter && buffer[i] != '\n' && buffer[i] != '\r') {
            i++;
        }
        return i - start;
    }

    private Shape whole(int n) {
        length = n;
        int lineEnd = at(n) == END ? 0 : lineEndLength(n);
        consumed = n + lineEnd;
        linesInRecord += lineEnd > 0 ? 1 : 0;
        return Shape.WHOLE;
    }

    private Shape cut(int n) {
        length = n;
        consumed = n;
        return Shape.CUT;
    }

    /** Ends the record with its first line, which may be longer than what was scanned of it. */
    private Shape broken(int scanned) {
        if (firstLineLength >= 0) {
            giveUp();
            return Shape.BROKEN;
        }
        int n = scanned;
        while (n <= LONGEST_RECORD && at(n) != END && !isLineEnd(at(n))) {
            n++;
        }
        if (n <= LONGEST_RECORD) {
            return at(n) == END && failure != null ? cut(n) : brokenLine(n);
        }
        return tooLarge();
    }

    private Shape brokenLine(int n) {
        whole(n);
        return Shape.BROKEN;
    }

    /** Keeps the line's beginning and reads over the rest of it, which may be of any length. */
    private Shape tooLarge() {
        byte[] kept = Arrays.copyOfRange(buffer, start, start + LONGEST_RECORD);
        start += LONGEST_RECORD;
        while (at(0) != END && !isLineEnd(at(0))) {
            start++;
        }
        int lineEnd = at(0) == END ? 0 : lineEndLength(0);
        linesInRecord = lineEnd > 0 ? 1 : 0;
        // What was read over makes room for what was kept, directly before the line end.
        byte[] rest = Arrays.copyOfRange(buffer, start, limit);
        buffer = new byte[LONGEST_RECORD + rest.length + READ_BYTES];
        System.arraycopy(kept, 0, buffer, 0, LONGEST_RECORD);
        System.arraycopy(rest, 0, buffer, LONGEST_RECORD, rest.length);
        start = 0;
        limit = LONGEST_RECORD + rest.length;
        length = LONGEST_RECORD;
        consumed = LONGEST_RECORD + lineEnd;
        return Shape.TOO_LARGE;
    }

    private void addField(int from, int to) {
        if (fields == fieldStarts.length) {
            fieldStarts = Arrays.copyOf(fieldStarts, 2 * fields);
            fieldEnds = Arrays.copyOf(fieldEnds, 2 * fields);
        }
        fieldStarts[fields] = from;
        fieldEnds[fields] = to;
        fields++;
    }

    private static boolean isLineEnd(int b) {
        return b == '\n' || b == '\r';
    }

    private int lineEndLength(int n) {
        return at(n) == '\r' && at(n + 1) == '\n' ? 2 : 1;
    }

    /** The byte n behind the record's start, read on demand. */
    private int at(int n) {
        while (start + n >= limit) {
            if (!fill()) {
                return END;
            }
        }
        return buffer[start + n] & 0xFF;
    }

    private boolean fill() {
        if (ended) {
            return false;
        }
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, limit - start);
            limit -= start;
            start = 0;
        }
        if (buffer.length - limit < READ_BYTES) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read;
        try {
            read = in.read(buffer, limit, READ_BYTES);
        } catch (IOException e) {
            failure = e;
            read = END;
        }
        ended = read == END;
        limit += Math.max(read, 0);
        return !ended;
    }
}
