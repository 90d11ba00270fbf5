package io.tanggap.release;

import io.tanggap.core.lifecycle.Anomaly;
import io.tanggap.core.reference.Category;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.release.DailyEvent;
import io.tanggap.core.release.ReleasedCase;
import io.tanggap.core.release.ReleasedEvent;
import io.tanggap.core.release.ReleasedUnit;
import io.tanggap.core.release.ReleasedVisit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of a release. Columns have the names that tools of process mining look for, the others are named likewise. */
public final class Tables {
    /** The column of the case, in every table that has one. */
    static final String CASE = "case:concept:name";

    static final String ACTIVITY = "concept:name";
    static final String TIME = "time:timestamp";
    static final String SEQUENCE = "event:seq";
    static final String CHANNEL = "case:channel";
    static final String POLICY = "sla:policy";
    static final String MERGED_INTO = "case:merged_into";
    /** Begins the names of what is true of a case, and not of one event of it. */
    static final String OF_CASE = "case:";

    private static final String SECONDS = "s";

    /** An event with its case. */
    public record EventRow(ReleasedCase of, ReleasedEvent event) {}

    /** A stay with its case. */
    public record VisitRow(ReleasedCase of, ReleasedVisit visit) {}

    /** What happened. */
    public static final Table<EventRow> EVENTS = events();

    /** The cases. */
    public static final Table<ReleasedCase> CASES = cases();

    /** Who had them. */
    public static final Table<VisitRow> VISITS = visits();

    /** The units of the reference. */
    public static final Table<Unit> UNITS = units();

    /** The categories of the reference. */
    public static final Table<Category> CATEGORIES = categories();

    /** The figures of units. */
    public static final Table<MeasureRow> MEASURES = measures();

    /** The texts of reporters. */
    public static final Table<TextRow> TEXTS = texts();

    /** Events in the daily feed, which is no release. */
    public static final Table<DailyEvent> DAYS = days();

    /** All those of a release, in the order in which they are explained. */
    public static final List<Table<?>> ALL = List.of(EVENTS, CASES, VISITS, UNITS, CATEGORIES, MEASURES, TEXTS);

    private Tables() {}

    private static Table<EventRow> events() {
        Columns<EventRow> columns = new Columns<>();
        columns.required(CASE, ColumnType.STRING, "Pseudonym of the case.", row -> row.of()
                .name());
        columns.required(
                ACTIVITY,
                ColumnType.STRING,
                "What happened. Of a state that a source sent instead of a change, with the state.",
                row -> row.event().activity());
        columns.required(
                TIME,
                ColumnType.INSTANT,
                "When, in UTC, exactly as the source says. Events of one case may share an instant.",
                row -> row.event().at());
        columns.required(
                SEQUENCE,
                ColumnType.INTEGER,
                "Place of the event in its case, from 1; it orders events of one instant, too.",
                row -> whole(row.event().sequence()));
        columns.required(
                "lifecycle:transition",
                ColumnType.STRING,
                "State of the activity in the standard life cycle of XES.",
                row -> row.event().transition());
        columns.optional(
                "org:group",
                ColumnType.STRING,
                "Id of the unit that acted, or of one above it; where the source does not say, of who had the case. Empty for citizens and systems, and where it is not told.",
                row -> group(row.event().unit()));
        columns.optional(
                "org:role",
                ColumnType.STRING,
                "Level of the unit itself that acted. 'intake' is the desk of a channel, 'validation' those who check claims, 'unlisted' a unit that the reference does not know.",
                row -> role(row.event().unit()));
        columns.required(
                "event:actor",
                ColumnType.STRING,
                "On whose behalf it happened: citizen, officer, validator or system.",
                row -> word(row.event().actor()));
        columns.required(
                "event:visibility",
                ColumnType.STRING,
                "Whether the reporter can see it: public or internal.",
                row -> word(row.event().visibility()));
        columns.required(
                "event:inferred",
                ColumnType.BOOLEAN,
                "Whether it was derived from other data of the source instead of read there.",
                row -> row.event().inferred());
        columns.optional(
                "event:to_group",
                ColumnType.STRING,
                "Id of the unit to which the case went, or that was told, or of one above it.",
                row -> group(row.event().to()));
        columns.optional(
                "event:to_role",
                ColumnType.STRING,
                "Level of that unit itself, in the words of org:role.",
                row -> role(row.event().to()));
        columns.optional(
                "event:reason",
                ColumnType.STRING,
                "Of a wait: the reason for it, 'unlisted' if the reference does not know it.",
                row -> row.event().reason());
        columns.optional(
                "event:outcome",
                ColumnType.STRING,
                "Of a closing: how the case ended, in the words of case:outcome.",
                row -> word(row.event().outcome()));
        columns.optional(
                "event:stars",
                ColumnType.INTEGER,
                "Of a rating: 1 to 5.",
                row -> whole(row.event().stars()));
        columns.optional(CHANNEL, ColumnType.STRING, "Channel of the case.", row -> row.of()
                .channel());
        columns.optional("case:category", ColumnType.STRING, "Category of the case.", row -> row.of()
                .category());
        columns.optional("case:category_group", ColumnType.STRING, "Group of the category of the case.", row -> row.of()
                .group());
        columns.required("case:place", ColumnType.STRING, "Place of the case.", row -> row.of()
                .place());
        columns.optional(
                "case:outcome",
                ColumnType.STRING,
                "How the case ended.",
                row -> word(row.of().outcome()));
        return new Table<>(
                "events",
                "One row for each event of a case. Only cases whose day of submission is told have events.",
                columns.all,
                List.of(CASE, SEQUENCE),
                "cases");
    }

