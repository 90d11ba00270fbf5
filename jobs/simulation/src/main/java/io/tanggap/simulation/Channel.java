package io.tanggap.simulation;

import java.util.List;

/**
 * How a channel behaves. The shares, and every other number of this city, are chosen so that a month looks like one; none
 * is measured.
 */
enum Channel {
    /** The reporting application: always a place, peaks in the evening, sorted to the kelurahan by the machine. */
    QLUE("qlue", 0.42, 0.80, 0.55, Hours.EVENING, 0.00, 0.01, 0.15, 0.50, 0.00, 0.00, false, 1, 1, 20),
    /** The one-stop counter: office hours only, the clerk knows place and category. */
    PTSP("ptsp", 0.09, 0.00, 0.00, Hours.OFFICE, 0.01, 0.00, 0.75, 0.00, 0.00, 0.00, false, 1_000, 60, 900),
    TWITTER("twitter", 0.11, 0.90, 0.25, Hours.WAKING, 0.58, 0.08, 0.00, 0.00, 0.00, 0.30, false, 1_000, 5, 180),
    FACEBOOK("facebook", 0.07, 1.05, 0.08, Hours.WAKING, 0.64, 0.10, 0.00, 0.00, 0.00, 0.34, false, 1_000, 10, 300),
    /** The national portal: sequenced, some cases with a deadline of their own. */
    LAPOR("lapor", 0.12, 0.60, 0.04, Hours.WAKING, 0.15, 0.03, 0.05, 0.60, 0.30, 0.05, true, 1_000, 30, 600),
    /** The city's own system, used by staff who take complaints by telephone and message. */
    CRM("crm", 0.19, 0.70, 0.08, Hours.DAY, 0.02, 0.00, 0.30, 0.20, 0.06, 0.00, true, 1, 1, 10),
    /** The city's own application. */
    JAKI("jaki", 0.14, 0.85, 0.15, Hours.WAKING, 0.00, 0.01, 0.15, 0.50, 0.00, 0.00, false, 1, 1, 20),
    /** A server of another authority, polled every half an hour. */
    OPEN311("open311", 0.03, 0.50, 0.02, Hours.DAY, 0.10, 0.00, 0.00, 0.00, 0.40, 0.00, false, 1_000, 60, 300),
    /** The system before CRM: what was open in it when the month began. */
    CROP("crop", 0.00, 0.00, 0.00, Hours.OFFICE, 0.00, 0.00, 1.00, 0.00, 0.00, 0.00, false, 1_000, 60, 900);

    /** Those of which {@link SeededCity} tells the events. */
    static final List<Channel> OF_EVENTS = List.of(QLUE, PTSP, TWITTER, FACEBOOK, LAPOR, CRM);
    /** Those through which citizens write in {@link CityLife}. */
    static final List<Channel> OF_LIFE = List.of(QLUE, JAKI, PTSP, TWITTER, FACEBOOK, LAPOR, CRM, OPEN311);

    final String id;
    /** Of the complaints on a usual day. */
    final double share;
    /** Complaints on a day of the weekend per complaint on a working day. */
    final double weekend;
    /** Of the complaints in a flood burst. */
    final double burstShare;

    /** Relative volume by local hour of the day, a digit of base 36 each. */
    private final String hours;

    final double noPlace;
    final double noCategory;
    /** Submitted with a holder. */
    final double direct;
    /** Acknowledged by the machine, which is no response. */
    final double autoReply;

    final double ownDeadline;
    /** Asked back and never answered, where there is no place. */
    final double silentReporter;

    final boolean sequenced;
    /** Precision of its time stamps. */
    final long stampMillis;

    final double leastDelaySeconds;
    final double mostDelaySeconds;

    Channel(
            String id,
            double share,
            double weekend,
            double burstShare,
            String hours,
            double noPlace,
            double noCategory,
            double direct,
            double autoReply,
            double ownDeadline,
            double silentReporter,
            boolean sequenced,
            long stampMillis,
            double leastDelaySeconds,
            double mostDelaySeconds) {
        this.id = id;
        this.share = share;
        this.weekend = weekend;
        this.burstShare = burstShare;
        this.hours = hours;
        this.noPlace = noPlace;
        this.noCategory = noCategory;
        this.direct = direct;
        this.autoReply = autoReply;
        this.ownDeadline = ownDeadline;
        this.silentReporter = silentReporter;
        this.sequenced = sequenced;
        this.stampMillis = stampMillis;
        this.leastDelaySeconds = leastDelaySeconds;
        this.mostDelaySeconds = mostDelaySeconds;
    }

    /** Of the complaints of a day, those of a local hour. */
    double shareOfHour(int hour) {
        double sum = hours.chars().map(digit -> Character.digit(digit, 36)).sum();
        return Character.digit(hours.charAt(hour), 36) / sum;
    }

    private static final class Hours {
        static final String EVENING = "21112368876665568bdeda74";
        static final String OFFICE = "000000008cc9499600000000";
        static final String WAKING = "211113688877876678899864";
        static final String DAY = "11111259bba9899865443321";

        private Hours() {}
    }
}
