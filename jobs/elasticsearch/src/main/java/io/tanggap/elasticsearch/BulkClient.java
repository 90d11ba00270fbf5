package io.tanggap.elasticsearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tanggap.elasticsearch.BulkOutcome.Answered;
import io.tanggap.elasticsearch.BulkOutcome.Fatal;
import io.tanggap.elasticsearch.BulkOutcome.TooLarge;
import io.tanggap.elasticsearch.BulkOutcome.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.http.entity.ContentType;
import org.apache.http.nio.entity.NByteArrayEntity;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.ResponseListener;
import org.elasticsearch.client.RestClient;

/** Sends documents in bulk and tells what became of each. Does not repeat anything: that is the writer's part. */
final class BulkClient implements AutoCloseable {
    private static final ContentType LINES = ContentType.create("application/x-ndjson");
    private static final JsonFactory JSON = new JsonFactory();

    private final RestClient client;

    /**
     * @param urls of nodes of one cluster
     * @param timeout without a byte from the server, after which a request counts as lost
     */
    BulkClient(List<String> urls, Duration timeout) {
        client = Access.ofEnvironment().restClient(urls, timeout);
    }

    /** Returns at once; {@code done} is called once, in a thread of the client. */
    void send(List<BufferedDocument> documents, Consumer<BulkOutcome> done) {
        Request request = new Request("POST", "/_bulk");
        request.addParameter("filter_path", "items.*.status,items.*.error.type,items.*.error.reason");
        request.setEntity(new NByteArrayEntity(BulkRequestBody.of(documents), LINES));
        int expected = documents.size();
        client.performRequestAsync(request, new ResponseListener() {
            @Override
            public void onSuccess(Response response) {
                done.accept(read(response, expected));
            }

            @Override
            public void onFailure(Exception failure) {
                done.accept(classify(failure));
            }
        });
    }

    private static BulkOutcome read(Response response, int expected) {
        try (InputStream content = response.getEntity().getContent()) {
            List<ItemAnswer> items = parse(content, expected);
            if (items.size() != expected) {
                throw new IOException("it tells of " + items.size() + " documents instead of " + expected);
            }
            return new Answered(items);
        } catch (IOException e) {
            return new Fatal(
                    "what " + response.getHost() + " answered to a bulk request is no answer of Elasticsearch ("
                            + e.getMessage() + "): check the address",
                    e);
        }
    }

    /** Reads {@code {"items":[{"index":{"status":201}},{"index":{"status":400,"error":{"type":…,"reason":…}}}]}}. */
    private static List<ItemAnswer> parse(InputStream content, int expected) throws IOException {
        List<ItemAnswer> items = new ArrayList<>(expected);
        ItemAnswer created = new ItemAnswer(201, "", "");
        try (JsonParser json = JSON.createParser(content)) {
            while (json.nextToken() != null && json.currentToken() != JsonToken.START_ARRAY) {
                // What stands before the items says nothing more.
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                int status = 0;
                String type = "";
                String reason = "";
                int depth = 1;
                while (depth > 0) {
                    JsonToken token = json.nextToken();
                    if (token == null) {
                        throw new IOException("the answer breaks off");
                    } else if (token.isStructStart()) {
                        depth++;
                    } else if (token.isStructEnd()) {
                        depth--;
                    } else if (token == JsonToken.VALUE_NUMBER_INT
                            && json.currentName().equals("status")) {
                        status = json.getIntValue();
                    } else if (token == JsonToken.VALUE_STRING
                            && json.currentName().equals("type")) {
                        type = json.getText();
                    } else if (token == JsonToken.VALUE_STRING
                            && json.currentName().equals("reason")) {
                        reason = json.getText();
                    }
                }
                if (status == 0) {
                    throw new IOException("a document without a status");
                }
                items.add(status == 201 ? created : new ItemAnswer(status, type, reason));
            }
        }
        return items;
    }

    private static BulkOutcome classify(Exception failure) {
        if (failure instanceof ResponseException answered) {
            int status = answered.getResponse().getStatusLine().getStatusCode();
            String said = answered.getResponse().getHost() + " answered with status " + status;
            return switch (new ItemAnswer(status, "", "").outcome()) {
                case RETRY -> new Unavailable(said);
                case FORBIDDEN ->
                    new Fatal(said + ": the sink may not write there; check its credentials and privileges", failure);
                default ->
                    status == 413
                            ? new TooLarge()
                            : new Fatal(
                                    said
                                            + " to a whole bulk request: check that the address is that of an Elasticsearch"
                                            + " node of version 8 or 9",
                                    failure);
            };
        }
        return failure instanceof IOException
                ? new Unavailable(failure.toString())
                : new Fatal("the request could not be made: " + failure, failure);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
