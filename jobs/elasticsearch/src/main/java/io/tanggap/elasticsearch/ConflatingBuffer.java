package io.tanggap.elasticsearch;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Documents that wait to be sent, in the order in which they came; of each document only the highest version. A newer
 * version takes the place of the older one in the queue, so that a document that changes all the time is still sent.
 */
final class ConflatingBuffer {
    private final Map<BufferedDocument.Key, BufferedDocument> documents = new HashMap<>();
    /** Every key of {@link #documents} once. */
    private final Deque<BufferedDocument.Key> order = new ArrayDeque<>();

    private long sizeBytes;

    /**
     * Appends a document.
     *
     * @return the version that gave way to another one, this or the one that waited, or null
     */
    @Nullable
    BufferedDocument add(BufferedDocument document) {
        return put(document, false);
    }

    /**
     * Puts a document at the head, for it was sent before and is to be sent again; one whose newer version waits is dropped.
     *
     * @return as {@link #add}
     */
    @Nullable
    BufferedDocument putBack(BufferedDocument document) {
        return put(document, true);
    }

    private @Nullable BufferedDocument put(BufferedDocument document, boolean first) {
        BufferedDocument.Key key = document.key();
        BufferedDocument waiting = documents.get(key);
        if (waiting == null) {
            documents.put(key, document);
            sizeBytes += document.write().sizeBytes();
            if (first) {
                order.addFirst(key);
            } else {
                order.addLast(key);
            }
            return null;
        }
        if (waiting.write().version() >= document.write().version()) {
            return document;
        }
        documents.put(key, document);
        sizeBytes += document.write().sizeBytes() - waiting.write().sizeBytes();
        return waiting;
    }

    /** Takes out the next documents: as many as fit both limits, and one at least unless there is none. */
    List<BufferedDocument> take(int maxDocuments, long maxBytes) {
        List<BufferedDocument> taken = new ArrayList<>(Math.min(maxDocuments, order.size()));
        long takenBytes = 0;
        while (!order.isEmpty() && taken.size() < maxDocuments) {
            BufferedDocument next = requireNonNull(documents.get(order.getFirst()));
            long nextBytes = next.write().sizeBytes();
            if (!taken.isEmpty() && takenBytes + nextBytes > maxBytes) {
                break;
            }
            documents.remove(order.removeFirst());
            sizeBytes -= nextBytes;
            takenBytes += nextBytes;
            taken.add(next);
        }
        return taken;
    }

    /** All that wait, in order; the buffer keeps them. */
    List<BufferedDocument> toList() {
        List<BufferedDocument> all = new ArrayList<>(order.size());
        for (BufferedDocument.Key key : order) {
            all.add(requireNonNull(documents.get(key)));
        }
        return all;
    }

    int size() {
        return order.size();
    }

    boolean isEmpty() {
        return order.isEmpty();
    }

    long sizeBytes() {
        return sizeBytes;
    }
}
