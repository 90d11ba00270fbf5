package io.tanggap.flink.avro;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Placing;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.flink.avro.Reading.Read;
import io.tanggap.flink.avro.Reading.Unreadable;
import io.tanggap.schema.Assigned;
import io.tanggap.schema.Categorised;
import io.tanggap.schema.ChannelLinked;
import io.tanggap.schema.Closed;
import io.tanggap.schema.Corrected;
import io.tanggap.schema.Delegated;
import io.tanggap.schema.Disputed;
import io.tanggap.schema.EscalatedUp;
import io.tanggap.schema.HandoverAccepted;
import io.tanggap.schema.HandoverDeclined;
import io.tanggap.schema.HandoverOffered;
import io.tanggap.schema.Heartbeat;
import io.tanggap.schema.HolderReorganised;
import io.tanggap.schema.InternalNote;
import io.tanggap.schema.JurisdictionResolved;
import io.tanggap.schema.LocationCorrected;
import io.tanggap.schema.MergedInto;
import io.tanggap.schema.ProgressUpdated;
import io.tanggap.schema.PublicReply;
import io.tanggap.schema.Rated;
import io.tanggap.schema.Recalled;
import io.tanggap.schema.Redacted;
import io.tanggap.schema.Rejected;
import io.tanggap.schema.Reopened;
import io.tanggap.schema.ResolutionClaimed;
import io.tanggap.schema.ResolutionRejected;
import io.tanggap.schema.ResolutionValidated;
import io.tanggap.schema.SnapshotObserved;
import io.tanggap.schema.SplitInto;
import io.tanggap.schema.Submitted;
import io.tanggap.schema.Unmerged;
import io.tanggap.schema.VerdictContested;
import io.tanggap.schema.VerdictDecided;
import io.tanggap.schema.VerificationDeferred;
import io.tanggap.schema.Verified;
import io.tanggap.schema.WaitEnded;
import io.tanggap.schema.WaitStarted;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The bytes of the topic case-events: events and heartbeats. Not thread-safe: one per operator instance. */
public final class CaseEventCodec {
    private static final Twins<Actor, io.tanggap.schema.Actor> ACTORS =
            new Twins<>(Actor.class, io.tanggap.schema.Actor.class);
    private static final Twins<Visibility, io.tanggap.schema.Visibility> VISIBILITIES =
            new Twins<>(Visibility.class, io.tanggap.schema.Visibility.class);
    private static final Twins<TimeNote, io.tanggap.schema.TimeNote> TIME_NOTES =
            new Twins<>(TimeNote.class, io.tanggap.schema.TimeNote.class);
    private static final Twins<Placing, io.tanggap.schema.Placing> PLACINGS =
            new Twins<>(Placing.class, io.tanggap.schema.Placing.class);
    private static final Twins<Outcome, io.tanggap.schema.Outcome> OUTCOMES =
            new Twins<>(Outcome.class, io.tanggap.schema.Outcome.class);
    private static final Twins<Payload.Status, io.tanggap.schema.Status> STATUSES =
            new Twins<>(Payload.Status.class, io.tanggap.schema.Status.class);

    private static final Instant FIRST_INSTANT = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant BEYOND_TIME = Instant.parse("9999-12-31T00:00:00Z");

    private static final Payload PUBLIC_REPLY = new Payload.PublicReply();
    private static final Payload PROGRESS_UPDATED = new Payload.ProgressUpdated();
    private static final Payload RESOLUTION_CLAIMED = new Payload.ResolutionClaimed();
    private static final Payload RESOLUTION_REJECTED = new Payload.ResolutionRejected();
    private static final Payload REOPENED = new Payload.Reopened();
    private static final Payload VERIFIED = new Payload.Verified();
    private static final Payload VERIFICATION_DEFERRED = new Payload.VerificationDeferred();
    private static final Payload REJECTED = new Payload.Rejected();
    private static final Payload RECALLED = new Payload.Recalled();
    private static final Payload REDACTED = new Payload.Redacted();
    private static final Payload INTERNAL_NOTE = new Payload.InternalNote();
    private static final Payload WAIT_ENDED = new Payload.WaitEnded();
    private static final Payload RESOLUTION_VALIDATED = new Payload.ResolutionValidated();
    private static final Payload UNMERGED = new Payload.Unmerged();

    private final Contract<io.tanggap.schema.CaseEvent> events = new Contract<>(io.tanggap.schema.CaseEvent.class);
    private final Contract<Heartbeat> heartbeats = new Contract<>(Heartbeat.class);

