package io.tanggap.intake.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Payload.SnapshotObserved;
import io.tanggap.core.complaint.Payload.Status;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.intake.TimeFormats;
import io.tanggap.intake.TimeFormats.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a poll of a GeoReport v2 server brought. A request is a state, and mostly nobody says when it began: the poll is then the
 * first to have seen it.
 */
final class Open311Adapter implements ChannelAdapter {
    private static final String REQUESTS = "service_requests";
    private static final String UPDATES = "service_request_updates";
    private static final String POLLED_AT = "polled_at";

    /** Whom a server passes a request on to when it does not say: a unit that no reference has. */
    private static final String UNKNOWN = "unknown";

    /** Beyond it a number has no room for the two events of an update, and is taken for none. */
    private static final long MOST_UPDATES = Long.MAX_VALUE / 2;

    @Override
    public List<JsonNode> divide(JsonNode message, Instant sentAt, TimeFormats times) {
        JsonNode lists = inLists(message);
        List<JsonNode> divided = new ArrayList<>();
        try {
            Fields fields = new Fields(lists, "", times);
            Instant polledAt = polledAt(fields, sentAt);
            for (String list : List.of(REQUESTS, UPDATES)) {
                List<JsonNode> things = fields.listIfAny(list);
                if (things != null) {
                    things.forEach(thing -> divided.add(alone(list, thing, polledAt)));
                }
            }
        } catch (Unusable e) {
            return List.of(lists);
        }
        return divided.isEmpty() ? List.of(lists) : divided;
    }

    /** A list or a single thing, as a server sends it, in the form in which a poll may also write it. */
    private static JsonNode inLists(JsonNode message) {
        if (message.isArray()) {
            ObjectNode lists = JsonNodeFactory.instance.objectNode();
            lists.putArray(REQUESTS);
            message.forEach(thing -> lists.withArray(listOf(thing)).add(thing));
            return lists;
        }
        if (!message.isObject() || message.has(REQUESTS) || message.has(UPDATES)) {
            return message;
        }
        ObjectNode lists = JsonNodeFactory.instance.objectNode();
        if (message.has(POLLED_AT)) {
            lists.set(POLLED_AT, message.get(POLLED_AT));
        }
        lists.putArray(listOf(message)).add(message);
        return lists;
    }

    private static Instant polledAt(Fields message, Instant sentAt) {
        Moment polledAt = message.timeIfAny(POLLED_AT, null);
        return polledAt == null
                ? message.inTime(POLLED_AT, new Moment(sentAt, TimeNote.EXACT)).instant()
                : polledAt.instant();
    }

    private static String listOf(JsonNode thing) {
        return thing.has("update_id") ? UPDATES : REQUESTS;
    }

    /** The time of the poll goes with each, for sent again it would be that of another poll. */
    private static JsonNode alone(String list, JsonNode thing, Instant polledAt) {
        ObjectNode alone = JsonNodeFactory.instance.objectNode().put(POLLED_AT, polledAt.toString());
        alone.putArray(list).add(thing);
        return alone;
    }

    @Override
    public void tell(Fields message, Telling telling) {
        Instant polledAt = polledAt(message, telling.sentAt());
        Fields request = message.has(REQUESTS) ? message.onlyPartIfAny(REQUESTS) : null;
        Fields update = message.has(UPDATES) ? message.onlyPartIfAny(UPDATES) : null;
        if (request != null) {
            tellRequest(request, polledAt, telling);
        } else if (update != null) {
            tellUpdate(update, telling);
        } else {
            telling.skip(Telling.EMPTY);
        }
    }

    private static void tellRequest(Fields request, Instant polledAt, Telling telling) {
        if (!request.has("service_request_id") && request.has("token")) {
            telling.skip("token");
            return;
        }
        String caseId = request.caseId("service_request_id");
        Moment requested = request.time("requested_datetime");
        Moment updated = request.timeIfAny("updated_datetime", requested.instant());
        Moment expected = request.timeIfAny("expected_datetime", requested.instant());
        Moment seen = seen(requested.instant(), updated, polledAt);
        boolean isClosed = isClosed(request);
        Act submission = telling.act(caseId, requested, null, null);
        telling.submitted(submission, Actor.CITIZEN, null, null, null);
        telling.placed(submission, null, request.degreesIfAny("lat"), request.degreesIfAny("long"));
        telling.person(submission, null, request.textIfAny("description"));
        telling.tell(
                telling.act(caseId, seen, null, null),
                new SnapshotObserved(
                        isClosed ? Status.CLOSED : Status.OPEN,
                        isClosed ? Outcome.UNKNOWN : null,
                        telling.unitIfAny(request, "agency_responsible", seen),
                        telling.categoryIfAny(
                                request, request.has("service_name") ? "service_name" : "service_code", requested),
                        null,
                        expected == null ? null : expected.instant()));
    }

    private static boolean isClosed(Fields request) {
        return switch (request.choice("status")) {
            case "open" -> false;
            case "closed" -> true;
            default -> throw request.unlisted("status");
        };
    }

    /** When the state began, as far as anybody knows: a time of the server that cannot be is none. */
    private static Moment seen(Instant requested, @Nullable Moment updated, Instant polledAt) {
        if (updated != null
                && !updated.instant().isBefore(requested)
                && !updated.instant().isAfter(polledAt)) {
            return updated;
        }
        // The clocks of two machines differ: what is there was there when it was requested.
        return new Moment(polledAt.isBefore(requested) ? requested : polledAt, TimeNote.OBSERVED);
    }

    private static void tellUpdate(Fields update, Telling telling) {
        String number = update.word("update_id");
        String caseId = update.caseId("service_request_id");
        Moment at = update.time("updated_datetime");
        boolean hasWords = update.textIfAny("description") != null;
        boolean hasStatus = update.has("status") || !hasWords;
        Payload status = hasStatus ? status(update) : null;
        if (hasStatus && status == null) {
            telling.skip("archived");
            return;
        }
        long order = order(number);
        if (hasWords) {
            telling.tell(telling.act(caseId, at, order, null), new Payload.PublicReply());
        }
        if (status != null) {
            telling.tell(telling.act(caseId, at, order + 1, null), status);
        }
    }

    /** One update may be two events, the words before what they say was done; a later update comes after both. */
    private static long order(String number) {
        Long count = Words.number(number);
        return count == null || count > MOST_UPDATES ? 0 : 2 * count;
    }

    /** Null for what says nothing about the case. */
    private static @Nullable Payload status(Fields update) {
        return switch (update.choice("status")) {
            case "open", "investigating", "planned", "action_scheduled", "reopen", "reopened" ->
                state(Status.OPEN, null);
            case "in_progress" -> state(Status.IN_PROGRESS, null);
            case "fixed" -> state(Status.CLOSED, Outcome.FIXED);
            case "duplicate" -> state(Status.CLOSED, Outcome.DUPLICATE);
            case "no_further_action", "unable_to_fix" -> state(Status.CLOSED, Outcome.UNABLE);
            case "closed" -> state(Status.CLOSED, Outcome.UNKNOWN);
            case "not_councils_responsibility", "internal_referral" -> new Payload.HandoverOffered(UNKNOWN);
            case "archived" -> null;
            default -> throw update.unlisted("status");
        };
    }

    private static Payload state(Status status, @Nullable Outcome outcome) {
        return new SnapshotObserved(status, outcome, null, null, null, null);
    }
}
