package io.tanggap.core.notice;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.Due;
import io.tanggap.core.alert.Alert.Matter;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.complaint.CanonicalForm;
import io.tanggap.core.notice.Notice.Change;
import io.tanggap.core.notice.Notice.Item;
import io.tanggap.core.notice.Notice.Occasion;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Recipient;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.WorkingTime;
import io.tanggap.core.sla.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one recipient is to be told, gathered into messages.
 *
 * <pre>
 *   instant and not more than so many an hour    a message at once
 *   more than that                               one message with all of them, and the next an hour later
 *   in quiet hours                               nothing; one message when they end
 *   silenced                                     one message when the silence ends, of what still stands
 *   of a channel that sends nothing              when it sends again, if it still stands
 *   everything else                              the digest, on working days, with all that stands beside it
 * </pre>
 *
 * <p>An alert that was told is followed until its end is told. What was raised and is over before it was told is told to
 * nobody. Of the alerts of one clock that stand the one of the highest threshold is told, for it says what the others say;
 * if it is over and they stand, the highest of them is.
 */
public final class Box {
    /** How long after a message with many the next one waits. */
    static final Duration HOUR = Duration.ofHours(1);

    /** The least that is work: a day that has so much is a working day. */
    private static final Duration A_MOMENT = Duration.ofMillis(1);

    /** What a silent feed says nothing reliable of: that something did not happen. */
    private static final Set<AlertKind> OF_WHAT_DID_NOT_HAPPEN =
            Set.of(AlertKind.THRESHOLD, AlertKind.OVERDUE, AlertKind.LIMBO, AlertKind.STALE);

    private static final List<Change> CHANGES_BY_URGENCY =
            List.of(Change.RAISED, Change.RETRACTED, Change.PASSED_ON, Change.CLEARED, Change.STANDING);

    private static final List<AlertKind> KINDS_BY_URGENCY = List.of(
            AlertKind.OVERDUE,
            AlertKind.FEED_SILENT,
            AlertKind.LIMBO,
            AlertKind.VALIDATION_FAILED,
            AlertKind.THRESHOLD,
            AlertKind.STALE);

    private static final Comparator<Entry> URGENCY = Comparator.<Entry>comparingInt(
                    entry -> CHANGES_BY_URGENCY.indexOf(entry.change()))
            .thenComparingInt(entry -> KINDS_BY_URGENCY.indexOf(entry.alert().kind()))
            .thenComparing(entry -> entry.alert().raisedAt())
            .thenComparing(entry -> entry.alert().id());

    /** Where entries are kept, by the alert's id. */
    public interface Entries {
        @Nullable
        Entry get(String alert) throws Exception;

        void put(String alert, Entry entry) throws Exception;

        void remove(String alert) throws Exception;

        /** All of them; a copy, so that they may be changed meanwhile. */
        Collection<Entry> all() throws Exception;
    }

    /**
     * What keeps something from being told.
     *
     * @param id of the silence, or the channel that sends nothing
     * @param reason of the silence; null of a channel
     */
    public record Hold(String id, @Nullable String reason) {
        public Hold {
            requireNonNull(id, "id");
        }
    }

    /**
     * An alert that concerns the recipient.
     *
     * @param route by which it is told
     * @param instant whether its news does not wait for the digest
     * @param known whether that it stands is no news, see {@link Errand#known}
     * @param told whether the recipient was told that it stands
     * @param pending what is to be told of it; null if nothing is
     * @param hold what keeps that back, as last looked; null if nothing does
     */
    public record Entry(
            Alert alert,
            String route,
            boolean instant,
            boolean known,
            boolean told,
            @Nullable Change pending,
            @Nullable Hold hold) {
        public Entry {
            requireNonNull(alert, "alert");
            requireNonNull(route, "route");
        }

        Entry with(@Nullable Change change, @Nullable Hold kept) {
            return new Entry(alert, route, instant, known, told, change, kept);
        }

        Entry done() {
            return new Entry(alert, route, instant, known, true, null, null);
        }

        /** What a message says of it. */
        Change change() {
            return pending == null ? Change.STANDING : pending;
        }

        boolean isOver() {
            return pending != null && pending != Change.RAISED;
        }

        boolean isDue() {
            return pending != null && hold == null;
        }

        /** An end waits for the digest, but a message that was wrong is put right as fast as it was sent. */
        boolean isDueAtOnce() {
            return isDue() && instant && (pending == Change.RAISED || pending == Change.RETRACTED);
        }
    }

