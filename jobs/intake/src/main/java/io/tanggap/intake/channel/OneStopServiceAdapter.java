package io.tanggap.intake.channel;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.intake.Places;
import io.tanggap.intake.TimeFormats.Moment;
import org.jspecify.annotations.Nullable;

/**
 * Desks of the one-stop service, PTSP: the whole state of a case in every record. What of the entry may be corrected by a later
 * record is told at the time of the record's state, so that the latest holds; the submission says only that there was one.
 */
final class OneStopServiceAdapter implements ChannelAdapter {
    /** A record is up to three events: where it is, what it is, what was done. */
    private static final int EVENTS = 3;

    private static final String RECEIVED = "diterima";

    @Override
    public void tell(Fields message, Telling telling) {
        String caseId = message.caseId("nomor");
        Moment at = message.time("waktu");
        Act entry = telling.act(caseId, at, null, telling.unitIfAny(message, "loket", at));
        telling.submitted(entry, Actor.OFFICER, null, null, null);
        telling.person(entry, telling.reporter(message.objectIfAny("pelapor")), message.textIfAny("uraian"));
        String status = message.wordIfAny("status") == null ? RECEIVED : message.choice("status");
        Moment since = message.timeIfAny("waktu_status", at.instant());
        if (since == null && !status.equals(RECEIVED)) {
            throw message.missing("waktu_status");
        }
        since = since == null ? at : since;
        Long order = message.sequenceIfAny("urutan", EVENTS);
        long first = order == null ? 0 : order;
        Places.Found place = telling.find(
                message.wordIfAny("kelurahan"),
                message.degreesIfAny("latitude"),
                message.degreesIfAny("longitude"),
                at.instant());
        if (place != null) {
            telling.tell(
                    telling.act(caseId, since, first, null),
                    new Payload.JurisdictionResolved(place.unit(), place.placing()));
        }
        String category = telling.categoryIfAny(message, "kategori", at);
        if (category != null) {
            telling.tell(
                    telling.act(caseId, since, first + 1, null),
                    new Payload.SnapshotObserved(null, null, null, category, null, null));
        }
        Payload done = done(status, message, telling, since);
        if (done != null) {
            telling.tell(telling.act(caseId, since, first + 2, telling.unitIfAny(message, "unit", since)), done);
        }
    }

    /** Null where nothing was done yet. */
    private static @Nullable Payload done(String status, Fields message, Telling telling, Moment since) {
        return switch (status) {
            case RECEIVED -> null;
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
