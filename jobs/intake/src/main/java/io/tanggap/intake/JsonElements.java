package io.tanggap.intake;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tanggap.core.wording.Nearest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The elements of one array of a JSON document, one after the other; only one is in memory. */
final class JsonElements implements AutoCloseable {
    /** Reads one record whole. Numbers keep their digits, so that an id of many digits stays what it is. */
    static final ObjectMapper RECORDS = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT)
            .build();

    private final JsonParser parser;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long line;
    private boolean tooLarge;
    private boolean inElement;
    private @Nullable IOException failure;

    /**
     * Opens the document at its array.
     *
     * @param path names of the objects around the array, outermost first; empty if the document is the array
     * @throws Refusal if there is no array at the path
     * @throws IOException if the document cannot be read so far
     */
    JsonElements(InputStream in, List<String> path, String file) throws IOException {
        parser = RECORDS.getFactory().createParser(in);
        JsonToken token = parser.nextToken();
        for (String name : path) {
            Set<String> names = new TreeSet<>();
            if (token != JsonToken.START_OBJECT || !enter(name, names)) {
                throw new Refusal(file + ": there is no array at /" + String.join("/", path) + ": '" + name
                        + "' is not in the document; correct records.array in the mapping; "
                        + Nearest.hint(name, names));
            }
            token = parser.nextToken();
        }
        if (token != JsonToken.START_ARRAY) {
            throw new Refusal(file + ": expected an array of records at /" + String.join("/", path)
                    + ", found something else; say where the array is with records.array in the mapping,"
                    + " or records.format: ndjson if every line is a record");
        }
    }

    private boolean enter(String name, Set<String> names) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String found = parser.currentName();
            if (found.equals(name)) {
                return true;
            }
            names.add(found);
            parser.nextToken();
            parser.skipChildren();
        }
        return false;
    }

    /** Moves to the next element; false at the end, or where the document cannot be read on, see {@link #failure()}. */
    boolean next() {
        bytes.reset();
        tooLarge = false;
        inElement = false;
        try {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.END_ARRAY) {
                readToEnd();
                return false;
            }
            inElement = true;
            line = parser.currentTokenLocation().getLineNr();
            copyElement();
            return true;
        } catch (IOException e) {
            line = parser.currentLocation().getLineNr();
            failure = e;
            return false;
        }
    }

    private void readToEnd() throws IOException {
        while (parser.nextToken() != null) {
            parser.skipChildren();
        }
    }

    private void copyElement() throws IOException {
        int depth = 0;
        try (JsonGenerator copy = RECORDS.getFactory().createGenerator(bytes)) {
            do {
                JsonToken token = depth == 0 ? requireNonNull(parser.currentToken()) : parser.nextToken();
                if (token == null) {
                    throw new IOException("the document ends within a record");
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                tooLarge |= bytes.size() > RecordSplitter.LONGEST_RECORD;
                if (!tooLarge) {
                    copy.copyCurrentEventExact(parser);
                }
            } while (depth > 0);
        }
        tooLarge |= bytes.size() > RecordSplitter.LONGEST_RECORD;
    }

    /** Why the document could not be read to its end; null if it was. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** Whether the failure is one of the JSON text, and not of the stream under it. */
    static boolean isSyntax(IOException failure) {
        return failure instanceof JsonProcessingException;
    }

    /** Whether the failure came within an element, of which {@link #bytes()} then holds what was read. */
    boolean isInElement() {
        return inElement;
    }

    /** Whether the element is longer than a record may be. */
    boolean isTooLarge() {
        return tooLarge;
    }

    /** Number of the line on which the element begins, or on which reading failed. */
    long line() {
        return line;
    }

    /** The element written compactly; no more than a record may have. */
    byte[] bytes() {
        byte[] all = bytes.toByteArray();
        return all.length <= RecordSplitter.LONGEST_RECORD ? all : Arrays.copyOf(all, RecordSplitter.LONGEST_RECORD);
    }

    /** The element. */
    JsonNode element() {
        try {
            return RECORDS.readTree(bytes.toByteArray());
        } catch (IOException e) {
            throw new IllegalStateException("what was just written as JSON cannot be read", e);
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
