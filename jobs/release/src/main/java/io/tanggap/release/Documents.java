package io.tanggap.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tanggap.core.complaint.Redaction;
import io.tanggap.core.release.Rung;
import io.tanggap.core.release.Rung.Time;
import io.tanggap.core.release.Rung.Topic;
import io.tanggap.release.Protection.Standing;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What people read of a release, in Markdown, and how it is cited. */
final class Documents {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ReleaseNotes notes;
    private final Contents contents;

    Documents(ReleaseNotes notes, Contents contents) {
        this.notes = notes;
        this.contents = contents;
    }

    String readme() {
        StringBuilder text = new StringBuilder();
        text.append("# ").append(notes.title()).append("\n\n");
        text.append("Complaints of citizens of ").append(notes.city()).append(", as known at ");
        text.append(Texts.of(notes.asOf()))
                .append(", published by ")
                .append(notes.author())
                .append(".\n\n");
        row(text, "What", "Here");
        row(text, "---", "---");
        row(text, "Cases", Long.toString(notes.protection().released()));
        row(text, "Submitted", period());
        row(text, "Place", notes.territory() == null ? "the whole city" : "unit `" + notes.territory() + "`");
        row(text, "Categories", notes.categories().isEmpty() ? "all" : codes(notes.categories()));
        row(text, "Days", "of the time zone " + notes.zone());
        row(text, "Judged by", "reference " + codes(notes.packs()));
        row(text, "The city charges by", "rule " + notes.attribution());
        row(text, "Made by", notes.software());
        text.append("\n## What is where\n\n");
        row(text, "Files", "What");
        row(text, "---", "---");
        for (Table<?> table : Tables.ALL) {
            String files = Stream.of("parquet", "csv")
                    .flatMap(ending ->
                            contents.files(table, ending).stream().limit(1).map(Documents::pattern))
                    .map(path -> "`" + path + "`")
                    .collect(Collectors.joining(", "));
            if (!files.isEmpty()) {
                row(text, files, table.description());
            }
        }
        log(text, "xes", "Event log, XES 1.0 (IEEE 1849-2016): one trace for each case that has events.");
        log(text, "ocel.json", "Object-centric event log, OCEL 2.0: cases, holders, channels and policies.");
        row(text, "`DICTIONARY.md`", "Every column and what it means.");
        row(
                text,
                "`PRIVACY.md`",
                "What was done to protect persons, and what remains. **Read it before you publish from this.**");
        row(text, "`datapackage.json`", "The same for machines: a Frictionless Data Package.");
        row(text, "`CITATION.cff`", "How to cite it.");
        row(text, "`SHA256SUMS`", "`sha256sum -c SHA256SUMS` tells whether all is as it was made.");
        text.append(
                "\nEvery part of a table is a file of its own, with a header in CSV. An empty cell is no value. Instants are UTC.\n");
        text.append(
                "Some events of a case share an instant: sort by `case:concept:name` and `event:seq`, never by time alone.\n");
        text.append("How long an open case takes is not known yet: censor it, for to drop it flatters.\n");
        text.append("\n## How to open it\n");
        commands(text);
        return text.toString();
    }

