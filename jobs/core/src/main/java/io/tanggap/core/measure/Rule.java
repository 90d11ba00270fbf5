package io.tanggap.core.measure;

/** Who is credited with a kept target and charged with a missed one. Sums across rules mean nothing. */
public enum Rule {
    /** The territorial unit, also for what is outside its authority (Jakarta until 2017). */
    CROP,
    /** The competent party: the receiver from the offer on (Jakarta since 2017). */
    CRM,
    /** Each holder with its part of the time. */
    SHARE,
    /** The first holder that is no intake desk. */
    ORIGIN
}
