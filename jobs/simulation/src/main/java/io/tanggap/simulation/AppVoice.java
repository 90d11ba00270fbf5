package io.tanggap.simulation;

import io.tanggap.simulation.Act.Kind;
import org.jspecify.annotations.Nullable;

/** Qlue and JAKI: reports, statuses, comments and stars. */
final class AppVoice implements Voice {
    private final Complaint complaint;
    private final Town town;
    private final Dice words;

    AppVoice(Complaint complaint, Town town, Dice words) {
        this.complaint = complaint;
        this.town = town;
        this.words = words;
    }

    @Override
    public Spoken submission() {
        JsonObject reporter = new JsonObject()
                .with("id", "u-" + complaint.reporter().id())
                .with("name", complaint.reporter().name());
        if (words.chance(0.7)) {
            reporter.with("phone", complaint.reporter().phone());
        }
        JsonObject report = message("report", complaint.at())
                .with("label", complaint.label())
                .with("latitude", complaint.latitude())
                .with("longitude", complaint.longitude())
                .withNullable("kelurahan", complaint.declared())
                .with("reporter", reporter)
                .with("description", complaint.text())
                .with("photo_url", "https://example.org/q/" + complaint.serial() + ".jpg");
        return Spoken.alone(complaint.channel().id, report, "report_id", "event");
    }

    @Override
    public @Nullable Spoken tell(Act act) {
        return switch (act.kind()) {
            case ASSIGNED -> status(act, "menunggu");
            case OFFERED -> status(act, "koordinasi");
            case DELEGATED -> status(act, "disposisi");
            // The application has no word for taking a case: the receiver begins to work.
            case ACCEPTED -> status(act, "proses");
            case PROGRESS -> status(act, words.chance(0.2) ? "kuning" : "proses");
            case CLAIMED -> status(act, "menunggu validasi");
            case CLAIM_REFUSED -> status(act, "validasi tidak sesuai");
            case CLAIM_CONFIRMED -> status(act, words.chance(0.2) ? "hijau" : "selesai");
            case REJECTED -> status(act, words.chance(0.5) ? "ditolak" : words.chance(0.5) ? "arsip" : "hapus");
            case REOPENED -> status(act, "merah");
            case REPLY, CITIZEN_REPLY -> comment(act);
            case RATED ->
                Spoken.alone(
                        complaint.channel().id,
                        message("rating", act.at()).with("stars", act.stars()),
                        "stars",
                        "event");
            default -> null;
        };
    }

    private Spoken status(Act act, String status) {
        JsonObject json = message("status", act.at())
                .with("sequence", act.number())
                .with("status", status)
                .with("unit", act.unit());
        if (act.kind() == Kind.ASSIGNED || act.kind() == Kind.OFFERED || act.kind() == Kind.DELEGATED) {
            json.with("to", act.required());
        }
        return Spoken.alone(complaint.channel().id, json, "timestamp", "status");
    }

    private Spoken comment(Act act) {
        boolean isCitizen = act.kind() == Kind.CITIZEN_REPLY;
        JsonObject json = message("comment", act.at())
                .with("unit", act.unit())
                .with("text", isCitizen ? Persons.question(words) : Persons.answer(words));
        return Spoken.alone(complaint.channel().id, json, "report_id", "event");
    }

    private JsonObject message(String event, long at) {
        return new JsonObject()
                .with("report_id", complaint.number())
                .with("event", event)
                .with("timestamp", town.clock().written(at));
    }
}
