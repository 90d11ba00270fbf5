package io.tanggap.intake.channel;

import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Payload.SnapshotObserved;
import io.tanggap.core.complaint.Payload.Status;
import io.tanggap.intake.TimeFormats.Moment;
import org.jspecify.annotations.Nullable;

/** Records of CROP, the system before CRM: states with times, of cases that are their kelurahan's from the start. */
final class CropAdapter implements ChannelAdapter {
    /** What may be corrected by a later record is part of the state, so that the latest holds. */
    @Override
    public void tell(Fields message, Telling telling) {
        String caseId = message.caseId("nomor");
        Moment at = message.time("tgl_lapor");
        String kelurahan = telling.unit(message, "kode_kelurahan", at);
        String category = telling.categoryIfAny(message, "kategori", at);
        telling.conclude(
                telling.act(caseId, at, null, null), null, new Payload.Submitted(null, kelurahan, kelurahan, null));
        if (message.has("status")) {
            Moment since = message.time("tgl_status", at.instant());
            telling.conclude(telling.act(caseId, since, null, null), 0L, state(message, category));
        } else if (category != null) {
            telling.conclude(telling.act(caseId, at, null, null), 0L, state(null, null, category));
        }
    }

    private static Payload state(Fields message, @Nullable String category) {
        return switch (message.choice("status")) {
            case "belum" -> state(Status.OPEN, null, category);
            case "proses" -> state(Status.IN_PROGRESS, null, category);
            case "selesai" -> state(Status.CLOSED, Outcome.FIXED, category);
            case "hapus" -> state(Status.CLOSED, Outcome.INVALID, category);
            default -> throw message.unlisted("status");
        };
    }

    private static Payload state(@Nullable Status status, @Nullable Outcome outcome, @Nullable String category) {
        return new SnapshotObserved(status, outcome, null, category, null, null);
    }
}
