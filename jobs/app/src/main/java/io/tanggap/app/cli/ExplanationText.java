package io.tanggap.app.cli;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.explain.Explanation;
import io.tanggap.core.explain.Explanation.Charge;
import io.tanggap.core.explain.Explanation.Entry;
import io.tanggap.core.explain.Explanation.Offered;
import io.tanggap.core.explain.Reckoning;
import io.tanggap.core.lifecycle.Anomaly;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Contest;
import io.tanggap.core.lifecycle.Cycle;
import io.tanggap.core.lifecycle.Offer;
import io.tanggap.core.lifecycle.Reasons.Answer;
import io.tanggap.core.lifecycle.Reasons.Standing;
import io.tanggap.core.lifecycle.Visit;
import io.tanggap.core.reference.Attribution;
import io.tanggap.core.reference.Competence;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.sla.Accountability;
import io.tanggap.core.sla.Attributions;
import io.tanggap.core.sla.Charges.Kind;
import io.tanggap.core.sla.Share;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An explanation in words, in lines of a hundred columns. Times are of the city, durations hours and minutes. */
final class ExplanationText {
    private static final int HISTORY = 30;
    private static final int TURN = 25;

    private final Explanation explanation;
    private final Reference reference;
    private final CaseView view;
    private final ZoneId zone;
    private final Sheet sheet;
    private final Names names;

    ExplanationText(Explanation explanation, Reference reference) {
        this.explanation = explanation;
        this.reference = reference;
        this.view = explanation.reasons().view();
        this.zone = view.zone();
        this.sheet = new Sheet(zone);
        this.names = new Names(reference, view.asOf());
    }

    /**
     * The lines.
     *
     * @param asOfReason why this as-of
     * @param where where the events were found
     */
    List<String> lines(String asOfReason, String where) {
        Sheet whole = new Sheet(zone);
        head(whole, asOfReason, where);
        history();
        custody();
        citizen();
        ClockText clocks = new ClockText(sheet, names, reference, view.asOf());
        for (Reckoning clock : explanation.clocks()) {
            clocks.add(clock);
        }
        untimed();
        charges();
        for (Answer answer : explanation.reasons().answers()) {
            attribution(answer);
        }
        contests();
        names.legend(whole);
        sheet.lines().forEach(whole::add);
        return whole.lines();
    }

    /** What some of the events did, by their ids. Empty if none of them is one of the case. */
    List<String> events(Collection<String> ids) {
        Standing before = explanation.reasons().begun();
        for (Entry entry : explanation.history()) {
            if (ids.contains(entry.event().eventId())) {
                before = entry(entry, before);
            } else if (entry.told() != null) {
                before = entry.told().after();
            }
        }
        return sheet.lines();
    }

    private void head(Sheet head, String asOfReason, String where) {
        Cycle cycle = view.cycle();
        head.add("Case " + view.caseId() + ": " + view.progress()
                + (cycle.outcome() == null || view.isOpen() ? "" : ", " + cycle.outcome()) + ", resolution "
                + cycle.verdict());
        head.field("Category", view.category() == null ? "none was named" : names.category(view.category()));
        head.field(
                "Place",
                view.territory() == null
                        ? "none was named"
                        : names.unit(view.territory())
                                + (view.placing() == null ? "" : ", found by " + CaseWords.words(view.placing())));
        Competence task = explanation.task().line();
        head.field(
                "Whose task",
                task != null
                        ? names.unit(task.unit()) + ", by " + names.line(explanation.task())
                        : reference.knownAt(view.submittedAt()).competences().isEmpty()
                                ? "pack " + explanation.task().pack() + " does not say whose task what is"
                                : "nobody's: no line of competence of pack "
                                        + explanation.task().pack() + " covers it");
        if (view.isOpen()) {
            head.field(
                    "Now",
                    "with " + names.unit(view.holder())
                            + (view.offeredTo() == null ? "" : ", offered to " + names.unit(view.offeredTo()))
                            + "; under CRM a miss now would be that of " + names.unit(view.charged()));
        }
        head.field("As of", sheet.at(view.asOf()) + ", " + asOfReason + "; what happens then or later is not seen");
        head.field("Times", "are those of " + zone + "; durations are hours:minutes, unless they say days");
        head.field("Packs", packs());
        head.field(
                "Events",
                view.events() + " seen, of " + where
                        + (view.unseenEvents() == 0 ? "" : "; " + view.unseenEvents() + " not yet seen")
                        + (explanation.copies() == 0
                                ? ""
                                : "; " + explanation.copies() + " came again, and count once"));
        for (Anomaly anomaly : view.anomalies()) {
            head.field("Odd", anomaly + ": " + CaseWords.words(anomaly));
        }
        if (view.mergedInto() != null) {
            head.field("Goes on in", view.mergedInto());
        }
        if (!view.linkedCases().isEmpty()) {
            head.field("Linked to", String.join(", ", view.linkedCases()));
        }
    }

