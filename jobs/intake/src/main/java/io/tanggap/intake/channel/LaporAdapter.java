package io.tanggap.intake.channel;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.reference.Label;
import io.tanggap.intake.TimeFormats.Moment;

/** SP4N-LAPOR!, the national complaint system, with the verbs of its admins. */
final class LaporAdapter implements ChannelAdapter {
    @Override
    public void tell(Fields message, Telling telling) {
        String caseId = message.caseId("tracking_id");
        Moment at = message.time("waktu");
        Act act = telling.act(caseId, at, message.sequenceIfAny("urutan"), telling.unitIfAny(message, "instansi", at));
        switch (message.choice("kejadian")) {
            case "laporan" -> submitted(message, telling, telling.act(caseId, at, null, null));
            case "belum verifikasi" ->
                telling.tell(telling.act(caseId, at, act.sequence(), null), Actor.SYSTEM, new Payload.InternalNote());
            case "verifikasi" -> telling.tell(act, new Payload.Verified());
            case "tunda" -> telling.tell(act, new Payload.VerificationDeferred());
            case "disposisi" ->
                // The admin of the city offers; the agency has not done anything yet.
                telling.tell(
                        telling.act(caseId, at, act.sequence(), null),
                        new Payload.HandoverOffered(telling.unit(message, "instansi", at)));
            case "terima" -> telling.tell(act, new Payload.HandoverAccepted(telling.unit(message, "instansi", at)));
            case "bukan wewenang" ->
                telling.tell(act, new Payload.HandoverDeclined(telling.unit(message, "instansi", at)));
            case "proses" -> telling.tell(act, new Payload.ProgressUpdated());
            case "tindak lanjut" -> telling.tell(act, new Payload.PublicReply());
            case "tanggapan pelapor" ->
                telling.tell(telling.act(caseId, at, act.sequence(), null), Actor.CITIZEN, new Payload.PublicReply());
            case "selesai" -> closed(message, telling, act);
            case "arsip" -> telling.tell(act, new Payload.Rejected());
            case "nilai" ->
                telling.tell(
                        telling.act(caseId, at, act.sequence(), null), new Payload.Rated(message.stars("bintang")));
            default -> throw message.unlisted("kejadian");
        }
    }

    private static void submitted(Fields message, Telling telling, Act act) {
        Moment deadline = message.timeIfAny("tenggat", act.at().instant());
        telling.submitted(
                act,
                Actor.CITIZEN,
                telling.categoryIfAny(message, "kategori", act.at()),
                null,
                deadline == null ? null : deadline.instant());
        Fields place = message.objectIfAny("lokasi");
        if (place != null) {
            telling.placed(
                    act, place.wordIfAny("kode"), place.degreesIfAny("latitude"), place.degreesIfAny("longitude"));
        }
        telling.person(act, telling.reporter(message.objectIfAny("pelapor")), message.textIfAny("isi"));
    }

    private static void closed(Fields message, Telling telling, Act act) {
        String reason = message.textIfAny("alasan");
        if (reason != null && Label.compared(reason).equals("tidak ada tanggapan")) {
            telling.tell(act, Actor.SYSTEM, new Payload.Closed(Outcome.NO_REPLY_TIMEOUT));
        } else {
            telling.tell(act, new Payload.Closed(Outcome.ANSWERED));
        }
    }
}
