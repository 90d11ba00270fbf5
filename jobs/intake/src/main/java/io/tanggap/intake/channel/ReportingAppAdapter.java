package io.tanggap.intake.channel;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.reference.Label;
import io.tanggap.intake.TimeFormats.Moment;
import org.jspecify.annotations.Nullable;

/** The reporting applications of citizens, Qlue and JAKI: one form, which hands a complaint to the unit of its place. */
final class ReportingAppAdapter implements ChannelAdapter {
    @Override
    public void tell(Fields message, Telling telling) {
        String caseId = message.caseId("report_id");
        String event = message.wordIfAny("event");
        Moment at = message.time("timestamp");
        if (event == null || Label.compared(event).equals("report")) {
            report(message, telling, telling.act(caseId, at, null, null));
            return;
        }
        Act act = telling.act(caseId, at, message.sequenceIfAny("sequence"), telling.unitIfAny(message, "unit", at));
        switch (Label.compared(event)) {
            case "status" -> status(message, telling, act);
            case "comment" ->
                telling.tell(act, act.unit() == null ? Actor.CITIZEN : Actor.OFFICER, new Payload.PublicReply());
            case "rating" -> telling.tell(act, new Payload.Rated(message.stars("stars")));
            default -> throw message.unlisted("event");
        }
    }

    private static void report(Fields message, Telling telling, Act act) {
        telling.submitted(act, Actor.CITIZEN, telling.categoryIfAny(message, "label", act.at()), null, null);
        String unit = telling.placed(
                act,
                message.wordIfAny("kelurahan"),
                message.degreesIfAny("latitude"),
                message.degreesIfAny("longitude"));
        if (unit != null) {
            telling.heldFromTheStart(act, unit);
        }
        telling.person(act, telling.reporter(message.objectIfAny("reporter")), message.textIfAny("description"));
    }

    private static void status(Fields message, Telling telling, Act act) {
        switch (message.choice("status")) {
            case "menunggu" -> {
                String to = telling.unitIfAny(message, "to", act.at());
                telling.tell(act, waiting(to == null ? act.unit() : to));
            }
            case "koordinasi" -> telling.tell(act, new Payload.HandoverOffered(telling.unit(message, "to", act.at())));
            case "disposisi" -> telling.tell(act, new Payload.Delegated(telling.unit(message, "to", act.at())));
            case "proses" -> telling.tell(act, new Payload.ProgressUpdated());
            case "menunggu validasi" ->
                telling.tell(act, new Payload.ResolutionClaimed(message.photographsIfAny("photos")));
            case "validasi tidak sesuai" -> telling.tell(act, new Payload.ResolutionRejected());
            case "selesai" -> telling.tell(act, new Payload.Closed(Outcome.FIXED));
            case "ditolak", "arsip", "hapus" -> telling.tell(act, new Payload.Rejected());
            case "merah" -> telling.tell(act, red(message.codeIfAny("reason")));
            case "kuning" -> telling.tell(act, colour(Payload.Status.IN_PROGRESS, null));
            case "hijau" -> telling.tell(act, colour(Payload.Status.CLOSED, Outcome.FIXED));
            default -> throw message.unlisted("status");
        }
    }

    /** That a case waits says nothing unless somebody is named who has it. */
    private static Payload waiting(@Nullable String holder) {
        return holder == null ? new Payload.InternalNote() : new Payload.Assigned(holder);
    }

    /** A report is red from the start; a reason has only one that is red again. */
    private static Payload red(@Nullable String reason) {
        return reason == null ? colour(Payload.Status.OPEN, null) : new Payload.Reopened(reason);
    }

    private static Payload colour(Payload.Status status, @Nullable Outcome outcome) {
        return new Payload.SnapshotObserved(status, outcome, null, null, null, null);
    }
}
