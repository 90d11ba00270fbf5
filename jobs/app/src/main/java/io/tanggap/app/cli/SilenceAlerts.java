package io.tanggap.app.cli;

import io.tanggap.core.complaint.CanonicalForm;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.notice.Silence;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Category;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.wording.Nearest;
import io.tanggap.flink.io.AlertSilences;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.PublishedPacks;
import io.tanggap.flink.io.Topics;
import io.tanggap.intake.channel.Channels;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tanggap alerts silence}: nobody is told of some alerts for a time. */
@Command(
        name = "silence",
        description = {
            "Silences alerts from now on until a time: nobody is told of those that are raised meanwhile; what of them still stands"
                    + " at the end is told then, with the reason. An alert is meant if all that is named is true of it; name at"
                    + " least one thing.",
            "tanggap alerts silence --end ID ends one now."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SilenceAlerts implements Callable<Integer> {
    private static final Pattern LENGTH = Pattern.compile("([1-9]\\d{0,5})([mhd])");
    /** Chosen: few enough to type, and no two of a city are the same. */
    private static final int ID_DIGITS = 10;

    @Option(
            names = "--reason",
            paramLabel = "WORDS",
            description = "Why, for those who are told at the end. Nothing personal.")
    private @Nullable String reason;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Until then: 2019-12-31T08:00 in the city's zone, or with an offset.")
    private @Nullable String until;

    @Option(names = "--for", paramLabel = "LENGTH", description = "So long: 30m, 8h or 2d.")
    private @Nullable String length;

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            description = "Of cases that this unit, or one below it, holds. Its id.")
    private @Nullable String unit;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Of this kind: threshold, overdue, limbo, stale, validation_failed or feed_silent.")
    private @Nullable AlertKind kind;

    @Option(names = "--channel", paramLabel = "CHANNEL", description = "Of this channel and of its cases.")
    private @Nullable String channel;

    @Option(names = "--category", paramLabel = "CATEGORY", description = "Of cases of this category.")
    private @Nullable String category;

    @Option(names = "--case", paramLabel = "CASE", description = "Of this case, such as qlue:Q-118233.")
    private @Nullable String caseId;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who asks for it. Default: your name on this machine.")
    private String by = "";

    @Option(names = "--end", paramLabel = "ID", description = "End this silence now, instead of making one.")
    private @Nullable String end;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.system();
        Instant now = Feed.now();
        List<ReferencePack> packs = PublishedPacks.in(kafka.bootstrap);
        ZoneId zone = zone(packs);
        Silence silence = end == null ? made(now, zone) : ended(end, now, zone);
        Topics.create(kafka.bootstrap, Topics.partitions(kafka.bootstrap, Topics.CASE_EVENTS));
        try (EventPublisher publisher = new EventPublisher(kafka.bootstrap)) {
            publisher.publish(silence);
            publisher.flush();
        }
        if (end != null) {
            terminal.say("Ended       " + silence.id() + ", of " + AlertText.of(silence)
                    + "; what it held back and still stands is told now");
            return 0;
        }
        terminal.say("Silenced    " + AlertText.of(silence) + ", until " + AsOf.show(silence.until(), zone));
        terminal.say(
                "End it      tanggap alerts silence --end " + silence.id() + " --bootstrap-servers " + kafka.bootstrap);
        warn(silence, packs, terminal);
        return 0;
    }

    /** The city's zone; UTC where nothing was published that names a city. */
    static ZoneId zone(List<ReferencePack> packs) {
        return packs.isEmpty() ? ZoneOffset.UTC : packs.get(packs.size() - 1).zone();
    }

    private Silence made(Instant now, ZoneId zone) {
        if (reason == null || reason.isBlank()) {
            throw new UserError("say why, by --reason WORDS: who is told at the end wants to know.");
        }
        if (kind == AlertKind.FEED_SILENT && (unit != null || category != null || caseId != null)) {
            throw new UserError("a silent feed is of no case, so it has no unit, category or case: name its channel.");
        }
        if (caseId != null && caseId.indexOf(':') < 1) {
            throw new UserError(
                    "'" + caseId + "' is no id of a case: give the channel, a colon and the channel's number,"
                            + " such as qlue:Q-118233.");
        }
        if (unit == null && kind == null && channel == null && category == null && caseId == null) {
            throw new UserError("say what to silence: --unit, --kind, --channel, --category or --case, one or more;"
                    + " nothing silences everything.");
        }
        Instant over = over(now, zone);
        if (!now.isBefore(over)) {
            throw new UserError("--until " + until + " is past: it is " + AsOf.show(now, zone) + ".");
        }
        String id = new CanonicalForm()
                .instant(now)
                .instant(over)
                .text(reason)
                .text(by)
                .text(unit)
                .text(kind == null ? null : kind.name())
                .text(channel)
                .text(category)
                .text(caseId)
                .digest()
                .substring(0, ID_DIGITS);
        return new Silence(id, now, over, reason, by, unit, kind, channel, category, caseId);
    }

    private Instant over(Instant now, ZoneId zone) {
        if ((until == null) == (length == null)) {
            throw new UserError("say how long, by --until TIME or by --for LENGTH, one of them.");
        }
        if (until != null) {
            return AsOf.parse("--until", until, zone);
        }
        Matcher parts = LENGTH.matcher(String.valueOf(length));
        if (!parts.matches()) {
            throw new UserError("--for " + length + " is no length: write 30m, 8h or 2d.");
        }
        long number = Long.parseLong(parts.group(1));
        return now.plus(
                switch (parts.group(2)) {
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                });
    }

    private Silence ended(String id, Instant now, ZoneId zone) {
        if (reason != null
                || until != null
                || length != null
                || unit != null
                || kind != null
                || channel != null
                || category != null
                || caseId != null) {
            throw new UserError("--end ends a silence as it is: leave the other options out.");
        }
        List<Silence> silences = AlertSilences.in(kafka.bootstrap);
        Silence silence = silences.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> UserError.failed("There is no silence " + id + " in Kafka at " + kafka.bootstrap
                        + Nearest.of(id, silences.stream().map(Silence::id).toList())
                                .map(nearest -> ": the nearest is " + nearest)
                                .orElse("")
                        + "; tanggap alerts silences shows those there are."));
        if (!silence.until().isAfter(now)) {
            throw UserError.failed("Silence " + id + " is over since " + AsOf.show(silence.until(), zone) + ".");
        }
        return silence.endedAt(now);
    }

    private static void warn(Silence silence, List<ReferencePack> packs, Terminal terminal) {
        Set<String> units = new TreeSet<>();
        Set<String> channels = new TreeSet<>(Channels.IDS);
        Set<String> categories = new TreeSet<>();
        packs.forEach(pack -> {
            pack.units().stream().map(Unit::id).forEach(units::add);
            pack.channels().forEach(each -> channels.add(each.id()));
            pack.categories().stream().map(Category::id).forEach(categories::add);
        });
        boolean isDesk = silence.unit() != null
                && (silence.unit().startsWith(CaseFold.INTAKE_DESK)
                        || silence.unit().startsWith(CaseFold.VALIDATORS));
        warn("unit", isDesk ? null : silence.unit(), units, silence.id(), terminal);
        warn("channel", silence.channel(), channels, silence.id(), terminal);
        warn("category", silence.category(), categories, silence.id(), terminal);
    }

    private static void warn(
            String what, @Nullable String named, Collection<String> known, String id, Terminal terminal) {
        if (named != null && !known.isEmpty() && !known.contains(named)) {
            terminal.complain("Note: the published packs know no " + what + " '" + named + "'; the nearest is '"
                    + Nearest.of(named, known).orElseThrow() + "'. If that is a slip, this silences nothing: end "
                    + id + ", and silence the right one.");
        }
    }
}
