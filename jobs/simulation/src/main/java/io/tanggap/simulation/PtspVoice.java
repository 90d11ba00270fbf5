package io.tanggap.simulation;

import io.tanggap.core.complaint.Outcome;
import io.tanggap.simulation.Act.Kind;
import org.jspecify.annotations.Nullable;

/** The one-stop service: every record repeats the case as it was taken down and put right since, and adds its state. */
final class PtspVoice implements Voice {
    private final Complaint complaint;
    private final Town town;
    private @Nullable String label;
    private @Nullable String kelurahan;

    PtspVoice(Complaint complaint, Town town) {
        this.complaint = complaint;
        this.town = town;
        this.label = complaint.label();
        this.kelurahan = complaint.declared();
    }

    @Override
    public Spoken submission() {
        return Spoken.alone(complaint.channel().id, message().with("status", "diterima"), "waktu", "status");
    }

    @Override
    public @Nullable Spoken tell(Act act) {
        switch (act.kind()) {
            case CATEGORISED ->
                label = town.labels(complaint.channel().id, act.required()).get(0);
            case LOCATED, RELOCATED -> kelurahan = act.required();
            default -> {
                // Puts nothing right.
            }
        }
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
                .with("kategori", label)
                .with("kelurahan", kelurahan)
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
