package io.tanggap.core.report;

import static java.util.Objects.requireNonNullElse;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.evidence.Earliest;
import io.tanggap.core.evidence.Exhibit;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Cycle;
import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.ChannelDay;
import io.tanggap.core.measure.Contributions;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Day;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Snapshot;
import io.tanggap.core.measure.Tally;
import io.tanggap.core.problem.Merges;
import io.tanggap.core.problem.Problem;
import io.tanggap.core.problem.Report;
import io.tanggap.core.reference.Attribution;
import io.tanggap.core.reference.Hierarchy;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.report.ReportCard.Pair;
import io.tanggap.core.sla.Share;
import io.tanggap.core.sla.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A report card in the making: takes histories one by one, in any order, each case once, folds them by what was known and adds
 * up what they contribute.
 *
 * <p>Keeps the sums of the units and of the days of channels and, until the card is made, of each case what it says of its
 * problem, some 600 bytes, and of its evidence: any case may turn out to be the one that another was merged into, or whose
 * photograph another had used. Never views or events. For one thread.
 */
public final class Compilation {
    private static final int DIGEST_BYTES = 16;

    private final Terms terms;
    private final Reference reference;
    private final ZoneId zone;
    private final Instant midnight;
    private final Day opening;
    /** Begins with the last midnight that is in the period, or ends it. */
    private final Day closing;

    private final Map<Answer, Sums> sums = new TreeMap<>();
    private final Map<Pair, Snapshot> pairs = new TreeMap<>();
    private final Map<String, Snapshot> channels = new TreeMap<>();
    /** Of the period, by the channel's cell. */
    private final Map<Cell, ChannelDay> channelDays = new HashMap<>();

    private final Map<String, Report> reports = new HashMap<>();
    private final List<Report> merged = new ArrayList<>();
    /** By the digest of the piece. */
    private final Map<String, List<Exhibit>> evidence = new HashMap<>();

    private final List<byte[]> digests = new ArrayList<>();
    /** By the name of a hierarchy, then by unit. */
    private final Map<String, Map<String, List<String>>> paths = new HashMap<>();

    private Instant latest;
    private long events;

