package io.tanggap.core.reference;

/** How a city charges cases: whom the rule credits with a kept target, and charges with a missed one. */
public enum Attribution {
    /** The competent party: the receiver from the offer on. */
    CRM,
    /** The territorial unit, also for what is outside its authority. */
    CROP,
    /** Each holder with its part of the time. */
    SHARE,
    /** The unit that the case was first assigned to. */
    ORIGIN
}
