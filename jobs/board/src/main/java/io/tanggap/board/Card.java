package io.tanggap.board;

import io.tanggap.core.measure.Rule;
import io.tanggap.core.report.DayOfCard;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a city, or one of its units, in a period, from wherever it was read.
 *
 * @param unit whom it is about
 * @param isCity whether that is the whole city
 * @param period the days
 * @param zone of the city
 * @param rule by which units are charged
 * @param cut of which cases alone; null is all
 * @param places what happened on its land, whoever answers (rule CROP); null if it has no land
 * @param charged what it answers for under the rule; null if that is nothing
 * @param days of the period, of {@link #isOfLand}, ascending, each day on which anything happened
 * @param groups the same by category group
 * @param standings of units of all levels, among their peers; empty where no ranks were published
 * @param withheld how many more standings there are than are told
 * @param handedTo to whom it handed cases on, most first, up to {@link #MOST_HOPS}; for a city, of all pairs
 * @param pairs how many such pairs there are
 * @param channels how complete and how late the data is, by channel; {@code ALL_CHANNELS} is all of them
 * @param silent channels that are silent now
 * @param restated how many rows of the period were restated after they were final; null where that is not known
 * @param basis what it rests on
 */
public record Card(
        Unit unit,
        boolean isCity,
        Period period,
        ZoneId zone,
        Rule rule,
        @Nullable Cut cut,
        @Nullable Figures places,
        @Nullable Figures charged,
        List<DayOfCard> days,
        Map<String, Figures> groups,
        List<Standing> standings,
        long withheld,
        List<Hop> handedTo,
        long pairs,
        Map<String, Figures> channels,
        List<String> silent,
        @Nullable Long restated,
        Basis basis) {
    /** Chosen: as many hand-overs as fit beside the movers. */
    public static final int MOST_HOPS = 15;

    /**
     * Whether charts and tables are of what happened on the land: of a city, and of a unit that answers for nothing; else they
     * are of what the unit answers for.
     */
    public static boolean isOfLand(boolean isCity, boolean hasLand, boolean answers) {
        return hasLand && (isCity || !answers);
    }

    /** A unit with its name and level, as they were in the period. */
    public record Unit(String id, String name, String level) {}

    /**
     * Days of the city.
     *
     * @param window the window that they are, as {@code MONTH}; null if they are none
     * @param to the first day after
     */
    public record Period(@Nullable String window, LocalDate from, LocalDate to) {}

    /**
     * Cases of one channel, or of one category group.
     *
     * @param isChannel else it is a group
     */
    public record Cut(boolean isChannel, String value) {}

    /**
     * A unit among its peers.
     *
     * @param band the number of its band
     * @param ranked how many units of the band have a rank
     * @param figures names as in {@link io.tanggap.core.report.Standing}
     * @param period what it answers for in the period, and has in hand at its end
     * @param ranksUnder its rank under each rule, with the largest difference under the name {@code places}; empty if it is
     *     not ranked under all
     */
    public record Standing(
            Unit unit, int band, int ranked, Figures figures, Figures period, Map<String, Integer> ranksUnder) {}

    /** Hand-overs from a unit to another. */
    public record Hop(String from, String to, long hops, long back) {}

    /**
     * What figures rest on.
     *
     * @param asOf what occurred before it counts
     * @param knownAt by when what counts was known; null where nobody says
     * @param packs ids of the reference packs
     * @param contributions the version by which cases become counts
     * @param sha256 of the frozen card; null where it is none
     * @param cases how many it rests on; null where nobody counted
     */
    public record Basis(
            Instant asOf,
            @Nullable Instant knownAt,
            List<String> packs,
            int contributions,
            @Nullable String sha256,
            @Nullable Long cases) {}
}
