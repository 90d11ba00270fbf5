package io.tanggap.app.cli;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.Due;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.alert.Alerts;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.notice.Ladder;
import io.tanggap.core.notice.Silence;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.sla.Clock;
import io.tanggap.core.wording.Nearest;
import io.tanggap.flink.io.AlertSilences;
import io.tanggap.flink.io.PublishedPacks;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tanggap alerts route}: who would be told. */
@Command(
        name = "route",
        description = {
            "Shows who is told of an alert, where, by which line of routes.csv, and when; and which units are told nothing because"
                    + " recipients.csv has no line for them. Of an alert that is there, or of one that a case might raise:",
            "tanggap alerts route --case qlue:Q-118233 --kind overdue --target resolution --threshold 100 --dry-run",
            "Nothing is sent. How many an hour a recipient is told one by one is not looked at."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RouteAlert implements Callable<Integer> {
    private static final int DEADLINE = 100;

    @Parameters(arity = "0..1", paramLabel = "ALERT", description = "An alert, as tanggap alerts list shows it.")
    private @Nullable String id;

    @Option(names = "--case", paramLabel = "CASE", description = "A case that might raise one, such as qlue:Q-118233.")
    private @Nullable String caseId;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Of the case: threshold, overdue, limbo, stale or validation_failed.")
    private @Nullable AlertKind kind;

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            description = "Of the case: the clock. Default: resolution, of limbo acceptance.")
    private @Nullable Target target;

    @Option(
            names = "--threshold",
            paramLabel = "N",
            description =
                    "Of the case: percent of the time, such as 50, 75 or 90, or 100 and more when it is past. Default: 100,"
                            + " where the kind is not threshold.")
    private @Nullable Integer threshold;

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description =
                    "By the pack that is known at this time, and, of a case, as if it were raised then: 2019-12-31T00:00 in"
                            + " the city's zone, or with an offset. Default: the as-of of the alert; of a case the latest heartbeat, or"
                            + " just after the newest event.")
    private @Nullable String asOf;

    @Option(
            names = "--reference",
            paramLabel = "PACK",
            description =
                    "Route by this reference pack, as if it alone had always been known: a directory, or the name of a"
                            + " built-in one. Default: the packs that were published.")
    private @Nullable String pack;

    @Option(
            names = "--dry-run",
            description = "Say that nothing is to be sent. It has to be given: the command sends nothing in any case.")
    private boolean dryRun;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description =
                    "The Kafka with the published packs, the cases and the silences. An alert and a pack that is named need"
                            + " none.")
    private @Nullable String bootstrap;

    @Mixin
    private AlertIndex index = new AlertIndex();

    @Override
    public Integer call() throws IOException {
        Terminal terminal = Terminal.system();
        requireArguments();
        ReferencePack named = pack == null ? null : PackOption.usable(pack);
        List<ReferencePack> packs = named != null ? List.of(named) : PublishedPacks.in(requireNonNull(bootstrap));
        if (packs.isEmpty()) {
            throw UserError.failed("there is no reference pack that could say who is told: publish one with tanggap"
                    + " reference publish, or name one by --reference.");
        }
        Reference reference = Reference.of(packs);
        Alert alert = id != null
                ? AlertIndex.alert(ShowAlert.required(index, id), reference)
                : ofCase(requireNonNull(caseId), requireNonNull(kind), reference, terminal);
        Instant known = asOf == null ? alert.asOf() : AsOf.parse(asOf, reference.zone());
        List<Silence> silences = bootstrap == null ? List.of() : AlertSilences.in(bootstrap);
        new AlertText(reference, known)
                .route(alert, Ladder.of(alert, reference, known), silences)
                .forEach(terminal::say);
        return 0;
    }

    private void requireArguments() {
        if (!dryRun) {
            throw new UserError("alerts are sent by the job that notifies, and never by this command: say --dry-run to"
                    + " see who would be told.");
        }
        if ((id == null) == (caseId == null)) {
            throw new UserError("say which alert: its id, or --case CASE --kind KIND for one that a case might raise.");
        }
        if (id != null && (kind != null || target != null || threshold != null)) {
            throw new UserError("--kind, --target and --threshold are of a --case: the alert " + id + " has its own.");
        }
        if (caseId != null && (kind == null || kind == AlertKind.FEED_SILENT)) {
            throw new UserError(
                    "say what the case might raise: --kind threshold, overdue, limbo, stale or validation_failed.");
        }
        if (bootstrap == null && (pack == null || caseId != null)) {
            throw new UserError("say where the " + (caseId != null ? "case is" : "packs are")
                    + ": --bootstrap-servers HOST:PORT"
                    + (caseId != null ? "." : ", or name a pack by --reference."));
        }
    }

    /** The alert that a case would raise at the as-of. */
    private Alert ofCase(String of, AlertKind what, Reference reference, Terminal terminal) {
        Due due = due(what);
        CaseHistories cases = CaseHistories.inKafka(requireNonNull(bootstrap));
        CaseHistories.Found found = cases.find(of, terminal);
        if (found.events().isEmpty()) {
            throw UserError.failed("there is no event of case " + of + " in " + found.where()
                    + Nearest.of(of, found.others())
                            .map(nearest -> ": is it misspelt? The nearest case there is '" + nearest + "'.")
                            .orElse("."));
        }
        Instant at =
                asOf == null ? cases.defaultAsOf(reference.zone(), terminal).at() : AsOf.parse(asOf, reference.zone());
        CaseView view =
                CaseFold.fold(CaseHistory.of(found.events()), reference, at).view();
        if (view == null) {
            throw UserError.failed("case " + of + " has no event before " + AsOf.show(at, reference.zone())
                    + ": name a later --as-of.");
        }
        return new Alert(
                of + "/" + (due == null ? what : due.target() + "." + due.threshold()) + " (assumed)",
                1,
                what,
                State.OPEN,
                at,
                null,
                view.channel(),
                Alerts.matter(view, view.charged(), reference),
                due,
                false,
                List.of(),
                at,
                view.referencePack());
    }

    private @Nullable Due due(AlertKind what) {
        if (!what.isOfClock()) {
            if (target != null || threshold != null) {
                throw new UserError(what + " is of no clock: leave --target and --threshold out.");
            }
            return null;
        }
        Target of = target != null ? target : what == AlertKind.LIMBO ? Target.ACCEPTANCE : Target.RESOLUTION;
        if ((what == AlertKind.LIMBO) != (of == Target.ACCEPTANCE)) {
            throw new UserError("the clock of limbo, and of nothing else, is acceptance: --target " + of
                    + " does not fit --kind " + what + ".");
        }
        List<Integer> fitting = Clock.THRESHOLDS.stream()
                .filter(each -> (each < DEADLINE) == (what == AlertKind.THRESHOLD))
                .filter(each -> of == Target.RESOLUTION || each == DEADLINE)
                .toList();
        int percent = threshold != null ? threshold : what == AlertKind.THRESHOLD ? 0 : DEADLINE;
        if (!fitting.contains(percent)) {
            throw new UserError(
                    fitting.isEmpty()
                            ? what + " is told of resolution alone: leave --target out."
                            : "say --threshold for " + what + " of " + of + ": one of " + fitting + ".");
        }
        return new Due(of, 1, 1, percent, null, null, null, null, null, null);
    }
}
