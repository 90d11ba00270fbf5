package io.tanggap.simulation;

import io.tanggap.core.complaint.Outcome;
import org.jspecify.annotations.Nullable;

/** SP4N-LAPOR!: what happens to a complaint by the verbs of its admins, always in their own words. */
final class LaporVoice implements Voice {
    private final Complaint complaint;
    private final Town town;
    private final Dice words;

    LaporVoice(Complaint complaint, Town town, Dice words) {
        this.complaint = complaint;
        this.town = town;
        this.words = words;
    }

    @Override
    public Spoken submission() {
        JsonObject json = message("laporan", complaint.at()).with("kategori", complaint.label());
        if (complaint.declared() != null || complaint.point() != null) {
            json.with(
                    "lokasi",
                    new JsonObject()
                            .with("kode", complaint.declared())
                            .with("latitude", complaint.latitude())
                            .with("longitude", complaint.longitude()));
        }
        json.with(
                "pelapor",
                new JsonObject()
                        .with("id", "lp-" + complaint.reporter().id())
                        .with("nama", complaint.reporter().name())
                        .with("email", complaint.reporter().email()));
        json.with("isi", complaint.text());
        if (complaint.deadline() != null) {
            json.with("tenggat", town.clock().written(complaint.deadline().toEpochMilli()));
        }
        return Spoken.alone(complaint.channel().id, json, "tracking_id", "kejadian");
    }

    @Override
    public @Nullable Spoken tell(Act act) {
        return switch (act.kind()) {
            case VERIFIED -> spoken(act, "verifikasi");
            case DEFERRED -> spoken(act, "tunda");
            case OFFERED -> spoken(act, "disposisi");
            case ACCEPTED -> spoken(act, "terima");
            case DECLINED -> spoken(act, "bukan wewenang");
            case PROGRESS -> spoken(act, "proses");
            case REPLY -> spoken(act, "tindak lanjut");
            case CITIZEN_REPLY -> spoken(act, "tanggapan pelapor");
            case CLOSED -> act.outcome() == Outcome.ANSWERED ? spoken(act, "selesai") : null;
            case TIMED_OUT -> spoken(act, "selesai");
            case REJECTED -> spoken(act, "arsip");
            case RATED -> spoken(act, "nilai");
            default -> null;
        };
    }

    private Spoken spoken(Act act, String verb) {
        JsonObject json = message(verb, act.at()).with("urutan", act.number());
        switch (act.kind()) {
            case OFFERED -> json.with("instansi", act.required());
            case REPLY -> json.with("instansi", act.unit()).with("isi", Persons.answer(words));
            case CITIZEN_REPLY -> json.with("isi", Persons.question(words));
            case TIMED_OUT -> json.with("alasan", "tidak ada tanggapan");
            case RATED -> json.with("bintang", act.stars());
            default -> json.with("instansi", act.unit());
        }
        return Spoken.alone(complaint.channel().id, json, "waktu", "kejadian");
    }

    private JsonObject message(String verb, long at) {
        return new JsonObject()
                .with("tracking_id", complaint.number())
                .with("kejadian", verb)
                .with("waktu", town.clock().written(at));
    }
}
