package io.tanggap.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.release.ReleasedCase;
import io.tanggap.core.release.ReleasedEvent;
import io.tanggap.core.release.ReleasedUnit;
import io.tanggap.release.Tables.EventRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;

class XesLogTest {
    private final List<ReleasedCase> cases = new Invented().cases(200);

    @Test
    void theLogIsValidByThePublishedSchema() throws Exception {
        validate(log(cases));
        validate(log(List.of()));
    }

    private static void validate(byte[] log) throws Exception {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(XesLogTest.class.getResource("/xes-ieee-1849-2016.xsd"))
                .newValidator()
                .validate(new StreamSource(new ByteArrayInputStream(log)));
    }

    @Test
    void tracesHaveTheirEventsInOrderWithTheirOwnTimes() throws Exception {
        List<Trace> expected = cases.stream()
                .filter(each -> each.rung().tellsEvents())
                .map(each -> new Trace(
                        attributes(Tables.CASES, each),
                        each.events().stream()
                                .map(event -> attributes(Tables.EVENTS, new EventRow(each, event)))
                                .toList()))
                .toList();

        assertThat(read(log(cases))).isEqualTo(expected);
        assertThat(expected.stream().flatMap(trace -> ties(trace).stream())).isNotEmpty();
    }

    /** Times that two neighbours share. */
    private static List<String> ties(Trace trace) {
        List<String> ties = new ArrayList<>();
        for (int at = 1; at < trace.events().size(); at++) {
            String time = trace.events().get(at).get("time:timestamp");
            if (time.equals(trace.events().get(at - 1).get("time:timestamp"))) {
                ties.add(time);
            }
        }
        return ties;
    }

    /** What a reader has to find: the columns that are not empty, by the keys of XES. */
    private static <R> Map<String, String> attributes(Table<R> table, R row) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Field<R> field : table.fields()) {
            Object value = field.of(row);
            if (value == null || (table.name().equals("events") && field.name().startsWith("case:"))) {
                continue;
            }
            attributes.put(
                    field.name().replaceFirst("^case:", ""),
                    value instanceof Instant instant ? millis(instant) : value.toString());
        }
        return attributes;
    }

    private static String millis(Instant instant) {
        return Long.toString(instant.toEpochMilli());
    }

    private record Trace(Map<String, String> attributes, List<Map<String, String>> events) {}

    private static List<Trace> read(byte[] log) throws XMLStreamException {
        XMLStreamReader xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(new ByteArrayInputStream(log));
        List<Trace> traces = new ArrayList<>();
        Map<String, String> current = new LinkedHashMap<>();
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "trace" -> {
                    current = new LinkedHashMap<>();
                    traces.add(new Trace(current, new ArrayList<>()));
                }
                case "event" -> {
                    current = new LinkedHashMap<>();
                    traces.get(traces.size() - 1).events().add(current);
                }
                case "string", "int", "float", "boolean" ->
                    current.put(xml.getAttributeValue(null, "key"), xml.getAttributeValue(null, "value"));
                case "date" ->
                    current.put(
                            xml.getAttributeValue(null, "key"),
                            millis(Instant.parse(xml.getAttributeValue(null, "value"))));
                default -> {}
            }
        }
        return traces;
    }

    @Test
    void globalsHaveAScopeAndAreInEveryTraceAndEvent() throws Exception {
        XMLStreamReader xml =
                XMLInputFactory.newDefaultFactory().createXMLStreamReader(new ByteArrayInputStream(log(cases)));
        Map<String, List<String>> globals = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            if (xml.getLocalName().equals("global")) {
                current = new ArrayList<>();
                globals.put(xml.getAttributeValue(null, "scope"), current);
            } else if (xml.getLocalName().equals("classifier")) {
                assertThat(xml.getAttributeValue(null, "keys")).isEqualTo("concept:name");
                break;
            } else if (xml.getAttributeValue(null, "key") != null) {
                current.add(xml.getAttributeValue(null, "key"));
            }
        }
        assertThat(globals).containsOnlyKeys("trace", "event");
        assertThat(globals.get("trace")).contains("concept:name");
        assertThat(globals.get("event"))
                .contains("concept:name", "time:timestamp", "lifecycle:transition", "event:seq");
        for (Trace trace : read(log(cases))) {
            assertThat(trace.attributes()).containsKeys(globals.get("trace").toArray(String[]::new));
            trace.events().forEach(event -> assertThat(event)
                    .containsKeys(globals.get("event").toArray(String[]::new)));
        }
    }

    @Test
    void whatXmlCannotHoldIsReplaced() throws Exception {
        ReleasedCase some = cases.stream()
                .filter(each -> each.rung().tellsEvents())
                .findFirst()
                .orElseThrow();
        ReleasedEvent event = new ReleasedEvent(
                1,
                "bell\u0007, half \ud83d, whole \ud83d\ude00, no\uffff, new\nline",
                Instant.parse("2017-11-01T00:00:00.001Z"),
                "complete",
                new ReleasedUnit(null, "<&>\"'"),
                Actor.OFFICER,
                Visibility.PUBLIC,
                false,
                null,
                null,
                null,
                null);
        byte[] log = log(List.of(with(some, List.of(event))));
        validate(log);
        assertThat(read(log).get(0).events().get(0))
                .containsEntry("concept:name", "bell\ufffd, half \ufffd, whole \ud83d\ude00, no\ufffd, new line")
                .containsEntry("org:role", "<&>\"'");
    }

    private static ReleasedCase with(ReleasedCase of, List<ReleasedEvent> events) {
        return new ReleasedCase(
                of.name(),
                of.rung(),
                of.submitted(),
                of.channel(),
                of.category(),
                of.group(),
                of.place(),
                of.centre(),
                of.open(),
                of.outcome(),
                of.cycles(),
                of.handovers(),
                of.holders(),
                of.rating(),
                of.firstResponse(),
                of.resolution(),
                of.closing(),
                of.policy(),
                of.verdict(),
                of.budget(),
                of.used(),
                of.deadline(),
                of.charged(),
                of.inherited(),
                of.mergedInto(),
                of.anomalies(),
                events,
                of.visits());
    }

    private static byte[] log(List<ReleasedCase> cases) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (XesLog log = new XesLog(out)) {
            for (ReleasedCase each : cases) {
                log.write(each);
            }
        }
        return out.toByteArray();
    }
}
