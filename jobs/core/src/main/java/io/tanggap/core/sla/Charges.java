package io.tanggap.core.sla;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.reference.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who answers for a case under the CRM rule, from its submission on: one party at every instant, and never nobody.
 *
 * <p>A competent receiver answers from the offer on, whether or not it picks the case up; one that is not competent, or is
 * unknown, only once it has said that it takes the case. A recalled offer never was, and neither was one that a receiver
 * declined for good reason. A competent receiver that declines all the same, or lets the offer lapse, goes on to answer until
 * the giver works the case or offers it on, or until it is competent no more. The first holder answers for what the
 * intake desk gave it. What is passed on within an agency stays with the agency.
 *
 * <p>What happened is noted in order, and charged when all is known: a place or category that is corrected tells whose
 * task it was all along.
 */
public final class Charges {
    private static final Duration MILLI = Duration.ofMillis(1);

    /**
     * From an instant on, a unit answers.
     *
     * @param note after how much of the story
     * @param goesOn whether it is of the same house as the one before, or took over what that did: nobody gave anything away
     */
    private record Charge(Instant from, String unit, int note, boolean goesOn) {}

    /** A receiver refused what the giver offered it, or let it lie. */
    private record Refusal(Instant since, String giver) {
        Refusal since(Instant instant) {
            return new Refusal(instant, giver);
        }
    }

    /** A unit went over to the one that is charged in its place. */
    private record Succession(String from, Charge to) {}

    /** What may move a charge. */
    public enum Kind {
        /** The case was submitted into the hands of the unit. */
        FIRST,
        /** Offered to the unit. */
        OFFERED,
        /** Offered to the unit while the case was closed. */
        OFFERED_WHILE_CLOSED,
        /** The unit refused what it was offered. */
        DECLINED,
        /** What the unit was offered was taken back, or offered to somebody else. */
        RECALLED,
        /** The unit did not answer in time. */
        LAPSED,
        /** The unit, whose offer was not taken, worked on the case. */
        GIVER_WORKED,
        /** The intake desk gave the case to the unit. */
        ASSIGNED,
        /** The unit said that it takes the case. */
        ACCEPTED,
        /** The unit has the case without having said so. */
        TAKEN,
        /** Passed on to the unit within its agency. */
        DELEGATED,
        /** The unit does what another one did. */
        REORGANISED,
        CLOSED,
        /** Taken up again, in the hands of the unit. */
        REOPENED,
        /** The unit should have taken the case and did not, and is competent no more. */
        COMPETENT_NO_MORE
    }

    private record Note(Kind kind, String unit, String other, Instant at) {}

    private final List<Note> notes = new ArrayList<>();

    /** The story begins with a unit that answers. */
    public Charges(String unit, Instant at) {
        note(Kind.FIRST, unit, at);
    }

    private void note(Kind kind, String unit, Instant at) {
        note(kind, unit, unit, at);
    }

    /** What was over before it could begin, as an offer of a closed case that is taken up again too late, begins and ends then. */
    private void note(Kind kind, String unit, String other, Instant at) {
        Instant last = notes.isEmpty() ? at : notes.get(notes.size() - 1).at();
        notes.add(new Note(kind, unit, other, at.isBefore(last) ? last : at));
    }

    /** How much has been noted: what is noted later does not move a credit that was earned by now. */
    public int size() {
        return notes.size();
    }

    /** The holder offered the case; a closed one moves no charge before it is taken up again. */
    public void offered(String from, String to, Instant at, boolean closed) {
        note(closed ? Kind.OFFERED_WHILE_CLOSED : Kind.OFFERED, to, from, at);
    }

    /** The receiver refused. */
    public void declined(Instant at) {
        note(Kind.DECLINED, "", at);
    }

    /** The offer was taken back, or another one took its place. */
    public void recalled(Instant at) {
        note(Kind.RECALLED, "", at);
    }

    /** Nobody decided in time. */
    public void lapsed(Instant at) {
        note(Kind.LAPSED, "", at);
    }

    /** The holder, whose offer was not taken, worked on the case, or is about to offer it on. */
    public void giverWorked(String holder, Instant at) {
        note(Kind.GIVER_WORKED, holder, at);
    }

