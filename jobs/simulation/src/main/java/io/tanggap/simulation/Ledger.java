package io.tanggap.simulation;

import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.reference.Reference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the truth about one case while its story is told. It hears every act in the order in which they happen, so it needs
 * none of the care that a reader of late and repeated messages needs.
 */
final class Ledger {
    private static final String DESK = "intake.";

    private final Reference reference;
    private final String caseId;
    private final String channel;
    private final String place;
    private final long submittedAt;
    private final List<String> path = new ArrayList<>();
    private final List<Charge> charges = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private final Set<String> linked = new TreeSet<>();

    private @Nullable String category;
    private @Nullable String territory;
    private @Nullable String offeredTo;
    private boolean offerIsCharged;
    private @Nullable Instant firstResponseAt;
    private @Nullable Integer rating;
    private @Nullable String mergedInto;
    private int handovers;
    private boolean knowable = true;

    private record Charge(long from, String unit) {}

    private static final class Run {
        private final long startedAt;
        private final @Nullable Instant ownDeadline;
        private @Nullable Instant claimedAt;
        private @Nullable Instant closedAt;
        private @Nullable Outcome outcome;

        Run(long startedAt, @Nullable Instant ownDeadline) {
            this.startedAt = startedAt;
            this.ownDeadline = ownDeadline;
        }
    }

    /**
     * @param place where the problem is
     * @param territory what the submission says about it
     * @param holder into whose hands it was submitted; null is the intake desk
     */
    Ledger(
            Reference reference,
            String channel,
            String caseId,
            long submittedAt,
            String place,
            @Nullable String category,
            @Nullable String territory,
            @Nullable String holder,
            @Nullable Instant deadline) {
        this.reference = reference;
        this.channel = channel;
        this.caseId = caseId;
        this.submittedAt = submittedAt;
        this.place = place;
        this.category = category;
        this.territory = territory;
        path.add(holder == null ? desk(channel) : holder);
        charges.add(new Charge(submittedAt, holder()));
        runs.add(new Run(submittedAt, deadline));
    }

    /** Who has a case of a channel before anybody is assigned. */
    static String desk(String channel) {
        return DESK + channel;
    }

    String holder() {
        return path.get(path.size() - 1);
    }

    private Run run() {
        return runs.get(runs.size() - 1);
    }

    private String charged() {
        return charges.get(charges.size() - 1).unit();
    }

    boolean isClosed() {
        return run().closedAt != null;
    }

    @Nullable
    String category() {
        return category;
    }

    @Nullable
    String territory() {
        return territory;
    }

    void submissionWasLost() {
        knowable = false;
    }

    void note(Act act) {
        Instant at = Instant.ofEpochMilli(act.at());
        switch (act.kind()) {
            case CATEGORISED -> category = act.required();
            case LOCATED, RELOCATED -> territory = act.required();
            case ASSIGNED -> move(act.required(), act.at(), false);
            case OFFERED -> offer(act.required(), act.at());
            case ACCEPTED -> move(String.valueOf(act.unit()), act.at(), false);
            case DECLINED, RECALLED -> withdrawOffer();
            case DELEGATED -> move(act.required(), act.at(), true);
            case DEFERRED, PROGRESS, WAIT, WAIT_OVER -> takenByWork(act);
            case REPLY -> {
                takenByWork(act);
                firstResponseAt = firstResponseAt == null ? at : firstResponseAt;
            }
            case CLAIMED -> {
                takenByWork(act);
                run().claimedAt = at;
            }
            case CLAIM_REFUSED -> run().claimedAt = null;
            case CLAIM_CONFIRMED -> close(Outcome.FIXED, at);
            case CLOSED -> close(act.outcome(), at);
            case WITHDRAWN -> close(Outcome.WITHDRAWN, at);
            case TIMED_OUT -> close(Outcome.NO_REPLY_TIMEOUT, at);
            case REJECTED -> close(Outcome.INVALID, at);
            case MERGED -> {
                mergedInto = act.required();
                close(Outcome.DUPLICATE, at);
            }
            case REOPENED -> reopen(act.at());
            case RATED -> rating = act.stars();
            case LINKED -> linked.add(act.required());
            case AUTOMATIC_REPLY, CITIZEN_REPLY, NOTE, VERIFIED -> {
                // Of no consequence for whose case it is, whose clock, or how it ends.
            }
        }
    }