    private void commands(StringBuilder text) {
        boolean parquet = contents.has("events", "parquet");
        boolean csv = contents.has("events", "csv");
        if (parquet || csv) {
            String ending = parquet ? "parquet" : "csv";
            code(text, "DuckDB", "sql", String.format(Locale.ROOT, """
                    SELECT c."case:category", count(*) AS events
                    FROM 'events/*.%1$s' e JOIN 'cases/*.%1$s' c USING ("case:concept:name")
                    GROUP BY ALL ORDER BY events DESC;
                    """, ending));
            code(
                    text,
                    "pm4py",
                    "python",
                    String.format(
                            Locale.ROOT,
                            """
                    import glob, pandas as pd, pm4py
                    events = pd.concat(pd.read_%1$s(f) for f in sorted(glob.glob("events/*.%1$s")))
                    %2$sevents = events.sort_values(["case:concept:name", "event:seq"])
                    dfg, starts, ends = pm4py.discover_dfg(events)
                    """,
                            ending,
                            parquet
                                    ? ""
                                    : "events[\"time:timestamp\"] = pd.to_datetime(events[\"time:timestamp\"], utc=True)\n"));
            code(
                    text,
                    "R",
                    "r",
                    String.format(Locale.ROOT, """
                    files <- Sys.glob("events/*.%1$s")
                    events <- do.call(rbind, lapply(files, %2$s))
                    events <- events[order(events$`case:concept:name`, events$`event:seq`), ]
                    log <- bupaR::simple_eventlog(events, "case:concept:name", "concept:name", "time:timestamp")
                    """, ending, parquet ? "arrow::read_parquet" : "readr::read_csv"));
        }
        logCommand(text, "xes", "XES with pm4py", "log = pm4py.read_xes(\"%s\")");
        logCommand(text, "ocel.json", "OCEL with pm4py", "ocel = pm4py.read_ocel2_json(\"%s\")");
    }

    private void logCommand(StringBuilder text, String ending, String title, String command) {
        contents.logs(ending).stream()
                .findFirst()
                .ifPresent(path -> code(
                        text, title, "python", "import pm4py\n" + String.format(Locale.ROOT, command, path) + "\n"));
    }

    private static void code(StringBuilder text, String title, String language, String code) {
        text.append("\n**").append(title).append("**\n\n```").append(language).append('\n');
        text.append(code).append("```\n");
    }

    private void log(StringBuilder text, String ending, String what) {
        contents.logs(ending).stream().findFirst().ifPresent(path -> row(text, "`" + pattern(path) + "`", what));
    }

    private static String pattern(String path) {
        return path.replaceFirst("-\\d+\\.", "-*.");
    }

    private String period() {
        LocalDate from = notes.from();
        LocalDate to = notes.to();
        if (from == null && to == null) {
            return "at any time";
        } else if (to == null) {
            return "from " + from;
        }
        return from == null ? "until " + to : "from " + from + " to " + to;
    }

    String dictionary() {
        StringBuilder text = new StringBuilder("# Dictionary\n\n");
        text.append(
                "Types: instants are UTC with milliseconds, seconds are decimal numbers with milliseconds, dates are days of the city.\n");
        text.append(
                "In event logs of XES the columns that begin with `case:` are attributes of the trace, without that beginning.\n");
        for (Table<?> table : Tables.ALL) {
            if (!contents.has(table)) {
                continue;
            }
            text.append("\n## ").append(table.name()).append("\n\n").append(table.description());
            if (!table.key().isEmpty()) {
                text.append(" No two rows share ").append(codes(table.key())).append('.');
            }
            text.append("\n\n");
            row(text, "Column", "Type", "Unit", "May be empty", "What it means");
            row(text, "---", "---", "---", "---", "---");
            for (Field<?> field : table.fields()) {
                row(
                        text,
                        "`" + field.name() + "`",
                        field.type().name().toLowerCase(Locale.ROOT),
                        field.unit() == null ? "" : field.unit(),
                        field.nullable() ? "yes" : "no",
                        field.description());
            }
        }
        return text.toString();
    }

    String privacy() {
        StringBuilder text = new StringBuilder("# How persons are protected in this release\n\n");
        text.append(
                "For whoever answers for data protection, before the release goes out. Numbers are of this release.\n\n");
        text.append("## What was done\n\n");
        text.append(
                "Names, addresses, contacts and accounts of reporters are in no file, nor is anything that would tell that two\n");
        text.append("cases are of one reporter. Numbers that sources gave to cases are replaced by pseudonyms. ");
        text.append(
                notes.linkable()
                        ? "**The key of the pseudonyms is kept**: who has it can name the cases again, and another release may name the same cases alike.\n"
                        : "The key of the pseudonyms was not kept: nobody can name the cases again by them.\n");
        text.append(
                "Units, categories, channels and reasons of waits are told in the words of the reference alone; what it does not list is `unlisted`.\n\n");
        text.append(
                "Somebody who knows of a complaint may know its day, place, category and channel. These are told only as finely as at least\n");
        text.append("**k = ").append(notes.anonymity().open()).append("** released cases share them, and **k = ");
        text.append(notes.anonymity().sensitive());
        text.append(
                "** where any of these is of a category that the reference calls sensitive. A case for which that cannot be reached is withheld.\n\n");
        achieved(text);
        rungs(text);
        suppressed(text);
        texts(text);
        residual(text);
        return text.toString();
    }

