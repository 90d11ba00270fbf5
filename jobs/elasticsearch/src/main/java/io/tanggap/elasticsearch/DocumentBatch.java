package io.tanggap.elasticsearch;

import io.tanggap.elasticsearch.BulkOutcome.Answered;
import io.tanggap.elasticsearch.BulkOutcome.Fatal;
import io.tanggap.elasticsearch.BulkOutcome.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Writes documents for a command, whose user waits: without a job, and without trying again what fails. The documents before a
 * failure stay written; to write all again is harmless, for each has a version.
 */
public final class DocumentBatch {
    private static final int DOCUMENTS_PER_REQUEST = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private DocumentBatch() {}

    /**
     * Writes all documents.
     *
     * @param url a node of a server on which {@link Indices#bootstrap} has run
     * @return how many were stored; the others are there in the same or a later version
     * @throws IOException at the first that is not taken; the message says why
     */
    public static int write(String url, List<DocumentWrite> documents) throws IOException {
        int stored = 0;
        try (BulkClient client = new BulkClient(List.of(url), TIMEOUT)) {
            for (int from = 0; from < documents.size(); from += DOCUMENTS_PER_REQUEST) {
                List<BufferedDocument> request =
                        documents.subList(from, Math.min(documents.size(), from + DOCUMENTS_PER_REQUEST)).stream()
                                .map(write -> new BufferedDocument(write, false))
                                .toList();
                CompletableFuture<BulkOutcome> outcome = new CompletableFuture<>();
                client.send(request, outcome::complete);
                stored += stored(request, outcome.join());
            }
        }
        return stored;
    }

    private static int stored(List<BufferedDocument> request, BulkOutcome outcome) throws IOException {
        if (outcome instanceof Answered answered) {
            int stored = 0;
            for (int i = 0; i < request.size(); i++) {
                ItemAnswer answer = answered.items().get(i);
                switch (answer.outcome()) {
                    case INDEXED -> stored++;
                    case STALE -> {
                        // It is there already.
                    }
                    case RETRY, REJECTED, FORBIDDEN ->
                        throw new IOException(
                                "Elasticsearch did not take " + request.get(i).write() + ": " + answer);
                }
            }
            return stored;
        }
        if (outcome instanceof Unavailable unavailable) {
            throw new IOException("Elasticsearch is not to be reached: " + unavailable.why());
        }
        if (outcome instanceof Fatal fatal) {
            throw new IOException("Elasticsearch cannot be written to: " + fatal.why(), fatal.cause());
        }
        throw new IOException("Elasticsearch takes no request of " + request.size()
                + " documents: raise its http.max_content_length");
    }
}
