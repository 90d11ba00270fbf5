package io.tanggap.core.complaint;

/** Whether the reporter can see what happened. An internal note is never a response. */
public enum Visibility {
    PUBLIC,
    INTERNAL
}
