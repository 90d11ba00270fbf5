package io.tanggap.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.core.alert.Alert.Matter;
import io.tanggap.core.notice.Notice;
import io.tanggap.core.notice.Notice.Change;
import java.util.Locale;
import java.util.TreeMap;

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
        AlertJson.put(data, "reason", notice.reason());
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
            AlertJson.put(one, "link", matter == null ? null : pages.ofCase(matter.caseId(), notice.language()));
            AlertJson.write(item.alert(), one.putObject("alert"));
        }
        ObjectNode names = data.putObject("names");
        new TreeMap<>(notice.names()).forEach(names::put);
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers can be written", e);
        }
    }
}
