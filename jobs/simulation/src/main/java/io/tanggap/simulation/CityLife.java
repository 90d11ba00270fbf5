package io.tanggap.simulation;

import io.tanggap.core.reference.ReferencePack;
import io.tanggap.simulation.CaseLife.Problem;
import io.tanggap.simulation.CaseLife.Told;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A month of the life of the city of a reference pack, told by its channels in their own formats, with the truth beside it.
 * Citizens, desks and weather are invented: everything is a function of pack, seed, month and number of cases, the same on
 * every machine. Which unit is good or bad is drawn from the seed, never from its name.
 */
public final class CityLife {
    private static final long CITY_STREAM = -1;
    private static final long MONTH_STREAM = -2;
    private static final long SILENCE_STREAM = -3;
    /** Keeps the dice of how a case is told apart from those of its story. */
    private static final long WORDS = 0x5DEECE66DL;

    private static final int LEGACY_DAYS = 60;
    /** One case in so many is an old one of the system before. */
    private static final int LEGACY_EVERY = 100;

    private static final int REMEMBERED = 256;
    private static final double SAME_PROBLEM = 0.05;
    private static final double SAME_FLOOD = 0.12;
    private static final long DAY_MILLIS = 86_400_000L;
    /** A silent day has days of the same feed around it. */
    private static final int DAYS_AROUND_SILENCE = 3;

    private static final List<Channel> CAN_FALL_SILENT =
            List.of(Channel.QLUE, Channel.JAKI, Channel.TWITTER, Channel.FACEBOOK, Channel.LAPOR);

    private final ReferencePack pack;

    private CityLife(ReferencePack pack) {
        this.pack = pack;
    }

    /**
     * What was told.
     *
     * @param messages how many, with the damaged ones
     * @param damaged how many of them cannot be used
     * @param silentChannel id of the channel whose feed brought nothing for a day
     * @param silentDay that day; what happened on it came in a heap on the next morning
     */
    public record Summary(long messages, long damaged, String silentChannel, LocalDate silentDay) {}

    /** The city of a pack: its lowest territories, its categories, and whoever has their tasks. */
    public static CityLife of(ReferencePack pack) {
        return new CityLife(pack);
    }

    /**
     * Tells a month, in the order of delivery. Nothing happens from the month's end on (local midnight), so cases remain
     * open; what happened before it may be delivered up to nine days after it. About a twentieth is late, a fiftieth comes
     * twice, three in a thousand are damaged: mostly a copy of a good one, so that the truth can still be told from the
     * messages. One case in a hundred is older than the month, from the system before. Memory follows the cases open at
     * one time.
     *
     * @param cases how many cases there are; about eight messages each
     * @param truths hears the truth of a case when its story is told, which is before its messages are delivered; in the
     *     order of submission
     * @throws IllegalArgumentException if {@code cases} is negative, or the pack has no territory or no category in the month
     */
    public Summary tell(long seed, int cases, YearMonth month, Consumer<Message> messages, Consumer<Truth> truths) {
        if (cases < 0) {
            throw new IllegalArgumentException("the number of cases must not be negative, is " + cases);
        }
        ZoneId zone = pack.zone();
        LocalDate firstDay = month.atDay(1);
        long start = firstDay.atStartOfDay(zone).toInstant().toEpochMilli();
        long end = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant().toEpochMilli();
        long seedOfMonth = seed ^ firstDay.toEpochDay() << 32;
        Town town = new Town(pack, firstDay.minusDays(LEGACY_DAYS), month.atEndOfMonth());
        Desks desks = new Desks(
                town.places().stream().map(id -> new CityMap.Place(id, 1)).toList(),
                town.agencies(),
                town.dispatcher(),
                Dice.of(seed, CITY_STREAM));
        Demand demand = new Demand(month, zone, Channel.OF_LIFE, Dice.of(seedOfMonth, MONTH_STREAM));
        Dice silence = Dice.of(seedOfMonth, SILENCE_STREAM);
        String silent = CAN_FALL_SILENT.get(silence.below(CAN_FALL_SILENT.size())).id;
        LocalDate silentDay =
                firstDay.plusDays(DAYS_AROUND_SILENCE + silence.below(month.lengthOfMonth() - 2 * DAYS_AROUND_SILENCE));
        Outbox outbox = new Outbox(
                start,
                new Outbox.Silence(
                        silent,
                        silentDay.atStartOfDay(zone).toInstant().toEpochMilli(),
                        silentDay.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli()),
                messages);
        Weights usual =
                Weights.of(town.subjects().stream().mapToDouble(Subject::weight).toArray());
        Weights burst =
                Weights.of(town.subjects().stream().mapToDouble(Subject::burst).toArray());
        List<Told> told = new ArrayList<>();
        int legacy = cases / LEGACY_EVERY;
        for (int i = 0; i < cases; i++) {
            // One stream per case: what it draws does not depend on what the cases before it drew.
            Dice dice = Dice.of(seedOfMonth, i);
            boolean isLegacy = i < legacy;
            double share = isLegacy ? 0 : (i - legacy + dice.unit()) / (cases - legacy);
            boolean flooded = !isLegacy && demand.isBurst(share, dice);
            Channel channel = isLegacy ? Channel.CROP : demand.channel(share, flooded, dice);
            long submittedAt = isLegacy
                    ? start - (long) (dice.between(1, LEGACY_DAYS) * DAY_MILLIS)
                    : StrictMath.min(demand.at(share), end - 1);
            Told same = dice.chance(flooded ? SAME_FLOOD : SAME_PROBLEM) ? elsewhere(told, channel, dice) : null;
            Problem problem = same != null
                    ? same.problem()
                    : new Problem(
                            town.subjects().get(dice.pick(flooded ? burst : usual)),
                            desks.place(flooded, dice).id(),
                            flooded);
            if (!isLegacy) {
                outbox.deliverBefore(submittedAt - 1_000);
            }
            CaseLife life = new CaseLife(
                    town,
                    desks,
                    outbox,
                    end,
                    dice,
                    Dice.of(seedOfMonth ^ WORDS, i),
                    channel,
                    String.format(Locale.ROOT, "%ty%<tm%07d", firstDay, i + 1),
                    problem,
                    same,
                    submittedAt);
            truths.accept(life.tell());
            if (!isLegacy) {
                remember(told, life.told(), i);
            }
        }
        outbox.deliverAll();
        return new Summary(outbox.sent(), outbox.damaged(), silent, silentDay);
    }

    private static void remember(List<Told> told, Told latest, int i) {
        if (told.size() < REMEMBERED) {
            told.add(latest);
        } else {
            told.set(i % REMEMBERED, latest);
        }
    }

    /** A recent case that told its problem on another channel; null if the one that is drawn is on the same. */
    private static @Nullable Told elsewhere(List<Told> told, Channel channel, Dice dice) {
        if (told.isEmpty()) {
            return null;
        }
        Told drawn = told.get(dice.below(told.size()));
        return drawn.channel() == channel || channel == Channel.OPEN311 || channel == Channel.CROP ? null : drawn;
    }
}
