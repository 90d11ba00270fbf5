package io.tanggap.flink.document;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One version of one document.
 *
 * @param id deterministic and immutable; at most 512 bytes, Elasticsearch's limit
 * @param version external version, assigned at emission; a document of a lower version never replaces one of a higher
 * @param source JSON in UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below compare the content
public record Document(Kind kind, String id, long version, byte[] source) {

    /** The kinds of documents; each has an index of its own. The name is stored in state: never change one. */
    public enum Kind {
        CASE,
        VISIT,
        CELL,
        RESPONSIVENESS,
        DEAD_LETTER,
        FEED,
        PROBLEM,
        RESTATEMENT,
        PAIR,
        STANDING,
        ALERT,
        DELIVERY
    }

    public Document {
        requireNonNull(kind, "kind");
        requireNonNull(id, "id");
        requireNonNull(source, "source");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Document that
                && kind == that.kind
                && id.equals(that.id)
                && version == that.version
                && Arrays.equals(source, that.source);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, id, version, Arrays.hashCode(source));
    }
}
