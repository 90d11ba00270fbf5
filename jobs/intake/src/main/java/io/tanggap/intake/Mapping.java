package io.tanggap.intake;

import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.wording.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a city's file means: how it is cut into records, which columns make which events, and what the city is measured
 * by. Read from a mapping file, whose format {@code jobs/intake/MAPPING.md} documents; valid once it exists, except for
 * the names of columns, which are checked against each file.
 */
public final class Mapping {
    private static final List<String> SHIPPED = List.of("boston-311", "open311-json", "servicenow-incidents");

    /**
     * A column that the mapping names.
     *
     * @param place where the mapping does so first
     * @param optional whether it is only asked in conditions that hold where it is absent
     */
    record Column(String name, String place, boolean optional) {
        Column expected() {
            return new Column(name, place, false);
        }
    }

    /** How a file is cut into records. */
    enum Format {
        CSV,
        JSON,
        NDJSON
    }

    /**
     * Where records are in a file.
     *
     * @param encoding of a CSV file; JSON is UTF-8
     * @param columns names of the columns of a CSV file without a header line; empty if it has one
     * @param array names of the objects around the array of records in a JSON document
     * @param unwrap member of a JSON record that holds its columns, where it has one; null if there is none
     */
    record Source(
            Format format,
            byte delimiter,
            byte quote,
            Charset encoding,
            List<String> columns,
            List<String> array,
            @Nullable String unwrap) {}

    /** Everything that the mapping file says, checked. */
    record Content(
            Source source,
            List<Condition> where,
            List<Column> columns,
            Set<String> nulls,
            ZoneId zone,
            TimeFormats times,
            ValueRule channel,
            ValueRule caseId,
            List<EventRule> events,
            ReferencePack referencePack) {}

    private final String name;
    private final String label;
    private final String text;
    private final Content content;

    private Mapping(String name, String label, String text, @Nullable ZoneId zone) {
        this.name = name;
        this.label = label;
        this.text = text;
        this.content = MappingParser.parse(name, label, text, zone);
    }

    /** Whether complaints are placed by coordinates, which takes a reference that knows where its units are. */
    public boolean placesByCoordinates() {
        return content.events().stream().anyMatch(rule -> rule.fields().containsKey(EventRule.Field.LATITUDE));
    }

    /** The names of the mappings that come with the product, in alphabetical order. */
    public static List<String> shippedNames() {
        return SHIPPED;
    }

    /**
     * A mapping that comes with the product.
     *
     * @throws Refusal if there is none of this name; the message has the nearest name
     */
    public static Mapping shipped(String name) {
        if (!SHIPPED.contains(name)) {
            throw new Refusal("there is no mapping '" + name + "'; " + Nearest.hint(name, SHIPPED)
                    + "; or give the path of a mapping file");
        }
        String file = name + ".yaml";
        try (InputStream in = Mapping.class.getResourceAsStream("mappings/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the mapping " + file + " is not in the build");
            }
            return new Mapping(name, file, new String(in.readAllBytes(), StandardCharsets.UTF_8), null);
        } catch (IOException e) {
            throw new IllegalStateException("the mapping " + file + " in the build cannot be read", e);
        }
    }

    /**
     * The mapping in a file. Its name is the file's name without {@code .yaml} or {@code .yml}.
     *
     * @throws Refusal if the file cannot be read or is no mapping; the message has every problem with its line
     */
    public static Mapping read(Path file) {
        String label = String.valueOf(file.getFileName());
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return new Mapping(label.replaceFirst("\\.ya?ml$", ""), label, text, null);
        } catch (CharacterCodingException e) {
            throw new Refusal(file + ": the mapping is not UTF-8 text; save it as UTF-8");
        } catch (IOException e) {
            throw new Refusal(file + ": the mapping cannot be read; check that the file is there and readable");
        }
    }

    /** The same mapping for a city in another zone: local times are read in it, and the city's days are its days. */
    public Mapping withZone(ZoneId zone) {
        return new Mapping(name, label, text, zone);
    }

    /** The name by which the mapping is asked for. */
    public String name() {
        return name;
    }

    /** The zone in which times without an offset are read. */
    public ZoneId zone() {
        return content.zone();
    }

    /**
     * What the city is measured by. Known since ever; its id changes with the text of the mapping and with its zone, so
     * that documents tell which mapping decided them.
     */
    public ReferencePack referencePack() {
        return content.referencePack();
    }

    Source source() {
        return content.source();
    }

    /** Which records are wanted; of a JSON record its own members are asked, not those of the unwrapped one. */
    List<Condition> where() {
        return content.where();
    }

    List<Column> columns() {
        return content.columns();
    }

    Set<String> nulls() {
        return content.nulls();
    }

    TimeFormats times() {
        return content.times();
    }

    ValueRule channel() {
        return content.channel();
    }

    ValueRule caseId() {
        return content.caseId();
    }

    List<EventRule> events() {
        return content.events();
    }
}