    private static Table<ReleasedCase> cases() {
        Columns<ReleasedCase> columns = new Columns<>();
        columns.required(
                CASE,
                ColumnType.STRING,
                "Pseudonym of the case; it says nothing of the number that the source gave.",
                ReleasedCase::name);
        columns.required(
                "case:submitted",
                ColumnType.DATE,
                "First day of what is told of the submission, in the city's time.",
                ReleasedCase::submitted);
        columns.required(
                "case:submitted_precision",
                ColumnType.STRING,
                "What is told of it: the day, the week from Monday, or the month.",
                row -> word(row.rung().time()));
        columns.optional(
                CHANNEL,
                ColumnType.STRING,
                "Channel through which it was reported; 'unlisted' if the reference lists others only. Empty where it is not told.",
                ReleasedCase::channel);
        columns.optional(
                "case:category",
                ColumnType.STRING,
                "What it is about, an id of the table categories; 'unlisted' if the reference does not know it. Empty where it is not told.",
                ReleasedCase::category);
        columns.optional(
                "case:category_group",
                ColumnType.STRING,
                "Group of the category; empty where it is not told.",
                row -> row.group());
        columns.required(
                "case:place",
                ColumnType.STRING,
                "Id of the unit of the place, or of one above it. The city stands for itself, and for cases without a place.",
                ReleasedCase::place);
        columns.optional(
                "case:latitude",
                ColumnType.NUMBER,
                "Latitude of the middle of that unit, WGS 84; never of the case.",
                "degree",
                row -> row.centre() == null ? null : number(row.centre().latitude()));
        columns.optional(
                "case:longitude",
                ColumnType.NUMBER,
                "Longitude of the middle of that unit, WGS 84; never of the case.",
                "degree",
                row -> row.centre() == null ? null : number(row.centre().longitude()));
        columns.required("case:open", ColumnType.BOOLEAN, "Whether it is open at the as-of.", ReleasedCase::open);
        columns.optional(
                "case:outcome",
                ColumnType.STRING,
                "How it ended at the latest closing. Only fixed and answered are resolved. Empty while open.",
                row -> word(row.outcome()));
        columns.required(
                "case:cycles", ColumnType.INTEGER, "1, and one more for each reopening.", row -> whole(row.cycles()));
        columns.required(
                "case:handovers",
                ColumnType.INTEGER,
                "How often custody went from one unit to another.",
                row -> whole(row.handovers()));
        columns.required(
                "case:holders",
                ColumnType.INTEGER,
                "How many stays with holders it had, the desk of the channel among them.",
                row -> whole(row.holders()));
        columns.optional(
                "case:rating",
                ColumnType.INTEGER,
                "Latest rating by the reporter, 1 to 5.",
                row -> whole(row.rating()));
        columns.optional(
                "case:first_response_seconds",
                ColumnType.NUMBER,
                "From the submission to the first public reply of an officer; empty while there is none.",
                SECONDS,
                row -> seconds(row.firstResponse()));
        columns.optional(
                "case:resolution_seconds",
                ColumnType.NUMBER,
                "From the submission to the first stop of the resolution clock: the claim that stood, else the closing. Empty while there is none.",
                SECONDS,
                row -> seconds(row.resolution()));
        columns.optional(
                "case:closing_seconds",
                ColumnType.NUMBER,
                "From the submission to the last closing; empty while open.",
                SECONDS,
                row -> seconds(row.closing()));
        columns.optional(
                POLICY,
                ColumnType.STRING,
                "Policy of the first resolution target; empty where none applies, and where the category is not told, as in the other columns of the target but its verdict.",
                ReleasedCase::policy);
        columns.required(
                "sla:verdict",
                ColumnType.STRING,
                "Verdict on that target: met, missed_late, missed_open, running, paused, undecidable, handed_on, cancelled or not_applicable.",
                row -> word(row.verdict()));
        columns.optional(
                "sla:budget_seconds",
                ColumnType.NUMBER,
                "What the target allows, in the time of its calendar.",
                SECONDS,
                row -> seconds(row.budget()));
        columns.optional(
                "sla:used_seconds",
                ColumnType.NUMBER,
                "What was counted when the clock stopped, in the same time; empty while it runs.",
                SECONDS,
                row -> seconds(row.used()));
        columns.optional(
                "sla:deadline",
                ColumnType.INSTANT,
                "The deadline; empty where the day of submission is not told, and where there is none.",
                ReleasedCase::deadline);
        columns.optional(
                "sla:charged_group",
                ColumnType.STRING,
                "Id of the unit that is credited or charged with the verdict under the rule CRM, or of one above it.",
                row -> row.charged().group());
        columns.required(
                "sla:charged_role",
                ColumnType.STRING,
                "Level of that unit itself, in the words of org:role.",
                row -> row.charged().role());
        columns.required(
                "sla:inherited",
                ColumnType.BOOLEAN,
                "Whether that unit got the case with hardly any time left.",
                ReleasedCase::inherited);
        columns.optional(
                MERGED_INTO,
                ColumnType.STRING,
                "Pseudonym of the case in which this duplicate goes on. That case may be of another period, or withheld.",
                ReleasedCase::mergedInto);
        columns.optional(
                "case:anomalies",
                ColumnType.STRING,
                "What was odd about the history: names in the order of the alphabet, with blanks between.",
                row -> row.anomalies().isEmpty()
                        ? null
                        : row.anomalies().stream().map(Anomaly::name).sorted().collect(Collectors.joining(" ")));
        columns.required(
                "case:rung",
                ColumnType.INTEGER,
                "How finely the case is told: a rung of the ladder in PRIVACY.md, 1 is the finest.",
                row -> whole(row.rung().number()));
        return new Table<>("cases", "One row for each case that is released.", columns.all, List.of(CASE), null);
    }

