package io.tanggap.release;

/** In what a release is written. */
public enum Format {
    /** Tables, typed and compressed. */
    PARQUET,
    /** Tables, as text. */
    CSV,
    /** A log of cases: XES 1.0, IEEE 1849-2016. */
    XES,
    /** A log of cases, holders, channels and policies: OCEL 2.0, in JSON. */
    OCEL
}
