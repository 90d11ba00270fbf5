package io.tanggap.simulation;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.simulation.CityMap.Category;
import io.tanggap.simulation.Desks.Desk;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one case, from its submission on. Each step of the story returns whether the story goes on: it ends
 * with the case, with a desk that drops it, or with the month, whichever is first.
 *
 * <pre>
 * submitted ▸ assigned ▸ sorted out (duplicate, invalid, …)
 *                      ▸ reply ▸ offered ▸ accepted | declined | never answered ▸ … (a few go back and forth)
 *                              ▸ work and progress ▸ claim ▸ rejected ▸ work … | closed ▸ reopened ▸ work …
 * </pre>
 */
final class CaseStory {
    private static final long SECOND = 1_000L;
    private static final long HOUR = 3_600 * SECOND;
    private static final double MINUTES = 60.0 * SECOND;
    private static final double HOURS = HOUR;
    private static final long DAY = 24 * HOUR;
    /** Epoch day 0 was a Thursday. */
    private static final int THURSDAY = 3;

    private static final int SATURDAY = 5;
    private static final int DESK_OPENS = 7;
    private static final int DESK_CLOSES = 20;
    private static final double WORKS_ON_WEEKENDS = 0.35;
    private static final int MOST_OFFERS = 4;

    private final Delivery<Function<Instant, CaseEvent>> delivery;
    private final Desks desks;
    private final long zoneOffset;
    private final long end;
    private final Dice dice;

    private final Channel channel;
    private final String number;
    private final @Nullable Category category;
    private final long submittedAt;
    private final boolean burst;

    private long now;
    private long sequence;
    private Desk holder;

    /**
     * @param zoneOffset milliseconds that the city's clocks are ahead of UTC
     * @param end nothing happens from this instant on, in epoch milliseconds
     */
    CaseStory(
            Delivery<Function<Instant, CaseEvent>> delivery,
            Desks desks,
            long zoneOffset,
            long end,
            Dice dice,
            Channel channel,
            String number,
            @Nullable Category category,
            long submittedAt,
            boolean burst) {
        this.delivery = delivery;
        this.desks = desks;
        this.zoneOffset = zoneOffset;
        this.end = end;
        this.dice = dice;
        this.channel = channel;
        this.number = number;
        this.category = category;
        this.submittedAt = submittedAt - Math.floorMod(submittedAt, channel.stampMillis);
        this.burst = burst;
        this.now = this.submittedAt;
        this.holder = desks.dispatcher();
    }

    void tell() {
        if (!received() || sortedOut() || !answered()) {
            return;
        }
        Desk agency = desks.of(category == null ? null : category.agency());
        if (agency != null && !agency.equals(holder) && dice.chance(handover()) && !handedTo(agency)) {
            return;
        }
        resolved();
    }

    private double handover() {
        double usual = category == null ? 0 : category.handover();
        // The dispatcher does no work in the field.
        return isWithDispatcher() ? Math.max(usual, 0.85) : usual;
    }

    private boolean received() {
        Desk place = dice.chance(channel.noPlace) ? null : desks.place(burst, dice);
        boolean direct = place != null && dice.chance(channel.direct);
        if (place != null) {
            holder = place;
        }
        happens(
                Actor.CITIZEN,
                null,
                Visibility.PUBLIC,
                new Payload.Submitted(
                        category == null ? null : category.name(),
                        place == null ? null : place.id(),
                        direct ? holder.id() : null,
                        dice.chance(channel.ownDeadline) ? ownDeadline() : null));
        if (dice.chance(channel.autoReply)) {
            now += (long) dice.between(2 * SECOND, 40 * SECOND);
            happens(Actor.SYSTEM, null, Visibility.PUBLIC, new Payload.PublicReply());
        }
        if (direct) {
            return true;
        }
        if (dice.chance(0.012)) {
            // Nobody ever picks it up.
            return false;
        }
        if (place != null && (channel == Channel.QLUE || channel == Channel.CRM)) {
            now += (long) dice.between(2 * SECOND, 90 * SECOND);
            return happens(Actor.SYSTEM, null, Visibility.INTERNAL, new Payload.Assigned(holder.id()));
        }
        passes(dice.logNormal(40 * MINUTES, 1.0));
        return assigned();
    }

    /** The end of the fifth day after the submission that is not on a weekend, at four in the afternoon. */
    private Instant ownDeadline() {
        long day = localDay(submittedAt);
        for (int left = 5; left > 0; ) {
            day++;
            if (!isWeekend(day)) {
                left--;
            }
        }
        return Instant.ofEpochMilli(day * DAY + 16 * HOUR - zoneOffset);
    }

    private boolean assigned() {
        return happens(
                Actor.VALIDATOR, desks.dispatcher().id(), Visibility.INTERNAL, new Payload.Assigned(holder.id()));
    }

