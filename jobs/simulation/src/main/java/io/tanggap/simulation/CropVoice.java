package io.tanggap.simulation;

import io.tanggap.simulation.Act.Kind;
import org.jspecify.annotations.Nullable;

/** The system before CRM: a record is the state of a report. */
final class CropVoice implements Voice {
    private final Complaint complaint;
    private final Town town;

    CropVoice(Complaint complaint, Town town) {
        this.complaint = complaint;
        this.town = town;
    }

    @Override
    public Spoken submission() {
        return spoken("belum", complaint.at() + 1_000);
    }

    @Override
    public @Nullable Spoken tell(Act act) {
        if (act.kind() == Kind.PROGRESS) {
            return spoken("proses", act.at());
        } else if (act.kind() == Kind.REJECTED) {
            return spoken("hapus", act.at());
        }
        return act.kind() == Kind.CLOSED ? spoken("selesai", act.at()) : null;
    }

    private Spoken spoken(String status, long at) {
        JsonObject json = new JsonObject()
                .with("nomor", complaint.number())
                .with("tgl_lapor", town.clock().writtenLocally(complaint.at()))
                .with("kategori", complaint.label())
                .with("kode_kelurahan", complaint.declared())
                .with("status", status)
                .with("tgl_status", town.clock().writtenLocally(at));
        return Spoken.alone(complaint.channel().id, json, "kode_kelurahan", "status");
    }
}
