package io.tanggap.app.cli;

import io.tanggap.app.run.Engine;
import io.tanggap.app.run.FlinkSession;
import io.tanggap.app.run.KafkaExports;
import io.tanggap.core.complaint.Redaction;
import io.tanggap.core.reference.Category;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.release.Anonymity;
import io.tanggap.core.release.Ladder;
import io.tanggap.core.release.Published;
import io.tanggap.core.wording.Nearest;
import io.tanggap.flink.io.PublishedPacks;
import io.tanggap.flink.operator.KeyFile;
import io.tanggap.flink.operator.ReleaseFacts;
import io.tanggap.flink.operator.ReleasePlan;
import io.tanggap.release.Format;
import io.tanggap.release.Protection;
import io.tanggap.release.ReleaseNotes;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tanggap export}: a release of research data. */
@Command(
        name = "export",
        description = {
            "A release of research data: events, cases and stays with holders as tables, logs for process mining, and the figures"
                    + " of months, with what each column is, hashes, and PRIVACY.md, which says how persons are protected and how not.",
            "Cases are named by pseudonyms. When, where, of what and through which channel is told as finely as enough other"
                    + " cases share it; a case of which too few are told alike is withheld. No text is released unless --texts asks for it.",
            "The directory is there when the release is whole, or not at all. What is sorted on the way takes some three times the"
                    + " size of the events on the disk of --out; memory does not grow with their number (TANGGAP_HEAP sets the heap)."
        },
        footer = {
            "",
            "The same events, packs, as-of and key give the same bytes. For example:",
            "  tanggap export --bootstrap-servers localhost:9092 --period 2017-11 --out release-2017-11"
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ExportCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The directory of the release, which must not be there yet.")
    private Path out = Path.of("");

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description =
                    "What had happened before this time: 2019-12-31T00:00 in the city's zone, or with an offset. Default: the latest"
                            + " heartbeat; where there is none, just after the newest event, but not after now.")
    private @Nullable String asOf;

    @Option(
            names = "--period",
            paramLabel = "PERIOD",
            description =
                    "Cases submitted in a month as 2017-11, a quarter as 2017-Q4, a week as 2017-W46 or a day as 2017-11-05.")
    private @Nullable String period;

    @Option(names = "--from", paramLabel = "DAY", description = "In place of --period: the first day of submissions.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY", description = "The first day after the period.")
    private @Nullable String to;

    @Option(
            names = "--territory",
            paramLabel = "UNIT",
            description = "Cases of this unit and of those below it alone, by its id in the reference.")
    private @Nullable String territory;

    @Option(
            names = "--category",
            paramLabel = "C",
            split = ",",
            description =
                    "Cases of this category, or of those of this group, alone; by ids of the reference. May be given several"
                            + " times. The release then has no figures of months, which are of all categories.")
    private List<String> categories = List.of();

    @Option(
            names = "--format",
            paramLabel = "F",
            split = ",",
            description = "${COMPLETION-CANDIDATES}; default: all of them.")
    private Set<Format> formats = EnumSet.allOf(Format.class);

    @Option(
            names = "--keep",
            paramLabel = "WHAT",
            defaultValue = "TIMES",
            description =
                    "What is kept for as long as can be: times (exact, for the study of processes; places and categories give way"
                            + " first) or places (times give way first, and cases whose day is not told have no events);"
                            + " default: times.")
    private Ladder keep = Ladder.TIMES;

    @Option(
            names = "--k",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many cases are told alike, at least (default: ${DEFAULT-VALUE}).")
    private int openK;

    @Option(
            names = "--sensitive-k",
            paramLabel = "N",
            defaultValue = "11",
            description =
                    "The same where any of them is of a category that categories.csv of the reference calls sensitive"
                            + " (default: ${DEFAULT-VALUE}).")
    private int sensitiveK;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "The key of the pseudonyms, 32 bytes or more, if another release is to name cases alike. Default: a new one,"
                            + " which is forgotten.")
    private @Nullable Path key;

    @Option(
            names = "--texts",
            description =
                    "Release what reporters wrote, redacted once more. Names without a cue to them stay in it: give it to"
                            + " nobody who may not read personal data.")
    private boolean texts;

    @Option(names = "--title", paramLabel = "TEXT", description = "The title of the release.")
    private @Nullable String title;

    @Option(names = "--publisher", paramLabel = "NAME", description = "Who answers for it (default: the city).")
    private @Nullable String publisher;

    @Mixin
    private FlinkOptions flink = new FlinkOptions();

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.system();
        Anonymity anonymity = anonymity();
        List<ReferencePack> packs = PublishedPacks.in(kafka.bootstrap);
        if (packs.isEmpty()) {
            throw UserError.failed(
                    "Kafka at " + kafka.bootstrap + " has no reference: publish one with tanggap reference publish.");
        }
        Reference reference = Reference.of(packs);
        ZoneId zone = reference.zone();
        Instant at = asOf(zone, terminal);
        Published words = new Published(reference, at);
        CalendarPeriod days = days();
        check(words.pack());
        try (UnfinishedRelease unfinished = UnfinishedRelease.begin(out, key)) {
            ReleasePlan plan = new ReleasePlan(
                    at,
                    days == null ? null : days.from(),
                    days == null ? null : days.to(),
                    territory,
                    chosen(words.pack()),
                    anonymity,
                    keep,
                    formats,
                    texts,
                    words.deepest(),
                    unfinished.directory().toString());
            terminal.say("As of       " + AsOf.show(at, zone));
            ReleaseFacts facts = run(plan, unfinished, terminal);
            if (facts.cases() == 0) {
                throw UserError.failed(
                        "Nothing can be released: of the cases that are asked for, "
                                + facts.withheld()
                                + " in number, too few are told alike on any rung; ask for a longer period or a larger territory.");
            }
            long measuresWithheld = unfinished.measures(plan, words, categories.isEmpty());
            unfinished.complete(notes(plan, reference, words, facts, measuresWithheld), words.pack(), formats);
            terminal.say(String.format(
                    Locale.ROOT,
                    "Released    %,d cases, %,d events, %,d stays%s; %,d cases withheld",
                    facts.cases(),
                    facts.events(),
                    facts.visits(),
                    texts ? String.format(Locale.ROOT, ", %,d texts", facts.texts()) : "",
                    facts.withheld()));
            terminal.say("In          " + out + ": begin with README.md and PRIVACY.md");
            return 0;
        }
    }

    private Anonymity anonymity() {
        try {
            return new Anonymity(openK, sensitiveK);
        } catch (IllegalArgumentException e) {
            throw new UserError("--k " + openK + " --sensitive-k " + sensitiveK + ": " + e.getMessage() + ".");
        }
    }

    private Instant asOf(ZoneId zone, Terminal terminal) {
        return asOf != null
                ? AsOf.parse(asOf, zone)
                : CaseHistories.inKafka(kafka.bootstrap)
                        .defaultAsOf(zone, terminal)
                        .at();
    }

    private @Nullable CalendarPeriod days() {
        if (period != null) {
            if (from != null || to != null) {
                throw new UserError("--period and --from or --to: name the days in one of the two ways.");
            }
            return CalendarPeriod.parse(period);
        }
        if ((from == null) != (to == null)) {
            throw new UserError("--from and --to go together: name the first day, and the first day after.");
        }
        if (from == null || to == null) {
            return null;
        }
        LocalDate first = AsOf.day("--from", from);
        LocalDate after = AsOf.day("--to", to);
        if (!first.isBefore(after)) {
            throw new UserError("--from " + first + " --to " + after
                    + " is no day: --to is the first day after the period, so it comes later.");
        }
        return new CalendarPeriod(first, after);
    }

    private void check(ReferencePack pack) {
        if (territory != null) {
            Set<String> units = new TreeSet<>();
            pack.units().stream().map(Unit::id).forEach(units::add);
            if (!units.contains(territory) && !territory.equals(pack.city())) {
                throw new UserError("--territory " + territory + ": the reference lists no such unit; "
                        + Nearest.hint(territory, units) + ".");
            }
        }
        Set<String> known = new TreeSet<>(pack.categoryGroups().values());
        pack.categories().stream().map(Category::id).forEach(known::add);
        for (String category : categories) {
            if (!known.contains(category)) {
                throw new UserError("--category " + category + ": the reference lists no such category or group; "
                        + Nearest.hint(category, known) + ".");
            }
        }
    }

    /** Groups as their categories. */
    private Set<String> chosen(ReferencePack pack) {
        Set<String> chosen = new TreeSet<>();
        for (Category category : pack.categories()) {
            if (categories.contains(category.id()) || categories.contains(category.group())) {
                chosen.add(category.id());
            }
        }
        return chosen;
    }

    private ReleaseFacts run(ReleasePlan plan, UnfinishedRelease unfinished, Terminal terminal) throws Exception {
        try (FlinkSession session = flink.session(unfinished.work())) {
            flink.say(session, terminal);
            return Engine.export(
                    session,
                    new KafkaExports(kafka.bootstrap),
                    plan,
                    new KeyFile(unfinished.key().toString()),
                    flink.parallelism(),
                    unfinished.work(),
                    terminal::progress);
        }
    }

    private ReleaseNotes notes(
            ReleasePlan plan, Reference reference, Published words, ReleaseFacts facts, long measuresWithheld) {
        String city = reference.hierarchy(plan.asOf()).nameOf(words.pack().city());
        return new ReleaseNotes(
                title == null ? "Citizen complaints of " + city : title,
                publisher,
                city,
                reference.zone(),
                plan.asOf(),
                plan.from(),
                plan.to() == null ? null : plan.to().minusDays(1),
                territory,
                List.copyOf(new TreeSet<>(categories)),
                reference.packsUntil(plan.asOf()).stream()
                        .map(ReferencePack::id)
                        .toList(),
                new Tanggap.Version().getVersion()[0],
                words.pack().attributionInForce(),
                key != null,
                plan.anonymity(),
                keep,
                protection(facts, measuresWithheld));
    }

    private Protection protection(ReleaseFacts facts, long measuresWithheld) {
        List<Protection.Standing> rungs = new ArrayList<>();
        keep.rungs()
                .forEach(rung -> rungs.add(new Protection.Standing(
                        rung.number(),
                        facts.casesOn(rung),
                        facts.classesOn(rung),
                        facts.smallestOn(rung),
                        facts.smallestSensitiveOn(rung))));
        Map<Redaction.Kind, Long> finds = new EnumMap<>(Redaction.Kind.class);
        for (Redaction.Kind kind : Redaction.Kind.values()) {
            finds.put(kind, facts.finds(kind));
        }
        return new Protection(
                facts.cases() + facts.withheld(),
                facts.cases(),
                facts.withheld(),
                rungs,
                facts.alikeInAgencyTooFew(),
                measuresWithheld,
                texts ? finds : null);
    }
}
