package io.tanggap.reference;

import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Category;
import io.tanggap.core.reference.Channel;
import io.tanggap.core.reference.Competence;
import io.tanggap.core.reference.GeoPoint;
import io.tanggap.core.reference.Label;
import io.tanggap.core.reference.PauseRule;
import io.tanggap.core.reference.Policy;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Recipient;
import io.tanggap.core.reference.Recipient.Means;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.reference.Route;
import io.tanggap.core.reference.Route.Party;
import io.tanggap.core.reference.Validity;
import io.tanggap.core.reference.WorkCalendar.Holiday;
import io.tanggap.core.reference.WorkCalendar.Hours;
import io.tanggap.core.reference.WorkCalendar.Span;
import io.tanggap.core.sla.Clock;
import io.tanggap.core.wording.Nearest;
import io.tanggap.reference.Table.Row;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The CSV files of a pack, line by line: what each line says by itself, with the row that says it. Lines without an id, and
 * those that say nothing usable, are left out.
 *
 * @param calendars a line of {@code calendars.csv}; one that only names a calendar has no hours
 */
record Lines(
        List<Line<Unit>> units,
        List<Line<Competence>> competences,
        List<Line<Policy>> policies,
        List<Line<PauseRule>> pauses,
        List<Line<Opening>> calendars,
        List<Line<Closing>> holidays,
        List<Line<Category>> categories,
        List<Line<Label>> labels,
        List<Line<Channel>> channels,
        List<Line<Route>> routes,
        List<Line<Recipient>> recipients) {

    /** What a row says. */
    record Line<T>(T value, Row row) {}

    /** Hours of a calendar; null if the line only names it. */
    record Opening(String calendar, @Nullable Hours hours) {}

    /** A day of a calendar that is not ordinary. */
    record Closing(String calendar, Holiday holiday) {}

    private static final Pattern CREDENTIALS = Pattern.compile("^[^/?#]*//[^/?#]*@");
    private static final Pattern MAILBOX = Pattern.compile("[^@\\s,;<>\"\\p{Cntrl}]+@[^@\\s,;<>\"\\p{Cntrl}]+");
    private static final Pattern FOLDER = Pattern.compile("-|[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int MOST_PORT = 65_535;
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):([0-5]\\d)");
    private static final Map<String, DayOfWeek> WEEKDAYS = Map.of(
            "mon", DayOfWeek.MONDAY,
            "tue", DayOfWeek.TUESDAY,
            "wed", DayOfWeek.WEDNESDAY,
            "thu", DayOfWeek.THURSDAY,
            "fri", DayOfWeek.FRIDAY,
            "sat", DayOfWeek.SATURDAY,
            "sun", DayOfWeek.SUNDAY);
    private static final List<String> WEEK = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    static Lines read(PackFiles files, Problems problems) {
        return new Lines(
                lines(
                        Table.read(
                                PackFiles.UNITS,
                                files.text(PackFiles.UNITS, problems),
                                problems,
                                "id*",
                                "name*",
                                "name_en",
                                "kind*",
                                "level*",
                                "parent",
                                "valid_from",
                                "valid_to",
                                "population",
                                "latitude",
                                "longitude",
                                "contact",
                                "successor",
                                "source"),
                        Lines::unit),
                lines(
                        Table.read(
                                PackFiles.COMPETENCE,
                                files.text(PackFiles.COMPETENCE, problems),
                                problems,
                                "category",
                                "territory",
                                "unit*",
                                "valid_from",
                                "valid_to",
                                "source"),
                        Lines::competence),
                lines(
                        Table.read(
                                PackFiles.POLICIES,
                                files.text(PackFiles.POLICIES, problems),
                                problems,
                                "id*",
                                "target*",
                                "category",
                                "channel",
                                "level",
                                "within*",
                                "calendar",
                                "valid_from",
                                "valid_to",
                                "source"),
                        Lines::policy),
                lines(
                        Table.read(
                                PackFiles.PAUSES,
                                files.text(PackFiles.PAUSES, problems),
                                problems,
                                "reason*",
                                "target",
                                "cap*",
                                "valid_from",
                                "valid_to",
                                "source"),
                        Lines::pause),
                lines(
                        Table.read(
                                PackFiles.CALENDARS,
                                files.text(PackFiles.CALENDARS, problems),
                                problems,
                                "calendar*",
                                "weekday*",
                                "from*",
                                "to*",
                                "valid_from",
                                "valid_to",
                                "source"),
                        Lines::opening),
                lines(
                        Table.read(
                                PackFiles.HOLIDAYS,
                                files.text(PackFiles.HOLIDAYS, problems),
                                problems,
                                "calendar*",
                                "date*",
                                "name",
                                "from",
                                "to",
                                "known_from",
                                "source"),
                        Lines::closing),
                lines(
                        Table.read(
                                PackFiles.CATEGORIES,
                                files.text(PackFiles.CATEGORIES, problems),
                                problems,
                                "id*",
                                "name",
                                "name_en",
                                "group",
                                "sensitive",
                                "source"),
                        Lines::category),
                lines(
                        Table.read(
                                PackFiles.LABELS,
                                files.text(PackFiles.LABELS, problems),
                                problems,
                                "channel",
                                "label*",
                                "category*",
                                "source"),
                        Lines::label),
                lines(
                        Table.read(
                                PackFiles.CHANNELS,
                                files.text(PackFiles.CHANNELS, problems),
                                problems,
                                "channel*",
                                "silent_after",
                                "accounts",
                                "reopens_at_stars",
                                "source"),
                        Lines::channel),
                lines(
                        Table.read(
                                PackFiles.ROUTES,
                                files.text(PackFiles.ROUTES, problems),
                                problems,
                                "id*",
                                "kind*",
                                "target",
                                "threshold",
                                "after_working_days",
                                "category",
                                "channel",
                                "to*",
                                "when",
                                "valid_from",
                                "valid_to",
                                "source"),
                        Lines::route),
                lines(
                        Table.read(
                                PackFiles.RECIPIENTS,
                                files.text(PackFiles.RECIPIENTS, problems),
                                problems,
                                "id*",
                                "unit*",
                                "means*",
                                "address*",
                                "language*",
                                "digest_at",
                                "calendar",
                                "quiet_from",
                                "quiet_to",
                                "per_hour",
                                "valid_from",
                                "valid_to",
                                "source"),
                        Lines::recipient));
    }

    private static <T> List<Line<T>> lines(List<Row> rows, Function<Row, @Nullable T> reading) {
        List<Line<T>> lines = new ArrayList<>();
        for (Row row : rows) {
            T value = reading.apply(row);
            if (value != null) {
                lines.add(new Line<>(value, row));
            }
        }
        return lines;
    }

    private static @Nullable Unit unit(Row row) {
        String id = row.needed("id");
        String name = row.needed("name");
        String level = row.needed("level");
        Kind kind = row.choice("kind", Kind.class);
        Double latitude = row.degrees("latitude", 90);
        Double longitude = row.degrees("longitude", 180);
        row.both("latitude", "longitude");
        boolean both = row.has("latitude") && row.has("longitude");
        if (both && (row.get("latitude") == null) != (row.get("longitude") == null)) {
            row.unreadable(
                    row.get("latitude") == null ? "latitude" : "longitude",
                    "a place needs latitude and longitude; fill in or empty both");
        }
        Unit unit = new Unit(
                id,
                kind,
                name,
                row.get("name_en"),
                level,
                row.get("parent"),
                row.validity(),
                row.count("population"),
                latitude == null || longitude == null ? null : new GeoPoint(latitude, longitude),
                row.get("contact"),
                row.get("successor"));
        return id.isEmpty() ? null : unit;
    }

    private static @Nullable Competence competence(Row row) {
        String unit = row.needed("unit");
        Validity validity = row.validity();
        return unit.isEmpty() ? null : new Competence(row.get("category"), row.get("territory"), unit, validity);
    }

    private static @Nullable Policy policy(Row row) {
        String id = row.needed("id");
        Policy policy = new Policy(
                id,
                row.choice("target", Target.class),
                row.get("category"),
                row.get("channel"),
                row.get("level"),
                row.duration("within"),
                inWorkingDays(row),
                row.get("calendar"),
                row.validity());
        return id.isEmpty() ? null : policy;
    }

    /** Days of a calendar are its working days, hours its working hours; it says nothing of how the two add up. */
    private static boolean inWorkingDays(Row row) {
        String within = row.get("within");
        if (row.get("calendar") == null || within == null || Table.durationOf(within) == null) {
            return false;
        }
        String upper = within.toUpperCase(Locale.ROOT);
        if (upper.contains("D") && upper.contains("T")) {
            row.unreadable(
                    "within",
                    Problems.quoted(within) + " adds hours to the working days of a calendar, which are not of one"
                            + " length; write P2D for whole working days, or PT12H for working hours");
            return false;
        }
        return upper.contains("D");
    }

    private static @Nullable PauseRule pause(Row row) {
        String reason = row.needed("reason");
        PauseRule pause = new PauseRule(
                reason,
                row.get("target") == null ? null : row.choice("target", Target.class),
                row.duration("cap"),
                row.validity());
        return reason.isEmpty() ? null : pause;
    }

    private static @Nullable Opening opening(Row row) {
        String calendar = row.needed("calendar");
        Validity validity = row.validity();
        if (row.get("weekday") == null && row.get("from") == null && row.get("to") == null) {
            return calendar.isEmpty() ? null : new Opening(calendar, null);
        }
        String text = row.needed("weekday");
        DayOfWeek weekday = WEEKDAYS.get(text.toLowerCase(Locale.ROOT));
        if (weekday == null && !text.isEmpty()) {
            row.unreadable("weekday", Problems.quoted(text) + " is no weekday; " + Nearest.hint(text, WEEK));
        }
        row.needed("from");
        row.needed("to");
        Span span = span(row);
        if (calendar.isEmpty()) {
            return null;
        }
        return new Opening(calendar, weekday == null || span == null ? null : new Hours(weekday, span, validity));
    }

    private static @Nullable Closing closing(Row row) {
        String calendar = row.needed("calendar");
        row.needed("date");
        LocalDate date = row.day("date");
        LocalDate knownFrom = row.day("known_from");
        if ((row.get("from") == null) != (row.get("to") == null)) {
            row.unreadable(
                    row.get("from") == null ? "from" : "to",
                    "hours need from and to; fill in both, or empty both if the whole day is off");
        }
        Span span = span(row);
        return calendar.isEmpty() || date == null
                ? null
                : new Closing(calendar, new Holiday(date, row.get("name"), span, knownFrom));
    }

    /** The hours of a line; null if it has none, or none that can be read. */
    private static @Nullable Span span(Row row) {
        Integer from = minute(row, "from");
        Integer to = minute(row, "to");
        if (from == null || to == null) {
            return null;
        }
        if (from >= to) {
            row.unreadable(
                    "to", "to is not after from; correct one of them, and write hours over midnight as two lines");
            return null;
        }
        return new Span(from, to);
    }

    private static @Nullable Integer minute(Row row, String column) {
        String text = row.get(column);
        if (text == null) {
            return null;
        }
        Matcher matcher = TIME.matcher(text);
        int minute = matcher.matches()
                ? 60 * Integer.parseInt(matcher.group(1)) + Integer.parseInt(matcher.group(2))
                : Integer.MAX_VALUE;
        if (minute > Span.DAY) {
            row.unreadable(
                    column, Problems.quoted(text) + " is no time of day; write it as 07:30, the end of a day as 24:00");
            return null;
        }
        return minute;
    }

    private static @Nullable Category category(Row row) {
        String id = row.needed("id");
        String name = row.get("name");
        Category category =
                new Category(id, name == null ? id : name, row.get("name_en"), row.get("group"), row.flag("sensitive"));
        return id.isEmpty() ? null : category;
    }

    private static @Nullable Label label(Row row) {
        String label = row.needed("label");
        String category = row.needed("category");
        return label.isEmpty() || category.isEmpty() ? null : new Label(row.get("channel"), label, category);
    }

    private static @Nullable Channel channel(Row row) {
        String id = row.needed("channel");
        if (id.matches("(?s).*[:\\s].*")) {
            row.unreadable("channel", "the id of a channel has no colon and no blank; write it as in events");
        }
        String accounts = row.get("accounts");
        if (accounts != null && accounts.matches("(?s).*[,;].*")) {
            row.unreadable("accounts", "accounts are separated by blanks; write blanks for commas and semicolons");
        }
        Duration silentAfter = row.get("silent_after") == null ? null : row.duration("silent_after");
        Integer stars = row.stars("reopens_at_stars");
        return id.isEmpty()
                ? null
                : new Channel(
                        id,
                        silentAfter,
                        accounts == null ? Set.of() : Set.copyOf(List.of(accounts.split("\\s+"))),
                        stars);
    }

    /** How soon a route tells; the first is what an empty field means. */
    private enum When {
        DIGEST,
        INSTANT
    }

    /** Whom a route tells. */
    private record Told(Party party, @Nullable String name) {}

    private static @Nullable Route route(Row row) {
        String id = row.needed("id");
        AlertKind kind = row.choice("kind", AlertKind.class);
        Target target = row.get("target") == null ? null : row.choice("target", Target.class);
        Integer threshold = threshold(row);
        Integer days = row.whole("after_working_days", 0);
        Told told = told(row);
        boolean instant = row.get("when") != null && row.choice("when", When.class) == When.INSTANT;
        Validity validity = row.validity();
        if (!row.isBroken()) {
            fit(row, kind, target, threshold, told);
        }
        // What does not fit together is no route: one of this kind is, and its unit and category are looked up.
        boolean broken = row.isBroken();
        return id.isEmpty()
                ? null
                : new Route(
                        id,
                        broken ? AlertKind.OVERDUE : kind,
                        broken ? null : target,
                        broken ? null : threshold,
                        days == null ? 0 : days,
                        row.get("category"),
                        row.get("channel"),
                        told.party(),
                        told.name(),
                        instant,
                        validity);
    }

    private static @Nullable Integer threshold(Row row) {
        String text = row.get("threshold");
        for (Integer threshold : Clock.THRESHOLDS) {
            if (threshold.toString().equals(text)) {
                return threshold;
            }
        }
        if (text != null) {
            row.unreadable(
                    "threshold",
                    Problems.quoted(text) + " is no threshold; write one of "
                            + Clock.THRESHOLDS.stream().map(String::valueOf).collect(Collectors.joining(", "))
                            + ", in digits alone, or empty the field");
        }
        return null;
    }

    private static Told told(Row row) {
        String text = row.needed("to");
        int colon = text.indexOf(':');
        String word = text.substring(0, colon < 0 ? text.length() : colon).strip();
        String name = text.substring(colon < 0 ? text.length() : colon + 1).strip();
        for (Party party : Party.values()) {
            if (word.equalsIgnoreCase(party.name()) && party.isNamed() != name.isEmpty()) {
                return new Told(party, party.isNamed() ? name : null);
            }
        }
        if (!text.isEmpty()) {
            List<String> words = Arrays.stream(Party.values())
                    .map(party -> party.name().toLowerCase(Locale.ROOT) + (party.isNamed() ? ":" : ""))
                    .toList();
            row.unreadable(
                    "to",
                    Problems.quoted(text) + " says not who is told; write holder, above:LEVEL or unit:ID; "
                            + Nearest.hint(word, words));
        }
        return new Told(Party.HOLDER, null);
    }

    /** Tells what alerts of a kind do not have, so that the line would match none. */
    private static void fit(Row row, AlertKind kind, @Nullable Target target, @Nullable Integer threshold, Told told) {
        String ofKind = "alerts of the kind '" + kind.name().toLowerCase(Locale.ROOT) + "' ";
        boolean ofOtherThanResolution = target != null && target != Target.RESOLUTION;
        if (!kind.isOfClock() && target != null) {
            row.unreadable("target", ofKind + "are of no clock and have no target; empty the field");
        }
        if (!kind.isOfClock() && threshold != null) {
            row.unreadable("threshold", ofKind + "are of no clock and have no threshold; empty the field");
        }
        switch (kind) {
            case THRESHOLD -> {
                if (ofOtherThanResolution) {
                    row.unreadable(
                            "target", ofKind + "are of the target 'resolution' alone; write it, or empty the field");
                }
                if (threshold != null && threshold >= 100) {
                    row.unreadable(
                            "threshold",
                            ofKind + "come before the deadline; write a threshold below 100, or 'overdue' as the kind");
                }
            }
            case OVERDUE -> {
                if (threshold != null && threshold < 100) {
                    row.unreadable(
                            "threshold",
                            ofKind + "come after the deadline; write 100 or more, or 'threshold' as the kind");
                }
                if (threshold != null && threshold > 100 && ofOtherThanResolution) {
                    row.unreadable(
                            "threshold",
                            "only alerts of the target 'resolution' go beyond 100; write 100, or 'resolution' as the"
                                    + " target");
                }
            }
            case LIMBO -> {
                if (threshold != null && threshold != 100) {
                    row.unreadable("threshold", ofKind + "have the threshold 100 alone; write it, or empty the field");
                }
            }
            case FEED_SILENT -> {
                if (told.party() != Party.UNIT) {
                    row.unreadable("to", ofKind + "are of no case, so nobody is near it; write unit:ID");
                }
                if (row.get("category") != null) {
                    row.unreadable("category", ofKind + "are of no case and have no category; empty the field");
                }
            }
            case STALE, VALIDATION_FAILED -> {}
        }
    }

    private static @Nullable Recipient recipient(Row row) {
        Means means = row.choice("means", Means.class);
        String address = row.needed("address");
        String wrong = row.isBroken() ? null : wrong(means, address);
        if (wrong != null) {
            row.unreadable("address", wrong);
        }
        String id = row.needed("id");
        String unit = row.needed("unit");
        String language = row.needed("language").toLowerCase(Locale.ROOT);
        boolean written = Recipient.LANGUAGES.contains(language);
        if (!written && !language.isEmpty()) {
            row.unreadable(
                    "language",
                    "no message is written in " + Problems.quoted(language) + "; "
                            + Nearest.hint(language, new TreeSet<>(Recipient.LANGUAGES)));
        }
        LocalTime digestAt = time(row, "digest_at");
        LocalTime quietFrom = time(row, "quiet_from");
        LocalTime quietTo = time(row, "quiet_to");
        if ((row.get("quiet_from") == null) != (row.get("quiet_to") == null)) {
            row.unreadable(
                    row.get("quiet_from") == null ? "quiet_from" : "quiet_to",
                    "quiet hours need quiet_from and quiet_to; fill in or empty both");
        }
        if (quietFrom != null && quietFrom.equals(quietTo)) {
            row.unreadable(
                    "quiet_to", "quiet hours that end when they begin leave nothing to tell in; correct or empty both");
        }
        Integer perHour = row.whole("per_hour", 1);
        Validity validity = row.validity();
        boolean quiet = quietFrom != null && quietTo != null && !quietFrom.equals(quietTo);
        return id.isEmpty() || unit.isEmpty()
                ? null
                : new Recipient(
                        id,
                        unit,
                        means,
                        address,
                        written ? language : "en",
                        digestAt == null ? Recipient.CUSTOMARY_DIGEST : digestAt,
                        row.get("calendar"),
                        quiet ? quietFrom : null,
                        quiet ? quietTo : null,
                        perHour == null ? Recipient.CUSTOMARY_PER_HOUR : perHour,
                        validity);
    }

    /** Why no message can go to an address by these means; null if one can. A URL is not repeated: it may hold a secret. */
    private static @Nullable String wrong(Means means, String address) {
        return switch (means) {
            case WEBHOOK ->
                CREDENTIALS.matcher(address).find()
                        ? "the URL has a user or a password before its host; a pack is published, so write it without"
                        : isWebhook(address)
                                ? null
                                : "this is no http or https URL; write it in full, as https://hooks.city.example/desk";
            case EMAIL ->
                MAILBOX.matcher(address).matches()
                        ? null
                        : Problems.quoted(address) + " is no mailbox; write one alone, as desk@city.example";
            case FILE ->
                FOLDER.matcher(address).matches()
                        ? null
                        : Problems.quoted(address)
                                + " is no plain name of a folder; write up to 64 letters, digits, dots, - and _, the first"
                                + " one a letter or digit, or - alone";
        };
    }

    private static boolean isWebhook(String address) {
        try {
            URI uri = new URI(address);
            return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getPort() <= MOST_PORT
                    && uri.toASCIIString().equals(address);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** A time at which something may happen every day; null if the field is empty or cannot be read. */
    private static @Nullable LocalTime time(Row row, String column) {
        Integer minute = minute(row, column);
        if (minute != null && minute == Span.DAY) {
            row.unreadable(column, "24:00 is the midnight of the next day; write 00:00");
            return null;
        }
        return minute == null ? null : LocalTime.ofSecondOfDay(minute * 60L);
    }
}