    /**
     * What is remembered beside the entries.
     *
     * @param digestAfter the next digest is the first after this; when the last was due
     * @param singles when single messages were sent in the last hour
     * @param manyAt when the last message with more than an hour allows was sent; null if none was
     * @param due how many entries have something to be told that nothing keeps back
     * @param dueAtOnce how many of them do not wait for the digest
     * @param holds all that keeps something back, as last looked
     */
    public record Memory(
            Instant digestAfter,
            List<Instant> singles,
            @Nullable Instant manyAt,
            int due,
            int dueAtOnce,
            List<Hold> holds) {
        public Memory {
            requireNonNull(digestAfter, "digestAfter");
            singles = List.copyOf(singles);
            holds = List.copyOf(holds);
        }

        /** Of a recipient of which nothing is known yet. */
        public static Memory at(Instant now) {
            return new Memory(now, List.of(), null, 0, 0, List.of());
        }
    }

    private final Recipient recipient;
    private final Reference reference;
    private final List<Silence> silences;
    private final Collection<String> silentFeeds;
    private final Entries entries;
    private final Instant now;
    private final List<Notice> notices = new ArrayList<>();
    private final Set<Hold> holds;
    private Instant digestAfter;
    private List<Instant> singles;
    private @Nullable Instant manyAt;
    private int due;
    private int dueAtOnce;

    /**
     * A recipient's box at an instant.
     *
     * @param silences also those that are over or still to come
     * @param silentFeeds channels that send nothing
     */
    public Box(
            Recipient recipient,
            Reference reference,
            Collection<Silence> silences,
            Collection<String> silentFeeds,
            Entries entries,
            Memory memory,
            Instant now) {
        this.recipient = recipient;
        this.reference = reference;
        this.silences =
                silences.stream().filter(silence -> silence.lastsAt(now)).toList();
        this.silentFeeds = silentFeeds;
        this.entries = entries;
        this.now = now;
        holds = new LinkedHashSet<>(memory.holds());
        digestAfter = memory.digestAfter();
        singles = memory.singles().stream()
                .filter(sent -> sent.plus(HOUR).isAfter(now))
                .toList();
        manyAt = memory.manyAt();
        due = memory.due();
        dueAtOnce = memory.dueAtOnce();
    }

    /** What is to be remembered. */
    public Memory memory() {
        return new Memory(digestAfter, singles, manyAt, due, dueAtOnce, List.copyOf(holds));
    }

    /** The messages that have been made since the box was opened. */
    public List<Notice> notices() {
        return List.copyOf(notices);
    }

    /** Takes what the recipient has to know, and makes a message of it if it may have one now. */
    public void take(Errand errand) throws Exception {
        Alert alert = errand.alert();
        Entry before = entries.get(alert.id());
        boolean told = before != null && before.told();
        boolean over = errand.passedOn() || !alert.state().stands();
        boolean instant = told ? requireNonNull(before).instant() : errand.instant();
        Entry entry = new Entry(alert, errand.route(), instant, errand.known(), told, null, null);
        if (over && !told) {
            forget(before, alert.id());
        } else if (over) {
            keep(before, entry.with(change(errand), null));
        } else if (told || errand.known()) {
            keep(before, entry);
        } else {
            keep(before, raised(entry, before == null ? null : before.hold()));
        }
        if (alert.due() != null) {
            raiseHighest(clock(alert));
        }
        Entry after = entries.get(alert.id());
        // Where others wait it waits with them for the clock: nobody looks at all of them whenever one comes.
        if (after != null && after.isDueAtOnce() && dueAtOnce == 1 && !isQuiet() && mayTellOne()) {
            tellOne(List.of(after));
        }
    }

