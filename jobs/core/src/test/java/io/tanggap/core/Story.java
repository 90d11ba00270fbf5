package io.tanggap.core;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Payload.Assigned;
import io.tanggap.core.complaint.Payload.Closed;
import io.tanggap.core.complaint.Payload.HandoverAccepted;
import io.tanggap.core.complaint.Payload.HandoverDeclined;
import io.tanggap.core.complaint.Payload.HandoverOffered;
import io.tanggap.core.complaint.Payload.ProgressUpdated;
import io.tanggap.core.complaint.Payload.PublicReply;
import io.tanggap.core.complaint.Payload.Reopened;
import io.tanggap.core.complaint.Payload.ResolutionClaimed;
import io.tanggap.core.complaint.Payload.ResolutionRejected;
import io.tanggap.core.complaint.Payload.SnapshotObserved;
import io.tanggap.core.complaint.Payload.Status;
import io.tanggap.core.complaint.Payload.Submitted;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseFold.Folded;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.reference.Reference;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of one case, told in minutes after {@link #START}. The source sequence counts the tellings, so that events of
 * one minute keep their order.
 */
public final class Story {
    /** A Monday; 15:00 in Jakarta. */
    public static final Instant START = Instant.parse("2024-03-04T08:00:00Z");

    public static final String CHANNEL = "qlue";

    private final List<CaseEvent> events = new ArrayList<>();
    private final String number;

    public Story(String number) {
        this.number = number;
    }

    public static Story submitted(long minute, @Nullable String holder, @Nullable Long deadlineMinute) {
        return new Story("1")
                .and(
                        minute,
                        null,
                        new Submitted(
                                "roads", "kelurahan", holder, deadlineMinute == null ? null : at(deadlineMinute)));
    }

    public static Instant at(long minute) {
        return START.plusSeconds(60 * minute);
    }

    /** A story in lines, see {@link Telling}, by Jakarta's clocks. */
    public static Story told(String... lines) {
        return told(References.JAKARTA, lines);
    }

    /** A story in lines by the clocks of a zone. */
    public static Story told(ZoneId zone, String... lines) {
        return new Story("1").further(zone, lines);
    }

    /** What happened next. */
    public Story further(String... lines) {
        return further(References.JAKARTA, lines);
    }

    public Story further(ZoneId zone, String... lines) {
        Telling telling = new Telling(this, zone);
        Arrays.stream(lines).forEach(telling::tell);
        return this;
    }

    /** The instant at which Jakarta's clocks show a time: {@code "2024-07-05 16:30"}. */
    public static Instant jakarta(String local) {
        return Telling.instant(local, References.JAKARTA);
    }

    /** What Jakarta's clocks show at an instant: the inverse of {@link #jakarta}. */
    public static @Nullable String local(@Nullable Instant instant) {
        return instant == null
                ? null
                : LocalDateTime.ofInstant(instant, References.JAKARTA)
                        .toString()
                        .replace('T', ' ');
    }

    public Story and(Instant at, Actor actor, @Nullable String unit, Visibility visibility, Payload payload) {
        return and(at, actor, unit, visibility, TimeNote.EXACT, payload);
    }

    public Story and(
            Instant at, Actor actor, @Nullable String unit, Visibility visibility, TimeNote timeNote, Payload payload) {
        events.add(CaseEvent.of(
                CHANNEL, number, at, at, (long) events.size(), actor, unit, visibility, false, timeNote, payload));
        return this;
    }

    public Story and(long minute, @Nullable String unit, Payload payload) {
        return and(at(minute), Actor.OFFICER, unit, Visibility.PUBLIC, payload);
    }

    public Story assigned(long minute, String holder) {
        return and(minute, null, new Assigned(holder));
    }

    public Story offered(long minute, String by, String to) {
        return and(minute, by, new HandoverOffered(to));
    }

    public Story accepted(long minute, String by) {
        return and(minute, by, new HandoverAccepted(by));
    }

    public Story declined(long minute, String by) {
        return and(minute, by, new HandoverDeclined(by));
    }

    public Story reply(long minute, Actor actor, @Nullable String unit, Visibility visibility) {
        return and(at(minute), actor, unit, visibility, new PublicReply());
    }

    public Story worked(long minute, @Nullable String unit) {
        return and(minute, unit, new ProgressUpdated());
    }

    public Story claimed(long minute, @Nullable String unit) {
        return and(minute, unit, new ResolutionClaimed());
    }

    public Story rejected(long minute) {
        return and(at(minute), Actor.VALIDATOR, null, Visibility.INTERNAL, new ResolutionRejected());
    }

    public Story closed(long minute, Outcome outcome) {
        return and(minute, null, new Closed(outcome));
    }

    public Story reopened(long minute) {
        return and(at(minute), Actor.CITIZEN, null, Visibility.PUBLIC, new Reopened());
    }

    public Story observed(long minute, @Nullable Status status, @Nullable String holder) {
        return observed(minute, status, holder, null);
    }

    public Story observed(
            long minute, @Nullable Status status, @Nullable String holder, @Nullable Long deadlineMinute) {
        return and(
                minute,
                null,
                new SnapshotObserved(
                        status, null, holder, null, null, deadlineMinute == null ? null : at(deadlineMinute)));
    }

    /** A state that a poll saw, of which nobody said since when. */
    public Story polled(long minute, Status status) {
        return polled(minute, status, null);
    }

    public Story polled(long minute, Status status, @Nullable String holder) {
        return and(
                at(minute),
                Actor.SYSTEM,
                null,
                Visibility.INTERNAL,
                TimeNote.OBSERVED,
                new SnapshotObserved(status, null, holder, null, null, null));
    }

    public List<CaseEvent> events() {
        return List.copyOf(events);
    }

    public CaseHistory history() {
        return CaseHistory.of(events);
    }

    /** The view at a minute, with a reference in which no policy applies and a case is stale after two days. */
    public CaseView seenAt(long minute) {
        return seenAt(at(minute), References.WITHOUT_POLICY);
    }

    /** The view at a time of Jakarta. */
    public CaseView seenAt(String local, Reference reference) {
        return seenAt(jakarta(local), reference);
    }

    public CaseView seenAt(Instant asOf, Reference reference) {
        CaseView view = folded(asOf, reference).view();
        if (view == null) {
            throw new AssertionError("nothing to be seen before " + asOf);
        }
        return view;
    }

    public Folded folded(Instant asOf, Reference reference) {
        return CaseFold.fold(history(), reference, asOf);
    }
}
