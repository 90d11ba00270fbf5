package io.tanggap.release;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.reference.Attribution;
import io.tanggap.core.release.Anonymity;
import io.tanggap.core.release.Ladder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of a release as a whole.
 *
 * @param publisher who answers for it; null is the city
 * @param city its name
 * @param zone of its days
 * @param asOf what was known then is told
 * @param from the first day of submission; null if there is none
 * @param to the last day of submission; null if there is none
 * @param territory id of the unit that cases are of; null is the whole city
 * @param categories ids that cases are of; empty is all
 * @param packs ids of the packs of the reference by which cases were judged
 * @param software that made it, with its version
 * @param attribution the rule by which the city charges
 * @param linkable whether the key of the pseudonyms is kept, so that another release can name the same cases alike
 */
public record ReleaseNotes(
        String title,
        @Nullable String publisher,
        String city,
        ZoneId zone,
        Instant asOf,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable String territory,
        List<String> categories,
        List<String> packs,
        String software,
        Attribution attribution,
        boolean linkable,
        Anonymity anonymity,
        Ladder ladder,
        Protection protection) {
    public ReleaseNotes {
        requireNonNull(title, "title");
        requireNonNull(city, "city");
        categories = List.copyOf(categories);
        packs = List.copyOf(packs);
    }

    /** The day of the as-of, which is the version of the release. */
    LocalDate version() {
        return LocalDate.ofInstant(asOf, zone);
    }

    /** Who answers for the release. */
    String author() {
        return publisher == null ? city : publisher;
    }
}
