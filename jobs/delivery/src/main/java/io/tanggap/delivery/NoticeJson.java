package io.tanggap.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.Due;
import io.tanggap.core.alert.Alert.Matter;
import io.tanggap.core.notice.Notice;
import io.tanggap.core.notice.Notice.Change;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A message for machines, as {@code notice.schema.json} beside this class describes it. The same message has the same bytes,
 * however often it is written: receivers compare what they are sent twice.
 */
final class NoticeJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Pages pages;

    NoticeJson(Pages pages) {
        this.pages = pages;
    }

    byte[] bytes(Notice notice) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("type", "tanggap.notice." + notice.occasion().name().toLowerCase(Locale.ROOT));
        body.put("timestamp", notice.madeAt().toString());
        ObjectNode data = body.putObject("data");
        data.put("id", notice.id());
        data.put("recipient", notice.recipient());
        data.put("unit", notice.unit());
        data.put("unit_name", notice.unitName());
        data.put("language", notice.language());
        data.put("zone", notice.zone().getId());
        put(data, "reason", notice.reason());
        data.put("total", notice.total());
        ObjectNode counts = data.putObject("counts");
        for (Change change : Change.values()) {
            counts.put(change.name(), notice.counts().getOrDefault(change, 0));
        }
        ArrayNode items = data.putArray("items");
        for (Notice.Item item : notice.items()) {
            Matter matter = item.alert().matter();
            ObjectNode one = items.addObject();
            one.put("change", item.change().name());
            one.put("route", item.route());
            put(one, "link", matter == null ? null : pages.ofCase(matter.caseId(), notice.language()));
            write(item.alert(), one.putObject("alert"));
        }
        ObjectNode names = data.putObject("names");
        new TreeMap<>(notice.names()).forEach(names::put);
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers can be written", e);
        }
    }

    /** As in the events of the topic of alerts: who reads those reads this. */
    private static void write(Alert alert, ObjectNode to) {
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

    private static void put(ObjectNode to, String field, @Nullable Object value) {
        if (value != null) {
            to.put(field, value.toString());
        }
    }
}
