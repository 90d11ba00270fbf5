package io.tanggap.elasticsearch;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.jspecify.annotations.Nullable;

/** Where documents go that Elasticsearch refuses for good, so that none is lost. */
@FunctionalInterface
public interface RejectedDocuments extends Serializable {

    /** Opens one delivery for each parallel writer. */
    Delivery open(WriterInitContext context) throws IOException;

    /**
     * One writer's way for refused documents, used by its task's thread alone. What it throws fails the job. After a failure
     * the same document can be refused, and so be delivered, once more.
     */
    @FunctionalInterface
    interface Delivery extends AutoCloseable {
        /**
         * Takes a refused document.
         *
         * @return a document that stands for it and is to be indexed in its place, or null when none is; if that one is
         *     refused, too, the job fails
         */
        @Nullable
        DocumentWrite reject(Rejection rejection) throws IOException, InterruptedException;

        /** Returns when everything that was taken is safe; a checkpoint waits for it. */
        default void flush() throws IOException, InterruptedException {}

        @Override
        default void close() throws IOException {}
    }

    /**
     * @param document as it was sent
     * @param status as in HTTP, 400 to 499
     * @param type the server's name of the error, for example {@code document_parsing_exception}
     * @param reason the server's sentence; may quote a value of the document
     */
    record Rejection(DocumentWrite document, int status, String type, String reason) {}
}
