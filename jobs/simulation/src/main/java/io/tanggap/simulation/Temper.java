package io.tanggap.simulation;

/**
 * How a desk works. Drawn from the seed and never from the name, so that a demo says nothing about any real unit.
 *
 * @param pace factor on every span that the desk takes; 1 is usual
 * @param replyMinutes median of the first reply to the reporter
 * @param replies how often it replies at all before the work
 * @param abandons how often a case is dropped without a word
 * @param silent how often an offer is neither accepted nor declined
 * @param declines how often an offer is refused
 * @param botches how often a validator does not agree with a claim
 * @param relapses how often a closed case is opened again
 */
record Temper(
        double pace,
        double replyMinutes,
        double replies,
        double abandons,
        double silent,
        double declines,
        double botches,
        double relapses) {

    static final Temper ORDINARY = new Temper(1.0, 150, 0.90, 0.03, 0.04, 0.08, 0.08, 0.05);

    private static final Temper EXCELLENT = new Temper(0.35, 15, 0.99, 0.003, 0.01, 0.03, 0.03, 0.02);
    private static final Temper GOOD = new Temper(0.70, 60, 0.95, 0.015, 0.02, 0.05, 0.05, 0.03);
    private static final Temper SLOW = new Temper(1.70, 600, 0.75, 0.08, 0.10, 0.12, 0.12, 0.07);
    private static final Temper FAILING = new Temper(2.80, 1_700, 0.45, 0.30, 0.22, 0.20, 0.20, 0.10);

    /** The tempers of so many desks: a few excellent, a few failing, most between, in an order that the dice choose. */
    static Temper[] draw(int desks, Dice dice) {
        Temper[] tempers = new Temper[desks];
        for (int i = 0; i < desks; i++) {
            Temper drawn = byRank((i + 0.5) / desks).paced(dice.logNormal(1, 0.15));
            int place = dice.below(i + 1);
            tempers[i] = tempers[place];
            tempers[place] = drawn;
        }
        return tempers;
    }

    private static Temper byRank(double rank) {
        if (rank < 0.08) {
            return EXCELLENT;
        } else if (rank < 0.35) {
            return GOOD;
        } else if (rank < 0.75) {
            return ORDINARY;
        } else if (rank < 0.92) {
            return SLOW;
        }
        return FAILING;
    }

    private Temper paced(double factor) {
        return new Temper(pace * factor, replyMinutes * factor, replies, abandons, silent, declines, botches, relapses);
    }
}