    private static Table<VisitRow> visits() {
        Columns<VisitRow> columns = new Columns<>();
        columns.required(CASE, ColumnType.STRING, "Pseudonym of the case.", row -> row.of()
                .name());
        columns.required(
                "visit:number",
                ColumnType.INTEGER,
                "Number of the stay in its case, from 1.",
                row -> whole(row.visit().number()));
        columns.optional(
                "org:group",
                ColumnType.STRING,
                "Id of the unit that had the case, or of one above it; empty where it is not told.",
                row -> row.visit().unit().group());
        columns.required(
                "org:role",
                ColumnType.STRING,
                "Level of the unit itself. 'intake' is the desk of a channel, 'validation' those who check claims, 'unlisted' a unit that the reference does not know.",
                row -> row.visit().unit().role());
        columns.optional(
                "visit:offered_at",
                ColumnType.INSTANT,
                "When the case was offered to the unit; empty where it came without an offer.",
                row -> row.visit().offeredAt());
        columns.required("visit:entered_at", ColumnType.INSTANT, "When custody began.", row -> row.visit()
                .enteredAt());
        columns.required(
                "visit:entry",
                ColumnType.STRING,
                "How it began: submitted, assigned, accepted, taken, delegated, reorganised or reopened.",
                row -> word(row.visit().entry()));
        columns.optional(
                "visit:left_at", ColumnType.INSTANT, "When custody ended; empty while it lasts.", row -> row.visit()
                        .leftAt());
        columns.optional(
                "visit:ended",
                ColumnType.STRING,
                "How it ended: assigned, handed_on, delegated, reorganised or closed; empty while it lasts.",
                row -> word(row.visit().ended()));
        columns.optional(
                "visit:worked_at",
                ColumnType.INSTANT,
                "When the unit first did something about the case; empty while it has not.",
                row -> row.visit().workedAt());
        columns.required(
                "visit:counted_seconds",
                ColumnType.NUMBER,
                "How long the stay lasted until it ended, or until the last local midnight, in the time by which the resolution is judged.",
                SECONDS,
                row -> seconds(row.visit().counted()));
        return new Table<>(
                "visits",
                "One row for each stay of a case with a holder. Only cases whose day of submission is told have stays.",
                columns.all,
                List.of(CASE, "visit:number"),
                "cases");
    }