    private static Change change(Errand errand) {
        if (errand.passedOn()) {
            return Change.PASSED_ON;
        }
        return errand.alert().state() == State.RETRACTED ? Change.RETRACTED : Change.CLEARED;
    }

    /** Kept back by what keeps it back now; else by what did, if that is over and the clock has still to tell so. */
    private Entry raised(Entry entry, @Nullable Hold before) {
        Hold hold = hold(entry.alert());
        return entry.with(Change.RAISED, hold != null || before == null || lasts(before) ? hold : before);
    }

    /** Of a clock the highest that stands is told. One that says itself that a higher one does waits for its own news. */
    private void raiseHighest(String clock) throws Exception {
        boolean isHigherThere = false;
        for (int i = Clock.THRESHOLDS.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(clock + "." + Clock.THRESHOLDS.get(i));
            if (entry == null || entry.isOver()) {
                continue;
            }
            if (!entry.told() && !entry.known()) {
                if (isHigherThere && entry.pending() != null) {
                    keep(entry, entry.with(null, null));
                } else if (!isHigherThere
                        && entry.pending() == null
                        && entry.alert().state() == State.OPEN) {
                    keep(entry, raised(entry, null));
                }
            }
            isHigherThere = true;
        }
    }

    /** Makes the messages that are due by the clock. Called about once a minute. */
    public void tick() throws Exception {
        if (isQuiet()) {
            return;
        }
        tellWhatWasSilenced();
        if (passDigests() && due > 0) {
            tellDigest();
        }
        if (dueAtOnce > 0 && (mayTellOne() || mayTellMany())) {
            tellInstants();
        }
    }

    private void keep(@Nullable Entry before, Entry after) throws Exception {
        count(before, -1);
        count(after, 1);
        if (after.hold() != null) {
            holds.add(after.hold());
        }
        entries.put(after.alert().id(), after);
    }

    private void forget(@Nullable Entry before, String alert) throws Exception {
        if (before != null) {
            count(before, -1);
            entries.remove(alert);
        }
    }

    private void count(@Nullable Entry entry, int one) {
        if (entry != null) {
            due += entry.isDue() ? one : 0;
            dueAtOnce += entry.isDueAtOnce() ? one : 0;
        }
    }

    private boolean mayTellOne() {
        return singles.size() < recipient.perHour();
    }

    private boolean mayTellMany() {
        return manyAt == null || !manyAt.plus(HOUR).isAfter(now);
    }

    private boolean isQuiet() {
        return endOfQuiet(recipient, reference, now).isAfter(now);
    }

    /** When a recipient may be told something at once: at an instant, or at the end of the quiet hours that it lies in. */
    public static Instant endOfQuiet(Recipient recipient, Reference reference, Instant at) {
        LocalTime from = recipient.quietFrom();
        LocalTime to = recipient.quietTo();
        if (from == null || to == null) {
            return at;
        }
        ZonedDateTime local = at.atZone(reference.zone());
        LocalTime time = local.toLocalTime();
        boolean overMidnight = to.isBefore(from);
        boolean quiet =
                overMidnight ? !time.isBefore(from) || time.isBefore(to) : !time.isBefore(from) && time.isBefore(to);
        if (!quiet) {
            return at;
        }
        LocalDate day =
                overMidnight && !time.isBefore(from) ? local.toLocalDate().plusDays(1) : local.toLocalDate();
        // Of an hour that is there twice the one that the instant lies in.
        return ZonedDateTime.ofLocal(day.atTime(to), reference.zone(), local.getOffset())
                .toInstant();
    }

    /** What keeps back that an alert was raised; its end is never kept back. */
    private @Nullable Hold hold(Alert alert) {
        for (Silence silence : silences) {
            if (silence.holds(alert, now)) {
                return new Hold(silence.id(), silence.reason());
            }
        }
        return silentFeeds.contains(alert.channel()) && OF_WHAT_DID_NOT_HAPPEN.contains(alert.kind())
                ? new Hold(alert.channel(), null)
                : null;
    }

