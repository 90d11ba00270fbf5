package io.tanggap.delivery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.Due;
import io.tanggap.core.alert.Alert.Matter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert in JSON, the same in the events of its topic and in messages: who reads one reads the other. Instants are UTC,
 * durations ISO 8601; what is not known is left out.
 */
public final class AlertJson {
    private AlertJson() {}

    /** Writes the fields of an alert into an object. */
    public static void write(Alert alert, ObjectNode to) {
        to.put("alert_id", alert.id());
        to.put("revision", alert.revision());
        to.put("kind", alert.kind().name());
        to.put("state", alert.state().name());
        put(to, "raised_at", alert.raisedAt());
        put(to, "ended_at", alert.endedAt());
        to.put("channel", alert.channel());
        if (alert.matter() != null) {
            write(alert.matter(), to.putObject("case"));
        }
        if (alert.due() != null) {
            write(alert.due(), to.putObject("clock"));
        }
        to.put("provisional", alert.provisional());
        write(alert.evidence(), to.putArray("evidence"));
        put(to, "as_of", alert.asOf());
        put(to, "reference_pack", alert.pack());
    }

    private static void write(Matter matter, ObjectNode to) {
        to.put("case_id", matter.caseId());
        to.put("source_case_id", matter.sourceCaseId());
        put(to, "category", matter.category());
        put(to, "territory", matter.territory());
        put(to, "submitted_at", matter.submittedAt());
        to.put("holder", matter.holder());
        write(matter.holderPath(), to.putArray("holder_path"));
        to.put("charged", matter.charged());
        put(to, "offered_to", matter.offeredTo());
    }

    private static void write(Due due, ObjectNode to) {
        to.put("target", due.target().name());
        to.put("cycle", due.cycle());
        to.put("number", due.number());
        to.put("threshold", due.threshold());
        put(to, "deadline", due.deadline());
        put(to, "budget", due.budget());
        put(to, "used", due.used());
        put(to, "policy", due.policy());
        put(to, "calendar", due.calendar());
        put(to, "reference_pack", due.pack());
    }

    private static void write(List<String> texts, ArrayNode to) {
        texts.forEach(to::add);
    }

    /** Writes the text of a value; nothing for null. */
    static void put(ObjectNode to, String field, @Nullable Object value) {
        if (value != null) {
            to.put(field, value.toString());
        }
    }
}
