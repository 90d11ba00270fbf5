package io.tanggap.intake.channel;

import io.tanggap.core.reference.Channel;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.intake.PackPlaces;
import io.tanggap.intake.Places;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the city means by the units, labels, accounts and places of a record, as known when it happened. */
final class CityTerms {
    private final Reference reference;
    /** By pack, made when the first place is looked for in it: a pack may have thousands of polygons. */
    private final Map<String, PackPlaces> places = new HashMap<>();

    CityTerms(Reference reference) {
        this.reference = reference;
    }

    ZoneId zone() {
        return reference.zone();
    }

    /** The id of a channel that has a topic or is listed, whatever the case of its letters. */
    Optional<String> channel(String text, Instant at) {
        return Stream.concat(
                        Channels.IDS.stream(),
                        reference.knownAt(at).channels().stream().map(Channel::id))
                .filter(id -> id.equalsIgnoreCase(text))
                .findFirst();
    }

    Optional<String> unit(String text, Instant at) {
        return reference.unitNamed(text, at);
    }

    /** The category that a label stands for; empty if the reference lists neither the label nor a category of that id. */
    Optional<String> category(String channel, String label, Instant at) {
        return reference
                .category(channel, label, at)
                .or(() -> isCategory(label, at) ? Optional.of(label) : Optional.empty());
    }

    private boolean isCategory(String id, Instant at) {
        return !reference.knownAt(at).categories().isEmpty() && reference.hasCategory(id, at);
    }

    /** Whether events may carry a category without being tagged for it. */
    boolean accepts(String category, Instant at) {
        return reference.hasCategory(category, at);
    }

    Set<String> accounts(String channel, Instant at) {
        return reference.channel(channel, at).map(found -> found.accounts()).orElse(Set.of());
    }

    /**
     * The unit of a place.
     *
     * @param declared id or name of the unit; null where the record names none
     * @param at the submission: the units are those of its day
     */
    Places.@Nullable Found place(
            @Nullable String declared, @Nullable Double latitude, @Nullable Double longitude, Instant at) {
        ReferencePack pack = reference.knownAt(at);
        String unit = declared == null ? null : unit(declared, at).orElse(declared);
        return places.computeIfAbsent(pack.id(), id -> new PackPlaces(pack)).find(unit, latitude, longitude, at);
    }
}
