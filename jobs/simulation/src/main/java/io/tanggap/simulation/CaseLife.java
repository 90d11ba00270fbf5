package io.tanggap.simulation;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.reference.GeoPoint;
import io.tanggap.simulation.Act.Kind;
import io.tanggap.simulation.Desks.Desk;
import io.tanggap.simulation.Persons.Person;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of one case, told in messages of its channel and of CRM, with the truth kept beside it. The story is told to its
 * end whatever happens: once the month is over, or a desk has dropped the case, nothing that it says is heard any more.
 *
 * <pre>
 * submitted ▸ acknowledged ▸ placed, named ▸ assigned ▸ merged with the same problem | sorted out | sent to its true place
 *           ▸ reply ▸ offered to the wrong one ▸ offered ▸ accepted | declined | left in limbo | back and forth ▸ delegated
 *           ▸ work, pauses ▸ claim ▸ refused ▸ work … | confirmed ▸ rated ▸ reopened ▸ work …
 * </pre>
 */
final class CaseLife {
    private static final long SECOND = 1_000L;
    private static final long HOUR = 3_600 * SECOND;
    private static final double MINUTES = 60.0 * SECOND;
    private static final double HOURS = HOUR;
    private static final double DAYS = 24.0 * HOUR;

    private static final int DESK_OPENS = 7;
    private static final int DESK_CLOSES = 20;
    private static final double WORKS_ON_WEEKENDS = 0.35;
    private static final int MOST_OFFERS = 4;
    private static final int MOST_CLAIMS = 3;
    private static final int OWN_DEADLINE_DAYS = 5;
    private static final int BAD_RATING = 2;

    private static final double WRONG_PLACE = 0.05;
    private static final double WALK_IN_WITHOUT_PLACE = 0.05;
    private static final double UNLISTED_LABEL = 0.01;
    private static final double SUBMISSION_LOST = 0.002;
    private static final double STEP_LOST = 0.001;

    private static final List<String> UNLISTED = List.of("Usulan warga", "Saran", "Belum tahu jenisnya");
    private static final List<String> REASONS = List.of("CITIZEN_INFO", "THIRD_PARTY", "MATERIAL", "WEATHER");

    private final Town town;
    private final Desks desks;
    private final Outbox outbox;
    private final long end;
    private final Dice dice;
    private final Dice words;

    private final Channel channel;
    private final Problem problem;
    private final @Nullable Told same;
    private final boolean ownWords;

    private final Complaint complaint;
    private final Ledger ledger;
    private final CrmVoice crm;
    private final Voice voice;

    private long now;
    private long last;
    private int acts;
    private boolean over;
    private Desk holder;

    /** What is the matter, and where. */
    record Problem(Subject subject, String place, boolean flooded) {}

    /** A case that told a problem. */
    record Told(String caseId, Channel channel, Problem problem) {}

    /**
     * @param end nothing happens from this instant on, in epoch milliseconds
     * @param dice of the story
     * @param words of how it is told
     * @param same the case that told the same problem first; null if there is none
     */
    CaseLife(
            Town town,
            Desks desks,
            Outbox outbox,
            long end,
            Dice dice,
            Dice words,
            Channel channel,
            String serial,
            Problem problem,
            @Nullable Told same,
            long submittedAt) {
        this.town = town;
        this.desks = desks;
        this.outbox = outbox;
        this.end = end;
        this.dice = dice;
        this.words = words;
        this.channel = channel;
        this.problem = problem;
        this.same = same;
        this.ownWords = dice.chance(ownWords(channel));
        this.now = submittedAt - Math.floorMod(submittedAt, SECOND);
        this.last = now;
        this.complaint = complaint(serial);
        this.ledger = ledger();
        this.crm = new CrmVoice(complaint, town, words);
        this.voice = Voice.of(complaint, town, crm, words);
        this.holder = desks.dispatcher();
    }

    /** How often officers write into the channel itself what it has words for, and not into CRM. */
    private static double ownWords(Channel channel) {
        return switch (channel) {
            case QLUE -> 0.75;
            case JAKI -> 0.25;
            case PTSP -> 0.6;
            case TWITTER, FACEBOOK -> 0.7;
            case LAPOR, CRM, OPEN311, CROP -> 1;
        };
    }

