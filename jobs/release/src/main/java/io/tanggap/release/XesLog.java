package io.tanggap.release;

import io.tanggap.core.release.ReleasedCase;
import io.tanggap.core.release.ReleasedEvent;
import io.tanggap.release.Tables.EventRow;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes cases as an event log of XES 1.0 (IEEE 1849-2016): one trace for each case whose rung tells events, its events in order.
 * Attributes are the columns of the tables. Those of a trace lack the {@code case:} that tools put before them when they make
 * a table of a log. Keeps no case.
 */
public final class XesLog implements RowWriter<ReleasedCase> {
    private static final String UNKNOWN = "UNKNOWN";
    private static final String NO_INSTANT = "1970-01-01T00:00:00.000Z";

    private static final List<Field<ReleasedCase>> OF_TRACE = Tables.CASES.fields();
    private static final List<Field<EventRow>> OF_EVENT = Tables.EVENTS.fields().stream()
            .filter(field -> !field.name().startsWith(Tables.OF_CASE))
            .toList();

    private final Writer out;
    private final XMLStreamWriter xml;

    /** Begins a log. */
    public XesLog(OutputStream out) throws IOException {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        try {
            // That of the JDK, whatever else is on the class path: the same bytes everywhere.
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(this.out);
            head();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private void head() throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("log");
        xml.writeAttribute("xes.version", "1849.2016");
        xml.writeAttribute("xes.features", "");
        extension("Concept", "concept");
        extension("Lifecycle", "lifecycle");
        extension("Time", "time");
        extension("Organizational", "org");
        global("trace", OF_TRACE);
        global("event", OF_EVENT);
        line(1);
        xml.writeEmptyElement("classifier");
        xml.writeAttribute("name", "Activity");
        xml.writeAttribute("scope", "event");
        xml.writeAttribute("keys", Tables.ACTIVITY);
        attribute(1, "string", Tables.ACTIVITY, "Complaints of citizens");
        attribute(1, "string", "lifecycle:model", "standard");
    }

    private void extension(String name, String prefix) throws XMLStreamException {
        line(1);
        xml.writeEmptyElement("extension");
        xml.writeAttribute("name", name);
        xml.writeAttribute("prefix", prefix);
        xml.writeAttribute("uri", "http://www.xes-standard.org/" + prefix + ".xesext");
    }

    /** What every trace or event has, with the value of one that would lack it. */
    private <R> void global(String scope, List<Field<R>> fields) throws XMLStreamException {
        line(1);
        xml.writeStartElement("global");
        xml.writeAttribute("scope", scope);
        for (Field<R> field : fields) {
            if (!field.nullable()) {
                attribute(2, element(field), key(field), substitute(field));
            }
        }
        line(1);
        xml.writeEndElement();
    }

    private static String substitute(Field<?> field) {
        return switch (field.type()) {
            case STRING, DATE -> UNKNOWN;
            case INTEGER -> "0";
            case NUMBER -> "0.0";
            case BOOLEAN -> "false";
            case INSTANT -> NO_INSTANT;
        };
    }

    @Override
    public void write(ReleasedCase row) throws IOException {
        if (!row.rung().tellsEvents()) {
            return;
        }
        try {
            line(1);
            xml.writeStartElement("trace");
            attributes(2, OF_TRACE, row);
            for (ReleasedEvent event : row.events()) {
                line(2);
                xml.writeStartElement("event");
                attributes(3, OF_EVENT, new EventRow(row, event));
                line(2);
                xml.writeEndElement();
            }
            line(1);
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private <R> void attributes(int depth, List<Field<R>> fields, R row) throws XMLStreamException {
        for (Field<R> field : fields) {
            Object value = field.of(row);
            if (value != null) {
                attribute(depth, element(field), key(field), Texts.of(value));
            }
        }
    }

    /** A day is no instant, so it stays a text. */
    private static String element(Field<?> field) {
        return switch (field.type()) {
            case STRING, DATE -> "string";
            case INTEGER -> "int";
            case NUMBER -> "float";
            case BOOLEAN -> "boolean";
            case INSTANT -> "date";
        };
    }

    private static String key(Field<?> field) {
        return field.name().startsWith(Tables.OF_CASE) ? field.name().substring(Tables.OF_CASE.length()) : field.name();
    }

    private void attribute(int depth, String element, String key, String value) throws XMLStreamException {
        line(depth);
        xml.writeEmptyElement(element);
        xml.writeAttribute("key", key);
        xml.writeAttribute("value", legal(value));
    }

    private void line(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    /** What XML 1.0 cannot hold becomes U+FFFD. Breaks of lines become blanks, as any reader makes them in an attribute. */
    private static String legal(String text) {
        StringBuilder legal = null;
        for (int at = 0; at < text.length(); ) {
            int next = text.codePointAt(at);
            int kept = isBreak(next) ? ' ' : isLegal(next) ? next : 0xFFFD;
            if (kept != next && legal == null) {
                legal = new StringBuilder(text.substring(0, at));
            }
            if (legal != null) {
                legal.appendCodePoint(kept);
            }
            at += Character.charCount(next);
        }
        return legal == null ? text : legal.toString();
    }

    private static boolean isBreak(int point) {
        return point == '\t' || point == '\n' || point == '\r';
    }

    private static boolean isLegal(int point) {
        return (point >= 0x20 && point <= 0xD7FF) || (point >= 0xE000 && point <= 0xFFFD) || point >= 0x10000;
    }

    @Override
    public void close() throws IOException {
        try {
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.writeCharacters("\n");
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        out.flush();
    }
}
