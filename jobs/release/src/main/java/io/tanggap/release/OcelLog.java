package io.tanggap.release;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tanggap.core.release.ReleasedCase;
import io.tanggap.core.release.ReleasedEvent;
import io.tanggap.core.release.ReleasedUnit;
import io.tanggap.release.Tables.EventRow;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes cases as an object-centric event log, OCEL 2.0 in JSON: cases whose rung tells events, with the holders that act and
 * receive, the channels and the policies. A holder is there only where its unit is told. Events go out as they come; the
 * attributes of cases are kept to the end, for a case that is merged refers to another one of the file only. That is a few
 * hundred bytes a case, and a file holds 25,000 cases at most.
 *
 * <p>The published schema allows texts alone as values, so that all are; instants are declared as times.
 */
public final class OcelLog implements RowWriter<ReleasedCase> {
    private static final String CASE = "Case";
    private static final String HOLDER = "Holder";
    private static final String CHANNEL = "Channel";
    private static final String POLICY = "Policy";

    private static final String SUBMITTED = "Submitted";
    private static final String STATE = "SnapshotObserved";

    /** What a unit that receives is to an event, by its activity. */
    private static final Map<String, String> RECEIVING = Map.of(
            SUBMITTED,
            "submitted to",
            "Assigned",
            "assigned to",
            "HandoverOffered",
            "offered to",
            "HandoverAccepted",
            "accepted by",
            "HandoverDeclined",
            "declined by",
            "Delegated",
            "delegated to",
            "EscalatedUp",
            "escalated to",
            "HolderReorganised",
            "taken over by",
            STATE,
            "seen with");

    /** Of what never changes. */
    private static final String ALWAYS = "1970-01-01T00:00:00.000Z";

    private static final List<Field<ReleasedCase>> OF_CASE = Tables.CASES.fields().stream()
            .filter(field -> !field.name().equals(Tables.CASE))
            .toList();
    private static final List<Field<EventRow>> OF_EVENT = Tables.EVENTS.fields().stream()
            .filter(field -> !field.name().startsWith(Tables.OF_CASE))
            .filter(field ->
                    !field.name().equals(Tables.ACTIVITY) && !field.name().equals(Tables.TIME))
            .toList();

    private final JsonGenerator json;
    private final Map<String, Kept> cases = new LinkedHashMap<>();
    private final SortedSet<String> activities = new TreeSet<>();
    private final SortedSet<String> holders = new TreeSet<>();
    private final SortedSet<String> channels = new TreeSet<>();
    private final SortedSet<String> policies = new TreeSet<>();

    /** What is kept of a case: its values in the order of the columns, and what it refers to. */
    private record Kept(
            List<@Nullable String> values,
            @Nullable String mergedInto,
            @Nullable String policy) {}

    /** Begins a log. */
    public OcelLog(OutputStream out) throws IOException {
        json = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeArrayFieldStart("events");
    }

    @Override
    public void write(ReleasedCase row) throws IOException {
        if (!row.rung().tellsEvents()) {
            return;
        }
        List<@Nullable String> values = new ArrayList<>(OF_CASE.size());
        for (Field<ReleasedCase> field : OF_CASE) {
            Object value = field.of(row);
            values.add(value == null ? null : Texts.of(value));
        }
        cases.put(row.name(), new Kept(values, row.mergedInto(), row.policy()));
        if (row.policy() != null) {
            policies.add(row.policy());
        }
        for (ReleasedEvent event : row.events()) {
            write(row, event);
        }
    }

    private void write(ReleasedCase of, ReleasedEvent event) throws IOException {
        activities.add(event.activity());
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeStringField("id", String.format(Locale.ROOT, "%s-%04d", of.name(), event.sequence()));
        json.writeStringField("type", event.activity());
        json.writeStringField("time", Texts.of(event.at()));
        json.writeArrayFieldStart("attributes");
        EventRow row = new EventRow(of, event);
        for (Field<EventRow> field : OF_EVENT) {
            Object value = field.of(row);
            if (value != null) {
                json.writeStartObject();
                json.writeStringField("name", field.name());
                json.writeStringField("value", Texts.of(value));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeArrayFieldStart("relationships");
        relationship(of.name(), "of case");
        holder(event.unit(), "acts");
        holder(event.to(), receiving(event.activity()));
        if (event.activity().equals(SUBMITTED) && of.channel() != null) {
            channels.add(of.channel());
            relationship(id(CHANNEL, of.channel()), "reported through");
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** The activity of a state that was sent goes on with the state. */
    private static String receiving(String activity) {
        return RECEIVING.getOrDefault(activity.startsWith(STATE) ? STATE : activity, "to");
    }

    private void holder(@Nullable ReleasedUnit unit, String qualifier) throws IOException {
        if (unit != null && unit.group() != null) {
            holders.add(unit.group());
            relationship(id(HOLDER, unit.group()), qualifier);
        }
    }

    private void relationship(String object, String qualifier) throws IOException {
        json.writeStartObject();
        json.writeStringField("objectId", object);
        json.writeStringField("qualifier", qualifier);
        json.writeEndObject();
    }

    /** Units, channels and policies may have the same ids. */
    private static String id(String type, String name) {
        return type.toLowerCase(Locale.ROOT) + ":" + name;
    }

    @Override
    public void close() throws IOException {
        json.writeEndArray();
        json.writeRaw('\n');
        json.writeArrayFieldStart("objects");
        for (Map.Entry<String, Kept> each : cases.entrySet()) {
            write(each.getKey(), each.getValue());
        }
        named(HOLDER, holders);
        named(CHANNEL, channels);
        named(POLICY, policies);
        json.writeEndArray();
        json.writeRaw('\n');
        json.writeArrayFieldStart("eventTypes");
        for (String activity : activities) {
            type(activity, OF_EVENT);
        }
        json.writeEndArray();
        json.writeRaw('\n');
        json.writeArrayFieldStart("objectTypes");
        type(CASE, OF_CASE);
        type(HOLDER, List.<Field<?>>of());
        type(CHANNEL, List.<Field<?>>of());
        type(POLICY, List.<Field<?>>of());
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.close();
    }

    private void write(String name, Kept kept) throws IOException {
        begin(name, CASE);
        json.writeArrayFieldStart("attributes");
        for (int at = 0; at < OF_CASE.size(); at++) {
            String value = kept.values().get(at);
            if (value != null) {
                json.writeStartObject();
                json.writeStringField("name", OF_CASE.get(at).name());
                json.writeStringField("value", value);
                json.writeStringField("time", ALWAYS);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeArrayFieldStart("relationships");
        if (kept.mergedInto() != null && cases.containsKey(kept.mergedInto())) {
            relationship(kept.mergedInto(), "merged into");
        }
        if (kept.policy() != null) {
            relationship(id(POLICY, kept.policy()), "due by");
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void named(String type, SortedSet<String> names) throws IOException {
        for (String name : names) {
            begin(id(type, name), type);
            json.writeArrayFieldStart("attributes");
            json.writeEndArray();
            json.writeArrayFieldStart("relationships");
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private void begin(String id, String type) throws IOException {
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("type", type);
    }

    private void type(String name, List<? extends Field<?>> fields) throws IOException {
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeArrayFieldStart("attributes");
        for (Field<?> field : fields) {
            json.writeStartObject();
            json.writeStringField("name", field.name());
            json.writeStringField("type", field.type() == ColumnType.INSTANT ? "time" : "string");
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