    private Complaint complaint(String serial) {
        boolean isPlaced = channel != Channel.FACEBOOK
                && !dice.chance(channel == Channel.PTSP ? WALK_IN_WITHOUT_PLACE : channel.noPlace);
        boolean isWrong = isPlaced && canBeWrong() && dice.chance(WRONG_PLACE);
        GeoPoint point = isPlaced && !isWrong && sendsCoordinates()
                ? town.ground(problem.place()).somewhere(words)
                : null;
        boolean declares = isPlaced && point == null && channel != Channel.TWITTER && channel != Channel.OPEN311;
        String declared = !declares ? null : isWrong ? otherPlace() : problem.place();
        String desk =
                switch (channel) {
                    case PTSP -> town.above(problem.place());
                    case CRM -> town.dispatcher();
                    default -> null;
                };
        boolean isDirect = channel == Channel.CRM && declared != null && dice.chance(channel.direct);
        Person reporter = Persons.invented(words);
        String spoken = words(problem.subject().category());
        return new Complaint(
                channel,
                serial,
                number(serial),
                now,
                label(),
                declared,
                point,
                isDirect ? declared : null,
                desk,
                dice.chance(channel.ownDeadline) ? ownDeadline() : null,
                reporter,
                Persons.complaint(reporter, spoken, town.spokenName(problem.place()), words));
    }

    private boolean canBeWrong() {
        return channel == Channel.QLUE || channel == Channel.JAKI || channel == Channel.PTSP || channel == Channel.CRM;
    }

    private boolean sendsCoordinates() {
        return switch (channel) {
            case QLUE, JAKI -> dice.chance(0.8);
            case LAPOR, CRM -> dice.chance(0.4);
            case TWITTER, OPEN311 -> true;
            case PTSP, FACEBOOK, CROP -> false;
        };
    }

    /** Another place, as somebody names who lives near a border; the same one if there is no other. */
    private String otherPlace() {
        int at = town.places().indexOf(problem.place());
        return town.places().get((at + 1) % town.places().size());
    }

    private @Nullable String label() {
        if (channel == Channel.TWITTER || channel == Channel.FACEBOOK || dice.chance(channel.noCategory)) {
            return null;
        }
        String unlisted = UNLISTED.get(words.below(UNLISTED.size()));
        if (channel != Channel.CROP && dice.chance(UNLISTED_LABEL) && town.isUnlisted(channel.id, unlisted)) {
            return unlisted;
        }
        List<String> labels = town.labels(channel.id, problem.subject().category());
        return labels.get(words.below(labels.size()));
    }

    private String words(String category) {
        List<String> labels = town.labels(Channel.CRM.id, category);
        return labels.get(words.below(labels.size()));
    }

    private String number(String serial) {
        return switch (channel) {
            case QLUE -> "Q-" + serial;
            case JAKI -> "JK" + serial;
            case PTSP -> "PTSP-" + serial;
            case TWITTER -> TwitterVoice.number(serial);
            case FACEBOOK -> FacebookVoice.number(serial, words.chance(0.3));
            case LAPOR, OPEN311 -> serial;
            case CRM -> "CRM-" + serial;
            case CROP -> "CROP-" + serial;
        };
    }

    /** At four in the afternoon of the fifth day after the submission that is not on a weekend. */
    private Instant ownDeadline() {
        LocalDate day = today();
        for (int left = OWN_DEADLINE_DAYS; left > 0; ) {
            day = day.plusDays(1);
            if (!CityClock.isWeekend(day)) {
                left--;
            }
        }
        return Instant.ofEpochMilli(town.clock().millis(day, 16));
    }

    private Ledger ledger() {
        String label = complaint.label();
        String territory = complaint.point() != null ? problem.place() : complaint.declared();
        String category = label == null || town.isUnlisted(channel.id, label)
                ? label
                : problem.subject().category();
        Ledger started = new Ledger(
                town.reference(),
                channel.id,
                complaint.caseId(),
                complaint.at(),
                problem.place(),
                category,
                territory,
                channel == Channel.CROP ? territory : complaint.holder(),
                complaint.deadline());
        if (territory != null && isSortedByMachine()) {
            started.note(new Act(Kind.ASSIGNED, complaint.at(), 0, null, territory, null, 0));
        }
        return started;
    }

    /** The applications put a report into the hands of its place at once. */
    private boolean isSortedByMachine() {
        return channel == Channel.QLUE || channel == Channel.JAKI;
    }

