package io.tanggap.flink.io;

import io.tanggap.core.complaint.DeadLetter;

/**
 * A dead letter where it lies in its topic.
 *
 * @param partition of the topic dead-letters
 * @param offset in the partition
 * @param letter what was rejected; where {@code isLetter} is false, a letter about the record itself, which is nowhere else
 * @param isLetter whether the record is a dead letter; false for something else that was written to the topic
 */
public record StoredLetter(int partition, long offset, DeadLetter letter, boolean isLetter) {

    /** Names the record for as long as the topic exists: partition and offset, for example {@code 0-42}. */
    public String id() {
        return partition + "-" + offset;
    }
}