    /** The intake desk gave the case to its first holder. */
    public void assignedFirst(String unit, Instant at) {
        note(Kind.ASSIGNED, unit, at);
    }

    /** A unit said that it takes the case. */
    public void accepted(String unit, Instant at) {
        note(Kind.ACCEPTED, unit, at);
    }

    /** A unit has the case without having said that it takes it. */
    public void taken(String unit, Instant at) {
        note(Kind.TAKEN, unit, at);
    }

    /** A holder gave the case to another unit of its agency. */
    public void delegated(String from, String to, Instant at) {
        note(Kind.DELEGATED, to, from, at);
    }

    /** A unit does what another one did. */
    public void reorganised(String from, String to, Instant at) {
        note(Kind.REORGANISED, to, from, at);
    }

    /** The case was closed: an offer that stood is forgotten, its charge stays. */
    public void closed(Instant at) {
        note(Kind.CLOSED, "", at);
    }

    /** Giver and receiver became one unit: the offer is forgotten, its charge stays. */
    public void united(Instant at) {
        note(Kind.CLOSED, "", at);
    }

    /** The case had not been closed after all; nothing else has been noted since. */
    public void closeUndone() {
        notes.remove(notes.size() - 1);
    }

    /** The case was taken up again, by its holder. */
    public void reopened(String holder, Instant at) {
        note(Kind.REOPENED, holder, at);
    }

    /** The charges of the whole story, by what is known of the problem at its end. */
    public Ledger settle(Reference reference, @Nullable String category, @Nullable String territory, Instant asOf) {
        return new Settlement(reference, category, territory).settle(asOf);
    }

    /** What {@link #settle} went through, in order, for people who want to check it. */
    public List<Step> steps(Reference reference, @Nullable String category, @Nullable String territory, Instant asOf) {
        Settlement settlement = new Settlement(reference, category, territory);
        List<Step> steps = new ArrayList<>();
        settlement.steps = steps;
        settlement.settle(asOf);
        return List.copyOf(steps);
    }

    /**
     * Something that may have moved the charge.
     *
     * @param unit whom it is about, see {@link Kind}; empty where it is about nobody
     * @param other who had the case, or answered, before; the unit itself where that does not matter
     * @param ruledAt of when the lines of competence are asked about the unit
     * @param charged who answers after it, as far as the story has come: what follows may take it back
     */
    public record Step(Kind kind, String unit, String other, Instant at, Instant ruledAt, String charged) {}

    /** Who answered when. */
    public static final class Ledger {
        private final List<Charge> charges;
        private final @Nullable Instant changesAt;

        private Ledger(List<Charge> charges, @Nullable Instant changesAt) {
            this.charges = List.copyOf(charges);
            this.changesAt = changesAt;
        }

        /** Who answers at the end of the story. */
        public String now() {
            return charges.get(charges.size() - 1).unit();
        }

        /** The first as-of at which somebody else may answer with no new event; null if never. */
        public @Nullable Instant changesAt() {
            return changesAt;
        }

        /** Who answered at an instant, by what had been noted when the story was so long. */
        public String at(Instant instant, int size) {
            return charges.get(index(instant, size)).unit();
        }

        /**
         * From when the unit that answers {@link #at} an instant did, or others of its house before it, and from whom they
         * had got the case.
         *
         * @return null if it has answered from the submission on, or had answered before since {@code cycleStart}
         */
        public @Nullable Receipt receipt(Instant instant, int size, Instant cycleStart) {
            int index = index(instant, size);
            int start = index(cycleStart, size);
            String unit = charges.get(index).unit();
            while (index > start && charges.get(index).goesOn()) {
                index--;
            }
            if (index <= start) {
                return null;
            }
            Charge first = charges.get(index);
            for (int i = start; i < index; i++) {
                String before = charges.get(i).unit();
                if (before.equals(unit) || before.equals(first.unit())) {
                    return null;
                }
            }
            return new Receipt(first.from(), charges.get(index - 1).unit());
        }

        private int index(Instant instant, int size) {
            int index = 0;
            for (int i = 1; i < charges.size(); i++) {
                if (charges.get(i).note() >= size || charges.get(i).from().isAfter(instant)) {
                    break;
                }
                index = i;
            }
            return index;
        }

