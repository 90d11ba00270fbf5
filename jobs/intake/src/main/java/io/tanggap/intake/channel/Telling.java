package io.tanggap.intake.channel;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.PersonalData;
import io.tanggap.core.complaint.Redaction;
import io.tanggap.intake.Customary;
import io.tanggap.intake.Places;
import io.tanggap.intake.Pseudonyms;
import io.tanggap.intake.Pseudonyms.Kind;
import io.tanggap.intake.TimeFormats.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one part of a record tells, as its adapter finds it out. Words of the record that events keep are asked for here, as
 * units or as categories, and none carries anything personal.
 *
 * <p><b>Order.</b> What a part tells of one instant is ordered by the part alone: the submission (no sequence), where it is
 * ({@value #PLACED}), who holds it from the start ({@value #HELD}); then everything else, by the channel's own sequence, which
 * counts from 0, and 0 where it has none.
 */
final class Telling {
    /** In code points. Chosen: no citizen writes more, and redacted it is far below what a record may hold. */
    static final int LONGEST_TEXT = 20_000;

    /** Kind of a part that is an empty list. */
    static final String EMPTY = "empty";

    /** Kind of what the city wrote by itself: no complaint. */
    static final String OWN_POST = "own-post";

    /** After the submission, before the first holder. */
    static final long PLACED = -2;

    /** Before everything that a channel counts. */
    static final long HELD = -1;

    private static final List<Map.Entry<String, Kind>> IDENTIFIERS = List.of(
            Map.entry("id", Kind.ACCOUNT),
            Map.entry("nik", Kind.NIK),
            Map.entry("phone", Kind.PHONE),
            Map.entry("telepon", Kind.PHONE),
            Map.entry("email", Kind.EMAIL),
            Map.entry("handle", Kind.HANDLE),
            Map.entry("akun", Kind.HANDLE));

    private final String channel;
    private final Instant sentAt;
    private final CityTerms city;
    private final @Nullable Pseudonyms pseudonyms;

    private final List<CaseEvent> events = new ArrayList<>();
    private final List<PersonalData> personal = new ArrayList<>();
    private final List<String> erased = new ArrayList<>();
    private final List<String> unlisted = new ArrayList<>();
    private @Nullable String skipped;
    private Admitted.@Nullable Refused refused;

    Telling(String channel, Instant sentAt, CityTerms city, @Nullable Pseudonyms pseudonyms) {
        this.channel = channel;
        this.sentAt = sentAt;
        this.city = city;
        this.pseudonyms = pseudonyms;
    }

    /** For what another message of the channel would tell, of which nothing is told here. */
    Telling ofAnother() {
        return new Telling(channel, sentAt, city, null);
    }

    /** When Tanggap first saw the record. */
    Instant sentAt() {
        return sentAt;
    }

    /** Something done to a case of the channel itself. */
    Act act(String caseId, Moment at, @Nullable Long sequence, @Nullable String unit) {
        return new Act(channel, caseId, at, sequence == null ? 0 : sequence, unit);
    }

    /** The complaint came; the unit of the act is that of the officer who took it. */
    void submitted(
            Act act, Actor actor, @Nullable String category, @Nullable String holder, @Nullable Instant deadline) {
        add(act, null, actor, act.unit(), false, new Payload.Submitted(category, null, holder, deadline));
    }

    /**
     * Where the complaint is, if the city knows: at the time of the submission, by whose day the units are.
     *
     * @return the unit; null if the place is in none
     */
    @Nullable
    String placed(Act submission, @Nullable String declared, @Nullable Double latitude, @Nullable Double longitude) {
        Places.Found found = find(declared, latitude, longitude, submission.at().instant());
        if (found == null) {
            return null;
        }
        Payload resolved = new Payload.JurisdictionResolved(found.unit(), found.placing());
        add(submission, PLACED, Customary.actor(resolved), null, false, resolved);
        return found.unit();
    }

    Places.@Nullable Found find(
            @Nullable String declared, @Nullable Double latitude, @Nullable Double longitude, Instant at) {
        return city.place(declared, latitude, longitude, at);
    }

    /** The channel hands its complaints to the unit of the place by itself. */
    void heldFromTheStart(Act submission, String holder) {
        add(submission, HELD, Actor.SYSTEM, null, true, new Payload.Assigned(holder));
    }

    /** Something that the customary actor did. */
    void tell(Act act, Payload payload) {
        tell(act, Customary.actor(payload), payload);
    }

    void tell(Act act, Actor actor, Payload payload) {
        add(act, act.sequence(), actor, act.unit(), false, payload);
    }

    /** Something that is concluded from a state. */
    void conclude(Act act, @Nullable Long sequence, Payload payload) {
        add(act, sequence, Customary.actor(payload), act.unit(), true, payload);
    }

    private void add(
            Act act, @Nullable Long sequence, Actor actor, @Nullable String unit, boolean inferred, Payload payload) {
        events.add(CaseEvent.of(
                act.channel(),
                act.caseId(),
                act.at().instant(),
                sentAt,
                sequence,
                actor,
                unit,
                Customary.visibility(payload),
                inferred,
                act.at().note(),
                payload));
    }

    /** Who complains and in which words, if the record says either. */
    void person(Act submission, @Nullable String reporter, @Nullable String text) {
        if (reporter == null && text == null) {
            return;
        }
        Redaction redaction = Redaction.of(text == null ? "" : beginning(text));
        personal.add(new PersonalData(
                CaseEvent.caseIdOf(submission.channel(), submission.caseId()),
                reporter,
                text == null ? null : redaction.text(),
                redaction.counts()));
    }

    /** Marks can be longer than what they stand for, and a record of Kafka has an end. */
    private static String beginning(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT));
    }

    /** The pseudonym by the best identifier that names somebody; the others are only looked at. */
    @Nullable
    String reporter(@Nullable Fields person) {
        String reporter = null;
        if (person != null) {
            for (Map.Entry<String, Kind> identifier : IDENTIFIERS) {
                String text = person.wordIfAny(identifier.getKey());
                reporter = reporter == null && text != null ? pseudonym(identifier.getValue(), text) : reporter;
            }
        }
        return reporter;
    }

    @Nullable
    String pseudonym(Kind kind, String identifier) {
        return pseudonyms == null ? null : pseudonyms.of(channel, kind, identifier);
    }

    void erase(Act act) {
        tell(act, new Payload.Redacted());
        erased.add(CaseEvent.caseIdOf(act.channel(), act.caseId()));
    }

    /** The part tells nothing about a case. */
    void skip(String kind) {
        skipped = kind;
    }

    /** The part cannot be used: nothing of it is told. */
    void refuse(Admitted.Refused refusal) {
        events.clear();
        personal.clear();
        erased.clear();
        unlisted.clear();
        skipped = null;
        refused = refusal;
    }

    /** A unit that a field names, as the city calls it; else as the channel does. */
    @Nullable
    String unitIfAny(Fields fields, String name, Moment at) {
        String text = fields.wordIfAny(name);
        return text == null
                ? null
                : city.unit(text, at.instant()).orElseGet(() -> withoutPersonalData(fields, name, text));
    }

    String unit(Fields fields, String name, Moment at) {
        String unit = unitIfAny(fields, name, at);
        if (unit == null) {
            throw fields.missing(name);
        }
        return unit;
    }

    /** The category that a field names by a label of the channel; a label that the city does not list stays, and is counted. */
    @Nullable
    String categoryIfAny(Fields fields, String name, Moment at) {
        String label = fields.wordIfAny(name);
        if (label == null) {
            return null;
        }
        return city.category(channel, label, at.instant()).orElseGet(() -> {
            String kept = withoutPersonalData(fields, name, label);
            if (!city.accepts(kept, at.instant())) {
                unlisted.add(kept);
            }
            return kept;
        });
    }

    /** A short text that events keep as it is, but for what is personal in it. */
    String wordWithoutPersonalData(Fields fields, String name) {
        return withoutPersonalData(fields, name, fields.word(name));
    }

    /** The id of a channel that a field names, which begins the ids of its cases. */
    String channelId(Fields fields, String name, Moment at) {
        return city.channel(fields.word(name), at.instant()).orElseThrow(() -> fields.unknownChannel(name));
    }

    private static String withoutPersonalData(Fields fields, String name, String word) {
        String redacted = Redaction.of(word).text();
        if (redacted.length() > Fields.LONGEST_WORD) {
            throw fields.tooLong(name);
        }
        return redacted;
    }

    /** The accounts that write for the city on the channel. */
    Set<String> accounts(Moment at) {
        return city.accounts(channel, at.instant());
    }

    List<CaseEvent> events() {
        return events;
    }

    List<PersonalData> personal() {
        return personal;
    }

    List<String> erased() {
        return erased;
    }

    /** Labels that the city does not list, as the events name them. */
    List<String> unlisted() {
        return unlisted;
    }

    @Nullable
    String skipped() {
        return skipped;
    }

    Admitted.@Nullable Refused refused() {
        return refused;
    }
}