    private static Table<Unit> units() {
        Columns<Unit> columns = new Columns<>();
        columns.required("id", ColumnType.STRING, "Id of the unit, as in org:group and case:place.", Unit::id);
        columns.required("name", ColumnType.STRING, "Name of the unit.", Unit::name);
        columns.optional("name_en", ColumnType.STRING, "Name in English.", Unit::nameEn);
        columns.optional("kind", ColumnType.STRING, "Land or office: territory or agency.", row -> word(row.kind()));
        columns.required("level", ColumnType.STRING, "Level of the unit, as in org:role.", Unit::level);
        columns.optional(
                "parent", ColumnType.STRING, "Id of the unit above; empty directly below the city.", Unit::parent);
        columns.optional(
                "latitude",
                ColumnType.NUMBER,
                "Latitude of a place in the middle, WGS 84.",
                "degree",
                row -> row.centroid() == null ? null : number(row.centroid().latitude()));
        columns.optional(
                "longitude",
                ColumnType.NUMBER,
                "Longitude of a place in the middle, WGS 84.",
                "degree",
                row -> row.centroid() == null ? null : number(row.centroid().longitude()));
        return new Table<>(
                "units", "One row for each unit that the reference knows.", columns.all, List.of("id"), null);
    }

    private static Table<Category> categories() {
        Columns<Category> columns = new Columns<>();
        columns.required("id", ColumnType.STRING, "Id of the category, as in case:category.", Category::id);
        columns.required("name", ColumnType.STRING, "Name of the category.", Category::name);
        columns.optional("name_en", ColumnType.STRING, "Name in English.", Category::nameEn);
        columns.required(
                "group",
                ColumnType.STRING,
                "Its group, as in case:category_group.",
                row -> row.group() == null ? ReferencePack.OTHER : row.group());
        columns.required(
                "sensitive",
                ColumnType.BOOLEAN,
                "Whether complaints of it are about persons, so that more cases have to share what is told.",
                Category::sensitive);
        return new Table<>(
                "categories", "One row for each category that the reference knows.", columns.all, List.of("id"), null);
    }

    private static Table<MeasureRow> measures() {
        Columns<MeasureRow> columns = new Columns<>();
        columns.required("unit", ColumnType.STRING, "Id of the unit.", MeasureRow::unit);
        columns.required("unit_level", ColumnType.STRING, "Level of the unit.", MeasureRow::level);
        columns.required("role", ColumnType.STRING, "Role in which the unit is counted.", MeasureRow::role);
        columns.required("rule", ColumnType.STRING, "Rule by which it is counted.", MeasureRow::rule);
        columns.required("from", ColumnType.DATE, "First day of the period.", MeasureRow::from);
        columns.required("to", ColumnType.DATE, "First day after the period.", MeasureRow::to);
        columns.required("measure", ColumnType.STRING, "Name of the figure.", MeasureRow::measure);
        columns.optional(
                "value",
                ColumnType.NUMBER,
                "The figure; empty if there is none, or if it is withheld.",
                MeasureRow::value);
        columns.optional("state", ColumnType.STRING, "Why there is none, such as NOT_REACHED.", MeasureRow::state);
        columns.optional(
                "n",
                ColumnType.INTEGER,
                "How many cases the row rests on; empty if that is withheld.",
                MeasureRow::cases);
        columns.required(
                "withheld",
                ColumnType.BOOLEAN,
                "Whether the figure rests on too few cases to be told.",
                MeasureRow::withheld);
        return new Table<>(
                "measures",
                "One row for each figure of a unit in a period.",
                columns.all,
                List.of("unit", "role", "rule", "from", "to", "measure"),
                null);
    }

    private static Table<TextRow> texts() {
        Columns<TextRow> columns = new Columns<>();
        columns.required(CASE, ColumnType.STRING, "Pseudonym of the case.", TextRow::name);
        columns.required(
                "text",
                ColumnType.STRING,
                "What the reporter wrote, with marks such as [NAME] in place of what was found to be personal.",
                TextRow::text);
        return new Table<>("texts", "One row for each text of a case.", columns.all, List.of(), "cases");
    }