    /**
     * A card of no case yet.
     *
     * @param packs of which those judge that were known at {@link Terms#knownAt}; where none was, the first
     * @throws IllegalArgumentException if there is no pack, or the period begins at the as-of or later
     */
    public Compilation(Terms terms, List<ReferencePack> packs) {
        this.terms = terms;
        reference = Reference.of(known(packs, terms.knownAt()));
        zone = reference.zone();
        LocalDate today = LocalDate.ofInstant(terms.asOf(), zone);
        midnight = today.atStartOfDay(zone).toInstant();
        opening = Day.of(terms.from().toEpochDay(), zone);
        if (!opening.start().isBefore(terms.asOf())) {
            throw new IllegalArgumentException("a period from " + terms.from() + " on has not begun at the as-of, "
                    + terms.asOf() + ": choose an earlier period or a later as-of");
        }
        closing = Day.of(Math.min(terms.to().toEpochDay(), today.toEpochDay()), zone);
        latest = reference.packsUntil(terms.asOf()).stream()
                .map(ReferencePack::knownFrom)
                .filter(from -> from.isBefore(terms.asOf()))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    private static List<ReferencePack> known(List<ReferencePack> packs, @Nullable Instant knownAt) {
        if (knownAt == null) {
            return packs;
        }
        List<ReferencePack> known = packs.stream()
                .filter(pack -> !pack.knownFrom().isAfter(knownAt))
                .toList();
        // What was judged before the first pack was known was judged by the first.
        return known.isEmpty() && !packs.isEmpty()
                ? List.of(packs.stream()
                        .min(Comparator.comparing(ReferencePack::knownFrom))
                        .orElseThrow())
                : known;
    }

    /** The packs that judge. */
    public Reference reference() {
        return reference;
    }

    /** Adds a case. What came too late to count is left out here. */
    public void add(CaseHistory history) {
        List<CaseEvent> counted = history.events().stream()
                .filter(event -> event.occurredAt().isBefore(terms.asOf())
                        && (terms.knownAt() == null || !event.ingestedAt().isAfter(terms.knownAt())))
                .toList();
        CaseView view =
                CaseFold.fold(CaseHistory.of(counted), reference, terms.asOf()).view();
        if (view == null) {
            return;
        }
        remember(counted);
        Hierarchy hierarchy = hierarchyOf(view.submittedAt());
        addAll(Contributions.of(view), hierarchy);
        if (isWanted(view.channel(), requireNonNullElse(view.category(), Cell.UNCATEGORISED), hierarchy)) {
            addFirstVerdict(view, hierarchy);
        }
        Report report = Report.of(view);
        reports.put(report.caseId(), report);
        if (report.isMerged()) {
            merged.add(report);
        }
        for (Exhibit exhibit : Exhibit.of(view)) {
            evidence.computeIfAbsent(exhibit.digest(), any -> new ArrayList<>()).add(exhibit);
        }
    }

    /**
     * Adds what a source says it has of a day. What was said too late to count is left out here, and so is what nobody can know
     * at the as-of.
     */
    public void add(ChannelDeclaration declaration) {
        long day = declaration.day().toEpochDay();
        if (!declaration.begunBefore(terms.asOf())
                || (terms.knownAt() != null && declaration.declaredAt().isAfter(terms.knownAt()))
                || !terms.isInPeriod(day)
                || !isOfChannels(declaration.channel())) {
            return;
        }
        channelDays.compute(
                Cell.ofChannel(declaration.channel(), day),
                (cell, known) -> (known == null ? ChannelDay.NOTHING : known).declaring(declaration));
        latest = declaration.declaredAt().isAfter(latest) ? declaration.declaredAt() : latest;
    }

    /** What a channel sends is not told by category. */
    private boolean isOfChannels(String channel) {
        return terms.categoryGroup() == null
                && (terms.channel() == null || terms.channel().equals(channel));
    }

    private void remember(List<CaseEvent> counted) {
        MessageDigest digest = sha256();
        counted.stream().map(CaseEvent::eventId).sorted().forEach(id -> {
            digest.update(id.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        });
        digests.add(Arrays.copyOf(digest.digest(), DIGEST_BYTES));
        events += counted.size();
        for (CaseEvent event : counted) {
            latest = event.ingestedAt().isAfter(latest) ? event.ingestedAt() : latest;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private boolean isWanted(String channel, String category, Hierarchy hierarchy) {
        return (terms.channel() == null || terms.channel().equals(channel))
                && (terms.categoryGroup() == null || terms.categoryGroup().equals(hierarchy.groupOf(category)));
    }

    private void addAll(Map<Cell, Tally> contributions, Hierarchy hierarchy) {
        contributions.forEach((cell, tally) -> {
            if (cell.role() == Role.CHANNEL) {
                addReceived(cell, tally);
                return;
            }
            if (!isWanted(cell.channel(), cell.category(), hierarchy)) {
                return;
            }
            Day day = Day.of(cell.day(), zone);
            String counterpart = cell.counterpart();
            if (counterpart != null) {
                if (terms.isInPeriod(cell.day())) {
                    pairs.computeIfAbsent(new Pair(cell.unit(), counterpart), any -> new Snapshot())
                            .add(tally, day, midnight);
                }
                return;
            }
            for (String unit : path(cell.unit(), hierarchy)) {
                sums(new Answer(cell.role(), cell.rule(), unit)).add(tally, day, terms, closing.number(), midnight);
            }
        });
    }

    private void addReceived(Cell cell, Tally tally) {
        if (terms.isInPeriod(cell.day()) && isOfChannels(cell.channel())) {
            addToChannel(cell, tally);
            channelDays.merge(
                    cell,
                    ChannelDay.NOTHING.receiving(tally.get(Count.EVENTS_RECEIVED)),
                    (known, more) -> known.receiving(more.received()));
        }
    }

    private void addToChannel(Cell cell, Tally tally) {
        Day day = Day.of(cell.day(), zone);
        for (String unit : List.of(cell.unit(), Cell.ALL_CHANNELS)) {
            channels.computeIfAbsent(unit, any -> new Snapshot()).add(tally, day, midnight);
        }
    }

    private Sums sums(Answer answer) {
        return sums.computeIfAbsent(answer, any -> new Sums());
    }

    private List<String> path(String unit, Hierarchy hierarchy) {
        return paths.computeIfAbsent(hierarchy.name(), any -> new HashMap<>()).computeIfAbsent(unit, hierarchy::path);
    }

    /**
     * The verdict on the first resolution, under every rule. Ranks and funnels rest on first cycles alone, which counts of due
     * targets do not tell from later ones, nor those of cohorts from what is not due yet.
     */
    private void addFirstVerdict(CaseView view, Hierarchy hierarchy) {
        Cycle first = view.firstCycle();
        Instant deadline = first.deadline();
        boolean kept = first.verdict() == Verdict.MET;
        if (deadline == null
                || !deadline.isBefore(terms.asOf())
                || (!kept && !first.verdict().isMissed())) {
            return;
        }
        long due = view.dayOf(deadline);
        long submitted = view.dayOf(view.submittedAt());
        for (Attribution rule : Attribution.values()) {
            // Whoever got a case with hardly any time left has its miss booked apart, and is not ranked by it.
            if (rule == Attribution.CRM && !kept && first.accountable().inherited()) {
                continue;
            }
            for (Share share : first.accountable().under(rule)) {
                for (String unit : path(share.unit(), hierarchy)) {
                    Sums answering = sums(Answer.under(Answer.ruleOf(rule), unit));
                    if (terms.isInPeriod(due)) {
                        answering.due.add(kept, share.partsPerMillion());
                    } else if (terms.isInPeriodBefore(due)) {
                        answering.dueBefore.add(kept, share.partsPerMillion());
                    }
                    // Parts of cases are no trials, and have no binomial limits.
                    if (terms.isInPeriod(submitted) && rule != Attribution.SHARE) {
                        answering.addToCohort(alike(view, hierarchy, submitted), kept);
                    }
                }
            }
        }
    }

    /** Category group, channel and part of the week, then ever less of it. */
    private static List<String> alike(CaseView view, Hierarchy hierarchy, long submitted) {
        String group = hierarchy.groupOf(requireNonNullElse(view.category(), Cell.UNCATEGORISED));
        DayOfWeek day = LocalDate.ofEpochDay(submitted).getDayOfWeek();
        String channel = group + "\n" + view.channel();
        String part = channel + "\n" + (day.compareTo(DayOfWeek.FRIDAY) > 0 ? "weekend" : "weekday");
        return List.of(part, channel, group, "all");
    }

    /** The card of all cases that were added. Ends the compilation. */
    public ReportCard card() {
        addProblems();
        addEvidence();
        channelDays.forEach((cell, day) -> addToChannel(cell, day.contribution()));
        digests.sort(Arrays::compareUnsigned);
        MessageDigest digest = sha256();
        digests.forEach(digest::update);
        Basis basis = new Basis(
                reference.knownAt(terms.asOf()).city(),
                zone,
                reference.packsUntil(terms.asOf()).stream()
                        .map(ReferencePack::id)
                        .toList(),
                reference.knownAt(terms.asOf()).attributionInForce(),
                terms.knownAt() == null ? latest : terms.knownAt(),
                digests.size(),
                events,
                HexFormat.of().formatHex(digest.digest()));
        Instant last = Day.of(terms.to().toEpochDay(), zone).start().minusMillis(1);
        Hierarchy names = reference.hierarchy(last.isBefore(terms.asOf()) ? last : terms.asOf());
        return new ReportCard(terms, basis, names, sums, pairs, channels, opening, closing);
    }

    private void addProblems() {
        Merges merges = Merges.of(merged);
        Map<String, List<Report>> mergedInto = new HashMap<>();
        for (Report report : merged) {
            mergedInto
                    .computeIfAbsent(merges.rootOf(report.caseId()), root -> new ArrayList<>())
                    .add(report);
        }
        Set<String> roots = new TreeSet<>(reports.keySet());
        roots.addAll(mergedInto.keySet());
        for (String root : roots) {
            Problem problem = Problem.of(root, reports.get(root), mergedInto.getOrDefault(root, List.of()));
            if (problem != null) {
                addAll(
                        Contributions.of(problem, zone, midnight),
                        hierarchyOf(problem.citizen().from()));
            }
        }
        reports.clear();
        merged.clear();
    }

    private void addEvidence() {
        for (List<Exhibit> exhibits : evidence.values()) {
            Earliest earliest = Earliest.of(exhibits);
            for (Exhibit exhibit : exhibits) {
                addAll(Contributions.of(exhibit, earliest, zone), hierarchyOf(exhibit.submittedAt()));
            }
        }
        evidence.clear();
    }

    /** That of the day of a submission. */
    private Hierarchy hierarchyOf(Instant submittedAt) {
        return reference.hierarchy(
                LocalDate.ofInstant(submittedAt, zone).atStartOfDay(zone).toInstant());
    }
}