    /** Whether the case ended without work. */
    private boolean sortedOut() {
        if (isWithDispatcher() && dice.chance(channel.silentReporter)) {
            passes(dice.logNormal(2 * HOURS, 0.9));
            reply();
            now += 3 * DAY;
            close(Actor.SYSTEM, null, Outcome.NO_REPLY_TIMEOUT);
            return true;
        }
        Outcome outcome = reasonForNoWork();
        if (outcome == null) {
            return false;
        }
        if (outcome == Outcome.WITHDRAWN) {
            now += (long) dice.logNormal(8 * HOURS, 1.0);
            close(Actor.CITIZEN, null, outcome);
            return true;
        }
        passes(dice.logNormal(8 * HOURS, 1.0) * holder.temper().pace());
        if (dice.chance(0.7)) {
            happens(officer(), holder.id(), Visibility.INTERNAL, new Payload.ProgressUpdated());
            passes(dice.logNormal(3 * HOURS, 0.8) * holder.temper().pace());
        }
        if (dice.chance(0.9)) {
            reply();
            passes(dice.logNormal(1 * HOURS, 1.0));
        }
        close(Actor.VALIDATOR, desks.dispatcher().id(), outcome);
        return true;
    }

    private @Nullable Outcome reasonForNoWork() {
        double share = dice.unit();
        double duplicates = burst ? 0.13 : 0.035;
        if (share < duplicates) {
            return Outcome.DUPLICATE;
        } else if (share < duplicates + 0.025) {
            return Outcome.INVALID;
        } else if (share < duplicates + 0.042) {
            return Outcome.OUT_OF_CITY_JURISDICTION;
        } else if (share < duplicates + 0.050) {
            return Outcome.WITHDRAWN;
        }
        return null;
    }

    /** The first words to the reporter, or none. */
    private boolean answered() {
        Temper temper = holder.temper();
        if (dice.chance(temper.abandons() * 0.4)) {
            return false;
        }
        if (dice.chance(temper.replies())) {
            double minutes = temper.replyMinutes() * (isEmergency() ? 0.35 : 1);
            passes(dice.logNormal(minutes * MINUTES, 1.1));
            return reply();
        }
        return true;
    }

    /** Whether the case goes on with whoever holds it after the offers to {@code agency}. */
    private boolean handedTo(Desk agency) {
        Desk giver = holder;
        for (int offer = 1; offer <= MOST_OFFERS; offer++) {
            passes(dice.logNormal(3 * HOURS, 0.9) * giver.temper().pace() * urgency());
            if (!happens(officer(), giver.id(), Visibility.INTERNAL, new Payload.HandoverOffered(agency.id()))) {
                return false;
            }
            if (dice.chance(agency.temper().silent())) {
                if (dice.chance(0.75)) {
                    return false;
                }
                passes(dice.logNormal(60 * HOURS, 0.6));
                holder = agency;
                return assigned();
            }
            passes(dice.logNormal(5 * HOURS, 0.9) * agency.temper().pace() * urgency());
            if (dice.chance(agency.temper().declines())) {
                if (!happens(
                        Actor.OFFICER, agency.id(), Visibility.INTERNAL, new Payload.HandoverDeclined(agency.id()))) {
                    return false;
                }
                if (dice.chance(0.45)) {
                    return true;
                }
                continue;
            }
            if (!accepted(agency)) {
                return false;
            }
            boolean goesBack = dice.chance(agency.temper().declines() * 0.35);
            if (!goesBack) {
                // Often written in the same instant as the acceptance.
                return !dice.chance(0.3) || reply();
            }
            passes(dice.logNormal(12 * HOURS, 0.8) * agency.temper().pace());
            if (!happens(Actor.OFFICER, agency.id(), Visibility.INTERNAL, new Payload.HandoverOffered(giver.id()))) {
                return false;
            }
            passes(dice.logNormal(4 * HOURS, 0.8) * giver.temper().pace());
            if (!accepted(giver)) {
                return false;
            }
        }
        return true;
    }

    private boolean accepted(Desk receiver) {
        holder = receiver;
        return happens(Actor.OFFICER, receiver.id(), Visibility.INTERNAL, new Payload.HandoverAccepted(receiver.id()));
    }

    private void resolved() {
        double median = (category == null ? 36 : category.hours())
                * HOURS
                * holder.temper().pace();
        // A part of all work is done at the first visit; it makes the spans a mixture.
        double work = dice.chance(0.22) ? dice.logNormal(median * 0.15, 0.7) : dice.logNormal(median, 0.8);
        if (!worked(work, 1)) {
            return;
        }
        boolean isQuestion = category == null || category.agency() == null;
        if (isQuestion && dice.chance(0.7)) {
            reply();
            close(Actor.OFFICER, holder.id(), Outcome.ANSWERED);
            return;
        }
        if (!validated(work)) {
            return;
        }
        while (dice.chance(holder.temper().relapses())) {
            now += (long) dice.logNormal(36 * HOURS, 0.7);
            boolean goesOn = happens(Actor.CITIZEN, null, Visibility.PUBLIC, new Payload.Reopened())
                    && worked(work * 0.5, 1)
                    && validated(work * 0.5);
            if (!goesOn) {
                return;
            }
        }
    }

