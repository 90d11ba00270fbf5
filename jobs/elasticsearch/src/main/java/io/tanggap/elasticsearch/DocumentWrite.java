package io.tanggap.elasticsearch;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One version of one document, to be stored whole.
 *
 * <p>It is written under Elasticsearch's version type {@code external}: the server takes it if its version is greater than
 * the stored one, and else answers 409, which the sink counts as stale and takes for done. {@code external_gte}, which also
 * takes an equal version, was refused: versions are assigned at emission and name one content each, so an equal version is
 * the same document (its first write was accepted and the answer lost, or it was sent again after a restore), and to index
 * it once more would cost a write and change nothing.
 *
 * @param index index or alias
 * @param id at most 512 bytes in UTF-8
 * @param version greater than that of every earlier content of this document; 0 or more
 * @param source a JSON object in UTF-8; not copied, not to be changed afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below compare the content
public record DocumentWrite(String index, String id, long version, byte[] source) implements Serializable {
    public DocumentWrite {
        requireNonNull(index, "index");
        requireNonNull(id, "id");
        requireNonNull(source, "source");
        if (version < 0) {
            throw new IllegalArgumentException("version " + version + " of " + index + "/" + id + " is negative");
        }
    }

    /** What it adds to a request, in bytes; an estimate that is never too low for ids and names of plain ASCII. */
    long sizeBytes() {
        return (long) source.length + index.length() + id.length() + 90;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DocumentWrite that
                && index.equals(that.index)
                && id.equals(that.id)
                && version == that.version
                && Arrays.equals(source, that.source);
    }

    @Override
    public int hashCode() {
        return Objects.hash(index, id, version, Arrays.hashCode(source));
    }

    /** Without the source, which may be long. */
    @Override
    public String toString() {
        return index + "/" + id + " version " + version + " (" + source.length + " bytes)";
    }
}
