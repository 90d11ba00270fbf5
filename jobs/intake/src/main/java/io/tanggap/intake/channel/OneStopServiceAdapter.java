package io.tanggap.intake.channel;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.intake.TimeFormats.Moment;

/** Desks of the one-stop service, PTSP: the whole state of a case in every record. */
final class OneStopServiceAdapter implements ChannelAdapter {
    @Override
    public void tell(Fields message, Telling telling) {
        String caseId = message.caseId("nomor");
        Moment at = message.time("waktu");
        Act entry = telling.act(caseId, at, null, telling.unitIfAny(message, "loket", at));
        telling.submitted(entry, Actor.OFFICER, telling.categoryIfAny(message, "kategori", at), null, null);
        telling.placed(
                entry,
                message.wordIfAny("kelurahan"),
                message.degreesIfAny("latitude"),
                message.degreesIfAny("longitude"));
        telling.person(entry, telling.reporter(message.objectIfAny("pelapor")), message.textIfAny("uraian"));
        String status = message.wordIfAny("status") == null ? "diterima" : message.choice("status");
        if (!status.equals("diterima")) {
            Moment since = message.time("waktu_status", at.instant());
            Act act = telling.act(
                    caseId, since, message.sequenceIfAny("urutan"), telling.unitIfAny(message, "unit", since));
            telling.tell(act, state(status, message, telling, since));
        }
    }

    private static Payload state(String status, Fields message, Telling telling, Moment since) {
        return switch (status) {
            case "diteruskan" -> new Payload.Assigned(telling.unit(message, "tujuan", since));
            case "diproses" -> new Payload.ProgressUpdated();
            case "dijawab" -> new Payload.PublicReply();
            case "selesai" -> new Payload.Closed(Outcome.FIXED);
            case "informasi" -> new Payload.Closed(Outcome.ANSWERED);
            case "ditolak" -> new Payload.Rejected();
            default -> throw message.unlisted("status");
        };
    }
}