    private void move(String to, long at, boolean delegation) {
        if (!to.equals(offeredTo)) {
            withdrawOffer();
        }
        forgetOffer();
        if (!holder().equals(desk(channel)) && !delegation) {
            handovers++;
        }
        path.add(to);
        if (!charged().equals(to)) {
            charges.add(new Charge(at, to));
        }
    }

    /** Where tasks are listed, a receiver that the city does not have answers for nothing before it takes the case. */
    private void offer(String to, long at) {
        withdrawOffer();
        Instant offeredAt = Instant.ofEpochMilli(at);
        offeredTo = to;
        offerIsCharged = reference.knownAt(offeredAt).competences().isEmpty()
                || reference.unit(to, offeredAt).isPresent();
        if (offerIsCharged) {
            charges.add(new Charge(at, to));
        }
    }

    private void withdrawOffer() {
        if (offerIsCharged) {
            charges.remove(charges.size() - 1);
        }
        forgetOffer();
    }

    private void forgetOffer() {
        offeredTo = null;
        offerIsCharged = false;
    }

    /** Who works on what it was offered has taken it, whether or not it says so. */
    private void takenByWork(Act act) {
        if (offeredTo != null && offeredTo.equals(act.unit())) {
            move(offeredTo, act.at(), false);
        }
    }

    /** An offer that nobody answered ends with the case; who had it last answers for the case. */
    private void close(@Nullable Outcome outcome, Instant at) {
        run().outcome = outcome;
        run().closedAt = at;
        forgetOffer();
    }

    private void reopen(long at) {
        mergedInto = null;
        runs.add(new Run(at, null));
        if (!charged().equals(holder())) {
            charges.add(new Charge(at, holder()));
        }
    }

    /** @param end the instant before which everything was told, in epoch milliseconds */
    Truth truth(long end, @Nullable String duplicateOf) {
        return new Truth(
                caseId,
                Instant.ofEpochMilli(submittedAt),
                category,
                territory,
                place,
                path,
                charged(),
                offeredTo,
                handovers,
                firstResponseAt,
                rating,
                duplicateOf,
                mergedInto,
                linked,
                runs.stream().map(run -> judged(run, end)).toList(),
                knowable);
    }

    private Truth.Cycle judged(Run run, long end) {
        Instant start = Instant.ofEpochMilli(run.startedAt);
        Instant deadline = run.ownDeadline != null
                ? run.ownDeadline
                : reference
                        .target(category, channel, start)
                        .map(target -> start.plus(target.within()))
                        .orElse(null);
        Instant stop = run.claimedAt != null ? run.claimedAt : run.closedAt;
        Truth.Verdict verdict = Truth.Verdict.RUNNING;
        long judgedAt = stop == null ? end : stop.toEpochMilli();
        if (deadline == null) {
            verdict = Truth.Verdict.NONE;
        } else if (stop != null && !stop.isAfter(deadline)) {
            verdict = Truth.Verdict.MET;
        } else if (deadline.toEpochMilli() < end) {
            verdict = Truth.Verdict.MISSED;
            judgedAt = deadline.toEpochMilli() + 1;
        }
        return new Truth.Cycle(start, deadline, run.claimedAt, run.closedAt, run.outcome, verdict, chargedAt(judgedAt));
    }

    private String chargedAt(long instant) {
        String unit = charges.get(0).unit();
        for (Charge charge : charges) {
            if (charge.from() <= instant) {
                unit = charge.unit();
            }
        }
        return unit;
    }
}
