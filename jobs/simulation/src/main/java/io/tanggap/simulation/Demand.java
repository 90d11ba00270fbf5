package io.tanggap.simulation;

import java.time.Month;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;

/**
 * When complaints come in during a month, and why: the habits of each channel by hour and weekday, and bursts when heavy
 * rain floods streets.
 */
final class Demand {
    private static final int HOURS = 24;
    private static final long HOUR_MILLIS = 3_600_000L;

    private final List<Channel> channels;
    private final long monthStart;
    private final Weights byHour;
    private final double[] burstShareByHour;
    private final Weights[] channelByHour;
    private final Weights burstChannel;

    Demand(YearMonth month, ZoneId zone, List<Channel> channels, Dice dice) {
        this.channels = channels;
        monthStart = month.atDay(1).atStartOfDay(zone).toInstant().toEpochMilli();
        double[] bursts = bursts(month, dice);
        double[] total = new double[bursts.length];
        burstShareByHour = new double[bursts.length];
        channelByHour = new Weights[bursts.length];
        for (int day = 0; day < month.lengthOfMonth(); day++) {
            boolean weekend = CityClock.isWeekend(month.atDay(day + 1));
            double mood = dice.logNormal(1, 0.12);
            for (int hour = 0; hour < HOURS; hour++) {
                int slot = day * HOURS + hour;
                channelByHour[slot] = Weights.of(usual(mood, weekend, hour));
                total[slot] = channelByHour[slot].total() + bursts[slot];
                burstShareByHour[slot] = bursts[slot] / total[slot];
            }
        }
        byHour = Weights.of(total);
        burstChannel = Weights.of(
                channels.stream().mapToDouble(channel -> channel.burstShare).toArray());
    }

    /** Complaints of an hour without floods, by channel; a usual day has 1 complaint in all. */
    private double[] usual(double mood, boolean weekend, int hour) {
        return channels.stream()
                .mapToDouble(
                        channel -> mood * channel.share * (weekend ? channel.weekend : 1) * channel.shareOfHour(hour))
                .toArray();
    }

    /** Complaints because of floods by hour of the month; a usual day has 1 complaint in all. */
    private static double[] bursts(YearMonth month, Dice dice) {
        boolean rainySeason =
                month.getMonthValue() >= Month.NOVEMBER.getValue() || month.getMonthValue() <= Month.MARCH.getValue();
        int days = month.lengthOfMonth();
        double[] bursts = new double[days * HOURS];
        // A month to look at has at least one flood.
        int certain = dice.below(days);
        for (int day = 0; day < days; day++) {
            boolean heavy = dice.chance(rainySeason ? 0.11 : 0.02) || day == certain;
            boolean wet = dice.chance(rainySeason ? 0.40 : 0.12);
            int start = 13 + dice.below(7);
            int length = 2 + dice.below(5);
            double strength = (heavy ? dice.between(3, 8) : wet ? dice.between(0.2, 0.8) : 0) / HOURS;
            for (int hour = start; hour < start + length && day * HOURS + hour < bursts.length; hour++) {
                bursts[day * HOURS + hour] += strength;
            }
        }
        return bursts;
    }

    /** The instant, in epoch milliseconds, before which {@code share} in [0, 1) of the month's complaints have come. */
    long at(double share) {
        return monthStart + (long) ((byHour.at(share) + byHour.within(share)) * HOUR_MILLIS);
    }

    /** Whether a complaint of that share is one of a flood burst. */
    boolean isBurst(double share, Dice dice) {
        return dice.chance(burstShareByHour[byHour.at(share)]);
    }

    Channel channel(double share, boolean burst, Dice dice) {
        return channels.get(dice.pick(burst ? burstChannel : channelByHour[byHour.at(share)]));
    }
}