    /** Tells it all, and what of it was true at the end. */
    Truth tell() {
        submit();
        switch (channel) {
            case LAPOR -> portal();
            case OPEN311 -> polled();
            case CROP -> legacy();
            default -> handled();
        }
        return ledger.truth(end, same == null ? null : same.caseId());
    }

    Told told() {
        return new Told(complaint.caseId(), channel, problem);
    }

    private void submit() {
        Spoken submission = voice.submission();
        boolean repeats = channel == Channel.PTSP || channel == Channel.OPEN311 || channel == Channel.CROP;
        if (!repeats && dice.chance(SUBMISSION_LOST)) {
            ledger.submissionWasLost();
            outbox.sendDamaged(submission, complaint.caseId(), now, words);
        } else {
            outbox.send(submission, complaint.caseId(), now, words);
        }
        if (channel == Channel.CROP || channel == Channel.OPEN311) {
            // The first state is told a second after the submission.
            last += SECOND;
        }
        chatter();
    }

    /** What the public adds to a post, and what tells nothing about the case. */
    private void chatter() {
        long at = now + (long) words.between(5 * MINUTES, 9 * HOURS);
        String somebody = Persons.invented(words).id();
        if (at >= end) {
            return;
        }
        if (voice instanceof TwitterVoice twitter && words.chance(0.25)) {
            outbox.send(twitter.retweet(at - at % SECOND, somebody), somebody, at, words);
        } else if (voice instanceof FacebookVoice facebook && words.chance(0.4)) {
            outbox.send(facebook.reaction(at, somebody), somebody, at, words);
        }
    }

    private void handled() {
        if (dice.chance(channel.autoReply)) {
            now += (long) dice.between(2 * SECOND, 40 * SECOND);
            act(Kind.AUTOMATIC_REPLY, null);
        }
        takeUp();
        meetTheSame();
        sortOut();
        sendToItsPlace();
        answer();
        Desk receiver = receiver();
        if (receiver != null
                && dice.chance(isWithDispatcher() ? 0.9 : problem.subject().handover())) {
            handTo(receiver);
        }
        resolve();
    }

    private void takeUp() {
        boolean isHeld = !ledger.holder().equals(Ledger.desk(channel.id));
        if (!isHeld && dice.chance(0.012)) {
            // Nobody ever picks it up.
            over = true;
        }
        if (ledger.territory() == null) {
            locate();
        }
        String category = problem.subject().category();
        if (!category.equals(ledger.category()) && dice.chance(ledger.category() == null ? 0.92 : 0.6)) {
            passes(dice.logNormal(15 * MINUTES, 0.8));
            act(Kind.CATEGORISED, town.dispatcher(), category);
        }
        if (isHeld) {
            holder = desk(ledger.holder());
            return;
        }
        passes(dice.logNormal(40 * MINUTES, 1.0));
        String territory = ledger.territory();
        holder = territory == null ? desks.dispatcher() : desk(territory);
        act(Kind.ASSIGNED, complaint.desk() == null ? town.dispatcher() : complaint.desk(), holder.id());
    }

    private void locate() {
        passes(dice.logNormal(90 * MINUTES, 0.9));
        boolean asks = dice.chance(0.4);
        if (asks) {
            act(Kind.REPLY, town.dispatcher());
            if (dice.chance(channel.silentReporter)) {
                now += (long) (3 * DAYS);
                act(Kind.TIMED_OUT, null);
                over = true;
                return;
            }
            now += (long) dice.logNormal(2 * HOURS, 0.8);
            act(Kind.CITIZEN_REPLY, null);
        }
        if (dice.chance(0.8)) {
            passes(dice.logNormal(30 * MINUTES, 0.8));
            act(Kind.LOCATED, town.dispatcher(), problem.place());
        }
    }

    /** Somebody may notice that the problem was told before. */
    private void meetTheSame() {
        double share = dice.unit();
        if (same == null || share > 0.85) {
            return;
        }
        passes(dice.logNormal(9 * HOURS, 0.8));
        if (share < 0.6) {
            act(Kind.MERGED, town.dispatcher(), same.caseId());
            over = true;
        } else {
            act(Kind.LINKED, town.dispatcher(), same.caseId());
        }
    }

