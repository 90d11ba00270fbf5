package io.tanggap.bench;

import io.tanggap.elasticsearch.Indices;
import io.tanggap.flink.document.Document;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.http.HttpHost;
import org.apache.http.entity.ContentType;
import org.apache.http.nio.entity.NByteArrayEntity;
import org.apache.http.util.EntityUtils;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseListener;
import org.elasticsearch.client.RestClient;
import org.jspecify.annotations.Nullable;

/** Documents straight into Elasticsearch, with the batches and the requests in flight of the sink, and no job around it. */
final class RawBulk {
    /** As the sink's defaults. */
    private static final int BATCH_DOCUMENTS = 2_000;

    private static final int BATCH_BYTES = 5 << 20;
    private static final int IN_FLIGHT_PER_WRITER = 2;
    private static final ContentType LINES = ContentType.create("application/x-ndjson");
    private static final String FIRST_GENERATION = "-000001";

    private final String elasticsearch;
    private final int writers;

    RawBulk(String elasticsearch, int writers) {
        this.elasticsearch = elasticsearch;
        this.writers = writers;
    }

    /** Empty indices, as before a backfill. */
    void prepareIndices() throws IOException {
        String indices = Stream.of(Indices.Kind.values())
                .map(kind -> kind.alias() + FIRST_GENERATION)
                .collect(Collectors.joining(","));
        try (RestClient client = client()) {
            Request deletion = new Request("DELETE", "/" + indices);
            deletion.addParameter("ignore_unavailable", "true");
            client.performRequest(deletion);
        }
        Indices.bootstrap(elasticsearch);
    }

    /** Indexes them all and returns how long that took in milliseconds. */
    long index(Collection<Document> documents) throws Exception {
        Semaphore permits = new Semaphore(writers * IN_FLIGHT_PER_WRITER);
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        long start = System.nanoTime();
        try (RestClient client = client()) {
            ByteArrayOutputStream lines = new ByteArrayOutputStream(BATCH_BYTES);
            int batched = 0;
            for (Document document : documents) {
                append(document, lines);
                batched++;
                if (batched == BATCH_DOCUMENTS || lines.size() >= BATCH_BYTES) {
                    send(client, lines.toByteArray(), permits, failure);
                    lines.reset();
                    batched = 0;
                }
            }
            if (batched > 0) {
                send(client, lines.toByteArray(), permits, failure);
            }
            permits.acquire(writers * IN_FLIGHT_PER_WRITER);
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw new ExecutionException("Elasticsearch refused a bulk request: " + failed.getMessage(), failed);
        }
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static void append(Document document, ByteArrayOutputStream lines) {
        String action = "{\"index\":{\"_index\":\"" + alias(document.kind()) + "\",\"_id\":\"" + document.id()
                + "\",\"version_type\":\"external\",\"version\":" + document.version() + "}}\n";
        lines.writeBytes(action.getBytes(StandardCharsets.UTF_8));
        lines.writeBytes(document.source());
        lines.write('\n');
    }

    private static String alias(Document.Kind kind) {
        Indices.Kind index =
                switch (kind) {
                    case CASE -> Indices.Kind.CASES;
                    case VISIT -> Indices.Kind.VISITS;
                    case CELL -> Indices.Kind.CELLS;
                    case RESPONSIVENESS -> Indices.Kind.RESPONSIVENESS;
                    case DEAD_LETTER -> Indices.Kind.DEAD_LETTERS;
                    case FEED -> Indices.Kind.FEEDS;
                    case PROBLEM -> Indices.Kind.PROBLEMS;
                    case RESTATEMENT -> Indices.Kind.RESTATEMENTS;
                    case PAIR -> Indices.Kind.PAIRS;
                    case STANDING -> Indices.Kind.STANDINGS;
                    case ALERT -> Indices.Kind.ALERTS;
                    case DELIVERY -> Indices.Kind.DELIVERIES;
                };
        return index.alias();
    }

    private static void send(
            RestClient client, byte[] lines, Semaphore permits, AtomicReference<@Nullable Exception> failure)
            throws InterruptedException {
        permits.acquire();
        Request request = new Request("POST", "/_bulk");
        request.addParameter("filter_path", "errors,items.*.error");
        request.setEntity(new NByteArrayEntity(lines, LINES));
        client.performRequestAsync(request, new ResponseListener() {
            @Override
            public void onSuccess(Response response) {
                try {
                    String answer = EntityUtils.toString(response.getEntity());
                    if (!answer.startsWith("{\"errors\":false")) {
                        failure.compareAndSet(
                                null, new IOException(answer.substring(0, Math.min(500, answer.length()))));
                    }
                } catch (IOException e) {
                    failure.compareAndSet(null, e);
                } finally {
                    permits.release();
                }
            }

            @Override
            public void onFailure(Exception exception) {
                failure.compareAndSet(null, exception);
                permits.release();
            }
        });
    }

    private RestClient client() {
        return RestClient.builder(List.of(HttpHost.create(elasticsearch)).toArray(HttpHost[]::new))
                .build();
    }
}