    private String packs() {
        List<String> packs = new ArrayList<>();
        for (ReferencePack pack : reference.packsUntil(view.asOf())) {
            boolean judgesThePast = packs.isEmpty() && pack.knownFrom().isAfter(view.submittedAt());
            // That of a mapping says nothing of when.
            boolean always = !pack.knownFrom().isAfter(Instant.EPOCH);
            packs.add(pack.id()
                    + (always ? ", always known" : ", known from " + sheet.at(pack.knownFrom()))
                    + (judgesThePast ? ", the first there is, so what was before is judged by it too" : ""));
        }
        return String.join("; ", packs);
    }

    private void history() {
        sheet.section("History");
        List<Offer> lapsed = view.offers().stream()
                .filter(offer -> offer.decision() == Offer.Decision.LAPSED)
                .collect(Collectors.toCollection(ArrayList::new));
        Standing before = explanation.reasons().begun();
        for (Entry entry : explanation.history()) {
            while (!lapsed.isEmpty()
                    && requireNonNull(lapsed.get(0).decidedAt())
                            .isBefore(entry.event().occurredAt())) {
                lapsed(lapsed.remove(0));
            }
            before = entry(entry, before);
        }
        lapsed.forEach(this::lapsed);
    }

    private void lapsed(Offer offer) {
        sheet.item(
                2,
                HISTORY,
                "  -  " + sheet.at(requireNonNull(offer.decidedAt())),
                "no event: nobody answered offer " + offer.number() + " to " + names.unit(offer.to())
                        + " in time, it lapsed");
    }

    private Standing entry(Entry entry, Standing before) {
        CaseEvent event = entry.event();
        String said = words(event.payload());
        StringBuilder line = new StringBuilder(event.type())
                .append(said.isEmpty() ? "" : " " + said)
                .append("; by ")
                .append(event.actor().name().toLowerCase(Locale.ROOT))
                .append(event.orgUnit() == null ? "" : " of " + names.unit(event.orgUnit()));
        if (event.visibility() == Visibility.INTERNAL && event.actor() != Actor.SYSTEM) {
            line.append(", not shown to the reporter");
        }
        if (event.inferred()) {
            line.append(", derived and not read");
        }
        if (event.timeNote() != TimeNote.EXACT) {
            line.append(", ").append(CaseWords.words(event.timeNote()));
        }
        int column = HISTORY;
        sheet.item(
                2,
                column,
                String.format(Locale.ROOT, "%3d  %s", entry.number(), sheet.at(event.occurredAt())),
                line.toString());
        Standing after = before;
        switch (entry.fate()) {
            case COUNTS -> {
                after = requireNonNull(entry.told()).after();
                String did = did(before, after);
                if (!did.isEmpty()) {
                    sheet.item(2, column, "", "=> " + did);
                }
                if (entry.other() != null) {
                    sheet.item(
                            2,
                            column,
                            "",
                            "!! never happened, says event " + entry.other() + ", and yet counts: see above");
                }
                for (Anomaly anomaly : entry.told().anomalies()) {
                    sheet.item(2, column, "", "!! " + anomaly + ": " + CaseWords.words(anomaly));
                }
            }
            case SEEN_AGAIN -> sheet.item(2, column, "", "=> nothing: the poll before found the same");
            case CORRECTED ->
                sheet.item(2, column, "", "!! never happened, says event " + entry.other() + ": it counts nowhere");
            case CORRECTION ->
                sheet.item(
                        2,
                        column,
                        "",
                        entry.other() == null
                                ? "!! says that an event never happened which this case does not have"
                                : "=> event " + entry.other() + " counts nowhere");
            case ERASURE -> sheet.item(2, column, "", "=> nothing: no figure rests on what was erased");
            case NOT_YET_SEEN -> sheet.item(2, column, "", "!! not yet seen: at the as-of or after it");
        }
        return after;
    }

