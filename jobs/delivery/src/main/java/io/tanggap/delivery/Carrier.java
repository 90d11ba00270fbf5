package io.tanggap.delivery;

import io.tanggap.core.notice.Answer;
import io.tanggap.core.notice.Notice;
import io.tanggap.core.reference.Recipient;

/** Brings messages to their recipients. Several threads may use one at a time. */
public interface Carrier extends AutoCloseable {
    /**
     * Tries once, and waits for how it ended. What is wrong with the recipient's address is refused; what is wrong with the
     * settings here, or with the other side for now, may be tried again.
     *
     * @param attempt from 1
     */
    Answer carry(Notice notice, Recipient recipient, int attempt);

    @Override
    void close();
}