    private boolean lasts(Hold hold) {
        return hold.reason() == null
                ? silentFeeds.contains(hold.id())
                : silences.stream()
                        .anyMatch(silence -> silence.id().equals(hold.id())
                                && silence.reason().equals(hold.reason()));
    }

    /** What is due, without what a silence or a feed has come to keep back since it was taken. */
    private List<Entry> news() throws Exception {
        List<Entry> news = new ArrayList<>();
        for (Entry entry : entries.all()) {
            if (!entry.isDue()) {
                continue;
            }
            Hold hold = entry.isOver() ? null : hold(entry.alert());
            if (hold == null) {
                news.add(entry);
            } else {
                keep(entry, entry.with(entry.pending(), hold));
            }
        }
        return news;
    }

    private void tellInstants() throws Exception {
        List<Entry> told = news().stream().filter(Entry::isDueAtOnce).toList();
        if (told.isEmpty()) {
            return;
        }
        if (mayTellOne()) {
            tellOne(told);
        } else {
            tell(Occasion.STORM, told, List.of(), null);
            manyAt = now;
        }
    }

    private void tellOne(List<Entry> told) throws Exception {
        tell(Occasion.INSTANT, told, List.of(), null);
        singles = Stream.concat(singles.stream(), Stream.of(now)).toList();
    }

    /** What a feed kept back only comes to be due; what a silence did is told now, those of one reason together. */
    private void tellWhatWasSilenced() throws Exception {
        if (!holds.removeIf(hold -> !lasts(hold))) {
            return;
        }
        Map<String, List<Entry>> byReason = new TreeMap<>();
        for (Entry entry : entries.all()) {
            Hold before = entry.hold();
            if (before == null || holds.contains(before)) {
                continue;
            }
            Entry after = entry.with(entry.pending(), hold(entry.alert()));
            keep(entry, after);
            if (after.isDue() && before.reason() != null) {
                byReason.computeIfAbsent(before.reason(), any -> new ArrayList<>())
                        .add(after);
            }
        }
        for (Map.Entry<String, List<Entry>> silenced : byReason.entrySet()) {
            tell(Occasion.SILENCE_ENDED, silenced.getValue(), List.of(), silenced.getKey());
        }
    }

    private void tellDigest() throws Exception {
        List<Entry> news = news();
        if (news.isEmpty()) {
            return;
        }
        Set<String> raised = news.stream()
                .filter(entry -> entry.pending() == Change.RAISED)
                .map(entry -> clock(entry.alert()))
                .collect(Collectors.toSet());
        List<Entry> standing = entries.all().stream()
                .filter(entry -> entry.pending() == null
                        && (entry.told() || entry.known())
                        && !raised.contains(clock(entry.alert())))
                .toList();
        tell(Occasion.DIGEST, news, standing, null);
    }

    /** Whether a digest has become due. Of several that nobody made one is made. */
    private boolean passDigests() {
        boolean isDue = false;
        Instant next = nextDigest();
        while (next != null && !next.isAfter(now)) {
            isDue = true;
            digestAfter = next;
            next = nextDigest();
        }
        return isDue;
    }

    private @Nullable Instant nextDigest() {
        return nextDigest(recipient, reference, digestAfter, now);
    }

    /**
     * The first digest after an instant, at its local time on a day on which the recipient's calendar works; null if it works
     * no more.
     *
     * @param now by the calendars known then
     */
    public static @Nullable Instant nextDigest(Recipient recipient, Reference reference, Instant after, Instant now) {
        ZoneId zone = reference.zone();
        WorkingTime time = reference.workingTime(recipient.calendar(), now);
        LocalDate day = LocalDate.ofInstant(after, zone);
        while (true) {
            Instant worked = time.deadline(day.atStartOfDay(zone).toInstant(), A_MOMENT);
            if (worked == null) {
                return null;
            }
            day = LocalDate.ofInstant(worked.minus(A_MOMENT), zone);
            // A time that a clock skips in spring is as much later as the clock is put forward.
            Instant at = day.atTime(recipient.digestAt()).atZone(zone).toInstant();
            if (at.isAfter(after)) {
                return at;
            }
            day = day.plusDays(1);
        }
    }

