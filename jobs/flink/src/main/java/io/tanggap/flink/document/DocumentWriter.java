package io.tanggap.flink.document;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.Due;
import io.tanggap.core.alert.Alert.Matter;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.complaint.CanonicalForm;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.lifecycle.Anomaly;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Contest;
import io.tanggap.core.lifecycle.Cycle;
import io.tanggap.core.lifecycle.Visit;
import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.Contributions;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.CurvePoint;
import io.tanggap.core.measure.Responsiveness;
import io.tanggap.core.measure.Restated;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.measure.Slice;
import io.tanggap.core.measure.Tally;
import io.tanggap.core.measure.Window;
import io.tanggap.core.notice.Notice;
import io.tanggap.core.problem.Problem;
import io.tanggap.core.problem.Problem.Wait;
import io.tanggap.core.problem.Stop;
import io.tanggap.core.reference.Attribution;
import io.tanggap.core.reference.GeoPoint;
import io.tanggap.core.reference.Hierarchy;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.report.Answer;
import io.tanggap.core.report.Basis;
import io.tanggap.core.report.League;
import io.tanggap.core.report.Publication;
import io.tanggap.core.report.ReportCard;
import io.tanggap.core.report.Sensitivity;
import io.tanggap.core.report.Standing;
import io.tanggap.core.report.Terms;
import io.tanggap.core.sla.Accountability;
import io.tanggap.core.sla.Clock;
import io.tanggap.core.sla.Pause;
import io.tanggap.core.sla.Share;
import io.tanggap.core.sla.Span;
import io.tanggap.core.sla.Verdict;
import io.tanggap.flink.document.Document.Kind;
import io.tanggap.flink.state.Cause;
import io.tanggap.flink.state.Causes;
import io.tanggap.flink.state.Parcel;
import io.tanggap.flink.state.Parcel.Attempt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Renders documents. Field order is fixed, so equal content gives equal bytes. Everything outside {@code provenance} is a
 * function of the events, the reference and the as-of; {@code provenance} holds what legitimately differs between runs.
 * Not safe for use by several threads.
 */
public final class DocumentWriter {
    private static final int LONGEST_ID = 512;
    // Chosen: a flood is reported by hundreds; a document that names its reports stays below 150 kB.
    private static final int MOST_NAMED_REPORTS = 1_000;
    private static final JsonFactory JSON = new JsonFactory();

    private final EmissionClock clock;
    private final Bytes bytes = new Bytes();

    /** A writer that stamps provenance by a clock. */
    public DocumentWriter(EmissionClock clock) {
        this.clock = clock;
    }

    /**
     * A rendered document and a digest of what it says, without the as-of and the provenance: equal digests need no new
     * version.
     */
    public record Rendered(Document document, long content) {}

    /** What has been rendered, digested where it lies. */
    private static final class Bytes extends ByteArrayOutputStream {
        Bytes() {
            super(1024);
        }