    /** An event as a record of the topic. */
    public byte[] encode(CaseEvent event) {
        return events.write(wire(event)).toByteArray();
    }

    /** A heartbeat as a record of a partition of the topic. */
    public byte[] encodeHeartbeat(Instant at, int partition) {
        return heartbeats.write(new Heartbeat(at, partition)).toByteArray();
    }

    /**
     * What a record of the topic says. The ids of an event are computed anew and compared, so that one id never stands
     * for two contents downstream.
     *
     * @param bytes null, the deletion mark of Kafka, is unreadable
     */
    public Reading<Incoming> decode(byte @Nullable [] bytes) {
        if (bytes == null) {
            return new Unreadable<>(
                    "malformed.avro", "The record has no value: case-events is a log, nothing is deleted from it.");
        }
        if (heartbeats.wrote(bytes)) {
            Reading<Instant> reading = heartbeats.read(bytes, bytes.length).map(Heartbeat::getAt);
            return reading instanceof Read<Instant> read && !isWithinTime(read.value())
                    ? impossibleTime()
                    : reading.map(Incoming::of);
        }
        Reading<CaseEvent> reading;
        try {
            reading = events.read(bytes, bytes.length).map(CaseEventCodec::core);
        } catch (IllegalArgumentException e) {
            return new Unreadable<>(
                    "invalid.content", "The record says what cannot be (" + e.getMessage() + "): mend its writer.");
        }
        if (reading instanceof Read<CaseEvent> read) {
            Unreadable<Incoming> wrong = hasPossibleTimes(read.value()) ? wrongIds(read.value()) : impossibleTime();
            return wrong == null ? new Read<>(Incoming.of(read.value())) : wrong;
        }
        return reading.map(Incoming::of);
    }

    private static boolean hasPossibleTimes(CaseEvent event) {
        Instant deadline = event.payload() instanceof Payload.Submitted submitted
                ? submitted.resolutionDeadline()
                : event.payload() instanceof Payload.SnapshotObserved snapshot ? snapshot.resolutionDeadline() : null;
        Instant observedFrom = event.payload() instanceof Payload.Submitted submitted ? submitted.observedFrom() : null;
        return isWithinTime(event.occurredAt())
                && isWithinTime(event.ingestedAt())
                && (observedFrom == null || isWithinTime(observedFrom))
                && (deadline == null || isWithinTime(deadline));
    }

    /** Beyond these a sum with a span could overflow, and no document could tell the time. */
    private static boolean isWithinTime(Instant instant) {
        return !instant.isBefore(FIRST_INSTANT) && instant.isBefore(BEYOND_TIME);
    }

    private static Unreadable<Incoming> impossibleTime() {
        return new Unreadable<>(
                "invalid.time",
                "A time of the record lies outside the years 1 to 9999: mend the writer; where it has no time, it says"
                        + " null.");
    }

    private static @Nullable Unreadable<Incoming> wrongIds(CaseEvent event) {
        String channel = event.channel();
        String caseId = event.caseId();
        boolean ownCase = !channel.isEmpty()
                && caseId.length()
                        == channel.length() + 1 + event.sourceCaseId().length()
                && caseId.startsWith(channel)
                && caseId.indexOf(':') == channel.length()
                && caseId.endsWith(event.sourceCaseId());
        if (!ownCase) {
            return new Unreadable<>(
                    "invalid.case-id",
                    "The case id is not the channel and the channel's own number, joined by a colon:"
                            + " mend the writer of the event.");
        }
        String id = event.idOfContent();
        if (!id.equals(event.eventId())) {
            return new Unreadable<>(
                    "invalid.event-id",
                    "The event id is not the hash of its content, which is " + id
                            + ": the record was changed, or its writer is of a newer version: upgrade this reader,"
                            + " then replay the dead letter.");
        }
        return null;
    }

    /** Writes an event where its end must be found again, as in state and on edges. */
    public void write(CaseEvent event, DataOutput out) throws IOException {
        events.write(wire(event)).writeTo(out);
    }

    /**
     * Reads what {@link #write} wrote. The ids are not verified again.
     *
     * @throws IOException if there is something else
     */
    public CaseEvent read(DataInput in) throws IOException {
        return core(events.read(in));
    }

    private static io.tanggap.schema.CaseEvent wire(CaseEvent event) {
        return new io.tanggap.schema.CaseEvent(
                event.eventId(),
                event.caseId(),
                event.channel(),
                event.sourceCaseId(),
                event.occurredAt(),
                event.ingestedAt(),
                event.sourceSequence(),
                ACTORS.wire(event.actor()),
                event.orgUnit(),
                VISIBILITIES.wire(event.visibility()),
                event.inferred(),
                TIME_NOTES.wire(event.timeNote()),
                wire(event.payload()));
    }