    private void tell(Occasion occasion, List<Entry> news, List<Entry> standing, @Nullable String reason)
            throws Exception {
        List<Entry> shown = highest(Stream.concat(news.stream(), standing.stream()));
        Map<Change, Integer> counts = new EnumMap<>(Change.class);
        shown.forEach(entry -> counts.merge(entry.change(), 1, Integer::sum));
        List<Item> items = shown.stream()
                .limit(Notice.MOST_ITEMS)
                .map(entry -> new Item(entry.change(), entry.alert(), entry.route()))
                .toList();
        notices.add(new Notice(
                id(occasion, news),
                recipient.id(),
                recipient.unit(),
                unitName(recipient.unit()).orElse(recipient.unit()),
                occasion,
                now,
                counts,
                items,
                reason,
                names(items),
                recipient.language(),
                reference.zone()));
        for (Entry entry : news) {
            if (entry.isOver()) {
                forget(entry, entry.alert().id());
            } else {
                keep(entry, entry.done());
            }
        }
        for (Entry entry : shown) {
            if (entry.pending() == null && !entry.told()) {
                keep(entry, entry.done());
            }
        }
    }

    /** Of alerts of one clock to which the same has happened the one of the highest threshold; the most urgent first. */
    private static List<Entry> highest(Stream<Entry> all) {
        Map<List<Object>, Entry> highest = new HashMap<>();
        all.forEach(entry -> highest.merge(
                List.of(clock(entry.alert()), entry.change()), entry, (a, b) -> threshold(a) >= threshold(b) ? a : b));
        return highest.values().stream().sorted(URGENCY).toList();
    }

    private static String clock(Alert alert) {
        Due due = alert.due();
        return due == null ? alert.id() : alert.id().substring(0, alert.id().lastIndexOf('.'));
    }

    private static int threshold(Entry entry) {
        Due due = entry.alert().due();
        return due == null ? 0 : due.threshold();
    }

    /** The same news make the same message, whenever it is made. */
    private String id(Occasion occasion, List<Entry> news) {
        CanonicalForm form = new CanonicalForm().text(recipient.id()).text(occasion.name());
        news.stream().sorted(Comparator.comparing(entry -> entry.alert().id())).forEach(entry -> form.text(
                        entry.alert().id())
                .text(requireNonNull(entry.pending()).name())
                .text(entry.alert().asOf().toString()));
        return form.digest();
    }

    private Optional<String> unitName(String unit) {
        return reference.unit(unit, now).map(line -> name(line.name(), line.nameEn()));
    }

    private Optional<String> categoryName(String category) {
        return reference.knownAt(now).categories().stream()
                .filter(line -> line.id().equals(category))
                .map(line -> name(line.name(), line.nameEn()))
                .findFirst();
    }

    private String name(String own, @Nullable String english) {
        return recipient.language().equals("en") && english != null ? english : own;
    }

    private Map<String, String> names(List<Item> items) {
        Set<String> units = new HashSet<>();
        Set<String> categories = new HashSet<>();
        for (Item item : items) {
            Matter matter = item.alert().matter();
            if (matter != null) {
                Stream.of(matter.holder(), matter.charged(), matter.offeredTo(), matter.territory())
                        .filter(Objects::nonNull)
                        .forEach(units::add);
                if (matter.category() != null) {
                    categories.add(matter.category());
                }
            }
        }
        Map<String, String> names = new HashMap<>();
        units.forEach(unit -> unitName(unit).ifPresent(name -> names.put(unit, name)));
        categories.forEach(category -> categoryName(category).ifPresent(name -> names.put(category, name)));
        return names;
    }
}