    /** How the case stood otherwise after an event. */
    private String did(Standing before, Standing after) {
        List<String> did = new ArrayList<>();
        if (after.cycle() != before.cycle()) {
            did.add("cycle " + after.cycle() + " begins");
        }
        if (after.progress() != before.progress()) {
            did.add(before.progress() + " -> " + after.progress());
        }
        if (!after.holder().equals(before.holder())) {
            did.add("held by " + names.unit(before.holder()) + " -> " + names.unit(after.holder()));
        }
        if (after.offeredTo() == null
                && before.offeredTo() != null
                && !before.offeredTo().equals(after.holder())) {
            did.add("the offer to " + names.unit(before.offeredTo()) + " ends");
        }
        if (!Objects.equals(after.category(), before.category())) {
            did.add("category " + requireNonNullElse(before.category(), "none") + " -> "
                    + requireNonNullElse(after.category(), "none"));
        }
        if (!Objects.equals(after.territory(), before.territory())) {
            did.add("place "
                    + (before.territory() == null ? "unknown" : names.unit(before.territory()))
                    + " -> "
                    + (after.territory() == null ? "unknown" : names.unit(after.territory())));
        }
        if (!Objects.equals(after.statedDeadline(), before.statedDeadline()) && after.statedDeadline() != null) {
            did.add("due " + sheet.at(after.statedDeadline()));
        }
        if (before.claimedAt() != null && after.claimedAt() == null && after.cycle() == before.cycle()) {
            did.add("the claim no longer stands: the clock runs as if it had never stopped");
        }
        return String.join("; ", did);
    }

    private String words(Payload payload) {
        if (payload instanceof Payload.Submitted said) {
            return joined(
                    said.category(),
                    said.territory() == null ? null : "in " + names.unit(said.territory()),
                    said.holder() == null ? null : "with " + names.unit(said.holder()),
                    said.resolutionDeadline() == null ? null : "due " + sheet.at(said.resolutionDeadline()),
                    said.observedFrom() == null ? null : "observed from " + sheet.at(said.observedFrom()));
        } else if (payload instanceof Payload.Assigned said) {
            return "to " + names.unit(said.holder());
        } else if (payload instanceof Payload.HandoverOffered said) {
            return "to " + names.unit(said.to());
        } else if (payload instanceof Payload.HandoverAccepted said) {
            return "by " + names.unit(said.by());
        } else if (payload instanceof Payload.HandoverDeclined said) {
            return "by " + names.unit(said.by());
        } else if (payload instanceof Payload.Delegated said) {
            return "to " + names.unit(said.to());
        } else if (payload instanceof Payload.EscalatedUp said) {
            return "to " + names.unit(said.to()) + ", which moves neither custody nor charge";
        } else if (payload instanceof Payload.HolderReorganised said) {
            return names.unit(said.to()) + " does what " + names.unit(said.from()) + " did";
        } else if (payload instanceof Payload.ResolutionClaimed said) {
            return said.evidence().isEmpty() ? "" : "with " + said.evidence().size() + " pieces of evidence";
        } else if (payload instanceof Payload.Closed said) {
            return "as " + said.outcome();
        } else if (payload instanceof Payload.Reopened said) {
            return said.reason() == null ? "" : "for " + said.reason();
        } else if (payload instanceof Payload.Categorised said) {
            return "as " + names.category(said.category());
        } else if (payload instanceof Payload.JurisdictionResolved said) {
            return "in " + names.unit(said.territory());
        } else if (payload instanceof Payload.LocationCorrected said) {
            return "to " + names.unit(said.territory());
        } else if (payload instanceof Payload.WaitStarted said) {
            return "for " + said.reason();
        } else if (payload instanceof Payload.Rated said) {
            return "with " + said.stars() + " of 5 stars";
        } else if (payload instanceof Payload.ChannelLinked said) {
            return "with " + said.caseId();
        } else if (payload instanceof Payload.MergedInto said) {
            return "case " + said.caseId();
        } else if (payload instanceof Payload.SplitInto said) {
            return "case " + said.caseId();
        } else if (payload instanceof Payload.Disputed said) {
            return said.upheld() == null
                    ? "nobody has decided"
                    : said.upheld() ? "the city agrees with the reporter" : "the city does not agree";
        } else if (payload instanceof Payload.VerdictContested said) {
            return said.target() + " of cycle " + said.cycle();
        } else if (payload instanceof Payload.VerdictDecided said) {
            return said.target() + " of cycle " + said.cycle() + ": the verdict "
                    + (said.upheld() ? "stands" : "does not stand") + ", " + said.citation();
        } else if (payload instanceof Payload.SnapshotObserved said) {
            return joined(
                    said.status() == null ? null : said.status().name(),
                    said.outcome() == null ? null : said.outcome().name(),
                    said.category(),
                    said.territory() == null ? null : "in " + names.unit(said.territory()),
                    said.holder() == null ? null : "with " + names.unit(said.holder()),
                    said.resolutionDeadline() == null ? null : "due " + sheet.at(said.resolutionDeadline()));
        }
        return "";
    }