    /** The case may end without work. */
    private void sortOut() {
        Outcome outcome = reasonForNoWork();
        if (outcome == null) {
            return;
        }
        if (outcome == Outcome.WITHDRAWN) {
            now += (long) dice.logNormal(8 * HOURS, 1.0);
            act(Kind.WITHDRAWN, null);
        } else {
            passes(dice.logNormal(8 * HOURS, 1.0) * holder.temper().pace());
            if (dice.chance(0.6)) {
                act(Kind.NOTE, holder.id());
                passes(dice.logNormal(3 * HOURS, 0.8) * holder.temper().pace());
            }
            if (dice.chance(0.8)) {
                act(Kind.REPLY, holder.id());
                passes(dice.logNormal(1 * HOURS, 1.0));
            }
            if (outcome == Outcome.INVALID) {
                act(Kind.REJECTED, town.dispatcher());
            } else {
                close(town.dispatcher(), outcome);
            }
        }
        over = true;
    }

    private @Nullable Outcome reasonForNoWork() {
        double share = dice.unit();
        double duplicates = problem.flooded() ? 0.10 : 0.02;
        if (share < duplicates) {
            return Outcome.DUPLICATE;
        } else if (share < duplicates + 0.025) {
            return Outcome.INVALID;
        } else if (share < duplicates + 0.042) {
            return Outcome.OUT_OF_CITY_JURISDICTION;
        } else if (share < duplicates + 0.052) {
            return Outcome.WITHDRAWN;
        }
        return null;
    }

    /** What was sent to the wrong place is mostly found out there. */
    private void sendToItsPlace() {
        if (complaint.declared() == null || complaint.declared().equals(problem.place()) || dice.chance(0.1)) {
            return;
        }
        passes(dice.logNormal(5 * HOURS, 0.8) * holder.temper().pace());
        act(Kind.RELOCATED, holder.id(), problem.place());
        passes(dice.logNormal(1 * HOURS, 0.8));
        assign(desk(problem.place()));
    }

    private void assign(Desk to) {
        act(Kind.ASSIGNED, town.dispatcher(), to.id());
        holder = to;
    }

    /** The first words to the reporter, or none. */
    private void answer() {
        Temper temper = holder.temper();
        if (dice.chance(temper.abandons() * 0.4)) {
            over = true;
        }
        if (dice.chance(temper.replies())) {
            passes(dice.logNormal(temper.replyMinutes() * (isEmergency() ? 0.35 : 1) * MINUTES, 1.1));
            act(Kind.REPLY, holder.id());
        }
    }

    /** Whose task it is, as far as the city knows it; null where nobody has it, or whoever holds it. */
    private @Nullable Desk receiver() {
        String competent = town.competent(ledger.category(), ledger.territory(), now);
        return competent == null || competent.equals(holder.id()) ? null : desk(competent);
    }

    private void handTo(Desk competent) {
        Desk giver = holder;
        if (dice.chance(0.08)) {
            offerToTheWrong(giver, competent);
        }
        String agency = town.agencyOf(competent.id());
        Desk receiver = agency != null && !agency.equals(giver.id()) && dice.chance(0.3) ? desk(agency) : competent;
        for (int offer = 1; offer <= MOST_OFFERS; offer++) {
            passes(dice.logNormal(3 * HOURS, 0.9) * giver.temper().pace() * urgency());
            act(Kind.OFFERED, giver.id(), receiver.id());
            if (dice.chance(receiver.temper().silent())) {
                leaveInLimbo(receiver);
                return;
            }
            passes(dice.logNormal(5 * HOURS, 0.9) * receiver.temper().pace() * urgency());
            if (dice.chance(receiver.temper().declines())) {
                act(Kind.DECLINED, receiver.id());
                if (dice.chance(0.45)) {
                    return;
                }
                continue;
            }
            accept(receiver);
            if (!dice.chance(receiver.temper().declines() * 0.4)) {
                settle(receiver, competent);
                return;
            }
            passes(dice.logNormal(12 * HOURS, 0.8) * receiver.temper().pace());
            act(Kind.OFFERED, receiver.id(), giver.id());
            passes(dice.logNormal(4 * HOURS, 0.8) * giver.temper().pace());
            accept(giver);
        }
    }