    private static Object wire(Payload payload) {
        if (payload instanceof Payload.Submitted p) {
            return new Submitted(p.category(), p.territory(), p.holder(), p.resolutionDeadline(), p.observedFrom());
        } else if (payload instanceof Payload.Assigned p) {
            return new Assigned(p.holder());
        } else if (payload instanceof Payload.HandoverOffered p) {
            return new HandoverOffered(p.to());
        } else if (payload instanceof Payload.HandoverAccepted p) {
            return new HandoverAccepted(p.by());
        } else if (payload instanceof Payload.HandoverDeclined p) {
            return new HandoverDeclined(p.by());
        } else if (payload instanceof Payload.PublicReply) {
            return new PublicReply();
        } else if (payload instanceof Payload.ProgressUpdated) {
            return new ProgressUpdated();
        } else if (payload instanceof Payload.ResolutionClaimed p) {
            return new ResolutionClaimed(p.evidence());
        } else if (payload instanceof Payload.ResolutionRejected) {
            return new ResolutionRejected();
        } else if (payload instanceof Payload.Closed p) {
            return new Closed(OUTCOMES.wire(p.outcome()));
        } else if (payload instanceof Payload.Reopened p) {
            return new Reopened(p.reason());
        } else if (payload instanceof Payload.SnapshotObserved p) {
            return new SnapshotObserved(
                    STATUSES.nullableWire(p.status()),
                    OUTCOMES.nullableWire(p.outcome()),
                    p.holder(),
                    p.category(),
                    p.territory(),
                    p.resolutionDeadline());
        } else if (payload instanceof Payload.Verified) {
            return new Verified();
        } else if (payload instanceof Payload.VerificationDeferred) {
            return new VerificationDeferred();
        } else if (payload instanceof Payload.Rejected) {
            return new Rejected();
        } else if (payload instanceof Payload.Recalled) {
            return new Recalled();
        } else if (payload instanceof Payload.Redacted) {
            return new Redacted();
        } else if (payload instanceof Payload.InternalNote) {
            return new InternalNote();
        } else if (payload instanceof Payload.WaitEnded) {
            return new WaitEnded();
        } else if (payload instanceof Payload.ResolutionValidated) {
            return new ResolutionValidated();
        } else if (payload instanceof Payload.Categorised p) {
            return new Categorised(p.category());
        } else if (payload instanceof Payload.JurisdictionResolved p) {
            return new JurisdictionResolved(p.territory(), PLACINGS.nullableWire(p.placing()));
        } else if (payload instanceof Payload.LocationCorrected p) {
            return new LocationCorrected(p.territory());
        } else if (payload instanceof Payload.Delegated p) {
            return new Delegated(p.to());
        } else if (payload instanceof Payload.WaitStarted p) {
            return new WaitStarted(p.reason());
        } else if (payload instanceof Payload.ChannelLinked p) {
            return new ChannelLinked(p.caseId());
        } else if (payload instanceof Payload.MergedInto p) {
            return new MergedInto(p.caseId());
        } else if (payload instanceof Payload.Rated p) {
            return new Rated(p.stars());
        } else if (payload instanceof Payload.Unmerged) {
            return new Unmerged();
        } else if (payload instanceof Payload.SplitInto p) {
            return new SplitInto(p.caseId());
        } else if (payload instanceof Payload.EscalatedUp p) {
            return new EscalatedUp(p.to());
        } else if (payload instanceof Payload.Disputed p) {
            return new Disputed(p.upheld());
        } else if (payload instanceof Payload.Corrected p) {
            return new Corrected(p.eventId());
        } else if (payload instanceof Payload.HolderReorganised p) {
            return new HolderReorganised(p.from(), p.to());
        } else if (payload instanceof Payload.VerdictContested p) {
            return new VerdictContested(p.target(), p.cycle());
        } else if (payload instanceof Payload.VerdictDecided p) {
            return new VerdictDecided(p.target(), p.cycle(), p.upheld(), p.citation());
        }
        throw new IllegalArgumentException("the contract CaseEvent has no payload " + payload.type());
    }

    private static CaseEvent core(io.tanggap.schema.CaseEvent wire) {
        return new CaseEvent(
                wire.getEventId(),
                wire.getCaseId(),
                wire.getChannel(),
                wire.getSourceCaseId(),
                wire.getOccurredAt(),
                wire.getIngestedAt(),
                wire.getSourceSequence(),
                ACTORS.core(wire.getActor()),
                wire.getOrgUnit(),
                VISIBILITIES.core(wire.getVisibility()),
                wire.getInferred(),
                TIME_NOTES.core(wire.getTimeNote()),
                core(wire.getPayload()));
    }