        /** FNV-1a, 64 bits: two versions of one document that differ collide once in 10^19. */
        long digest() {
            long hash = 0xcbf29ce484222325L;
            for (int i = 0; i < count; i++) {
                hash = (hash ^ (buf[i] & 0xff)) * 0x100000001b3L;
            }
            return hash;
        }
    }

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * What is known about a case. Beside ids of units stand the names that the reference gives them, by the rule of
     * {@link #ofRow}: at the as-of, and of a case that is closed when it was, so that it keeps the names of its own time.
     */
    public Rendered ofCase(CaseView view, @Nullable Instant nextChangeAt, Reference reference, long version) {
        Hierarchy hierarchy =
                reference.hierarchy(orAsOf(view.isOpen() ? null : view.cycle().closedAt(), view));
        return render(Kind.CASE, view.caseId(), version, view.asOf(), nextChangeAt, json -> {
            Cycle cycle = view.cycle();
            Cycle first = view.firstCycle();
            json.writeStringField("case_id", view.caseId());
            json.writeStringField("channel", view.channel());
            json.writeStringField("source_case_id", view.sourceCaseId());
            text(json, "category", view.category());
            named(json, "territory", view.territory(), hierarchy);
            text(json, "placing", view.placing() == null ? null : view.placing().name());
            text(json, "competent", view.competent());
            named(json, "holder", view.holder(), hierarchy);
            named(json, "offered_to", view.offeredTo(), hierarchy);
            named(json, "charged", cycle.charged(), hierarchy);
            texts(
                    json,
                    "units",
                    concerned(hierarchy, view.territory(), view.holder(), view.offeredTo(), cycle.charged()));
            accountability(json, cycle.accountable(), view.attribution());
            json.writeStringField("progress", view.progress().name());
            json.writeNumberField("cycle", cycle.number());
            instant(json, "submitted_at", view.submittedAt());
            instant(json, "observed_from", view.observedFrom());
            instant(json, "first_response_at", view.firstResponseAt());
            instant(json, "claimed_at", cycle.claimedAt());
            instant(json, "closed_at", cycle.closedAt());
            instant(json, "stopped_after", cycle.resolution().stoppedAfter());
            text(
                    json,
                    "outcome",
                    cycle.outcome() == null ? null : cycle.outcome().name());
            instant(json, "deadline", cycle.deadline());
            text(json, "target", cycle.resolution().policy());
            json.writeStringField("verdict", cycle.verdict().name());
            json.writeStringField("first_verdict", first.verdict().name());
            json.writeStringField("first_charged", first.charged());
            json.writeBooleanField("open", view.isOpen());
            json.writeBooleanField("overdue", view.isOverdue());
            json.writeBooleanField("stale", view.isStale());
            clocks(json, view);
            seconds(json, "citizen_seconds", view.citizen());
            if (view.rating() != null) {
                json.writeNumberField("rating", view.rating());
            }
            if (!view.linkedCases().isEmpty()) {
                texts(json, "linked_cases", view.linkedCases());
            }
            text(json, "merged_into", view.mergedInto());
            instant(json, "last_activity_at", view.lastActivityAt());
            contests(json, view.contests());
            json.writeNumberField("offers", view.offers().size());
            json.writeNumberField("handovers", view.handovers().size());
            json.writeNumberField("escalations", view.escalations());
            json.writeNumberField("reopenings", view.reopenings().size());
            json.writeNumberField("visits", view.visits().size());
            json.writeNumberField("events", view.events());
            json.writeNumberField("unseen_events", view.unseenEvents());
            texts(
                    json,
                    "anomalies",
                    view.anomalies().stream().map(Anomaly::name).toList());
            json.writeStringField("reference_pack", view.referencePack());
        });
    }

    private static Instant orAsOf(@Nullable Instant ended, CaseView view) {
        return ended == null ? view.asOf() : ended;
    }

    /** Those of whose desks it is a matter: of its place, with it in hand, offered it, charged with it, and all above them. */
    private static Collection<String> concerned(Hierarchy hierarchy, @Nullable String... parties) {
        Set<String> units = new TreeSet<>();
        for (String unit : parties) {
            if (unit != null) {
                units.addAll(hierarchy.path(unit));
            }
        }
        return units;
    }

    private static void location(JsonGenerator json, @Nullable GeoPoint place) throws IOException {
        if (place != null) {
            json.writeArrayFieldStart("location");
            json.writeNumber(place.longitude());
            json.writeNumber(place.latitude());
            json.writeEndArray();
        }
    }

    private static void named(JsonGenerator json, String field, @Nullable String unit, Hierarchy hierarchy)
            throws IOException {
        if (unit != null) {
            json.writeStringField(field, unit);
            json.writeStringField(field + "_name", hierarchy.nameOf(unit));
        }
    }

    /** Beside the CRM party: who answers for the verdict under the other rules, and under the one that the city charges by. */
    private static void accountability(JsonGenerator json, Accountability accountable, Attribution inForce)
            throws IOException {
        json.writeBooleanField("inherited", accountable.inherited());
        json.writeStringField("charged_crop", accountable.crop());
        json.writeStringField("charged_origin", accountable.origin());
        json.writeArrayFieldStart("shares");
        for (Share share : accountable.share()) {
            json.writeStartObject();
            json.writeStringField("unit", share.unit());
            json.writeNumberField("parts_per_million", share.partsPerMillion());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("attribution", inForce.name());
        texts(
                json,
                "charged_in_force",
                accountable.under(inForce).stream().map(Share::unit).toList());
    }

    /** Every target of the case, and what is asked of them most: which were missed, and what is due next. */
    private static void clocks(JsonGenerator json, CaseView view) throws IOException {
        Clock resolution = view.cycle().resolution();
        text(json, "paused_for", resolution.pausedFor());
        json.writeNumberField("threshold", resolution.threshold());
        json.writeBooleanField("provisional", resolution.provisional());
        duration(json, "accountable_seconds", resolution.used());
        List<Clock> clocks = new ArrayList<>(view.clocks());
        view.cycles().forEach(cycle -> clocks.add(cycle.resolution()));
        clocks.sort(Clock.ORDER);
        Set<Target> missed = EnumSet.noneOf(Target.class);
        Set<Target> overdue = EnumSet.noneOf(Target.class);
        Clock next = null;
        Instant due = null;
        for (Clock clock : clocks) {
            if (clock.verdict().isMissed()) {
                missed.add(clock.target());
            }
            if (clock.verdict() == Verdict.MISSED_OPEN) {
                overdue.add(clock.target());
            }
            Instant deadline = clock.verdict() == Verdict.RUNNING ? clock.deadline() : null;
            if (deadline != null && (due == null || deadline.isBefore(due))) {
                next = clock;
                due = deadline;
            }
        }
        targets(json, "missed_targets", missed);
        targets(json, "overdue_targets", overdue);
        instant(json, "next_due_at", due);
        text(json, "next_due_target", next == null ? null : next.target().name());
        json.writeArrayFieldStart("clocks");
        for (Clock clock : clocks) {
            clock(json, clock);
        }
        json.writeEndArray();
    }

    private static void targets(JsonGenerator json, String field, Set<Target> targets) throws IOException {
        if (!targets.isEmpty()) {
            texts(json, field, targets.stream().map(Target::name).toList());
        }
    }

    private static void clock(JsonGenerator json, Clock clock) throws IOException {
        json.writeStartObject();
        json.writeStringField("target", clock.target().name());
        json.writeNumberField("cycle", clock.cycle());
        json.writeNumberField("number", clock.number());
        text(json, "policy", clock.policy());
        json.writeStringField("pack", clock.pack());
        text(json, "calendar", clock.calendar());
        instant(json, "started_at", clock.startedAt());
        instant(json, "deadline", clock.deadline());
        instant(json, "stopped_at", clock.stoppedAt());
        instant(json, "stopped_after", clock.stoppedAfter());
        json.writeStringField("verdict", clock.verdict().name());
        if (!clock.pauses().isEmpty()) {
            json.writeArrayFieldStart("pauses");
            for (Pause pause : clock.pauses()) {
                json.writeStartObject();
                json.writeStringField("reason", pause.reason());
                instant(json, "from", pause.from());
                instant(json, "to", pause.to());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        duration(json, "budget_seconds", clock.budget());
        duration(json, "used_seconds", clock.used());
        json.writeNumberField("threshold", clock.threshold());
        json.writeBooleanField("provisional", clock.provisional());
        json.writeStringField("charged", clock.charged());
        json.writeEndObject();
    }

    private static void contests(JsonGenerator json, List<Contest> contests) throws IOException {
        json.writeBooleanField("contested", !contests.isEmpty());
        if (contests.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("contests");
        for (Contest contest : contests) {
            json.writeStartObject();
            json.writeStringField("target", contest.target());
            json.writeNumberField("cycle", contest.cycle());
            text(json, "by", contest.by());
            instant(json, "contested_at", contest.contestedAt());
            instant(json, "decided_at", contest.decidedAt());
            if (contest.upheld() != null) {
                json.writeBooleanField("upheld", contest.upheld());
            }
            text(json, "citation", contest.citation());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** One stay of a case with one holder, who has the name of the as-of, or of the end of the stay. */
    public Rendered ofVisit(CaseView view, Visit visit, Reference reference, long version) {
        Hierarchy hierarchy = reference.hierarchy(orAsOf(visit.leftAt(), view));
        return render(Kind.VISIT, visitId(view.caseId(), visit.number()), version, view.asOf(), null, json -> {
            json.writeStringField("case_id", view.caseId());
            json.writeNumberField("visit", visit.number());
            json.writeStringField("channel", view.channel());
            text(json, "category", view.category());
            text(json, "territory", view.territory());
            named(json, "holder", visit.holder(), hierarchy);
            instant(json, "offered_at", visit.offeredAt());
            if (visit.offeredAt() != null) {
                seconds(json, "limbo_seconds", new Span(visit.offeredAt(), visit.enteredAt()));
            }
            instant(json, "entered_at", visit.enteredAt());
            json.writeStringField("entry", visit.entry().name());
            json.writeNumberField("depth", visit.depth());
            instant(json, "left_at", visit.leftAt());
            instant(json, "worked_at", visit.workedAt());
            seconds(json, "dwell_seconds", visit.held());
            if (visit.leftAt() != null && visit.leftAt().isBefore(view.curvesAsOf())) {
                json.writeNumberField("dwell_working_seconds", visit.counted().toSeconds());
            }
            text(json, "ended", visit.ended() == null ? null : visit.ended().name());
        });
    }

    /**
     * An alert of a case, in its latest revision. Beside ids of units stand their names at the as-of.
     *
     * @throws IllegalArgumentException if it is of a feed: those are told by {@link #ofFeed}
     */
    public Document ofAlert(Alert alert, Reference reference, long version) {
        Matter matter = alert.matter();
        if (matter == null) {
            throw new IllegalArgumentException("alert " + alert.id() + " is of no case");
        }
        Hierarchy hierarchy = reference.hierarchy(alert.asOf());
        return render(Kind.ALERT, alert.id(), version, alert.asOf(), null, json -> {
                    json.writeStringField("alert_id", alert.id());
                    json.writeNumberField("revision", alert.revision());
                    json.writeStringField("kind", alert.kind().name());
                    json.writeStringField("state", alert.state().name());
                    json.writeBooleanField("open", alert.state() == State.OPEN);
                    if (alert.state() == State.RETRACTED) {
                        json.writeBooleanField("retracted", true);
                    }
                    instant(json, "raised_at", alert.raisedAt());
                    instant(json, "ended_at", alert.endedAt());
                    json.writeStringField("case_id", matter.caseId());
                    json.writeStringField("source_case_id", matter.sourceCaseId());
                    json.writeStringField("channel", alert.channel());
                    text(json, "category", matter.category());
                    named(json, "territory", matter.territory(), hierarchy);
                    instant(json, "submitted_at", matter.submittedAt());
                    named(json, "holder", matter.holder(), hierarchy);
                    named(json, "charged", matter.charged(), hierarchy);
                    named(json, "offered_to", matter.offeredTo(), hierarchy);
                    texts(
                            json,
                            "units",
                            concerned(
                                    hierarchy,
                                    matter.territory(),
                                    matter.holder(),
                                    matter.offeredTo(),
                                    matter.charged()));
                    if (alert.due() != null) {
                        due(json, alert.due());
                    }
                    json.writeBooleanField("provisional", alert.provisional());
                    texts(json, "evidence", alert.evidence());
                    text(json, "reference_pack", alert.pack());
                })
                .document();
    }

    private static void due(JsonGenerator json, Due due) throws IOException {
        json.writeStringField("target", due.target().name());
        json.writeNumberField("cycle", due.cycle());
        json.writeNumberField("number", due.number());
        json.writeNumberField("threshold", due.threshold());
        instant(json, "deadline", due.deadline());
        duration(json, "budget_seconds", due.budget());
        duration(json, "used_seconds", due.used());
        text(json, "policy", due.policy());
        text(json, "calendar", due.calendar());
        text(json, "pack", due.pack());
    }

    /** How far a message has come. */
    public enum Delivery {
        WAITING,
        DELIVERED,
        UNDELIVERED
    }

    /** A message to a unit: what it told of whom, and how every attempt to bring it there ended. */
    public Document ofDelivery(Parcel parcel, Delivery delivery, long version) {
        Notice notice = parcel.notice();
        return render(Kind.DELIVERY, notice.id(), version, notice.madeAt(), null, json -> {
                    json.writeStringField("notice_id", notice.id());
                    json.writeStringField("recipient", notice.recipient());
                    json.writeStringField("unit", notice.unit());
                    json.writeStringField("unit_name", notice.unitName());
                    json.writeStringField("means", parcel.recipient().means().name());
                    json.writeStringField("occasion", notice.occasion().name());
                    instant(json, "made_at", notice.madeAt());
                    json.writeStringField("outcome", delivery.name());
                    json.writeNumberField("items", notice.total());
                    texts(
                            json,
                            "alerts",
                            notice.items().stream()
                                    .map(item -> item.alert().id())
                                    .toList());
                    json.writeArrayFieldStart("attempts");
                    for (Attempt attempt : parcel.attempts()) {
                        json.writeStartObject();
                        instant(json, "at", attempt.at());
                        json.writeStringField("outcome", attempt.outcome().name());
                        json.writeStringField("answer", attempt.text());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    instant(json, "next_attempt_at", delivery == Delivery.WAITING ? parcel.dueAt() : null);
                })
                .document();
    }

    /** A visit that a late event undid: overwritten, for Elasticsearch forgets deletions. */
    public Rendered retractedVisit(String caseId, int number, Instant asOf, long version) {
        return render(Kind.VISIT, visitId(caseId, number), version, asOf, null, json -> {
            json.writeStringField("case_id", caseId);
            json.writeNumberField("visit", number);
            json.writeBooleanField("retracted", true);
        });
    }

    /**
     * One problem, however often it was reported. Its reports are named, the earliest first, up to a bound; their number and
     * the sum of their waits are those of all.
     */
    public Rendered ofProblem(Problem problem, long version) {
        return render(Kind.PROBLEM, problem.id(), version, problem.asOf(), null, json -> {
            json.writeStringField("problem", problem.id());
            text(json, "category", problem.category());
            text(json, "territory", problem.territory());
            texts(json, "channels", problem.channels());
            json.writeNumberField("reports", problem.reports());
            json.writeBooleanField("open", problem.isOpen());
            instant(json, "started_at", problem.citizen().from());
            Stop first = problem.firstStop();
            instant(json, "first_stopped_at", first == null ? null : first.stoppedAt());
            instant(json, "first_closed_at", first == null ? null : first.closedAt());
            text(json, "first_outcome", first == null ? null : first.outcome().name());
            instant(json, "ended_at", problem.endedAt());
            text(
                    json,
                    "outcome",
                    problem.outcome() == null ? null : problem.outcome().name());
            seconds(json, "citizen_seconds", problem.citizen());
            if (!problem.isOpen()) {
                json.writeNumberField(
                        "report_seconds",
                        problem.waits().stream()
                                .mapToLong(wait -> seconds(wait.span()))
                                .sum());
            }
            List<Wait> named = problem.waits()
                    .subList(0, Math.min(MOST_NAMED_REPORTS, problem.waits().size()));
            texts(json, "cases", named.stream().map(Wait::caseId).toList());
            json.writeArrayFieldStart("waits");
            for (Wait wait : named) {
                json.writeStartObject();
                json.writeStringField("case_id", wait.caseId());
                json.writeStringField("channel", wait.channel());
                instant(json, "started_at", wait.span().from());
                instant(json, "ended_at", wait.span().to());
                json.writeEndObject();
            }
            json.writeEndArray();
            texts(json, "anomalies", problem.oddities().stream().map(Enum::name).toList());
        });
    }

    /** A case that goes on in another one is no problem of its own. */
    public Rendered retractedProblem(String id, long version) {
        Body content = json -> {
            json.writeStringField("problem", id);
            json.writeBooleanField("retracted", true);
        };
        return render(Kind.PROBLEM, id, version, content, json -> {}, json -> {});
    }

    private static String visitId(String caseId, int number) {
        return caseId + "#" + number;
    }

    /** A leaf day cell: its counts, and its histograms as (index, count) pairs. */
    public Rendered ofCell(Cell cell, Tally tally, long version) {
        Body content = json -> {
            json.writeStringField("role", cell.role().name());
            json.writeStringField("rule", cell.rule().name());
            json.writeStringField("unit", cell.unit());
            json.writeStringField("channel", cell.channel());
            json.writeStringField("category", cell.category());
            json.writeStringField("day", LocalDate.ofEpochDay(cell.day()).toString());
            text(json, "counterpart", cell.counterpart());
            json.writeObjectFieldStart("counts");
            for (Count count : Count.values()) {
                if (!count.index().isHistogram()) {
                    counts(json, tally, count);
                }
            }
            json.writeEndObject();
            json.writeObjectFieldStart("histograms");
            for (Count count : Count.values()) {
                if (count.index().isHistogram()) {
                    histogram(json, tally, count);
                }
            }
            json.writeEndObject();
            if (tally.isZero()) {
                json.writeBooleanField("retracted", true);
            }
        };
        return render(Kind.CELL, cell.id(), version, content, json -> {}, json -> {});
    }

    private static void counts(JsonGenerator json, Tally tally, Count count) throws IOException {
        for (long[] place : places(tally, count)) {
            json.writeNumberField(count.label((int) place[0]), place[1]);
        }
    }

    private static List<long[]> places(Tally tally, Count count) {
        List<long[]> places = new ArrayList<>();
        tally.forEach(count, (index, value) -> places.add(new long[] {index, value}));
        return places;
    }

    private static void histogram(JsonGenerator json, Tally tally, Count histogram) throws IOException {
        List<long[]> places = places(tally, histogram);
        if (places.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(name(histogram));
        for (long[] place : places) {
            json.writeArray(place, 0, 2);
        }
        json.writeEndArray();
    }

    /**
     * The figures of one slice in the window that starts on an epoch day.
     *
     * @param structure the day on whose structure rows are drawn; null if each case on that of its submission
     */
    public Rendered ofRow(
            Slice slice,
            Window window,
            long start,
            Responsiveness figures,
            Reference reference,
            @Nullable LocalDate structure,
            Instant asOf,
            Instant curvesAsOf,
            long version) {
        long end = window.endOf(start);
        Hierarchy hierarchy = structure == null
                ? reference.hierarchy(lastInstant(end, reference, asOf))
                : reference.structure(structure, asOf);
        boolean whole = slice.role() == Role.TERRITORY && !slice.isCut();
        Long residents = whole ? hierarchy.residents(slice.unit()) : null;
        GeoPoint location = whole ? hierarchy.location(slice.unit()) : null;
        return render(kindOf(slice), rowId(slice, window, start), version, asOf, null, json -> {
            json.writeStringField("role", slice.role().name());
            json.writeStringField("rule", slice.rule().name());
            unit(json, slice, hierarchy);
            if (residents != null) {
                json.writeNumberField("residents", residents);
            }
            location(json, location);
            String counterpart = slice.counterpart();
            if (counterpart == null) {
                json.writeNumberField("depth", depth(slice, hierarchy));
                json.writeStringField("zone", reference.zone().getId());
                json.writeStringField("channel", slice.channel() == null ? "ALL" : slice.channel());
                json.writeStringField("category_group", slice.categoryGroup() == null ? "ALL" : slice.categoryGroup());
            } else {
                json.writeStringField("counterpart", counterpart);
                json.writeStringField("counterpart_name", hierarchy.nameOf(counterpart));
                json.writeStringField("counterpart_level", hierarchy.level(counterpart));
            }
            json.writeStringField("window", window.name());
            json.writeStringField("window_start", LocalDate.ofEpochDay(start).toString());
            json.writeStringField("window_end", LocalDate.ofEpochDay(end).toString());
            instant(json, "curves_as_of", curvesAsOf);
            text(json, "structure", structure == null ? null : structure.toString());
            json.writeStringField("reference_pack", reference.knownAt(asOf).id());
            json.writeNumberField("contributions_version", Contributions.VERSION);
            figures(json, figures.perResidents(residents));
            if (slice.hasCurve(window)) {
                curve(json, figures.closeCurve());
            }
        });
    }

    /** How many units are above: 0 of the city, and of all channels together. Levels have other names in every city. */
    private static int depth(Slice slice, Hierarchy hierarchy) {
        return slice.role() == Role.CHANNEL
                ? slice.unit().equals(Cell.ALL_CHANNELS) ? 0 : 1
                : hierarchy.path(slice.unit()).size() - 1;
    }

    private static void unit(JsonGenerator json, Slice slice, Hierarchy hierarchy) throws IOException {
        boolean channel = slice.role() == Role.CHANNEL;
        json.writeStringField("unit", slice.unit());
        json.writeStringField("unit_name", channel ? slice.unit() : hierarchy.nameOf(slice.unit()));
        json.writeStringField("level", channel ? "channel" : hierarchy.level(slice.unit()));
    }

    /**
     * The instant whose reference names the unit: the last one of the window that is not after the as-of, so that a unit
     * that was renamed or abolished later keeps its name in the rows of its own time.
     */
    private static Instant lastInstant(long end, Reference reference, Instant asOf) {
        Instant last = LocalDate.ofEpochDay(end)
                .atStartOfDay(reference.zone())
                .toInstant()
                .minusMillis(1);
        return last.isBefore(asOf) ? last : asOf;
    }

    /** A row in which nothing is left: the window of the slice as it was, without figures. */
    public Rendered retractedRow(Slice slice, Window window, long start, Instant asOf, long version) {
        return render(kindOf(slice), rowId(slice, window, start), version, asOf, null, json -> {
            json.writeStringField("role", slice.role().name());
            json.writeStringField("rule", slice.rule().name());
            json.writeStringField("unit", slice.unit());
            text(json, "counterpart", slice.counterpart());
            json.writeStringField("window", window.name());
            json.writeStringField("window_start", LocalDate.ofEpochDay(start).toString());
            json.writeBooleanField("retracted", true);
        });
    }

    private static Kind kindOf(Slice slice) {
        return slice.counterpart() == null ? Kind.RESPONSIVENESS : Kind.PAIR;
    }

    /** A rolling window has one row: whatever its days are, the id is the same. */
    private static String rowId(Slice slice, Window window, long start) {
        String id = slice.id() + "|" + window.name();
        return window.isRolling() ? id : id + "|" + start;
    }

    /**
     * That figures of a published row have become others. Its id is the row's and the number of the restatement.
     *
     * @param start the first day of the row's window, as an epoch day
     */
    public Rendered ofRestatement(
            Slice slice,
            Window window,
            long start,
            Restatement restatement,
            Reference reference,
            Instant asOf,
            long version) {
        long end = window.endOf(start);
        Hierarchy hierarchy = reference.hierarchy(lastInstant(end, reference, asOf));
        String row = rowId(slice, window, start);
        return render(Kind.RESTATEMENT, row + "|" + restatement.revision(), version, asOf, null, json -> {
            json.writeStringField("row", bounded(row));
            json.writeNumberField("revision", restatement.revision());
            json.writeStringField("role", slice.role().name());
            json.writeStringField("rule", slice.rule().name());
            unit(json, slice, hierarchy);
            json.writeStringField("channel", slice.channel() == null ? "ALL" : slice.channel());
            json.writeStringField("category_group", slice.categoryGroup() == null ? "ALL" : slice.categoryGroup());
            text(json, "counterpart", slice.counterpart());
            json.writeStringField("window", window.name());
            json.writeStringField("window_start", LocalDate.ofEpochDay(start).toString());
            json.writeStringField("window_end", LocalDate.ofEpochDay(end).toString());
            instant(json, "published_at", restatement.publishedAt());
            json.writeArrayFieldStart("restated");
            for (Restated figure : restatement.figures()) {
                json.writeStartObject();
                json.writeStringField("figure", figure.figure());
                number(json, "from", figure.from());
                number(json, "to", figure.to());
                number(json, "change", figure.change());
                json.writeEndObject();
            }
            json.writeEndArray();
            causes(json, restatement.causes());
        });
    }

    private static void causes(JsonGenerator json, Causes causes) throws IOException {
        List<Cause> named = causes.named();
        Set<String> packs = new LinkedHashSet<>();
        named.forEach(cause -> packs.addAll(cause.packs()));
        int contributions =
                named.stream().mapToInt(Cause::contributionsVersion).max().orElse(0);
        json.writeObjectFieldStart("causes");
        texts(json, "cases", subjects(named, false));
        List<String> declarations = subjects(named, true);
        if (!declarations.isEmpty()) {
            texts(json, "declarations", declarations);
        }
        texts(
                json,
                "events",
                named.stream().flatMap(cause -> cause.events().stream()).toList());
        json.writeNumberField(
                "event_count", named.stream().mapToLong(Cause::eventCount).sum());
        texts(json, "packs", packs);
        if (contributions > 0) {
            json.writeNumberField("contributions_version", contributions);
        }
        json.writeNumberField("other_causes", causes.others());
        json.writeEndObject();
    }

    private static List<String> subjects(List<Cause> causes, boolean declarations) {
        return causes.stream()
                .filter(cause -> cause.isDeclaration() == declarations)
                .map(Cause::subject)
                .distinct()
                .toList();
    }

    /**
     * Where every unit stands among those of its level, under every rule by which it answers for something. The version is the
     * as-of in milliseconds, so that a publication gives way to one of a later as-of alone.
     */
    public List<Document> ofStandings(Publication publication) {
        ReportCard card = publication.card();
        Map<String, Sensitivity> sensitivities = new TreeMap<>();
        List<Document> standings = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            for (String level : card.levels(rule).keySet()) {
                Sensitivity sensitivity = sensitivities.computeIfAbsent(level, card::sensitivity);
                League league = card.league(level, rule);
                league.standings()
                        .forEach((unit, standing) ->
                                standings.add(standing(publication, unit, standing, league, sensitivity)));
            }
        }
        return standings;
    }

    private Document standing(
            Publication publication, String unit, Standing standing, League league, Sensitivity sensitivity) {
        ReportCard card = publication.card();
        Basis basis = card.basis();
        SortedMap<String, Object> values = new TreeMap<>(standing.figures());
        values.putAll(standing.states());
        League.Band band = league.bands().get(standing.band() - 1);
        values.put("band.number", band.number());
        values.put("band.ranked", band.ranked());
        if (band.seed() != null) {
            // Most programs that read JSON cut whole numbers of 64 bits.
            values.put("band.seed", Long.toString(band.seed()));
        }
        if (band.prior() != null) {
            values.put("band.prior_alpha", band.prior().alpha());
            values.put("band.prior_beta", band.prior().beta());
        }
        if (league.overdispersion() != null) {
            values.put("funnel.overdispersion", league.overdispersion());
        }
        if (league.peersRating() != null) {
            values.put("rating.peers", league.peersRating());
        }
        sensitivity
                .ranks()
                .getOrDefault(unit, Map.of())
                .forEach((rule, rank) -> values.put("rank_under." + name(rule), rank));
        Integer places = sensitivity.differences().differences().get(unit);
        if (places != null) {
            values.put("sensitivity.places", places);
        }
        Responsiveness channels = card.channels().get(Cell.ALL_CHANNELS);
        Number coverage = channels == null ? null : channels.figures().get("shares.coverage");
        if (coverage != null) {
            values.put("shares.coverage", coverage);
        }
        Answer answer = Answer.under(league.rule(), unit);
        return standing(publication, answer, league.level(), json -> {
            json.writeStringField("unit_name", card.name(unit));
            json.writeNumberField("n", (long) standing.verdicts());
            texts(json, "reference_packs", basis.packs());
            json.writeNumberField("contributions_version", Basis.CONTRIBUTIONS);
            json.writeStringField("attribution", basis.inForce().name());
            groups(json, values);
        });
    }

    /** A unit that an earlier publication of the period had, and this one has not. */
    public Document retractedStanding(Publication publication, Answer answer, String level) {
        return standing(publication, answer, level, json -> json.writeBooleanField("retracted", true));
    }

    private Document standing(Publication publication, Answer answer, String level, Body body) {
        Terms terms = publication.card().terms();
        Instant asOf = terms.asOf();
        return render(Kind.STANDING, publication.idOf(answer, level), asOf.toEpochMilli(), asOf, null, json -> {
                    json.writeStringField("role", answer.role().name());
                    json.writeStringField("rule", answer.rule().name());
                    json.writeStringField("unit", answer.unit());
                    json.writeStringField("level", level);
                    json.writeStringField("channel", terms.channel() == null ? "ALL" : terms.channel());
                    json.writeStringField(
                            "category_group", terms.categoryGroup() == null ? "ALL" : terms.categoryGroup());
                    json.writeStringField("window", publication.windowName());
                    json.writeStringField("window_start", terms.from().toString());
                    json.writeStringField("window_end", terms.to().toString());
                    instant(json, "known_at", publication.card().basis().knownAt());
                    json.writeStringField("card_sha256", publication.sha256());
                    body.write(json);
                })
                .document();
    }

    private static void number(JsonGenerator json, String field, @Nullable Number value) throws IOException {
        if (value instanceof Double) {
            json.writeNumberField(field, value.doubleValue());
        } else if (value != null) {
            json.writeNumberField(field, value.longValue());
        }
    }

    private static void figures(JsonGenerator json, Responsiveness figures) throws IOException {
        groups(json, figures.figures());
        json.writeObjectFieldStart("times_state");
        for (Map.Entry<String, String> state : figures.states().entrySet()) {
            json.writeStringField(state.getKey(), state.getValue());
        }
        json.writeEndObject();
    }

    private static void curve(JsonGenerator json, List<CurvePoint> points) throws IOException {
        if (points.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("close_curve");
        for (CurvePoint point : points) {
            json.writeStartObject();
            json.writeNumberField("hours", point.hours());
            json.writeNumberField("survival", point.survival());
            number(json, "low", point.low());
            number(json, "high", point.high());
            json.writeNumberField("at_risk", point.atRisk());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** By their groups, which their names begin with: real and whole numbers, and words. */
    private static void groups(JsonGenerator json, SortedMap<String, ?> values) throws IOException {
        String group = "";
        for (Map.Entry<String, ?> value : values.entrySet()) {
            String name = value.getKey();
            int dot = name.indexOf('.');
            if (!group.equals(name.substring(0, dot))) {
                if (!group.isEmpty()) {
                    json.writeEndObject();
                }
                group = name.substring(0, dot);
                json.writeObjectFieldStart(group);
            }
            String field = name.substring(dot + 1);
            if (value.getValue() instanceof Number number) {
                number(json, field, number);
            } else {
                json.writeStringField(field, value.getValue().toString());
            }
        }
        if (!group.isEmpty()) {
            json.writeEndObject();
        }
    }

    /**
     * A rejected record, without its bytes: they may hold personal data and stay in the topic. Where it was read differs
     * between runs of the same input, and so is provenance.
     */
    public Rendered ofDeadLetter(DeadLetter letter, long version) {
        Body content = json -> {
            json.writeStringField("stage", letter.stage().name());
            json.writeStringField("reason", letter.reason());
            json.writeNumberField("bytes_size", letter.bytes().length);
            json.writeStringField("bytes_digest", CanonicalForm.digest(letter.bytes()));
        };
        return render(Kind.DEAD_LETTER, letter.id(), version, content, json -> {}, json -> {
            json.writeStringField("message", letter.message());
            json.writeStringField("origin", letter.origin());
            instant(json, "first_seen_at", letter.firstSeenAt());
        });
    }

    /** Whether a channel sends as it usually does, as of an instant of the wall clock. */
    public Rendered ofFeed(FeedStatus feed, Instant asOf, long version) {
        Body content = json -> {
            json.writeStringField("channel", feed.channel());
            instant(json, "last_record_at", feed.lastRecordAt());
            if (feed.silentAfter() != null) {
                json.writeNumberField("silent_after_seconds", feed.silentAfter().toSeconds());
            }
            json.writeBooleanField("silent", feed.silentSince() != null);
            instant(json, "silent_since", feed.silentSince());
        };
        return render(Kind.FEED, feed.channel(), version, asOf, null, content);
    }

    private Rendered render(
            Kind kind, String id, long version, Instant asOf, @Nullable Instant nextChangeAt, Body content) {
        Body time = json -> {
            instant(json, "as_of", asOf);
            instant(json, "next_change_at", nextChangeAt);
        };
        return render(kind, id, version, content, time, json -> {});
    }

    private Rendered render(Kind kind, String id, long version, Body content, Body time, Body provenance) {
        bytes.reset();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            content.write(json);
            json.flush();
            long digest = bytes.digest();
            time.write(json);
            json.writeObjectFieldStart("provenance");
            instant(json, "emitted_at", Instant.ofEpochMilli(clock.micros() / 1000));
            provenance.write(json);
            json.writeEndObject();
            json.writeEndObject();
            json.flush();
            return new Rendered(new Document(kind, bounded(id), version, bytes.toByteArray()), digest);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    private static String bounded(String id) {
        // A char is at most three bytes; only what may be too long is measured.
        return id.length() * 3 <= LONGEST_ID || id.getBytes(StandardCharsets.UTF_8).length <= LONGEST_ID
                ? id
                : new CanonicalForm().text(id).digest();
    }

    private static void text(JsonGenerator json, String field, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value);
        }
    }

    private static void texts(JsonGenerator json, String field, Collection<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static void duration(JsonGenerator json, String field, @Nullable Duration value) throws IOException {
        if (value != null) {
            json.writeNumberField(field, value.toSeconds());
        }
    }

    /** How long a stretch was that has ended, in whole seconds. */
    private static void seconds(JsonGenerator json, String field, Span span) throws IOException {
        if (span.to() != null) {
            json.writeNumberField(field, seconds(span));
        }
    }

    private static long seconds(Span ended) {
        return Duration.between(ended.from(), requireNonNull(ended.to())).toSeconds();
    }

    private static void instant(JsonGenerator json, String field, @Nullable Instant value) throws IOException {
        if (value != null) {
            json.writeStringField(field, InstantText.of(value));
        }
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
