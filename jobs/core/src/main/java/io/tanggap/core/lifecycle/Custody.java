package io.tanggap.core.lifecycle;

import io.tanggap.core.lifecycle.Offer.Decision;
import io.tanggap.core.lifecycle.Visit.End;
import io.tanggap.core.lifecycle.Visit.Entry;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.sla.Charges;
import io.tanggap.core.sla.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In whose hands a case is, on its way through the fold: the stays, the offers, the hops, and what has to be known to charge
 * it. What is odd is noted and has the effect that its {@link Anomaly} says.
 */
final class Custody {
    /** A stay, and what its holder's own targets are judged by. */
    static final class Stay {
        private final int number;
        private final int cycle;
        private final String holder;
        private final @Nullable Instant offeredAt;
        private final Instant enteredAt;
        private final Entry entry;
        private final int depth;
        private @Nullable Instant leftAt;
        private @Nullable Instant leftAfter;
        private @Nullable End ended;
        private @Nullable Instant decidedAt;
        private @Nullable Instant decidedAfter;

        private Stay(
                int number,
                int cycle,
                String holder,
                @Nullable Instant offeredAt,
                Instant enteredAt,
                Entry entry,
                int depth) {
            this.number = number;
            this.cycle = cycle;
            this.holder = holder;
            this.offeredAt = offeredAt;
            this.enteredAt = enteredAt;
            this.entry = entry;
            this.depth = depth;
        }

        int cycle() {
            return cycle;
        }

        String holder() {
            return holder;
        }

        /** When the case was offered to the holder; null where it came without an offer. */
        @Nullable
        Instant offeredAt() {
            return offeredAt;
        }

        Instant enteredAt() {
            return enteredAt;
        }

        Entry entry() {
            return entry;
        }

        int depth() {
            return depth;
        }

        @Nullable
        Instant leftAt() {
            return leftAt;
        }

        /** After when it ended, where only a poll saw it. */
        @Nullable
        Instant leftAfter() {
            return leftAfter;
        }

        @Nullable
        End ended() {
            return ended;
        }

        /** When the holder first did something about the case. */
        @Nullable
        Instant decidedAt() {
            return decidedAt;
        }

        @Nullable
        Instant decidedAfter() {
            return decidedAfter;
        }

        Span held() {
            return new Span(enteredAt, leftAt);
        }

        Visit visit(Duration counted) {
            return new Visit(number, holder, offeredAt, enteredAt, entry, depth, leftAt, ended, decidedAt, counted);
        }
    }

    private final Reference reference;
    private final String desk;
    private final Set<Anomaly> anomalies;
    private final List<Stay> stays = new ArrayList<>();
    private final List<Handover> handovers = new ArrayList<>();
    private final List<Offer> offers = new ArrayList<>();
    private final Charges charges;
    private String holder;
    private int cycle = 1;
    private boolean closed;
    private boolean isOffered;
    private boolean refused;
    /** The number of the offer that the closing ended, and how much of the story of charges was told then; 0 if none. */
    private int offerAtClose;

    private int storyAtClose;
    private int hopsAtClose;
    /** Whether the closing was the first that the last holder did about the case. */
    private boolean decidedByClose;

    private @Nullable Instant observedAfter;
    private int staysBefore = 1;

    Custody(Reference reference, String desk, String holder, Instant at, Set<Anomaly> anomalies) {
        this.reference = reference;
        this.desk = desk;
        this.holder = holder;
        this.anomalies = anomalies;
        charges = new Charges(holder, at);
        stays.add(new Stay(1, 1, holder, null, at, Entry.SUBMITTED, 0));
    }

    /** @param after after when what is told next happened, where only a poll saw it; else null */
    void telling(@Nullable Instant after) {
        observedAfter = after;
        staysBefore = stays.size();
    }

    /** Since when the holder has had the case, or was offered it; null if that began with what is told and no offer. */
    @Nullable
    Instant heldSince() {
        return stay().number <= staysBefore ? stay().enteredAt : stay().offeredAt;
    }

    String holder() {
        return holder;
    }

    @Nullable
    String offeredTo() {
        return isOffered ? offer().to() : null;
    }

    /** When the standing offer was made; null if none stands. */
    @Nullable
    Instant offeredAt() {
        return isOffered ? offer().offeredAt() : null;
    }

    /** Whether this is the channel's intake desk, which nobody gave the case to. */
    boolean isDesk(String unit) {
        return unit.equals(desk);
    }

    boolean isAtDesk() {
        return isDesk(holder);
    }

    Charges charges() {
        return charges;
    }