    private static Payload core(Object payload) {
        if (payload instanceof Submitted p) {
            return new Payload.Submitted(
                    p.getCategory(), p.getTerritory(), p.getHolder(), p.getResolutionDeadline(), p.getObservedFrom());
        } else if (payload instanceof Assigned p) {
            return new Payload.Assigned(p.getHolder());
        } else if (payload instanceof HandoverOffered p) {
            return new Payload.HandoverOffered(p.getTo());
        } else if (payload instanceof HandoverAccepted p) {
            return new Payload.HandoverAccepted(p.getBy());
        } else if (payload instanceof HandoverDeclined p) {
            return new Payload.HandoverDeclined(p.getBy());
        } else if (payload instanceof PublicReply) {
            return PUBLIC_REPLY;
        } else if (payload instanceof ProgressUpdated) {
            return PROGRESS_UPDATED;
        } else if (payload instanceof ResolutionClaimed p) {
            return p.getEvidence().isEmpty() ? RESOLUTION_CLAIMED : new Payload.ResolutionClaimed(p.getEvidence());
        } else if (payload instanceof ResolutionRejected) {
            return RESOLUTION_REJECTED;
        } else if (payload instanceof Closed p) {
            return new Payload.Closed(OUTCOMES.core(p.getOutcome()));
        } else if (payload instanceof Reopened p) {
            return p.getReason() == null ? REOPENED : new Payload.Reopened(p.getReason());
        } else if (payload instanceof SnapshotObserved p) {
            return new Payload.SnapshotObserved(
                    STATUSES.nullableCore(p.getStatus()),
                    OUTCOMES.nullableCore(p.getOutcome()),
                    p.getHolder(),
                    p.getCategory(),
                    p.getTerritory(),
                    p.getResolutionDeadline());
        } else if (payload instanceof Verified) {
            return VERIFIED;
        } else if (payload instanceof VerificationDeferred) {
            return VERIFICATION_DEFERRED;
        } else if (payload instanceof Rejected) {
            return REJECTED;
        } else if (payload instanceof Recalled) {
            return RECALLED;
        } else if (payload instanceof Redacted) {
            return REDACTED;
        } else if (payload instanceof InternalNote) {
            return INTERNAL_NOTE;
        } else if (payload instanceof WaitEnded) {
            return WAIT_ENDED;
        } else if (payload instanceof ResolutionValidated) {
            return RESOLUTION_VALIDATED;
        } else if (payload instanceof Categorised p) {
            return new Payload.Categorised(p.getCategory());
        } else if (payload instanceof JurisdictionResolved p) {
            return new Payload.JurisdictionResolved(p.getTerritory(), PLACINGS.nullableCore(p.getPlacing()));
        } else if (payload instanceof LocationCorrected p) {
            return new Payload.LocationCorrected(p.getTerritory());
        } else if (payload instanceof Delegated p) {
            return new Payload.Delegated(p.getTo());
        } else if (payload instanceof WaitStarted p) {
            return new Payload.WaitStarted(p.getReason());
        } else if (payload instanceof ChannelLinked p) {
            return new Payload.ChannelLinked(p.getCaseId());
        } else if (payload instanceof MergedInto p) {
            return new Payload.MergedInto(p.getCaseId());
        } else if (payload instanceof Rated p) {
            return new Payload.Rated(p.getStars());
        } else if (payload instanceof Unmerged) {
            return UNMERGED;
        } else if (payload instanceof SplitInto p) {
            return new Payload.SplitInto(p.getCaseId());
        } else if (payload instanceof EscalatedUp p) {
            return new Payload.EscalatedUp(p.getTo());
        } else if (payload instanceof Disputed p) {
            return new Payload.Disputed(p.getUpheld());
        } else if (payload instanceof Corrected p) {
            return new Payload.Corrected(p.getEventId());
        } else if (payload instanceof HolderReorganised p) {
            return new Payload.HolderReorganised(p.getFrom(), p.getTo());
        } else if (payload instanceof VerdictContested p) {
            return new Payload.VerdictContested(p.getTarget(), p.getCycle());
        } else if (payload instanceof VerdictDecided p) {
            return new Payload.VerdictDecided(p.getTarget(), p.getCycle(), p.getUpheld(), p.getCitation());
        }
        throw new IllegalArgumentException(
                "the core has no payload " + payload.getClass().getSimpleName());
    }
}
