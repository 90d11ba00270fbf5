package io.tanggap.core.notice;

import io.tanggap.core.Story;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.Due;
import io.tanggap.core.alert.Alert.Matter;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Policy.Target;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An alert in the making. Unless told otherwise unit A has the case, which is below no other, and it is open. */
final class AlertDraft {
    private final AlertKind kind;
    private final String id;
    private final @Nullable String caseId;
    private final @Nullable Due due;
    private final Instant raisedAt;
    private int revision = 1;
    private State state = State.OPEN;
    private Instant asOf;
    private String channel = Story.CHANNEL;
    private @Nullable String category;
    private @Nullable String territory;
    private List<String> holderPath = List.of("A", "city");
    private @Nullable String charged;
    private @Nullable String offeredTo;

    private AlertDraft(AlertKind kind, String id, @Nullable String caseId, @Nullable Due due, Instant raisedAt) {
        this.kind = kind;
        this.id = id;
        this.caseId = caseId;
        this.due = due;
        this.raisedAt = raisedAt;
        asOf = raisedAt;
    }

    /** Of the resolution of a case, or of another target of it. */
    static AlertDraft of(String caseId, Target target, int threshold, Instant raisedAt) {
        AlertKind kind = target == Target.ACCEPTANCE
                ? AlertKind.LIMBO
                : threshold < 100 ? AlertKind.THRESHOLD : AlertKind.OVERDUE;
        Due due = new Due(target, 1, 1, threshold, null, null, null, null, null, null);
        return new AlertDraft(kind, caseId + "/" + target + ".1.1." + threshold, caseId, due, raisedAt);
    }

    static AlertDraft resolution(String caseId, int threshold, Instant raisedAt) {
        return of(caseId, Target.RESOLUTION, threshold, raisedAt);
    }

    static AlertDraft stale(String caseId, Instant raisedAt) {
        return new AlertDraft(AlertKind.STALE, caseId + "/STALE.1", caseId, null, raisedAt);
    }

    static AlertDraft validationFailed(String caseId, Instant raisedAt) {
        return new AlertDraft(AlertKind.VALIDATION_FAILED, caseId + "/VALIDATION_FAILED.1", caseId, null, raisedAt);
    }

    static AlertDraft feedSilent(String channel, Instant raisedAt) {
        return new AlertDraft(AlertKind.FEED_SILENT, "feed/" + channel, null, null, raisedAt).channel(channel);
    }

    /** The next revision, as of later. */
    AlertDraft then(State next, Instant at) {
        revision++;
        state = next;
        asOf = at;
        return this;
    }

    AlertDraft revision(int number) {
        revision = number;
        return this;
    }

    AlertDraft state(State is) {
        state = is;
        return this;
    }

    AlertDraft asOf(Instant at) {
        asOf = at;
        return this;
    }

    AlertDraft channel(String of) {
        channel = of;
        return this;
    }

    AlertDraft category(String of) {
        category = of;
        return this;
    }

    AlertDraft territory(String at) {
        territory = at;
        return this;
    }

    /** The holder and the units above it. */
    AlertDraft heldBy(String... path) {
        holderPath = List.of(path);
        return this;
    }

    AlertDraft charged(String unit) {
        charged = unit;
        return this;
    }

    AlertDraft offeredTo(String unit) {
        offeredTo = unit;
        return this;
    }

    Alert alert() {
        Matter matter = caseId == null
                ? null
                : new Matter(
                        caseId,
                        caseId,
                        category,
                        territory,
                        raisedAt,
                        holderPath.get(0),
                        holderPath,
                        charged == null ? holderPath.get(0) : charged,
                        offeredTo);
        return new Alert(
                id,
                revision,
                kind,
                state,
                raisedAt,
                state.stands() ? null : asOf,
                channel,
                matter,
                due,
                false,
                List.of(),
                asOf,
                "pack");
    }
}
