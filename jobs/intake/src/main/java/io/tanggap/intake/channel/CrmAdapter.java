package io.tanggap.intake.channel;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.reference.Label;
import io.tanggap.core.reference.Policy;
import io.tanggap.intake.Places;
import io.tanggap.intake.TimeFormats.Moment;
import java.util.Arrays;
import java.util.Locale;

/** Actions of officers on cases of every channel, and the complaints that officers take themselves. */
final class CrmAdapter implements ChannelAdapter {
    @Override
    public void tell(Fields message, Telling telling) {
        long number = message.sequence("action_id");
        Fields named = message.object("case");
        Moment at = message.time("at");
        CaseName name = CaseName.of(named, telling, at);
        Act act = new Act(name.channel(), name.id(), at, number, telling.unitIfAny(message, "unit", at));
        switch (message.choice("action")) {
            case "lapor" -> submitted(message, telling, act);
            case "lokasi" -> placed(message, telling, act);
            case "validasi" -> telling.tell(act, Actor.VALIDATOR, judgement(message));
            case "tutup" -> telling.tell(act, closer(message), new Payload.Closed(outcome(message)));
            case "jawab" ->
                telling.tell(act, message.flag("automatic") ? Actor.SYSTEM : Actor.OFFICER, new Payload.PublicReply());
            case "buka kembali" -> telling.tell(act, Actor.CITIZEN, new Payload.Reopened(message.codeIfAny("reason")));
            case "keberatan" -> disputed(message, telling, act);
            case "sanggah" ->
                telling.tell(act, new Payload.VerdictContested(target(message), message.ordinal("cycle")));
            case "putusan" -> telling.tell(act, decision(message, telling));
            case "koreksi" -> corrected(message, telling, act);
            case "reorganisasi" ->
                telling.tell(
                        act,
                        new Payload.HolderReorganised(
                                telling.unit(message, "from", at), telling.unit(message, "to", at)));
            case "nilai" -> telling.tell(act, Actor.CITIZEN, new Payload.Rated(message.stars("stars")));
            default -> telling.tell(act, Actor.OFFICER, done(message, telling, act));
        }
    }

    /** What an officer did, where nobody else can have done it and the message needs one more field at most. */
    private static Payload done(Fields message, Telling telling, Act act) {
        return switch (message.choice("action")) {
            case "kategori" -> {
                String category = telling.categoryIfAny(message, "category", act.at());
                if (category == null) {
                    throw message.missing("category");
                }
                yield new Payload.Categorised(category);
            }
            case "tugaskan" -> new Payload.Assigned(telling.unit(message, "to", act.at()));
            case "koordinasi" -> new Payload.HandoverOffered(telling.unit(message, "to", act.at()));
            case "terima" -> new Payload.HandoverAccepted(telling.unit(message, "unit", act.at()));
            case "kembalikan" -> new Payload.HandoverDeclined(telling.unit(message, "unit", act.at()));
            case "tarik" -> new Payload.Recalled();
            case "disposisi" -> new Payload.Delegated(telling.unit(message, "to", act.at()));
            case "proses" -> new Payload.ProgressUpdated();
            case "tunda" -> waiting(message);
            case "lanjut" -> new Payload.WaitEnded();
            case "catat" -> new Payload.InternalNote();
            case "menunggu validasi" -> new Payload.ResolutionClaimed(message.photographsIfAny("photos"));
            case "eskalasi" -> new Payload.EscalatedUp(telling.unit(message, "to", act.at()));
            case "tolak", "arsip" -> new Payload.Rejected();
            case "gabung" -> new Payload.MergedInto(CaseName.other(message, "into", act, telling));
            case "batal gabung" -> new Payload.Unmerged();
            case "pecah" -> new Payload.SplitInto(CaseName.other(message, "into", act, telling));
            case "tautkan" -> new Payload.ChannelLinked(CaseName.other(message, "other", act, telling));
            default -> throw message.unlisted("action");
        };
    }

    /** A wait has a reason that is a code; with a sentence in its place it is only noted. */
    private static Payload waiting(Fields message) {
        if (!message.has("reason")) {
            throw message.missing("reason");
        }
        String reason = message.codeIfAny("reason");
        return reason == null ? new Payload.InternalNote() : new Payload.WaitStarted(reason);
    }