        /** Who answered from when on, in order; each until the next. */
        public List<Turn> turns() {
            return charges.stream()
                    .map(charge -> new Turn(charge.from(), charge.unit()))
                    .toList();
        }
    }

    /** A unit answers from an instant on. */
    public record Turn(Instant from, String unit) {}

    /** When a unit began to answer for a case, and who did before. */
    public record Receipt(Instant at, String giver) {}

    private final class Settlement {
        private final Reference reference;
        private final @Nullable String category;
        private final @Nullable String territory;
        private final List<Charge> charges = new ArrayList<>();
        private @Nullable List<Step> steps;
        private int note;

        /** How many charges there were before the standing offer moved one; -1 where none stands that did. */
        private int beforeOffer = -1;

        private @Nullable String offeredTo;
        private Instant offeredAt = Instant.EPOCH;
        private boolean offeredWhileClosed;
        /** Whether the one who answers is a receiver that should have taken the case and did not. */
        private @Nullable Refusal refusal;
        /** The same before the standing offer moved the charge. */
        private @Nullable Refusal refusalBefore;

        private String giver = "";
        /** Units that went over to others while the offer stood, which holds whether or not the offer does. */
        private final List<Succession> successions = new ArrayList<>();

        /** Whether the holder answers for what it holds: it is competent, or has taken the case itself. */
        private boolean holderAnswers = true;

        Settlement(Reference reference, @Nullable String category, @Nullable String territory) {
            this.reference = reference;
            this.category = category;
            this.territory = territory;
        }

        Ledger settle(Instant asOf) {
            for (note = 0; note < notes.size(); note++) {
                Note next = notes.get(note);
                endRefusalBefore(next.at());
                boolean answersOffer = next.unit().isEmpty() && offeredTo != null;
                String about = answersOffer ? requireNonNull(offeredTo) : next.unit();
                Instant ruledAt = answersOffer ? offeredAt : next.at();
                settle(next);
                step(next.kind(), about, next.other(), next.at(), ruledAt);
            }
            endRefusalBefore(asOf);
            // What changes at an instant is seen by an as-of after it.
            Instant change = refusal == null ? null : reference.nextCompetence(asOf.minus(MILLI));
            return new Ledger(charges, change == null ? null : change.plus(MILLI));
        }

        private void step(Kind kind, String unit, String other, Instant at, Instant ruledAt) {
            if (steps != null) {
                steps.add(new Step(kind, unit, other, at, ruledAt, now()));
            }
        }

        private void settle(Note next) {
            switch (next.kind()) {
                case FIRST -> charge(next);
                case OFFERED -> offer(next);
                case OFFERED_WHILE_CLOSED -> {
                    offeredTo = next.unit();
                    giver = next.other();
                    offeredWhileClosed = true;
                }
                case RECALLED -> withdraw();
                case DECLINED -> {
                    // Who was competent when it was offered answers at least until the table said otherwise.
                    if (beforeOffer >= 0 && !isKnownCompetent(offeredTo, offeredAt)) {
                        withdraw();
                    } else {
                        refuse();
                    }
                }
                case LAPSED -> refuse();
                case GIVER_WORKED -> {
                    if (refusal != null && refusal.giver().equals(next.unit())) {
                        refusal = null;
                        charge(next);
                    }
                }
                case ASSIGNED, ACCEPTED -> take(next, true);
                case TAKEN -> take(next, answers(next.unit(), next.at()));
                case DELEGATED -> {
                    if (!next.unit().equals(offeredTo)) {
                        withdraw();
                    }
                    forget();
                    if (now().equals(next.other())) {
                        charge(next);
                    }
                    refusal = succeeded(refusal, next);
                }
                case REORGANISED -> {
                    Succession succession =
                            new Succession(next.other(), new Charge(next.at(), next.unit(), note, true));
                    succeed(succession);
                    successions.add(succession);
                    offeredTo = next.other().equals(offeredTo) ? next.unit() : offeredTo;
                    giver = next.other().equals(giver) ? next.unit() : giver;
                    refusal = succeeded(refusal, next);
                    refusalBefore = succeeded(refusalBefore, next);
                }
                case CLOSED -> {
                    // It goes on to answer, whatever the table says later: the case has ended.
                    refusal = null;
                    forget();
                }
                case REOPENED -> {
                    refusal = null;
                    if (holderAnswers) {
                        charge(next);
                    }
                    if (offeredTo != null && offeredWhileClosed) {
                        offer(new Note(Kind.OFFERED, offeredTo, giver, next.at()));
                    }
                }
                case COMPETENT_NO_MORE -> throw new IllegalStateException("nobody notes " + next.kind());
            }
        }

