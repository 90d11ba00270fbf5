package io.tanggap.intake.channel;

import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Payload.SnapshotObserved;
import io.tanggap.core.complaint.Payload.Status;
import io.tanggap.intake.TimeFormats.Moment;
import org.jspecify.annotations.Nullable;

/** Records of CROP, the system before CRM: states with times, of cases that are their kelurahan's from the start. */
final class CropAdapter implements ChannelAdapter {
    @Override
    public void tell(Fields message, Telling telling) {
        String caseId = message.caseId("nomor");
        Moment at = message.time("tgl_lapor");
        String kelurahan = telling.unit(message, "kode_kelurahan", at);
        String category = telling.categoryIfAny(message, "kategori", at);
        telling.conclude(
                telling.act(caseId, at, null, null), null, new Payload.Submitted(category, kelurahan, kelurahan, null));
        if (message.has("status")) {
            Moment since = message.time("tgl_status", at.instant());
            telling.conclude(telling.act(caseId, since, null, null), 0L, state(message));
        }
    }

    private static Payload state(Fields message) {
        return switch (message.choice("status")) {
            case "belum" -> state(Status.OPEN, null);
            case "proses" -> state(Status.IN_PROGRESS, null);
            case "selesai" -> state(Status.CLOSED, Outcome.FIXED);
            case "hapus" -> state(Status.CLOSED, Outcome.INVALID);
            default -> throw message.unlisted("status");
        };
    }

    private static Payload state(Status status, @Nullable Outcome outcome) {
        return new SnapshotObserved(status, outcome, null, null, null, null);
    }
}
