package io.tanggap.flink.state;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.PersonalData;
import org.jspecify.annotations.Nullable;

/**
 * Something personal in a case, or the request to erase what there is.
 *
 * @param data null erases, for good
 */
public record PersonalNews(String caseId, @Nullable PersonalData data) {
    public PersonalNews {
        requireNonNull(caseId, "caseId");
    }
}