    private void offerToTheWrong(Desk giver, Desk competent) {
        Desk wrong = desk(town.agencies().get(dice.below(town.agencies().size())));
        if (wrong.equals(giver) || wrong.equals(competent)) {
            return;
        }
        passes(dice.logNormal(3 * HOURS, 0.9) * giver.temper().pace());
        act(Kind.OFFERED, giver.id(), wrong.id());
        passes(dice.logNormal(6 * HOURS, 0.9) * wrong.temper().pace());
        if (dice.chance(0.7)) {
            act(Kind.DECLINED, wrong.id());
        } else {
            act(Kind.RECALLED, giver.id());
        }
    }

    /** Nobody answers the offer; the dispatcher seldom minds. */
    private void leaveInLimbo(Desk receiver) {
        if (dice.chance(0.75)) {
            over = true;
        }
        passes(dice.logNormal(60 * HOURS, 0.6));
        assign(receiver);
    }

    private void accept(Desk receiver) {
        act(Kind.ACCEPTED, receiver.id());
        holder = receiver;
    }

    private void settle(Desk receiver, Desk competent) {
        if (dice.chance(0.6)) {
            passes(dice.logNormal(20 * MINUTES, 0.8));
            act(Kind.REPLY, receiver.id());
        }
        if (!receiver.equals(competent)) {
            passes(dice.logNormal(3 * HOURS, 0.8));
            act(Kind.DELEGATED, receiver.id(), competent.id());
            holder = competent;
        }
    }

    private void resolve() {
        double median = problem.subject().hours() * HOURS * holder.temper().pace();
        // A part of all work is done at the first visit; it makes the spans a mixture.
        double work = dice.chance(0.22) ? dice.logNormal(median * 0.15, 0.7) : dice.logNormal(median, 0.8);
        work(work, 1);
        boolean isQuestion = town.competent(ledger.category(), ledger.territory(), now) == null;
        if (isQuestion ? dice.chance(0.7) : dice.chance(0.05)) {
            act(Kind.REPLY, holder.id());
            close(holder.id(), Outcome.ANSWERED);
        } else if (channel == Channel.PTSP && dice.chance(0.5)) {
            close(holder.id(), Outcome.FIXED);
        } else {
            validate(work);
        }
        while (isOpenedAgain()) {
            work(work * 0.5, 1);
            validate(work * 0.5);
        }
    }

    /** Work of a length in milliseconds with its updates and pauses. */
    private void work(double length, double updates) {
        int steps = 1 + (dice.chance(0.55 * updates) ? 1 : 0);
        for (int step = 0; step < steps; step++) {
            passes(length * dice.between(0.5, 1.5) / (steps + 1));
            act(Kind.PROGRESS, holder.id());
            if (step == 0 && dice.chance(holder.temper().abandons())) {
                over = true;
            }
            if (dice.chance(0.25)) {
                act(Kind.REPLY, holder.id());
            }
            if (dice.chance(0.06)) {
                pause();
            }
        }
        passes(length / (steps + 1));
    }

    private void pause() {
        passes(dice.logNormal(2 * HOURS, 0.8));
        act(Kind.WAIT, holder.id(), REASONS.get(dice.below(REASONS.size())));
        if (dice.chance(0.1)) {
            over = true;
        }
        passes(dice.logNormal(40 * HOURS, 0.8));
        act(Kind.WAIT_OVER, holder.id());
    }

    /** Claimed, looked at by a validator, perhaps done again, and closed. */
    private void validate(double work) {
        for (int claim = 1; claim <= MOST_CLAIMS; claim++) {
            act(Kind.CLAIMED, holder.id());
            if (dice.chance(0.03)) {
                // Left to wait for a validator.
                over = true;
            }
            passes(dice.logNormal(7 * HOURS, 0.8));
            if (claim == MOST_CLAIMS || !dice.chance(holder.temper().botches())) {
                break;
            }
            act(Kind.CLAIM_REFUSED, town.dispatcher());
            work(work * 0.4, 0.3);
        }
        if (dice.chance(0.3)) {
            act(Kind.REPLY, holder.id());
        }
        double share = dice.unit();
        if (share < 0.93) {
            act(Kind.CLAIM_CONFIRMED, town.dispatcher());
        } else {
            close(town.dispatcher(), share < 0.975 ? Outcome.JUSTIFIED_NO_ACTION : Outcome.UNABLE);
        }
    }

