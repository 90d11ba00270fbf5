package io.tanggap.simulation;

import io.tanggap.core.complaint.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A GeoReport v2 server as polls see it: a request that changed, or an update. A server that tells how a case ended tells it
 * as an update; the request itself only says {@code closed} then, and not why.
 */
final class Open311Voice implements Voice {
    private static final String REQUESTS = "service_requests";
    private static final String UPDATES = "service_request_updates";

    private final Complaint complaint;
    private final Dice words;
    private @Nullable String responsible;

    Open311Voice(Complaint complaint, Dice words) {
        this.complaint = complaint;
        this.words = words;
    }

    @Override
    public Spoken submission() {
        return request("open", complaint.at() + 1_000);
    }

    @Override
    public @Nullable Spoken tell(Act act) {
        return switch (act.kind()) {
            case ASSIGNED -> {
                responsible = act.required();
                yield request("open", act.at());
            }
            case REPLY -> update(act, "IN_PROGRESS").text(Persons.answer(words));
            case PROGRESS -> update(act, "IN_PROGRESS").spoken();
            case OFFERED -> update(act, "NOT_COUNCILS_RESPONSIBILITY").spoken();
            case CLOSED ->
                act.outcome() == Outcome.FIXED
                        ? update(act, "FIXED").spoken()
                        : act.outcome() == Outcome.UNABLE
                                ? update(act, "UNABLE_TO_FIX").spoken()
                                : request("closed", act.at());
            default -> null;
        };
    }

    /** The request as polls find it after an update that closed it. */
    Spoken closed(long updatedAt) {
        return request("closed", updatedAt);
    }

    private Spoken request(String status, long updatedAt) {
        JsonObject json = new JsonObject()
                .with("service_request_id", complaint.number())
                .with("status", status)
                .with("service_name", complaint.label())
                .withNullable("description", words.chance(0.5) ? complaint.text() : null)
                .withNullable("agency_responsible", responsible)
                .with("requested_datetime", CityClock.writtenInUtc(complaint.at()))
                .with("updated_datetime", CityClock.writtenInUtc(updatedAt))
                .with("lat", complaint.latitude())
                .with("long", complaint.longitude());
        if (complaint.deadline() != null) {
            json.with(
                    "expected_datetime",
                    CityClock.writtenInUtc(complaint.deadline().toEpochMilli()));
        }
        return new Spoken(complaint.channel().id, json, json, "requested_datetime", "status", REQUESTS);
    }

    private Update update(Act act, String status) {
        return new Update(new JsonObject()
                .with("update_id", complaint.serial() + "-" + act.number())
                .with("service_request_id", complaint.number())
                .with("status", status)
                .with("updated_datetime", CityClock.writtenInUtc(act.at())));
    }

    private record Update(JsonObject json) {
        Spoken text(String description) {
            json.with("description", description);
            return spoken();
        }

        Spoken spoken() {
            return new Spoken(Channel.OPEN311.id, json, json, "service_request_id", "status", UPDATES);
        }
    }
}