    List<Stay> stays() {
        return Collections.unmodifiableList(stays);
    }

    List<Handover> handovers() {
        return Collections.unmodifiableList(handovers);
    }

    List<Offer> offers() {
        return Collections.unmodifiableList(offers);
    }

    /** The last one. */
    Stay stay() {
        return stays.get(stays.size() - 1);
    }

    private Offer offer() {
        return offers.get(offers.size() - 1);
    }

    /**
     * The holder offers the case.
     *
     * @param by who says so; null where the source does not say
     * @return whether there is a new offer
     */
    boolean offer(String to, @Nullable String by, Instant at) {
        if (to.equals(holder)) {
            anomalies.add(Anomaly.HANDOVER_TO_SELF);
            return false;
        }
        if (to.equals(offeredTo())) {
            return false;
        }
        if (by != null && !by.equals(holder) && !isAtDesk()) {
            anomalies.add(Anomaly.CUSTODY_JUMP);
        }
        withdraw(Decision.REPLACED, at);
        decided(at);
        offers.add(new Offer(offers.size() + 1, holder, to, at, null, null, null, Duration.ZERO, null));
        isOffered = true;
        // Who refused the case and passes it on is not the giver, and is not freed by it.
        if (refused && (by == null || by.equals(holder))) {
            charges.giverWorked(holder, at);
            refused = false;
        }
        charges.offered(holder, to, at, closed);
        return true;
    }

    private void decide(Decision decision, Instant at) {
        if (isOffered) {
            offers.set(offers.size() - 1, offer().ended(at, decision));
        }
        isOffered = false;
    }

    private void withdraw(Decision decision, Instant at) {
        if (isOffered) {
            decide(decision, at);
            charges.recalled(at);
        }
    }

    void accept(String by, Instant at) {
        if (!isReceiver(by, at)) {
            anomalies.add(Anomaly.ACCEPTED_WITHOUT_OFFER);
        }
        move(by, Entry.ACCEPTED, at);
    }

    /** Whether a unit is the one that the case is offered to, or of its house. */
    boolean isReceiver(@Nullable String unit, Instant at) {
        String offeredTo = offeredTo();
        return unit != null
                && offeredTo != null
                && (unit.equals(offeredTo) || reference.isSameAgency(unit, offeredTo, at));
    }

    /** The receiver, or another unit of its house, works on the case, and so has taken it. */
    void takeOffered(String unit, Instant at) {
        move(unit, Entry.TAKEN, at);
    }

    /** Somebody, or a state, puts the case into the hands of a unit. */
    void assign(String to, Instant at) {
        move(to, isReceiver(to, at) ? Entry.TAKEN : Entry.ASSIGNED, at);
    }

    /**
     * What goes to a unit that is neither above nor below the holder is no delegation.
     *
     * @return whether it was one
     */
    boolean delegate(String to, Instant at) {
        boolean listed =
                reference.unit(holder, at).isPresent() && reference.unit(to, at).isPresent();
        if (listed && !to.equals(holder) && !reference.isInLine(holder, to, at)) {
            anomalies.add(Anomaly.DELEGATED_AWAY);
            assign(to, at);
            return false;
        }
        move(to, Entry.DELEGATED, at);
        return true;
    }

    void decline(String by, Instant at) {
        if (isReceiver(by, at)) {
            decide(Decision.DECLINED, at);
            refused = true;
            charges.declined(at);
        } else {
            anomalies.add(Anomaly.DECLINED_WITHOUT_OFFER);
        }
    }

    /** @param by null where the source does not say */
    void recall(@Nullable String by, Instant at) {
        if (by != null && isReceiver(by, at)) {
            // What it was offered a receiver cannot take back: it refuses.
            decline(by, at);
        } else if (isOffered && (by == null || by.equals(holder) || by.equals(offer().from()) || isAtDesk())) {
            withdraw(Decision.RECALLED, at);
        } else {
            anomalies.add(Anomaly.RECALLED_WITHOUT_OFFER);
        }
    }

    void lapse(Instant at) {
        decide(Decision.LAPSED, at);
        refused = true;
        charges.lapsed(at);
    }

