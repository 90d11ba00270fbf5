package io.tanggap.simulation;

import io.tanggap.core.complaint.Outcome;
import io.tanggap.simulation.Act.Kind;
import org.jspecify.annotations.Nullable;

/** The one-stop service: every record repeats the case as it was taken down, and adds its state. */
final class PtspVoice implements Voice {
    private final Complaint complaint;
    private final Town town;

    PtspVoice(Complaint complaint, Town town) {
        this.complaint = complaint;
        this.town = town;
    }

    @Override
    public Spoken submission() {
        return Spoken.alone(complaint.channel().id, message().with("status", "diterima"), "waktu", "status");
    }

    @Override
    public @Nullable Spoken tell(Act act) {
        String status =
                switch (act.kind()) {
                    case ASSIGNED -> "diteruskan";
                    case PROGRESS -> "diproses";
                    case REPLY -> "dijawab";
                    case REJECTED -> "ditolak";
                    case CLOSED ->
                        act.outcome() == Outcome.FIXED
                                ? "selesai"
                                : act.outcome() == Outcome.ANSWERED ? "informasi" : null;
                    default -> null;
                };
        if (status == null) {
            return null;
        }
        JsonObject json = message()
                .with("status", status)
                .with("waktu_status", town.clock().writtenLocally(act.at()))
                .with("unit", act.unit())
                .with("urutan", act.number());
        if (act.kind() == Kind.ASSIGNED) {
            json.with("tujuan", act.required());
        }
        return Spoken.alone(complaint.channel().id, json, "nomor", "status");
    }

    private JsonObject message() {
        return new JsonObject()
                .with("nomor", complaint.number())
                .with("waktu", town.clock().writtenLocally(complaint.at()))
                .with("loket", complaint.desk())
                .with("kategori", complaint.label())
                .with("kelurahan", complaint.declared())
                .with("latitude", complaint.latitude())
                .with("longitude", complaint.longitude())
                .with(
                        "pelapor",
                        new JsonObject()
                                .with("nik", complaint.reporter().nik())
                                .with("nama", complaint.reporter().name())
                                .with("telepon", complaint.reporter().phone()))
                .with("uraian", complaint.text());
    }
}