    private static String joined(@Nullable String... parts) {
        List<String> said = new ArrayList<>();
        for (String part : parts) {
            if (part != null) {
                said.add(part);
            }
        }
        return String.join(", ", said);
    }

    private void custody() {
        sheet.section("In whose hands");
        for (Visit visit : view.visits()) {
            sheet.item(
                    2,
                    5,
                    String.format(Locale.ROOT, "%3d", visit.number()),
                    sheet.span(visit.held().from(), visit.held().to()) + "  " + names.unit(visit.holder()) + ": "
                            + CaseWords.words(visit.entry())
                            + (visit.offeredAt() == null ? "" : ", offered " + sheet.at(visit.offeredAt()))
                            + (visit.ended() == null ? "; has it still" : "; " + CaseWords.words(visit.ended())));
        }
        for (Offered offered : explanation.offers()) {
            Offer offer = offered.offer();
            sheet.item(
                    2,
                    Sheet.LABEL,
                    "Offer " + offer.number(),
                    sheet.at(offer.offeredAt()) + ", " + names.unit(offer.from()) + " to " + names.unit(offer.to())
                            + "; "
                            + (offer.decision() == null
                                    ? "nobody has decided, after "
                                            + sheet.hours(Duration.between(offer.offeredAt(), view.asOf()))
                                    : CaseWords.words(offer.decision()) + " "
                                            + sheet.at(requireNonNull(offer.decidedAt()))
                                            + ", after "
                                            + sheet.hours(Duration.between(
                                                    offer.offeredAt(), requireNonNull(offer.decidedAt()))))
                            + "; " + names.competent(offer.to(), offer.competent(), offered.ruling()));
        }
    }

    private void citizen() {
        sheet.section("The citizen's clock");
        Instant end = requireNonNullElse(view.citizen().to(), view.asOf());
        Duration length = Duration.between(view.submittedAt(), end);
        sheet.item(
                2,
                0,
                "",
                sheet.at(view.submittedAt()) + " - " + sheet.at(end) + (view.isOpen() ? " (the as-of)" : "") + ": "
                        + sheet.days(length)
                        + (length.toDays() == 0 ? "" : ", which is " + sheet.hours(length) + " h")
                        + ". Calendar time; nothing stops it or sets it back.");
    }

    private void untimed() {
        if (!explanation.untimed().isEmpty()) {
            sheet.section("Not timed");
            sheet.item(
                    2,
                    0,
                    "",
                    explanation.untimed().stream().sorted().map(Target::name).collect(Collectors.joining(", "))
                            + ": it did not come to it, or no line of policy covers it in this case.");
        }
    }