    private void move(String to, Entry entry, Instant at) {
        if (to.equals(holder)) {
            if (!isOffered) {
                anomalies.add(Anomaly.HANDOVER_TO_SELF);
            }
            withdraw(Decision.RECALLED, at);
            if (entry == Entry.ACCEPTED) {
                charges.accepted(to, at);
                decided(at);
            }
            return;
        }
        Instant offeredAt = isReceiver(to, at) ? offeredAt() : null;
        boolean fromDesk = isAtDesk();
        boolean delegation = entry == Entry.DELEGATED;
        boolean within = delegation || (!fromDesk && reference.isSameAgency(holder, to, at));
        if (!closed && delegation) {
            decided(at);
        }
        decide(
                offeredAt == null ? Decision.REPLACED : entry == Entry.ACCEPTED ? Decision.ACCEPTED : Decision.TAKEN,
                at);
        if (!fromDesk && !within) {
            handovers.add(new Handover(closed ? 0 : cycle, at, holder, to));
        }
        if (fromDesk) {
            charges.assignedFirst(to, at);
        } else if (delegation) {
            charges.delegated(holder, to, at);
        } else if (entry == Entry.ACCEPTED) {
            charges.accepted(to, at);
        } else {
            charges.taken(to, at);
        }
        holder = to;
        refused = refused && delegation;
        if (closed) {
            anomalies.add(Anomaly.CUSTODY_AFTER_CLOSE);
            return;
        }
        // Whoever puts it elsewhere within a house has delegated it, but answers for it as before.
        boolean delegated = delegation || (within && entry == Entry.ASSIGNED);
        int depth = delegated ? stay().depth + 1 : 0;
        leave(fromDesk ? End.ASSIGNED : delegated ? End.DELEGATED : End.HANDED_ON, at);
        stays.add(new Stay(stays.size() + 1, cycle, to, offeredAt, at, delegated ? Entry.DELEGATED : entry, depth));
    }

    /** What a poll saw of a stay did not happen before it. */
    private @Nullable Instant observedSince() {
        Instant enteredAt = stay().enteredAt;
        return observedAfter == null || observedAfter.isAfter(enteredAt) ? observedAfter : enteredAt;
    }

    private void leave(End end, Instant at) {
        stay().leftAt = at;
        stay().leftAfter = observedSince();
        stay().ended = end;
    }

    /** A unit does what another one did; nothing if that has nothing to do with the case. */
    void reorganise(String from, String to, Instant at) {
        if (from.equals(to)) {
            return;
        }
        charges.reorganised(from, to, at);
        boolean receives = from.equals(offeredTo());
        if (from.equals(holder)) {
            holder = to;
            if (!closed) {
                int depth = stay().depth;
                leave(End.REORGANISED, at);
                stays.add(new Stay(stays.size() + 1, cycle, to, null, at, Entry.REORGANISED, depth));
            }
        }
        if (holder.equals(receives ? to : offeredTo())) {
            decide(Decision.TAKEN, at);
            charges.united(at);
        } else if (receives) {
            offers.set(offers.size() - 1, offer().to(to));
        }
    }

    /** The holder does something about the case: what its own targets wait for. */
    void work(Instant at) {
        decided(at);
        if (refused) {
            charges.giverWorked(holder, at);
            refused = false;
        }
    }

    private void decided(Instant at) {
        if (stay().decidedAt == null && stay().leftAt == null) {
            stay().decidedAt = at;
            stay().decidedAfter = observedSince();
        }
    }

    void close(Instant at) {
        decidedByClose = stay().decidedAt == null;
        decided(at);
        offerAtClose = isOffered ? offers.size() : 0;
        decide(Decision.CLOSED, at);
        charges.closed(at);
        storyAtClose = charges.size();
        hopsAtClose = handovers.size();
        leave(End.CLOSED, at);
        closed = true;
    }

    /** The closing never was: the last stay and the offer go on, unless the case has moved since. */
    void closeUndone(Instant at) {
        closed = false;
        if (charges.size() > storyAtClose) {
            charges.reopened(holder, at);
        } else {
            charges.closeUndone();
            if (offerAtClose > 0) {
                offers.set(offerAtClose - 1, offer().ended(null, null));
                isOffered = true;
            }
        }
        handovers.subList(hopsAtClose, handovers.size()).replaceAll(hop -> hop.in(cycle));
        Stay last = stay();
        if (decidedByClose) {
            last.decidedAt = null;
            last.decidedAfter = null;
        }
        last.leftAt = null;
        last.leftAfter = null;
        last.ended = null;
        if (!last.holder.equals(holder)) {
            leave(End.HANDED_ON, at);
            stays.add(new Stay(stays.size() + 1, cycle, holder, null, at, Entry.ASSIGNED, 0));
        }
    }

    void reopen(Instant at) {
        closed = false;
        cycle++;
        stays.add(new Stay(stays.size() + 1, cycle, holder, null, at, Entry.REOPENED, 0));
        charges.reopened(holder, at);
    }
}
