package io.tanggap.elasticsearch;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lines of a bulk request. Sources are copied as they are, not parsed: that is what makes the sink fast. */
final class BulkRequestBody {
    private static final byte[] BEFORE_ID = ascii("\",\"_id\":\"");
    private static final byte[] BEFORE_INDEX = ascii("{\"index\":{\"_index\":\"");
    private static final byte[] BEFORE_VERSION = ascii("\",\"version_type\":\"external\",\"version\":");
    private static final byte[] AFTER_VERSION = ascii("}}\n");

    private byte[] bytes;
    private int length;

    private BulkRequestBody(int capacity) {
        bytes = new byte[capacity];
    }

    /** The bytes, exactly as long as they are. */
    static byte[] of(List<BufferedDocument> documents) {
        long capacity = 0;
        for (BufferedDocument document : documents) {
            capacity += document.write().sizeBytes() + 40;
        }
        BulkRequestBody body = new BulkRequestBody(Math.toIntExact(capacity));
        Map<String, byte[]> indices = new HashMap<>();
        for (BufferedDocument document : documents) {
            DocumentWrite write = document.write();
            body.append(BEFORE_INDEX);
            body.append(indices.computeIfAbsent(write.index(), BulkRequestBody::quoted));
            body.append(BEFORE_ID);
            body.append(quoted(write.id()));
            body.append(BEFORE_VERSION);
            body.append(ascii(Long.toString(write.version())));
            body.append(AFTER_VERSION);
            body.appendLine(write.source());
        }
        return Arrays.copyOf(body.bytes, body.length);
    }

    private static byte[] quoted(String text) {
        return JsonStringEncoder.getInstance().quoteAsUTF8(text);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Within JSON a line break can only be white space between tokens, and a space stands for it as well. */
    private void appendLine(byte[] source) {
        int start = length;
        append(source);
        for (int i = start; i < length; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                bytes[i] = ' ';
            }
        }
        append((byte) '\n');
    }

    private void append(byte[] more) {
        ensure(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void append(byte one) {
        ensure(1);
        bytes[length++] = one;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length + bytes.length / 2));
        }
    }
}