    private static void submitted(Fields message, Telling telling, Act act) {
        Moment deadline = message.timeIfAny("deadline", act.at().instant());
        telling.submitted(
                act,
                Actor.OFFICER,
                telling.categoryIfAny(message, "category", act.at()),
                telling.unitIfAny(message, "holder", act.at()),
                deadline == null ? null : deadline.instant());
        telling.placed(
                act,
                message.wordIfAny("kelurahan"),
                message.degreesIfAny("latitude"),
                message.degreesIfAny("longitude"));
        telling.person(act, telling.reporter(message.objectIfAny("reporter")), message.textIfAny("description"));
    }

    private static void placed(Fields message, Telling telling, Act act) {
        String declared = message.wordIfAny("kelurahan");
        Double latitude = message.degreesIfAny("latitude");
        Double longitude = message.degreesIfAny("longitude");
        if (declared == null && latitude == null) {
            throw message.missing(longitude == null ? "kelurahan" : "latitude");
        }
        if (declared == null && longitude == null) {
            throw message.missing("longitude");
        }
        boolean isCorrection = message.flag("correction");
        Places.Found found =
                telling.find(declared, latitude, longitude, act.at().instant());
        if (found == null) {
            telling.skip("no-unit");
        } else {
            telling.tell(
                    act,
                    Actor.OFFICER,
                    isCorrection
                            ? new Payload.LocationCorrected(found.unit())
                            : new Payload.JurisdictionResolved(found.unit(), found.placing()));
        }
    }

    /** The reporter disputes; the city, when it has looked at it, says whether the reporter is right. */
    private static void disputed(Fields message, Telling telling, Act act) {
        if (message.has("result")) {
            boolean upheld =
                    switch (message.choice("result")) {
                        case "diterima" -> true;
                        case "ditolak" -> false;
                        default -> throw message.unlisted("result");
                    };
            telling.tell(act, Actor.VALIDATOR, new Payload.Disputed(upheld));
        } else {
            telling.tell(act, new Payload.Disputed(null));
        }
    }

    private static Payload decision(Fields message, Telling telling) {
        boolean upheld =
                switch (message.choice("result")) {
                    case "tetap" -> true;
                    case "batal" -> false;
                    default -> throw message.unlisted("result");
                };
        return new Payload.VerdictDecided(
                target(message),
                message.ordinal("cycle"),
                upheld,
                telling.wordWithoutPersonalData(message, "citation"));
    }

    private static String target(Fields message) {
        String name = message.choice("target").toUpperCase(Locale.ROOT).replace(' ', '_');
        return Arrays.stream(Policy.Target.values())
                .map(Policy.Target::name)
                .filter(name::equals)
                .findFirst()
                .orElseThrow(() -> message.unlisted("target"));
    }

    /**
     * An action was a mistake. The message has it whole, for it cannot know the ids of events, and the same message makes the
     * same events; all of them never happened.
     */
    private void corrected(Fields message, Telling telling, Act act) {
        Fields mistake = message.object("of");
        if (mistake.choice("action").equals("koreksi")) {
            throw mistake.unlisted("action");
        }
        Telling mistaken = telling.ofAnother();
        tell(mistake, mistaken);
        if (mistaken.skipped() != null) {
            telling.skip(mistaken.skipped());
        }
        String caseId = CaseEvent.caseIdOf(act.channel(), act.caseId());
        for (CaseEvent event : mistaken.events()) {
            if (!event.caseId().equals(caseId)) {
                throw mistake.otherCase("case");
            }
            telling.tell(act, new Payload.Corrected(event.eventId()));
        }
    }

    private static Payload judgement(Fields message) {
        return switch (message.choice("result")) {
            case "sesuai" -> new Payload.ResolutionValidated();
            case "tidak sesuai" -> new Payload.ResolutionRejected();
            default -> throw message.unlisted("result");
        };
    }

    private static Actor closer(Fields message) {
        String by = message.wordIfAny("by");
        return switch (by == null ? "officer" : Label.compared(by)) {
            case "officer" -> Actor.OFFICER;
            case "validator" -> Actor.VALIDATOR;
            case "citizen" -> Actor.CITIZEN;
            case "system" -> Actor.SYSTEM;
            default -> throw message.unlisted("by");
        };
    }

    private static Outcome outcome(Fields message) {
        String name = message.choice("outcome").toUpperCase(Locale.ROOT);
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome.name().equals(name))
                .findFirst()
                .orElseThrow(() -> message.unlisted("outcome"));
    }
}
