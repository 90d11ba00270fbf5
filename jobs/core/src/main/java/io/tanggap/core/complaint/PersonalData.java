package io.tanggap.core.complaint;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is personal in a case, kept apart from its events so that it can be erased and they stay. Events hold none of it.
 *
 * @param caseId the case
 * @param reporter keyed pseudonym of who complained, 32 hexadecimal digits; null where the channel does not say, or no key
 *     was given
 * @param text the words of the complaint, cut at a length that intake chooses, after {@link Redaction}; null where there are none
 * @param finds what was redacted in them, by kind
 */
public record PersonalData(
        String caseId, @Nullable String reporter, @Nullable String text, Map<Redaction.Kind, Integer> finds) {
    public PersonalData {
        requireNonNull(caseId, "caseId");
        finds = Collections.unmodifiableMap(new TreeMap<>(finds));
    }
}