    private void charges() {
        sheet.section("Who answers from when on, under CRM");
        for (Charge charge : explanation.charges()) {
            if (charge.step().kind() == Kind.CLOSED && !charge.moved()) {
                continue;
            }
            boolean first = charge.step().kind() == Kind.FIRST;
            sheet.item(
                    2,
                    TURN,
                    sheet.at(charge.step().at()),
                    (charge.moved() || first ? "" : "still ")
                            + names.unit(charge.step().charged()));
            sheet.item(2, TURN, "", why(charge));
        }
    }

    private String why(Charge charge) {
        Kind kind = charge.step().kind();
        String unit = charge.step().unit().isEmpty()
                ? "nobody"
                : names.unit(charge.step().unit());
        String other = names.unit(charge.step().other());
        boolean competent = !Boolean.FALSE.equals(charge.competent());
        boolean answersAlready =
                !charge.moved() && charge.step().unit().equals(charge.step().charged());
        String task = charge.step().unit().isEmpty()
                ? ""
                : names.competent(charge.step().unit(), charge.competent(), charge.ruling());
        return switch (kind) {
            case FIRST -> "the case was submitted to it";
            case ASSIGNED -> "the intake desk gave it the case";
            case OFFERED ->
                "offered to " + unit + ", " + task
                        + (competent
                                ? answersAlready ? ": it answers already" : ": it answers from the offer on"
                                : ": it would answer only once it said that it takes the case");
            case OFFERED_WHILE_CLOSED -> "offered to " + unit + " while closed: moves no charge before it is reopened";
            case DECLINED ->
                unit + " declined, " + task
                        + (Boolean.TRUE.equals(charge.competent())
                                ? ": it goes on answering, until the giver works on it or offers it on, or it is its"
                                        + " task no more"
                                : ": a good reason, as if it had never been offered");
            case RECALLED -> "the offer to " + unit + " was taken back or replaced: as if it had never been";
            case LAPSED ->
                unit + " did not answer in time, " + task
                        + (competent ? ": it goes on answering, until the giver works on it or offers it on" : "");
            case GIVER_WORKED -> unit + ", whose offer was not taken, worked on the case or offered it on";
            case ACCEPTED -> unit + " said that it takes the case";
            case TAKEN ->
                unit + " has the case now, without having said that it takes it"
                        + (answersAlready ? "" : "; " + task + (competent ? "" : ": that moves custody and no charge"));
            case DELEGATED -> other + " passed it on to " + unit + " within its agency";
            case REORGANISED -> unit + " does what " + other + " did";
            case CLOSED -> "closed";
            case REOPENED -> "reopened in the hands of " + unit;
            case COMPETENT_NO_MORE -> "it is the task of " + unit + " no more: back to the giver, " + other;
        };
    }

    private void attribution(Answer answer) {
        Cycle cycle = view.cycles().get(answer.cycle() - 1);
        Reckoning resolution = explanation.clocks().stream()
                .filter(clock -> clock.clock().target() == Target.RESOLUTION
                        && clock.clock().cycle() == answer.cycle())
                .findFirst()
                .orElseThrow();
        Accountability accountable = cycle.accountable();
        sheet.section("Attribution of the resolution, cycle " + answer.cycle() + ": " + cycle.verdict());
        sheet.field("Decides", sheet.at(answer.at()) + ", " + decides(cycle, answer));
        for (Attribution rule : List.of(Attribution.CRM, Attribution.CROP, Attribution.ORIGIN, Attribution.SHARE)) {
            String force = rule == view.attribution() ? " (in force)" : "";
            sheet.field(
                    rule + force,
                    switch (rule) {
                        case CRM -> crm(answer, accountable, resolution);
                        case CROP ->
                            accountable.crop().equals(Accountability.UNLOCATED)
                                    ? "nobody: the case has no place"
                                    : names.unit(accountable.crop()) + "; the place of the problem";
                        case ORIGIN -> names.unit(accountable.origin()) + "; the first holder";
                        case SHARE ->
                            cycle.stoppedAt() == null && !cycle.verdict().isMissed()
                                    ? "all to " + names.unit(accountable.crm()) + " while nothing is decided"
                                    : "by what was counted up to "
                                            + sheet.at(Attributions.consumedUntil(resolution.judgement()));
                    });
            if (rule == Attribution.SHARE
                    && (cycle.stoppedAt() != null || cycle.verdict().isMissed())) {
                shares(answer, accountable);
            }
        }
    }