    /** Citizens rate what was done; who is not content opens the case again, and some do so without a word. */
    private boolean isOpenedAgain() {
        boolean rates = dice.chance(0.3);
        boolean isContent = !dice.chance(StrictMath.min(0.5, 3 * holder.temper().relapses()));
        if (!rates) {
            if (!dice.chance(holder.temper().relapses() * 0.4)) {
                return false;
            }
            now += (long) dice.logNormal(36 * HOURS, 0.7);
            act(Kind.REOPENED, null);
            return !over;
        }
        now += (long) dice.logNormal(20 * HOURS, 0.8);
        rate(isContent ? BAD_RATING + 1 + dice.below(3) : 1 + dice.below(BAD_RATING));
        if (isContent || dice.chance(0.2)) {
            return false;
        }
        now += (long) dice.logNormal(10 * MINUTES, 0.8);
        act(Kind.REOPENED, null);
        return !over;
    }

    /** Admins of the portal verify and pass on; whoever is asked says that it takes it, begins, or says that it is not its own. */
    private void portal() {
        passes(dice.logNormal(5 * HOURS, 0.9));
        verify();
        meetTheSame();
        Desk competent = requireNonNullElse(receiver(), desk(problem.place()));
        if (dice.chance(0.12)) {
            Desk wrong = desk(town.agencies().get(dice.below(town.agencies().size())));
            if (!wrong.equals(competent)) {
                passes(dice.logNormal(3 * HOURS, 0.9));
                act(Kind.OFFERED, null, wrong.id());
                passes(dice.logNormal(20 * HOURS, 0.9) * wrong.temper().pace());
                act(Kind.DECLINED, wrong.id());
            }
        }
        passes(dice.logNormal(3 * HOURS, 0.9));
        act(Kind.OFFERED, null, competent.id());
        holder = competent;
        if (dice.chance(competent.temper().silent())) {
            over = true;
        }
        passes(dice.logNormal(8 * HOURS, 0.9) * competent.temper().pace());
        if (dice.chance(0.6)) {
            act(Kind.ACCEPTED, competent.id());
        }
        double work = dice.logNormal(
                problem.subject().hours() * HOURS * holder.temper().pace(), 0.8);
        work(work, 1);
        conclude();
        while (isOpenedAgain()) {
            work(work * 0.5, 1);
            conclude();
        }
    }

    private void verify() {
        double share = dice.unit();
        if (share < 0.05) {
            act(Kind.REJECTED, null);
            over = true;
        } else if (share < 0.17) {
            act(Kind.DEFERRED, null);
            if (dice.chance(0.4)) {
                now += (long) (3 * DAYS);
                act(Kind.TIMED_OUT, null);
                over = true;
            }
            now += (long) dice.logNormal(10 * HOURS, 0.8);
            act(Kind.CITIZEN_REPLY, null);
            passes(dice.logNormal(5 * HOURS, 0.9));
        }
        act(Kind.VERIFIED, null);
        if (ledger.territory() == null && dice.chance(0.6)) {
            passes(dice.logNormal(1 * HOURS, 0.9));
            act(Kind.LOCATED, town.dispatcher(), problem.place());
        }
    }

    private void conclude() {
        act(Kind.REPLY, holder.id());
        passes(dice.logNormal(6 * HOURS, 0.8));
        close(holder.id(), Outcome.ANSWERED);
    }

    /** A server of another authority, of which polls show who has it and whether it is closed. */
    private void polled() {
        passes(dice.logNormal(4 * HOURS, 0.9));
        holder = requireNonNullElse(receiver(), desk(problem.place()));
        act(Kind.ASSIGNED, null, holder.id());
        if (dice.chance(0.05)) {
            passes(dice.logNormal(10 * HOURS, 0.8));
            act(Kind.OFFERED, null, "unknown");
            over = true;
        }
        double work = dice.logNormal(
                problem.subject().hours() * HOURS * holder.temper().pace(), 0.8);
        passes(work * 0.5);
        act(dice.chance(0.5) ? Kind.REPLY : Kind.PROGRESS, null);
        passes(work * 0.5);
        double share = dice.unit();
        Outcome outcome = share < 0.6 ? Outcome.UNKNOWN : share < 0.9 ? Outcome.FIXED : Outcome.UNABLE;
        close(null, outcome);
        long polledAt = last + SECOND;
        if (outcome != Outcome.UNKNOWN && ledger.isClosed() && polledAt < end && voice instanceof Open311Voice server) {
            outbox.send(server.closed(polledAt), complaint.caseId(), polledAt, words);
        }
    }