    private void achieved(StringBuilder text) {
        Protection protection = notes.protection();
        row(text, "Cases", "Number");
        row(text, "---", "---");
        row(text, "selected by the filters", Long.toString(protection.cases()));
        row(text, "released", Long.toString(protection.released()));
        row(text, "withheld", Long.toString(protection.withheld()));
        row(text, "in the smallest class", least(Standing::smallest));
        row(text, "in the smallest class with a sensitive case", least(Standing::smallestSensitive));
        row(text, "Figures of units withheld", Long.toString(protection.measuresWithheld()));
        text.append('\n');
    }

    private String least(Function<Standing, @Nullable Long> size) {
        return notes.protection().rungs().stream()
                .map(size)
                .filter(Objects::nonNull)
                .min(Long::compare)
                .map(String::valueOf)
                .orElse("none");
    }

    private void rungs(StringBuilder text) {
        text.append("## How finely cases are told\n\n");
        text.append("Ladder ")
                .append(notes.ladder())
                .append(". Each case stands on the first rung on which its class is large enough.\n\n");
        row(
                text,
                "Rung",
                "Time",
                "Place",
                "Category",
                "Channel",
                "Events",
                "Cases",
                "Classes",
                "Smallest",
                "Smallest, sensitive");
        row(text, "---", "---", "---", "---", "---", "---", "---", "---", "---", "---");
        Map<Integer, Standing> standings =
                notes.protection().rungs().stream().collect(Collectors.toMap(Standing::rung, standing -> standing));
        for (Rung rung : notes.ladder().rungs()) {
            Standing standing = standings.getOrDefault(rung.number(), new Standing(rung.number(), 0, 0, null, null));
            row(
                    text,
                    Integer.toString(rung.number()),
                    rung.time().name().toLowerCase(Locale.ROOT),
                    rung.up() == 0 ? "lowest level" : rung.up() + " above the lowest",
                    switch (rung.topic()) {
                        case CATEGORY -> "told";
                        case GROUP -> "its group";
                        case NONE -> "not told";
                    },
                    rung.channel() ? "told" : "not told",
                    rung.tellsEvents() ? "told" : "not told",
                    Long.toString(standing.cases()),
                    Long.toString(standing.classes()),
                    size(standing.smallest()),
                    size(standing.smallestSensitive()));
        }
        text.append('\n');
    }

    private static String size(@Nullable Long cases) {
        return cases == null ? "–" : cases.toString();
    }

    private void suppressed(StringBuilder text) {
        text.append("## What is told more coarsely, or not at all\n\n");
        row(text, "What", "Cases");
        row(text, "---", "---");
        row(text, "day told as week", count(rung -> rung.time() == Time.WEEK));
        row(text, "day told as month", count(rung -> rung.time() == Time.MONTH));
        row(text, "place told above the lowest level", count(rung -> rung.up() > 0));
        row(text, "category told as its group", count(rung -> rung.topic() == Topic.GROUP));
        row(text, "category not told", count(rung -> rung.topic() == Topic.NONE));
        row(text, "channel not told", count(rung -> !rung.channel()));
        row(text, "events, stays and deadline not told", count(rung -> !rung.tellsEvents()));
        row(text, "case withheld", Long.toString(notes.protection().withheld()));
        text.append(
                "\nWhere the place is told more coarsely, so are units that acted. Agencies are not told where nothing is told of the category, and targets where the category itself is not.\n\n");
        if (contents.has(Tables.MEASURES)) {
            text.append("## Figures of months\n\n");
            text.append(
                    "They are of all cases of a unit, also of those that the release withholds or does not select. A count from 1 to k - 1 is withheld, and\n");
            text.append(
                    "with it another one, if it could be had by subtracting from the unit above; a share or a time is withheld where fewer than 30 cases stand\n");
            text.append(
                    "behind it. A share beside its number of cases gives its numerator, which may be small: it says what a unit did, not whose case it was.\n\n");
        }
    }