    private static String decides(Cycle cycle, Answer answer) {
        if (!cycle.verdict().isMissed()) {
            return cycle.stoppedAt() != null ? "the stop" : "the as-of, while nothing is decided";
        }
        boolean next = answer.at().equals(requireNonNull(cycle.deadline()).plusMillis(1));
        return next ? "the first millisecond after the deadline" : "the first instant at which it could be known";
    }

    private void shares(Answer answer, Accountability accountable) {
        long all =
                answer.consumed().values().stream().mapToLong(Long::longValue).sum();
        for (Share share : accountable.share()) {
            Long own = answer.consumed().get(share.unit());
            sheet.item(
                    2,
                    Sheet.LABEL,
                    "",
                    String.format(Locale.ROOT, "%,d of a million, ", share.partsPerMillion())
                            + names.unit(share.unit())
                            + (all == 0 || own == null
                                    ? ": nothing was counted, so all goes to who answers under CRM"
                                    : ": " + sheet.hours(Duration.ofMillis(own)) + " of "
                                            + sheet.hours(Duration.ofMillis(all))));
        }
    }

    private String crm(Answer answer, Accountability accountable, Reckoning resolution) {
        Duration used = answer.usedAtReceipt();
        Duration budget = resolution.judgement().budget();
        String party = names.unit(accountable.crm());
        if (answer.receipt() == null || used == null) {
            return party + "; it had answered since the cycle began, or before in it, so it inherited nothing";
        }
        boolean itself = explanation.charges().stream()
                .anyMatch(charge -> charge.step().at().equals(answer.receipt().at())
                        && charge.step().charged().equals(answer.party()));
        String receipt = (itself ? names.unit(answer.party()) : "its house") + " came to answer "
                + sheet.at(answer.receipt().at()) + ", from "
                + names.unit(answer.receipt().giver());
        if (budget == null) {
            return party + "; " + receipt;
        }
        String share = sheet.hours(used) + " of " + sheet.hours(budget) + " were used"
                + (budget.isZero()
                        ? ""
                        : String.format(Locale.ROOT, ", %.1f %%", 100.0 * used.toMillis() / budget.toMillis()));
        String quarter = Attributions.LATE_PERCENT + " % or more";
        if (accountable.inherited()) {
            return party + ", INHERITED: " + receipt + ", when " + share + "; that is " + quarter
                    + ", so a miss is booked in a column of its own";
        }
        return accountable.crm().equals(answer.party())
                ? party + "; " + receipt + ", when " + share + ": less than " + Attributions.LATE_PERCENT
                        + " %, not inherited"
                : party + "; " + receipt + ", when " + share + ": " + quarter
                        + ", and the giver gave it away after its own deadline for deciding"
                        + (answer.missedDecision() == null
                                ? ""
                                : " (" + answer.missedDecision().target() + ", "
                                        + sheet.at(requireNonNull(
                                                answer.missedDecision().deadline())) + ")")
                        + ", so the miss is the giver's";
    }

    private void contests() {
        if (view.contests().isEmpty()) {
            return;
        }
        sheet.section("Contested");
        for (Contest contest : view.contests()) {
            sheet.field(
                    contest.target() + ", " + contest.cycle(),
                    (contest.contestedAt() == null
                                    ? "nobody is known to have contested it"
                                    : "contested " + sheet.at(contest.contestedAt())
                                            + (contest.by() == null ? "" : " by " + names.unit(contest.by())))
                            + (contest.decidedAt() == null
                                    ? "; nobody has decided"
                                    : "; decided " + sheet.at(contest.decidedAt()) + ": the verdict "
                                            + (Boolean.TRUE.equals(contest.upheld()) ? "stands" : "does not stand")
                                            + ", by " + contest.citation())
                            + "; what was computed is shown above as it was computed");
        }
    }
}