        private String now() {
            return charges.get(charges.size() - 1).unit();
        }

        private static @Nullable Refusal succeeded(@Nullable Refusal refusal, Note by) {
            return refusal != null && refusal.giver().equals(by.other())
                    ? new Refusal(refusal.since(), by.unit())
                    : refusal;
        }

        private void succeed(Succession succession) {
            if (now().equals(succession.from())) {
                charge(succession.to());
            }
        }

        private void charge(Note next) {
            if (charges.isEmpty() || !now().equals(next.unit())) {
                boolean goesOn = !charges.isEmpty() && reference.isSameAgency(now(), next.unit(), next.at());
                charge(new Charge(next.at(), next.unit(), note, goesOn || next.kind() == Kind.DELEGATED));
            }
        }

        private void charge(Charge next) {
            charges.add(next);
            // Of another unit than the one that refused the table is asked from now on.
            refusal = refusal == null ? null : refusal.since(next.from());
        }

        private void offer(Note next) {
            forget();
            if (answers(next.unit(), next.at())) {
                refusalBefore = refusal;
                refusal = null;
                beforeOffer = charges.size();
                charge(next);
            }
            offeredTo = next.unit();
            offeredAt = next.at();
            giver = next.other();
        }

        private void take(Note next, boolean answers) {
            if (offeredTo != null && !isOfHouse(next.unit(), offeredTo, next.at())) {
                withdraw();
            }
            forget();
            holderAnswers = answers;
            if (answers) {
                refusal = null;
                charge(next);
            }
        }

        private void refuse() {
            if (beforeOffer >= 0) {
                refusal = beforeOffer < charges.size() ? new Refusal(offeredAt, giver) : refusalBefore;
            }
            forget();
        }

        private void withdraw() {
            if (beforeOffer >= 0) {
                while (charges.size() > beforeOffer) {
                    charges.remove(charges.size() - 1);
                }
                successions.forEach(this::succeed);
                refusal = refusalBefore;
            }
            forget();
        }

        private void forget() {
            beforeOffer = -1;
            refusalBefore = null;
            offeredTo = null;
            offeredWhileClosed = false;
            successions.clear();
        }

        /** A receiver that the reference no longer calls competent answers until then, and the giver from then on. */
        private void endRefusalBefore(Instant instant) {
            if (refusal == null) {
                return;
            }
            Instant change = reference.nextCompetence(refusal.since());
            while (change != null && change.isBefore(instant)) {
                int last = charges.size() - 1;
                while (charges.get(last).from().isAfter(change)) {
                    last--;
                }
                if (!answers(charges.get(last).unit(), change)) {
                    // What took over for the receiver after that took over nothing.
                    charges.subList(last + 1, charges.size()).clear();
                    // It came before what is told next, so that a credit that is earned by that takes account of it.
                    String refuser = now();
                    String back = refusal.giver();
                    charges.add(new Charge(change, back, note - 1, false));
                    refusal = null;
                    step(Kind.COMPETENT_NO_MORE, refuser, back, change, change);
                    return;
                }
                change = reference.nextCompetence(change);
            }
        }

        private boolean isOfHouse(String unit, String other, Instant at) {
            return unit.equals(other) || reference.isSameAgency(unit, other, at);
        }

        /** Without lines of competence everybody answers for what is offered. */
        private boolean answers(String unit, Instant at) {
            Boolean competent = reference.isCompetent(unit, category, territory, at);
            return competent == null || competent;
        }

        private boolean isKnownCompetent(@Nullable String unit, Instant at) {
            return unit != null && Boolean.TRUE.equals(reference.isCompetent(unit, category, territory, at));
        }
    }
}