    /** What the old system still had open: some of it is worked on. */
    private void legacy() {
        holder = desk(problem.place());
        now = StrictMath.max(now, end - (long) (dice.between(1, 29) * DAYS));
        passes(0);
        if (dice.chance(0.5)) {
            act(Kind.PROGRESS, null);
            passes(dice.logNormal(4 * DAYS, 0.8) * holder.temper().pace());
        }
        if (dice.chance(0.15)) {
            act(Kind.REJECTED, null);
        } else if (dice.chance(0.5)) {
            close(null, Outcome.FIXED);
        }
    }

    private Desk desk(String unit) {
        return requireNonNull(desks.of(unit), unit);
    }

    private static Desk requireNonNullElse(@Nullable Desk desk, Desk other) {
        return desk == null ? other : desk;
    }

    private boolean isWithDispatcher() {
        return holder.equals(desks.dispatcher());
    }

    private boolean isEmergency() {
        return problem.subject().isEmergency();
    }

    private double urgency() {
        return isEmergency() ? 0.3 : 1;
    }

    /** Lets time pass until a desk acts: at night and on most weekends it waits, except in an emergency. */
    private void passes(double millis) {
        now += StrictMath.max(SECOND, (long) millis);
        if (isEmergency()) {
            return;
        }
        LocalDateTime local = town.clock().local(now);
        LocalDate day = local.toLocalDate();
        boolean waits = local.getHour() < DESK_OPENS || local.getHour() >= DESK_CLOSES;
        if (local.getHour() >= DESK_CLOSES) {
            day = day.plusDays(1);
        }
        if (CityClock.isWeekend(day) && !dice.chance(WORKS_ON_WEEKENDS)) {
            waits = true;
            while (CityClock.isWeekend(day)) {
                day = day.plusDays(1);
            }
        }
        if (waits) {
            now = town.clock().millis(day, DESK_OPENS) + (long) dice.between(10 * MINUTES, 180 * MINUTES);
        }
    }

    private LocalDate today() {
        return town.clock().local(now).toLocalDate();
    }

    private void act(Kind kind, @Nullable String unit) {
        act(kind, unit, null, null, 0);
    }

    private void act(Kind kind, @Nullable String unit, String object) {
        act(kind, unit, object, null, 0);
    }

    private void close(@Nullable String unit, Outcome outcome) {
        act(Kind.CLOSED, unit, null, outcome, 0);
    }

    private void rate(int stars) {
        act(Kind.RATED, null, null, null, stars);
    }

    private void act(Kind kind, @Nullable String unit, @Nullable String object, @Nullable Outcome outcome, int stars) {
        // Acts of one instant would have no order that every reader sees, so there are none.
        now = StrictMath.max(now, last + SECOND);
        now -= Math.floorMod(now, SECOND);
        over = over || now >= end;
        if (over) {
            return;
        }
        acts++;
        Act act = new Act(kind, now, acts, unit, object, outcome, stars);
        Spoken spoken = spoken(act);
        if (spoken == null) {
            return;
        }
        last = now;
        if (isDispensable(kind) && words.chance(STEP_LOST)) {
            outbox.sendDamaged(spoken, complaint.caseId(), now, words);
        } else {
            outbox.send(spoken, complaint.caseId(), now, words);
            ledger.note(heard(act));
        }
    }

    /** The applications have no word for taking a case: all that anybody can hear is that the receiver works. */
    private Act heard(Act act) {
        return act.kind() == Kind.ACCEPTED && ownWords && voice instanceof AppVoice
                ? new Act(Kind.PROGRESS, act.at(), act.number(), act.unit(), null, null, 0)
                : act;
    }

    private @Nullable Spoken spoken(Act act) {
        // What citizens do, they do in the channel.
        boolean byCitizen = act.kind() == Kind.CITIZEN_REPLY || act.kind() == Kind.WITHDRAWN;
        Spoken own = ownWords || byCitizen ? voice.tell(act) : null;
        return own == null ? crm.tell(act) : own;
    }

    /** Acts without which the story is still one: they may be lost. */
    private static boolean isDispensable(Kind kind) {
        return kind == Kind.REPLY || kind == Kind.PROGRESS || kind == Kind.NOTE;
    }
}
