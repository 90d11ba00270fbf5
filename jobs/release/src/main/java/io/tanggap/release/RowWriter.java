package io.tanggap.release;

import java.io.Closeable;
import java.io.IOException;

/** Writes rows into a file. To close it ends the file; the stream under it stays open for whoever opened it. */
public interface RowWriter<R> extends Closeable {
    /** Writes the next row. */
    void write(R row) throws IOException;
}