    private static Table<DailyEvent> days() {
        Columns<DailyEvent> columns = new Columns<>();
        columns.required(CASE, ColumnType.STRING, "Pseudonym of the case.", DailyEvent::caseName);
        columns.required(
                "event:id",
                ColumnType.STRING,
                "Pseudonym of the event. Rows that share it are copies of one event, which a source sent twice.",
                DailyEvent::name);
        columns.required(
                ACTIVITY,
                ColumnType.STRING,
                "What happened. Of a state that a source sent instead of a change, with the state.",
                DailyEvent::activity);
        columns.required(TIME, ColumnType.INSTANT, "When, in UTC, exactly as the source says.", DailyEvent::at);
        columns.required(
                "lifecycle:transition",
                ColumnType.STRING,
                "State of the activity in the standard life cycle of XES.",
                DailyEvent::transition);
        columns.optional(
                "org:group",
                ColumnType.STRING,
                "Id of the unit that acted. Empty where the source does not say, and where the reference does not list it.",
                row -> group(row.unit()));
        columns.optional(
                "org:role",
                ColumnType.STRING,
                "Level of that unit. 'intake' is the desk of a channel, 'validation' those who check claims, 'unlisted' a unit that the reference does not know.",
                row -> role(row.unit()));
        columns.required(
                "event:actor",
                ColumnType.STRING,
                "On whose behalf it happened: citizen, officer, validator or system.",
                row -> word(row.actor()));
        columns.required(
                "event:visibility",
                ColumnType.STRING,
                "Whether the reporter can see it: public or internal.",
                row -> word(row.visibility()));
        columns.required(
                "event:inferred",
                ColumnType.BOOLEAN,
                "Whether it was derived from other data of the source instead of read there.",
                DailyEvent::inferred);
        columns.optional(
                "event:to_group",
                ColumnType.STRING,
                "Id of the unit to which the case went, or that was told; empty where the reference does not list it.",
                row -> group(row.to()));
        columns.optional(
                "event:to_role",
                ColumnType.STRING,
                "Level of that unit, in the words of org:role.",
                row -> role(row.to()));
        columns.optional(
                "event:reason",
                ColumnType.STRING,
                "Of a wait: the reason for it, 'unlisted' if the reference does not know it.",
                DailyEvent::reason);
        columns.optional(
                "event:outcome", ColumnType.STRING, "Of a closing: how the case ended.", row -> word(row.outcome()));
        columns.optional("event:stars", ColumnType.INTEGER, "Of a rating: 1 to 5.", row -> whole(row.stars()));
        columns.required(
                CHANNEL,
                ColumnType.STRING,
                "Channel of the case; 'unlisted' if the reference lists others only.",
                DailyEvent::channel);
        columns.optional(
                "case:category",
                ColumnType.STRING,
                "Category that this event names, 'unlisted' if the reference does not know it; empty where it names none.",
                DailyEvent::category);
        columns.optional(
                "case:place",
                ColumnType.STRING,
                "Id of the unit of the place that this event names; empty where it names none that the reference lists.",
                DailyEvent::place);
        return new Table<>(
                "days",
                "One row for each record of an event, copies included, in the folder of the city's day on which it happened.",
                columns.all,
                List.of(),
                null);
    }

    private static @Nullable String group(@Nullable ReleasedUnit unit) {
        return unit == null ? null : unit.group();
    }

    private static @Nullable String role(@Nullable ReleasedUnit unit) {
        return unit == null ? null : unit.role();
    }

    private static @Nullable String word(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Long whole(@Nullable Integer number) {
        return number == null ? null : number.longValue();
    }

    private static BigDecimal number(double degrees) {
        return BigDecimal.valueOf(degrees);
    }

    /** Exact, for instants are cut to milliseconds. */
    private static @Nullable BigDecimal seconds(@Nullable Duration duration) {
        return duration == null ? null : BigDecimal.valueOf(duration.toMillis(), 3);
    }

    /** Collects the columns of a table. */
    private static final class Columns<R> {
        private final List<Field<R>> all = new ArrayList<>();

        void required(String name, ColumnType type, String description, Function<R, @Nullable Object> value) {
            all.add(new Field<>(name, type, description, null, false, value));
        }

        void required(
                String name, ColumnType type, String description, String unit, Function<R, @Nullable Object> value) {
            all.add(new Field<>(name, type, description, unit, false, value));
        }

        void optional(String name, ColumnType type, String description, Function<R, @Nullable Object> value) {
            all.add(new Field<>(name, type, description, null, true, value));
        }

        void optional(
                String name, ColumnType type, String description, String unit, Function<R, @Nullable Object> value) {
            all.add(new Field<>(name, type, description, unit, true, value));
        }
    }
}
