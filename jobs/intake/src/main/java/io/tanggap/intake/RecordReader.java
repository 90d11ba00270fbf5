package io.tanggap.intake;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Redaction;
import io.tanggap.core.reference.Policy;
import io.tanggap.intake.EventRule.EventType;
import io.tanggap.intake.EventRule.Field;
import io.tanggap.intake.TimeFormats.Moment;
import io.tanggap.intake.TimeFormats.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns one record after the other into events, all of a record or none. Not for several threads.
 *
 * <p>A record that cannot be used has a {@link #rejection()}: the first thing that was found wrong with it.
 */
final class RecordReader {
    /** No id of the real world is longer; longer ones are text that got into the wrong column. */
    static final int LONGEST_ID = 200;

    /** What a channel id looks like: it names topics and forms part of case ids, so no colon and no space. */
    static final Pattern CHANNEL_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private static final Pattern CYCLE = Pattern.compile("[1-9][0-9]{0,8}");

    private static final Row NO_ROW = column -> null;

    private final Mapping mapping;
    private final Places places;
    private final Instant ingestedAt;
    private Row row = NO_ROW;
    private @Nullable Rejection rejection;
    private @Nullable Instant start;
    private @Nullable Written submitted;
    private List<Integer> submittedColumns = List.of();

    RecordReader(Mapping mapping, Places places, Instant ingestedAt) {
        this.mapping = mapping;
        this.places = places;
        this.ingestedAt = ingestedAt;
    }

    /** Whether the record is one that the mapping asks for. */
    boolean isWanted(Row outer) {
        row = outer;
        rejection = null;
        return mapping.where().stream().allMatch(condition -> condition.holds(this));
    }

    /** The events of a record, in the order of the mapping; empty if the record is rejected. */
    List<CaseEvent> read(Row record) {
        row = record;
        rejection = null;
        start = null;
        submitted = null;
        String channel = channel();
        String sourceCaseId = caseId();
        List<CaseEvent> events = new ArrayList<>();
        // The start is placed first: whether an end in a repeated hour is before it decides the end's offset.
        for (EventRule rule : mapping.events()) {
            if (rule.type() == EventRule.EventType.SUBMITTED && start == null && applies(rule)) {
                submitted = written(rule.at(), true);
                submittedColumns = rule.at();
                start = submitted == null ? null : submitted.placed(null).instant();
            }
        }
        boolean applied = false;
        for (EventRule rule : mapping.events()) {
            if (rejection == null && applies(rule)) {
                applied = true;
                CaseEvent event = event(rule, channel, sourceCaseId);
                if (event != null) {
                    events.add(event);
                }
            }
        }
        if (!applied) {
            reject("invalid.no-event", null, "no event of the mapping applies to it; see 'when' under events");
        }
        return rejection == null ? events : List.of();
    }

    /** What is wrong with the record read last; null if nothing is. */
    @Nullable
    Rejection rejection() {
        return rejection;
    }

    /** The text of a cell without the blanks around it; null if there is none, or only a mark of absence. */
    @Nullable
    String text(int column) {
        if (!row.isValue(column)) {
            reject(
                    "invalid.not-a-value",
                    column,
                    "holds an object or a list where one value is expected; name the value by a pointer such as /a/b");
            return null;
        }
        String cell = row.cell(column);
        if (cell == null) {
            return null;
        }
        String text = cell.strip();
        return text.isEmpty() || mapping.nulls().contains(text) ? null : text;
    }

    void rejectUnmapped(int column) {
        reject(
                "invalid.unmapped-value",
                column,
                "holds a text that the mapping does not list; add it under map or prefix, or say what it means with"
                        + " otherwise");
    }

    private boolean applies(EventRule rule) {
        for (Condition condition : rule.when()) {
            if (!condition.holds(this)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable String channel() {
        String channel = id(mapping.channel());
        if (channel == null) {
            rejectMissing(mapping.channel().column(), "the channel");
        } else if (!CHANNEL_ID.matcher(channel).matches()) {
            reject(
                    "invalid.channel",
                    mapping.channel().column(),
                    "is no channel id (letters, digits, '.', '_', '-'); translate it with map under channel");
        }
        return channel;
    }

    private @Nullable String caseId() {
        String sourceCaseId = id(mapping.caseId());
        if (sourceCaseId == null) {
            reject("invalid.empty-id", mapping.caseId().column(), "is empty, so the case has no number");
        }
        return sourceCaseId;
    }

    private @Nullable CaseEvent event(EventRule rule, @Nullable String channel, @Nullable String sourceCaseId) {
        Written written = written(rule.at(), true);
        Long sequence = sequence(rule.sequence());
        String unit = rule.unit() == null ? null : id(rule.unit());
        Moment at = written == null ? null : written.placed(rule.type() == EventType.SUBMITTED ? null : start);
        Payload payload = at == null ? null : payload(rule, at.instant());
        if (rejection != null
                || at == null
                || payload == null
                || sequence == null
                || channel == null
                || sourceCaseId == null) {
            return null;
        }
        return CaseEvent.of(
                channel,
                sourceCaseId,
                at.instant(),
                ingestedAt,
                sequence,
                rule.actor(),
                unit,
                rule.visibility(),
                rule.inferred(),
                at.note(),
                payload);
    }

    /**
     * What the event says; null if a needed part is absent or wrong, and then the record is rejected, or if there is
     * nothing to say.
     */
    private @Nullable Payload payload(EventRule rule, Instant at) {
        return switch (rule.type()) {
            case SUBMITTED ->
                new Payload.Submitted(
                        id(rule, Field.CATEGORY),
                        id(rule, Field.TERRITORY),
                        id(rule, Field.HOLDER),
                        deadline(rule),
                        observedFrom(rule));
            case VERIFIED -> new Payload.Verified();
            case VERIFICATION_DEFERRED -> new Payload.VerificationDeferred();
            case REJECTED -> new Payload.Rejected();
            case CATEGORISED -> of(rule, Field.CATEGORY, Payload.Categorised::new);
            case JURISDICTION_RESOLVED -> placed(rule, at);
            case LOCATION_CORRECTED -> of(rule, Field.TERRITORY, Payload.LocationCorrected::new);
            case ASSIGNED -> of(rule, Field.HOLDER, Payload.Assigned::new);
            case DELEGATED -> of(rule, Field.TO, Payload.Delegated::new);
            case HANDOVER_OFFERED -> of(rule, Field.TO, Payload.HandoverOffered::new);
            case HANDOVER_ACCEPTED -> of(rule, Field.BY, Payload.HandoverAccepted::new);
            case HANDOVER_DECLINED -> of(rule, Field.BY, Payload.HandoverDeclined::new);
            case RECALLED -> new Payload.Recalled();
            case PUBLIC_REPLY -> new Payload.PublicReply();
            case INTERNAL_NOTE -> new Payload.InternalNote();
            case PROGRESS_UPDATED -> new Payload.ProgressUpdated();
            case WAIT_STARTED -> {
                String reason = redacted(rule, Field.REASON);
                yield reason == null ? null : new Payload.WaitStarted(reason);
            }
            case WAIT_ENDED -> new Payload.WaitEnded();
            case RESOLUTION_CLAIMED -> new Payload.ResolutionClaimed();
            case RESOLUTION_REJECTED -> new Payload.ResolutionRejected();
            case RESOLUTION_VALIDATED -> new Payload.ResolutionValidated();
            case RATED -> {
                Integer stars = stars(rule);
                yield stars == null ? null : new Payload.Rated(stars);
            }
            case CLOSED -> {
                Outcome outcome = choice(rule, Field.OUTCOME, Outcome.class);
                if (outcome == null) {
                    rejectMissing(columnOf(rule, Field.OUTCOME), "the outcome");
                }
                yield outcome == null ? null : new Payload.Closed(outcome);
            }
            case REOPENED -> new Payload.Reopened(id(rule, Field.REASON) == null ? null : redacted(rule, Field.REASON));
            case DISPUTED -> new Payload.Disputed(upheld(rule));
            case CHANNEL_LINKED -> of(rule, Field.CASE_ID, Payload.ChannelLinked::new);
            case MERGED_INTO -> of(rule, Field.CASE_ID, Payload.MergedInto::new);
            case UNMERGED -> new Payload.Unmerged();
            case SPLIT_INTO -> of(rule, Field.CASE_ID, Payload.SplitInto::new);
            case ESCALATED_UP -> of(rule, Field.TO, Payload.EscalatedUp::new);
            case HOLDER_REORGANISED -> {
                String from = neededId(rule, Field.FROM);
                String to = neededId(rule, Field.TO);
                yield from == null || to == null ? null : new Payload.HolderReorganised(from, to);
            }
            case VERDICT_CONTESTED, VERDICT_DECIDED -> verdict(rule);
            case CORRECTED -> of(rule, Field.EVENT_ID, Payload.Corrected::new);
            case SNAPSHOT_OBSERVED ->
                new Payload.SnapshotObserved(
                        choice(rule, Field.STATUS, Payload.Status.class),
                        choice(rule, Field.OUTCOME, Outcome.class),
                        id(rule, Field.HOLDER),
                        id(rule, Field.CATEGORY),
                        id(rule, Field.TERRITORY),
                        deadline(rule));
        };
    }

    private @Nullable Payload verdict(EventRule rule) {
        Policy.Target target = choice(rule, Field.TARGET, Policy.Target.class);
        Integer cycle = cycle(rule);
        if (target == null) {
            rejectMissing(columnOf(rule, Field.TARGET), Field.TARGET.key());
        }
        if (rule.type() == EventType.VERDICT_CONTESTED) {
            return target == null || cycle == null ? null : new Payload.VerdictContested(target.name(), cycle);
        }
        Boolean upheld = upheld(rule);
        String citation = redacted(rule, Field.CITATION);
        if (upheld == null) {
            rejectMissing(columnOf(rule, Field.UPHELD), Field.UPHELD.key());
        }
        return target == null || cycle == null || upheld == null || citation == null
                ? null
                : new Payload.VerdictDecided(target.name(), cycle, upheld, citation);
    }

    private @Nullable Integer cycle(EventRule rule) {
        String text = neededId(rule, Field.CYCLE);
        if (text != null && !CYCLE.matcher(text).matches()) {
            reject("invalid.number", columnOf(rule, Field.CYCLE), "is not the number of a cycle, which begin with 1");
            return null;
        }
        return text == null ? null : Integer.valueOf(text);
    }

    private @Nullable Boolean upheld(EventRule rule) {
        ValueRule values = rule.fields().get(Field.UPHELD);
        String text = values == null ? null : values.in(this);
        if (values == null || text == null) {
            return null;
        }
        if (!text.equals("true") && !text.equals("false")) {
            rejectUnmapped(values.column());
            return null;
        }
        return Boolean.valueOf(text);
    }

    /** A text that people wrote and that an event keeps, without what may be personal in it. */
    private @Nullable String redacted(EventRule rule, Field field) {
        String text = neededId(rule, field);
        String redacted = text == null ? null : Redaction.of(text).text();
        if (redacted != null && redacted.length() > LONGEST_ID) {
            rejectTooLong(columnOf(rule, field));
        }
        return redacted;
    }

    /** An event whose content is one text that it needs. */
    private @Nullable Payload of(EventRule rule, Field field, Function<String, Payload> make) {
        String text = neededId(rule, field);
        return text == null ? null : make.apply(text);
    }

    /**
     * The unit among those of the day of the submission, since that is the hierarchy under which the case is summed. A place
     * in no unit is no fault of the record: the case is counted as without a place.
     */
    private @Nullable Payload placed(EventRule rule, Instant at) {
        String declared = id(rule, Field.TERRITORY);
        Double latitude = degrees(rule, Field.LATITUDE);
        Double longitude = degrees(rule, Field.LONGITUDE);
        Places among = rule.fields().containsKey(Field.LATITUDE) ? places : Places.declared();
        Instant day = start == null ? at : start;
        Places.Found found = rejection == null ? among.find(declared, latitude, longitude, day) : null;
        return found == null ? null : new Payload.JurisdictionResolved(found.unit(), found.placing());
    }

    private @Nullable Double degrees(EventRule rule, Field field) {
        String text = id(rule, field);
        if (text == null) {
            return null;
        }
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            reject("invalid.number", columnOf(rule, field), "is not a number of degrees, such as -6.17539");
            return null;
        }
    }

    private @Nullable Integer stars(EventRule rule) {
        String text = neededId(rule, Field.STARS);
        if (text == null) {
            return null;
        }
        if (text.length() != 1 || text.charAt(0) < '1' || text.charAt(0) > '5') {
            reject("invalid.number", columnOf(rule, Field.STARS), "is not a rating from 1 to 5");
            return null;
        }
        return text.charAt(0) - '0';
    }

    private @Nullable Instant deadline(EventRule rule) {
        Written written = rule.deadline().isEmpty() ? null : written(rule.deadline(), false);
        return written == null ? null : written.due(start);
    }

    private @Nullable Instant observedFrom(EventRule rule) {
        Written written = rule.observedFrom().isEmpty() ? null : written(rule.observedFrom(), false);
        return written == null ? null : written.placed(start).instant();
    }

    private @Nullable Written written(List<Integer> columns, boolean needed) {
        if (submitted != null && columns.equals(submittedColumns)) {
            return submitted;
        }
        int column = columns.get(0);
        String text = timeText(columns);
        if (text == null) {
            if (needed) {
                reject(
                        "invalid.missing-required",
                        column,
                        "is empty, but the time is needed; if it is empty while the event has not happened, add when:"
                                + " {column: " + mapping.columns().get(column).name()
                                + ", present: true}; where it has happened and only its time is not known, leave it as it is");
            }
            return null;
        }
        Optional<Written> written = mapping.times().read(text);
        if (written.isEmpty()) {
            reject(
                    "invalid.time",
                    column,
                    "is not a time in the formats of the mapping ("
                            + mapping.times().described() + "); correct the record, or add its format under times");
        }
        return written.orElse(null);
    }

    /** The parts of a time, joined by a blank; null if the first is absent, for a time of day alone is no time. */
    private @Nullable String timeText(List<Integer> columns) {
        String first = text(columns.get(0));
        if (first == null) {
            return null;
        }
        StringBuilder joined = new StringBuilder(first);
        for (int column : columns.subList(1, columns.size())) {
            String part = text(column);
            if (part != null) {
                joined.append(' ').append(part);
            }
        }
        return joined.toString();
    }

    private @Nullable Long sequence(ValueRule rule) {
        String text = rule.in(this);
        if (text == null) {
            rejectMissing(rule.column(), "the sequence");
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            reject("invalid.number", rule.column(), "is not a whole number");
            return null;
        }
    }

    private <E extends Enum<E>> @Nullable E choice(EventRule rule, Field field, Class<E> type) {
        ValueRule values = rule.fields().get(field);
        String name = values == null ? null : values.in(this);
        if (values == null || name == null) {
            return null;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        rejectUnmapped(values.column());
        return null;
    }

    private @Nullable String neededId(EventRule rule, Field field) {
        String id = id(rule, field);
        if (id == null) {
            rejectMissing(columnOf(rule, field), field.key());
        }
        return id;
    }

    private static int columnOf(EventRule rule, Field field) {
        ValueRule values = rule.fields().get(field);
        return values == null ? ValueRule.CONSTANT : values.column();
    }

    private @Nullable String id(EventRule rule, Field field) {
        ValueRule values = rule.fields().get(field);
        return values == null ? null : id(values);
    }

    private @Nullable String id(ValueRule rule) {
        String id = rule.in(this);
        if (id != null && id.length() > LONGEST_ID) {
            rejectTooLong(rule.column());
        }
        return id;
    }

    private void rejectTooLong(int column) {
        reject("invalid.too-long", column, "is longer than " + LONGEST_ID + " characters, so it is no id");
    }

    private void rejectMissing(int column, String what) {
        reject("invalid.missing-required", column, "is empty, but " + what + " is needed");
    }

    private void reject(String reason, int column, String problem) {
        reject(
                reason,
                column == ValueRule.CONSTANT
                        ? null
                        : mapping.columns().get(column).name(),
                problem);
    }

    private void reject(String reason, @Nullable String column, String problem) {
        if (rejection == null) {
            rejection = new Rejection(reason, column, problem);
        }
    }
}