    private String count(Predicate<Rung> which) {
        return Long.toString(notes.protection().rungs().stream()
                .filter(standing -> which.test(notes.ladder().rung(standing.rung())))
                .mapToLong(Standing::cases)
                .sum());
    }

    private void texts(StringBuilder text) {
        text.append("## Texts\n\n");
        Map<Redaction.Kind, Long> redactions = notes.protection().redactions();
        if (redactions == null) {
            text.append("No text that anybody wrote is in this release.\n\n");
            return;
        }
        text.append(
                "**Texts of reporters are in this release**, redacted by machine. A name without a cue such as a form of address stays in\n");
        text.append(
                "the text: it is less personal, and not anonymous. **Texts name places and subjects: where a text is released, k does not hold.**\n"
                        + "Have somebody read a sample before it goes out.\n\n");
        row(text, "Taken out", "Times");
        row(text, "---", "---");
        for (Redaction.Kind kind : Redaction.Kind.values()) {
            row(text, "`" + kind.mark() + "`", Long.toString(redactions.getOrDefault(kind, 0L)));
        }
        text.append('\n');
    }

    private void residual(StringBuilder text) {
        Protection protection = notes.protection();
        text.append("## What remains\n\n");
        text.append("**").append(protection.knowingAgency()).append(" of ").append(protection.released());
        text.append(
                " released cases** share with fewer than k others what is told *and* the agency that had them last. Somebody who knows\n");
        text.append("that, too, finds these in a smaller group than k.\n\n");
        text.append("The release does not protect against:\n\n");
        item(
                text,
                "**Exact times known from elsewhere.** Times of events are exact. Who knows the second at which a complaint was sent or answered finds the case.");
        item(
                text,
                "**Two releases of overlapping cases.** They can be joined by times and durations, whatever the pseudonyms are, and together tell more than each.");
        item(
                text,
                "**Subtraction.** Releases, or figures, with other filters or another as-of can be subtracted from each other, and leave a few cases.");
        item(
                text,
                "**A class that is alike.** When all cases of a class ended in the same way, who knows that a case is among them knows how it ended.");
        item(
                text,
                "**The course of a case.** What is done, by whom and how long it takes differs by channel and subject, also where these are not told.");
        item(
                text,
                "**Cases that are one problem.** `case:merged_into` links them: who knows of both finds them in a smaller group than k.");
        item(text, "**What staff know.** Who worked on a case recognises it by its course.");
        if (protection.redactions() != null) {
            item(text, "**Names in texts without a cue**, and what a text tells of its writer without naming anybody.");
        }
        text.append(
                "\nThis is no anonymity that would hold against everybody: give the release to those who agree not to look for persons in it.\n");
    }

    String citation() {
        StringBuilder text = new StringBuilder("cff-version: 1.2.0\n");
        text.append("message: \"If you use this data set, please cite it as below.\"\n");
        text.append("type: dataset\n");
        text.append("title: ").append(quoted(notes.title())).append('\n');
        text.append("authors:\n  - name: ").append(quoted(notes.author())).append('\n');
        text.append("version: ").append(quoted(notes.version().toString())).append('\n');
        return text.toString();
    }

    /** A text of JSON is one of YAML. */
    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("any text can be written in JSON", e);
        }
    }

    private static void item(StringBuilder text, String item) {
        text.append("- ").append(item).append('\n');
    }

    private static String codes(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private static void row(StringBuilder text, String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
