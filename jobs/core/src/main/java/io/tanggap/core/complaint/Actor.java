package io.tanggap.core.complaint;

/** The side on whose behalf an event happened. Only an officer's or validator's act can be a response to the citizen. */
public enum Actor {
    CITIZEN,
    OFFICER,
    VALIDATOR,
    SYSTEM
}
