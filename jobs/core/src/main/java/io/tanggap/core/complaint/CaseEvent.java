package io.tanggap.core.complaint;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to one case, as a channel told it. All instants are on the UTC time line at millisecond
 * precision; finer digits are cut off.
 *
 * @param eventId hash of (case, type, occurred at, source sequence, who acted, who could see it, payload), see
 *     {@link #idOf}; equal for the same event sent twice, whatever file, line or topic it came from
 * @param caseId {@link #caseIdOf} the channel and the channel's own number
 * @param channel the channel's id, for example {@code qlue}
 * @param sourceCaseId the number that the channel gave the case
 * @param occurredAt when it happened in the world; judges every deadline
 * @param ingestedAt when Tanggap first saw it; assigned once and kept on replay; no figure but
 *     lateness depends on it
 * @param sourceSequence the channel's own order among events of the same instant; null sorts first
 * @param orgUnit the unit that acted; null where the source does not say
 * @param inferred whether an adapter derived the event instead of reading it
 * @param timeNote what was assumed to place {@code occurredAt} on the time line
 */
public record CaseEvent(
        String eventId,
        String caseId,
        String channel,
        String sourceCaseId,
        Instant occurredAt,
        Instant ingestedAt,
        @Nullable Long sourceSequence,
        Actor actor,
        @Nullable String orgUnit,
        Visibility visibility,
        boolean inferred,
        TimeNote timeNote,
        Payload payload) {

    /** The order of a history: occurrence, then the source's sequence (none first), then id. */
    public static final Comparator<CaseEvent> ORDER = Comparator.comparing(CaseEvent::occurredAt)
            .thenComparing(CaseEvent::sourceSequence, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(CaseEvent::eventId);

    public CaseEvent {
        requireNonNull(eventId, "eventId");
        requireNonNull(caseId, "caseId");
        requireNonNull(channel, "channel");
        requireNonNull(sourceCaseId, "sourceCaseId");
        occurredAt = occurredAt.truncatedTo(ChronoUnit.MILLIS);
        ingestedAt = ingestedAt.truncatedTo(ChronoUnit.MILLIS);
        requireNonNull(actor, "actor");
        requireNonNull(visibility, "visibility");
        requireNonNull(timeNote, "timeNote");
        requireNonNull(payload, "payload");
    }

    /** An event whose ids are derived from its content: the one way for adapters to make events. */
    public static CaseEvent of(
            String channel,
            String sourceCaseId,
            Instant occurredAt,
            Instant ingestedAt,
            @Nullable Long sourceSequence,
            Actor actor,
            @Nullable String orgUnit,
            Visibility visibility,
            boolean inferred,
            TimeNote timeNote,
            Payload payload) {
        String caseId = caseIdOf(channel, sourceCaseId);
        return new CaseEvent(
                idOf(caseId, occurredAt, sourceSequence, actor, orgUnit, visibility, payload),
                caseId,
                channel,
                sourceCaseId,
                occurredAt,
                ingestedAt,
                sourceSequence,
                actor,
                orgUnit,
                visibility,
                inferred,
                timeNote,
                payload);
    }

    /** One case per (channel, channel's number). A channel id holds no colon, so the pair can be read back. */
    public static String caseIdOf(String channel, String sourceCaseId) {
        if (channel.isEmpty() || channel.indexOf(':') >= 0) {
            throw new IllegalArgumentException("a channel id is not empty and holds no colon: " + channel);
        }
        return channel + ":" + sourceCaseId;
    }

    /**
     * The id that an event of this content has. Who acted and who could see it are content: replies of a machine and of an
     * officer, or work of the giver and of the receiver, in one minute are two events.
     */
    public static String idOf(
            String caseId,
            Instant occurredAt,
            @Nullable Long sourceSequence,
            Actor actor,
            @Nullable String orgUnit,
            Visibility visibility,
            Payload payload) {
        CanonicalForm form = new CanonicalForm()
                .text(caseId)
                .text(payload.type())
                .instant(occurredAt)
                .number(sourceSequence)
                .text(actor.name())
                .text(orgUnit)
                .text(visibility.name());
        payload.encode(form);
        return form.digest();
    }

    /** The id that this event's content has, whatever id it carries. */
    public String idOfContent() {
        return idOf(caseId, occurredAt, sourceSequence, actor, orgUnit, visibility, payload);
    }

    /** Stable name of what happened. */
    public String type() {
        return payload.type();
    }
}
