package io.tanggap.simulation;

import io.tanggap.core.reference.GeoPoint;
import org.jspecify.annotations.Nullable;

/** The city's own system: has a word for whatever officers do with a case of any channel. */
final class CrmVoice implements Voice {
    private static final int ACTIONS_OF_A_CASE = 1_000;
    private static final double BY_NAME = 0.1;

    private final Complaint complaint;
    private final Town town;
    private final Dice words;

    CrmVoice(Complaint complaint, Town town, Dice words) {
        this.complaint = complaint;
        this.town = town;
        this.words = words;
    }

    @Override
    public Spoken submission() {
        JsonObject json = action("lapor", 0, complaint.at(), complaint.desk())
                .with("category", complaint.label())
                .with("kelurahan", complaint.declared())
                .with("latitude", complaint.latitude())
                .with("longitude", complaint.longitude())
                .with("holder", complaint.holder())
                .with(
                        "reporter",
                        new JsonObject().with("phone", complaint.reporter().phone()))
                .with("description", complaint.text());
        if (complaint.deadline() != null) {
            json.with("deadline", town.clock().written(complaint.deadline().toEpochMilli()));
        }
        return spoken(json);
    }

    @Override
    public @Nullable Spoken tell(Act act) {
        String verb = verb(act);
        if (verb == null) {
            return null;
        }
        JsonObject json = action(verb, act.number(), act.at(), act.unit());
        switch (act.kind()) {
            case AUTOMATIC_REPLY -> json.with("automatic", true);
            case REPLY, NOTE -> json.with("note", Persons.answer(words));
            case CATEGORISED ->
                json.with("category", town.label(Channel.CRM.id, complaint.channel().id, act.required()));
            case LOCATED -> locate(json, act);
            case RELOCATED ->
                json.with("kelurahan", named(act.required(), act.at())).with("correction", true);
            case ASSIGNED, OFFERED, DELEGATED -> json.with("to", named(act.required(), act.at()));
            case WAIT -> json.with("reason", act.required());
            case CLAIM_REFUSED -> json.with("result", "tidak sesuai");
            case CLAIM_CONFIRMED -> json.with("result", "sesuai");
            case CLOSED -> {
                json.with("outcome", act.outcome());
                if (town.dispatcher().equals(act.unit())) {
                    json.with("by", "validator");
                }
            }
            case WITHDRAWN -> json.with("outcome", "WITHDRAWN").with("by", "citizen");
            case TIMED_OUT -> json.with("outcome", "NO_REPLY_TIMEOUT").with("by", "system");
            case RATED -> json.with("stars", act.stars());
            case MERGED -> json.with("into", reference(act.required()));
            case LINKED -> json.with("other", reference(act.required()));
            default -> {
                // The verb says it all.
            }
        }
        return spoken(json);
    }

    private static @Nullable String verb(Act act) {
        return switch (act.kind()) {
            case AUTOMATIC_REPLY, REPLY -> "jawab";
            case NOTE -> "catat";
            case CATEGORISED -> "kategori";
            case LOCATED, RELOCATED -> "lokasi";
            case ASSIGNED -> "tugaskan";
            case OFFERED -> "koordinasi";
            case ACCEPTED -> "terima";
            case DECLINED -> "kembalikan";
            case RECALLED -> "tarik";
            case DELEGATED -> "disposisi";
            case PROGRESS -> "proses";
            case WAIT -> "tunda";
            case WAIT_OVER -> "lanjut";
            case CLAIMED -> "menunggu validasi";
            case CLAIM_REFUSED, CLAIM_CONFIRMED -> "validasi";
            case CLOSED, WITHDRAWN, TIMED_OUT -> "tutup";
            case REJECTED -> "tolak";
            case RATED -> "nilai";
            case REOPENED -> "buka kembali";
            case MERGED -> "gabung";
            case LINKED -> "tautkan";
            case CITIZEN_REPLY, VERIFIED, DEFERRED -> null;
        };
    }

    private void locate(JsonObject json, Act act) {
        GeoPoint point = words.chance(0.5) ? town.ground(act.required()).somewhere(words) : null;
        if (point == null) {
            json.with("kelurahan", named(act.required(), act.at()));
        } else {
            json.with("latitude", point.latitude()).with("longitude", point.longitude());
        }
    }

    private static JsonObject reference(String caseId) {
        int colon = caseId.indexOf(':');
        return new JsonObject().with("channel", caseId.substring(0, colon)).with("id", caseId.substring(colon + 1));
    }

    /** Officers mostly pick a unit from a list; some write its name. */
    private String named(String unit, long at) {
        return words.chance(BY_NAME) ? town.nameOf(unit, at) : unit;
    }

    private JsonObject action(String verb, int number, long at, @Nullable String unit) {
        return new JsonObject()
                .with("action_id", Long.parseLong(complaint.serial()) * ACTIONS_OF_A_CASE + number)
                .with(
                        "case",
                        new JsonObject().with("channel", complaint.channel().id).with("id", complaint.number()))
                .with("action", verb)
                .with("at", town.clock().written(at))
                .with("unit", unit);
    }

    private static Spoken spoken(JsonObject json) {
        return Spoken.alone(Channel.CRM.id, json, "action_id", "action");
    }
}
