package io.tanggap.core;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Payload.Status;
import io.tanggap.core.complaint.Placing;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stories in lines of text: a local time, who, does what, to or with what.
 *
 * <pre>
 *   2024-07-05 16:30 citizen submits A
 *   2024-07-08 09:30 A claims
 *              10:00 validator rejects
 * </pre>
 *
 * <p>A line without a date is of the day of the line before it. Who is {@code citizen}, {@code officer}, {@code validator},
 * {@code system}, {@code source} (which sends states), {@code poll} (which sees states) or else a unit, for which an officer
 * acts. {@code submits} takes the first holder and {@code category=}, {@code territory=} and {@code due=} (with a T between
 * date and time); a {@code -} is nothing.
 */
final class Telling {
    private final Story story;
    private final ZoneId zone;
    private @Nullable LocalDate day;

    Telling(Story story, ZoneId zone) {
        this.story = story;
        this.zone = zone;
    }

    /** The instant of {@code "2024-07-05 16:30"}, with or without seconds. */
    static Instant instant(String local, ZoneId zone) {
        return LocalDateTime.parse(local.replace(' ', 'T')).atZone(zone).toInstant();
    }

    void tell(String line) {
        String[] words = line.strip().split(" +");
        int next = 0;
        if (words[0].indexOf('-') > 0) {
            day = LocalDate.parse(words[next++]);
        }
        if (day == null) {
            throw new IllegalArgumentException("the first line has a date: " + line);
        }
        Instant at = day.atTime(LocalTime.parse(words[next++])).atZone(zone).toInstant();
        String who = words[next++];
        String verb = words[next++];
        tell(at, who, verb, List.of(words).subList(next, words.length));
    }

    private void tell(Instant at, String who, String verb, List<String> with) {
        Actor actor =
                switch (who) {
                    case "citizen" -> Actor.CITIZEN;
                    case "validator" -> Actor.VALIDATOR;
                    case "system", "source", "poll" -> Actor.SYSTEM;
                    default -> Actor.OFFICER;
                };
        boolean nameless = actor != Actor.OFFICER || who.equals("officer");
        boolean quiet = verb.equals("notes") || with.contains("internally");
        story.and(
                at,
                actor,
                nameless ? null : who,
                quiet ? Visibility.INTERNAL : Visibility.PUBLIC,
                who.equals("poll") ? TimeNote.OBSERVED : TimeNote.EXACT,
                payload(who, verb, with));
    }

    private Payload payload(String who, String verb, List<String> with) {
        return switch (verb) {
            case "submits" -> submitted(with);
            case "assigns" -> new Payload.Assigned(with.get(0));
            case "offers" -> new Payload.HandoverOffered(with.get(0));
            case "accepts" -> new Payload.HandoverAccepted(who);
            case "declines" -> new Payload.HandoverDeclined(who);
            case "recalls" -> new Payload.Recalled();
            case "delegates" -> new Payload.Delegated(with.get(0));
            case "escalates" -> new Payload.EscalatedUp(with.get(0));
            case "reorganises" -> new Payload.HolderReorganised(with.get(0), with.get(1));
            case "verifies" -> new Payload.Verified();
            case "defers" -> new Payload.VerificationDeferred();
            case "refuses" -> new Payload.Rejected();
            case "places" -> new Payload.JurisdictionResolved(with.get(0), Placing.POLYGON);
            case "locates" -> new Payload.LocationCorrected(with.get(0));
            case "categorises" -> new Payload.Categorised(with.get(0));
            case "replies" -> new Payload.PublicReply();
            case "notes" -> new Payload.InternalNote();
            case "works" -> new Payload.ProgressUpdated();
            case "waits" -> new Payload.WaitStarted(with.get(0));
            case "resumes" -> new Payload.WaitEnded();
            case "claims" -> new Payload.ResolutionClaimed();
            case "rejects" -> new Payload.ResolutionRejected();
            case "validates" -> new Payload.ResolutionValidated();
            case "closes" -> new Payload.Closed(Outcome.valueOf(with.get(0)));
            case "reopens" -> new Payload.Reopened();
            case "rates" -> new Payload.Rated(Integer.parseInt(with.get(0)));
            case "disputes" ->
                new Payload.Disputed(with.isEmpty() ? null : with.get(0).equals("upheld"));
            case "merges" -> new Payload.MergedInto(with.get(0));
            case "unmerges" -> new Payload.Unmerged();
            case "links" -> new Payload.ChannelLinked(with.get(0));
            case "splits" -> new Payload.SplitInto(with.get(0));
            case "corrects" ->
                new Payload.Corrected(
                        story.events().get(Integer.parseInt(with.get(0))).eventId());
            case "contests" -> new Payload.VerdictContested(with.get(0), Integer.parseInt(with.get(1)));
            case "upholds", "overturns" ->
                new Payload.VerdictDecided(
                        with.get(0), Integer.parseInt(with.get(1)), verb.equals("upholds"), with.get(2));
            case "shows", "sees" -> observed(with);
            default -> throw new IllegalArgumentException("nobody " + verb);
        };
    }

    private Payload submitted(List<String> with) {
        String holder = with.isEmpty() || with.get(0).contains("=") ? null : told(with.get(0));
        return new Payload.Submitted(
                told(named(with, "category", "roads")), told(named(with, "territory", "kelurahan")), holder, due(with));
    }

    private Payload observed(List<String> with) {
        String status = with.isEmpty() || with.get(0).contains("=") ? null : told(with.get(0));
        String holder = with.size() < 2 || with.get(1).contains("=") ? null : told(with.get(1));
        String outcome = named(with, "outcome", null);
        return new Payload.SnapshotObserved(
                status == null ? null : Status.valueOf(status),
                outcome == null ? null : Outcome.valueOf(outcome),
                holder,
                named(with, "category", null),
                named(with, "territory", null),
                due(with));
    }

    private @Nullable Instant due(List<String> with) {
        String due = named(with, "due", null);
        return due == null ? null : instant(due, zone);
    }

    private static @Nullable String told(@Nullable String word) {
        return "-".equals(word) ? null : word;
    }

    private static @Nullable String named(List<String> with, String name, @Nullable String otherwise) {
        return with.stream()
                .filter(word -> word.startsWith(name + "="))
                .map(word -> word.substring(name.length() + 1))
                .findFirst()
                .orElse(otherwise);
    }
}