    /** Work of a length in milliseconds with its updates. */
    private boolean worked(double length, double updates) {
        int steps = 1 + (dice.chance(0.55 * updates) ? 1 : 0);
        for (int step = 0; step < steps; step++) {
            passes(length * dice.between(0.5, 1.5) / (steps + 1));
            if (!happens(Actor.OFFICER, holder.id(), Visibility.PUBLIC, new Payload.ProgressUpdated())) {
                return false;
            }
            if (step == 0 && dice.chance(holder.temper().abandons())) {
                return false;
            }
            // An update that the channel also shows as a message carries the same time stamp.
            if (dice.chance(0.25) && !reply()) {
                return false;
            }
        }
        passes(length / (steps + 1));
        return true;
    }

    /** Claimed, looked at by a validator, perhaps done again, and closed. */
    private boolean validated(double work) {
        for (int attempt = 0; ; attempt++) {
            if (!happens(Actor.OFFICER, holder.id(), Visibility.PUBLIC, new Payload.ResolutionClaimed())) {
                return false;
            }
            if (dice.chance(0.03)) {
                // Left to wait for a validator.
                return false;
            }
            passes(dice.logNormal(7 * HOURS, 0.8));
            if (attempt == 2 || !dice.chance(holder.temper().botches())) {
                break;
            }
            if (!happens(
                            Actor.VALIDATOR,
                            desks.dispatcher().id(),
                            Visibility.INTERNAL,
                            new Payload.ResolutionRejected())
                    || !worked(work * 0.4, 0.3)) {
                return false;
            }
        }
        if (dice.chance(0.4)) {
            reply();
        }
        return close(Actor.VALIDATOR, desks.dispatcher().id(), outcomeOfWork());
    }

    private Outcome outcomeOfWork() {
        double share = dice.unit();
        if (share < 0.93) {
            return Outcome.FIXED;
        } else if (share < 0.965) {
            return Outcome.JUSTIFIED_NO_ACTION;
        } else if (share < 0.985) {
            return Outcome.UNABLE;
        }
        return Outcome.ANSWERED;
    }

    private boolean reply() {
        return happens(officer(), holder.id(), Visibility.PUBLIC, new Payload.PublicReply());
    }

    private Actor officer() {
        return isWithDispatcher() ? Actor.VALIDATOR : Actor.OFFICER;
    }

    private boolean close(Actor actor, @Nullable String unit, Outcome outcome) {
        return happens(actor, unit, Visibility.PUBLIC, new Payload.Closed(outcome));
    }

    private boolean isWithDispatcher() {
        return holder.equals(desks.dispatcher());
    }

    private boolean isEmergency() {
        return category != null && category.isEmergency();
    }

    private double urgency() {
        return isEmergency() ? 0.3 : 1;
    }

    /** Lets time pass until a desk acts: at night and on most weekends it waits, except in an emergency. */
    private void passes(double millis) {
        // At least a second, so that nothing but what is meant to shares its time stamp.
        now += Math.max(SECOND, (long) millis);
        if (isEmergency()) {
            return;
        }
        long day = localDay(now);
        long hour = Math.floorMod(now + zoneOffset, DAY) / HOUR;
        boolean waits = hour < DESK_OPENS || hour >= DESK_CLOSES;
        if (hour >= DESK_CLOSES) {
            day++;
        }
        if (isWeekend(day) && !dice.chance(WORKS_ON_WEEKENDS)) {
            waits = true;
            while (isWeekend(day)) {
                day++;
            }
        }
        if (waits) {
            long opening = day * DAY + DESK_OPENS * HOUR - zoneOffset;
            now = opening + (long) dice.between(10 * MINUTES, 180 * MINUTES);
        }
    }

    private long localDay(long millis) {
        return Math.floorDiv(millis + zoneOffset, DAY);
    }

    private static boolean isWeekend(long epochDay) {
        return Math.floorMod(epochDay + THURSDAY, 7) >= SATURDAY;
    }

    /** Whether it still happened within the month. */
    private boolean happens(Actor actor, @Nullable String unit, Visibility visibility, Payload payload) {
        long stamp = now - Math.floorMod(now, channel.stampMillis);
        if (stamp >= end) {
            return false;
        }
        sequence++;
        Long counted = channel.sequenced ? Long.valueOf(sequence) : null;
        delivery.send(
                channel,
                stamp,
                ingestedAt -> CaseEvent.of(
                        channel.id,
                        number,
                        Instant.ofEpochMilli(stamp),
                        ingestedAt,
                        counted,
                        actor,
                        unit,
                        visibility,
                        false,
                        TimeNote.EXACT,
                        payload),
                dice);
        return true;
    }
}
