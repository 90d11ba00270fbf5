package io.tanggap.intake;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CanonicalForm;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.reference.Policy;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.ResolutionTarget;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.wording.Nearest;
import io.tanggap.intake.EventRule.EventType;
import io.tanggap.intake.EventRule.Field;
import io.tanggap.intake.Mapping.Column;
import io.tanggap.intake.Mapping.Content;
import io.tanggap.intake.Mapping.Format;
import io.tanggap.intake.Mapping.Source;
import io.tanggap.intake.ValueRule.Otherwise;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads the text of a mapping file. Works on the graph of YAML nodes, because nodes know their line and column. A wrong
 * part is noted and replaced by something harmless, so that all problems of a file are told at once.
 */
final class MappingParser {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,6})\\s*(m|h|d)");
    private static final Pattern POSITION = Pattern.compile("#([1-9]\\d{0,5})");
    private static final int NO_COLUMN = 0;

    /** Stands in for a node that is absent where it is needed, so that reading goes on. */
    private static final Node NOTHING = new ScalarNode(Tag.STR, "", null, null, DumperOptions.ScalarStyle.PLAIN);

    private static final Set<String> VALUE_KEYS =
            orderedSet("column", "constant", "map", "prefix", "ignore_case", "otherwise", "absent");
    private static final Set<String> CONDITION_KEYS =
            orderedSet("column", "present", "equals", "in", "not_in", "or_absent");
    private static final Set<String> EVENT_KEYS =
            orderedSet("type", "at", "when", "sequence", "actor", "visibility", "inferred", "unit");

    private final String label;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Integer> columnNumbers = new LinkedHashMap<>();
    private final List<Column> columns = new ArrayList<>();
    private Format format = Format.CSV;
    private List<String> declaredColumns = List.of();

    private MappingParser(String label) {
        this.label = label;
    }

    /**
     * What a mapping file says.
     *
     * @param zone the zone instead of the file's; null keeps the file's
     * @throws Refusal with every problem found
     */
    static Content parse(String name, String label, String text, @Nullable ZoneId zone) {
        MappingParser parser = new MappingParser(label);
        Node root = parser.compose(text);
        String digest = new CanonicalForm()
                .text(text)
                .text(zone == null ? null : zone.getId())
                .digest();
        Content content = parser.content(root, name + "-" + digest.substring(0, 8), zone);
        if (!parser.problems.isEmpty()) {
            throw new Refusal(parser.problems);
        }
        return content;
    }

    private Node compose(String text) {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root == null) {
                throw new Refusal(label + ": the mapping is empty; it needs records, zone, channel, case, events and"
                        + " reference");
            }
            return root;
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw new Refusal(place(mark) + ": this is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new Refusal(label + ": this is not YAML: " + e.getMessage());
        }
    }

    private Content content(Node root, String packId, @Nullable ZoneId otherZone) {
        Section top = new Section(
                root,
                "the mapping",
                orderedSet("records", "nulls", "zone", "times", "channel", "case", "events", "reference"));
        Section records = new Section(
                top.needed("records"),
                "records",
                orderedSet("format", "delimiter", "quote", "encoding", "columns", "array", "unwrap", "where"));
        Source source = source(records);
        ZoneId zone = zone(top.needed("zone"));
        ZoneId placed = otherZone == null ? zone : otherZone;
        List<Condition> where = conditions(records.get("where"));
        ValueRule channel = channel(top.needed("channel"));
        ValueRule caseId = value(top.needed("case"), "case", Set.of());
        List<EventRule> events = events(top.needed("events"));
        return new Content(
                source,
                where,
                columns,
                new LinkedHashSet<>(texts(top.get("nulls"))),
                placed,
                times(top.get("times"), placed),
                channel,
                caseId,
                events,
                reference(top.needed("reference"), packId, placed, otherZone != null, channel, events));
    }

    private Source source(Section records) {
        format = choice(records.needed("format"), Format.class, Format.CSV);
        Set<String> foreign = new LinkedHashSet<>();
        if (format != Format.CSV) {
            foreign.addAll(List.of("delimiter", "quote", "encoding", "columns"));
        }
        if (format != Format.JSON) {
            foreign.add("array");
        }
        if (format == Format.CSV) {
            foreign.add("unwrap");
        }
        for (String key : foreign) {
            if (records.get(key) != null) {
                problem(
                        records.keyNode(key),
                        "'" + key + "' means nothing for records.format "
                                + format.name().toLowerCase(Locale.ROOT) + "; remove it");
            }
        }
        declaredColumns = texts(records.get("columns"));
        for (int i = 0; i < declaredColumns.size(); i++) {
            if (declaredColumns.indexOf(declaredColumns.get(i)) != i) {
                problem(records.get("columns"), "column '" + declaredColumns.get(i) + "' is named twice");
            }
        }
        byte delimiter = oneByte(records.get("delimiter"), ",");
        byte quote = oneByte(records.get("quote"), "\"");
        if (delimiter == quote) {
            problem(records.node(), "delimiter and quote are the same character; they must differ");
        }
        return new Source(
                format,
                delimiter,
                quote,
                encoding(records.get("encoding")),
                declaredColumns,
                array(records.get("array")),
                unwrap(records));
    }

    /** Records are cut before they are decoded, so a character may not contain bytes of ASCII unless it is ASCII. */
    private Charset encoding(@Nullable Node node) {
        String name = node == null ? "" : text(node);
        if (name.isEmpty() || name.equalsIgnoreCase("utf-8")) {
            return StandardCharsets.UTF_8;
        }
        if (Charset.isSupported(name)) {
            Charset charset = Charset.forName(name);
            String ascii = "\r\n\t !\"#',;09AZaz|~";
            if (charset.canEncode()
                    && charset.newEncoder().maxBytesPerChar() == 1
                    && Arrays.equals(ascii.getBytes(charset), ascii.getBytes(StandardCharsets.US_ASCII))) {
                return charset;
            }
        }
        problem(
                node,
                "'" + name + "' is not an encoding that CSV can be read in; write utf-8, or one of a byte for each"
                        + " character such as iso-8859-1 or windows-1252, or save the file as UTF-8");
        return StandardCharsets.UTF_8;
    }

    private List<String> array(@Nullable Node node) {
        String pointer = node == null ? "" : text(node);
        if (!pointer.isEmpty() && !pointer.startsWith("/")) {
            problem(node, "'" + pointer + "' is not a pointer; write /name, or /outer/name");
        }
        return pointer.isEmpty() ? List.of() : List.of(pointer.substring(1).split("/"));
    }

    private @Nullable String unwrap(Section records) {
        Node node = records.get("unwrap");
        return node == null ? null : text(node);
    }

    private byte oneByte(@Nullable Node node, String standard) {
        String text = node == null ? standard : text(node);
        if (text.equals("tab")) {
            return '\t';
        }
        if (text.length() != 1 || text.charAt(0) > 126 || text.charAt(0) == '\r' || text.charAt(0) == '\n') {
            problem(node, "'" + text + "' is not one ASCII character; write for example ';', or tab");
            return (byte) standard.charAt(0);
        }
        return (byte) text.charAt(0);
    }

    private ZoneId zone(Node node) {
        String name = text(node);
        if (ZoneId.getAvailableZoneIds().contains(name)) {
            return ZoneId.of(name);
        }
        problem(
                node,
                "'" + name + "' is not an IANA time zone; " + Nearest.hint(name, ZoneId.getAvailableZoneIds())
                        + "; for example Asia/Jakarta");
        return ZoneOffset.UTC;
    }

    private TimeFormats times(@Nullable Node node, ZoneId zone) {
        List<String> patterns = new ArrayList<>();
        for (Node item : node == null ? List.<Node>of() : items(node)) {
            String pattern = text(item);
            try {
                TimeFormats.formatter(pattern);
                patterns.add(pattern);
            } catch (IllegalArgumentException e) {
                problem(
                        item,
                        "'" + pattern + "' is not a time format: " + e.getMessage() + "; write " + TimeFormats.NAMED
                                + ", or a pattern such as yyyy-MM-dd HH:mm:ss");
            }
        }
        return TimeFormats.of(node == null ? List.of(TimeFormats.ISO) : patterns, zone);
    }

    private ValueRule channel(Node node) {
        ValueRule rule = value(node, "channel", Set.of());
        List<String> ids = new ArrayList<>(rule.exact().values());
        rule.prefixes().forEach(prefix -> ids.add(prefix.getValue()));
        for (String id : Arrays.asList(rule.constant(), rule.fallback(), rule.absent())) {
            if (id != null) {
                ids.add(id);
            }
        }
        for (String id : ids) {
            if (!id.isEmpty() && !RecordReader.CHANNEL_ID.matcher(id).matches()) {
                problem(
                        node,
                        "'" + id + "' is no channel id: use letters, digits, '.', '_' and '-' only, for example "
                                + id.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-"));
            }
        }
        return rule;
    }

    /**
     * Where a value comes from.
     *
     * @param names the names that the value may take; empty if any text is a value
     */
    private ValueRule value(Node node, String what, Set<String> names) {
        if (node instanceof ScalarNode) {
            return ValueRule.column(column(node));
        }
        Section section = new Section(node, what, VALUE_KEYS);
        Node constant = section.get("constant");
        Node column = section.get("column");
        if (constant != null) {
            for (String key : section.keys()) {
                if (!key.equals("constant")) {
                    problem(section.keyNode(key), "'" + key + "' means nothing beside constant; remove one of them");
                }
            }
            return ValueRule.constant(name(constant, names));
        }
        if (column == null) {
            problem(node, what + " needs column or constant");
        }
        boolean ignoreCase = flag(section.get("ignore_case"));
        Map<String, String> exact = translations(section.get("map"), names, ignoreCase);
        Map<String, String> prefix = translations(section.get("prefix"), names, ignoreCase);
        List<Map.Entry<String, String>> prefixes = new ArrayList<>(prefix.entrySet());
        prefixes.sort(Comparator.comparing(
                        (Map.Entry<String, String> entry) -> entry.getKey().length())
                .reversed());
        Node otherwise = section.get("otherwise");
        boolean translated = section.get("map") != null || section.get("prefix") != null;
        if (otherwise != null && !translated) {
            problem(section.keyNode("otherwise"), "'otherwise' means nothing without map or prefix; remove it");
        }
        Otherwise action = translated ? Otherwise.REJECT : Otherwise.KEEP;
        String fallback = null;
        if (otherwise != null) {
            switch (text(otherwise)) {
                case "keep" -> action = Otherwise.KEEP;
                case "reject" -> action = Otherwise.REJECT;
                case "none" -> action = Otherwise.NONE;
                default -> {
                    action = Otherwise.VALUE;
                    fallback = name(otherwise, names);
                }
            }
        }
        Node absent = section.get("absent");
        return new ValueRule(
                column == null ? NO_COLUMN : column(column),
                null,
                exact,
                List.copyOf(prefixes),
                ignoreCase,
                action,
                fallback,
                absent == null ? null : name(absent, names));
    }

    private Map<String, String> translations(@Nullable Node node, Set<String> names, boolean ignoreCase) {
        Map<String, String> translations = new HashMap<>();
        if (node == null) {
            return translations;
        }
        if (!(node instanceof MappingNode pairs)) {
            problem(node, "expected pairs 'text of the file: meaning'");
            return translations;
        }
        for (NodeTuple pair : pairs.getValue()) {
            String key = text(pair.getKeyNode()).strip();
            String meaning = name(pair.getValueNode(), names);
            if (translations.put(ignoreCase ? key.toLowerCase(Locale.ROOT) : key, meaning) != null) {
                problem(pair.getKeyNode(), "'" + key + "' is translated twice");
            }
        }
        return translations;
    }

    private String name(Node node, Set<String> names) {
        String name = text(node);
        if (!names.isEmpty() && !names.contains(name)) {
            problem(node, "'" + name + "' is not known here; " + Nearest.hint(name, names));
        } else if (name.isBlank()) {
            problem(node, "this is empty, but a value is needed");
        }
        return name;
    }

    private List<Condition> conditions(@Nullable Node node) {
        if (node == null) {
            return List.of();
        }
        List<Condition> conditions = new ArrayList<>();
        for (Node item : node instanceof SequenceNode ? items(node) : List.of(node)) {
            conditions.add(condition(item));
        }
        return conditions;
    }

    private Condition condition(Node node) {
        Section section = new Section(node, "a condition", CONDITION_KEYS);
        boolean orAbsent = flag(section.get("or_absent"));
        int column = orAbsent ? optionalColumn(section.needed("column")) : column(section.needed("column"));
        List<String> asked = new ArrayList<>(section.keys());
        asked.retainAll(Set.of("present", "equals", "in", "not_in"));
        if (asked.size() != 1) {
            problem(node, "a condition asks one of present, equals, in, not_in");
            return new Condition(column, Set.of(), false, false);
        }
        Node question = section.needed(asked.get(0));
        return switch (asked.get(0)) {
            case "present" -> new Condition(column, Set.of(), !flag(question), orAbsent);
            case "equals" -> new Condition(column, Set.of(text(question)), false, orAbsent);
            default -> new Condition(column, neededTexts(question), asked.get(0).equals("not_in"), orAbsent);
        };
    }

    private Set<String> neededTexts(Node node) {
        Set<String> texts = new LinkedHashSet<>(texts(node));
        if (texts.isEmpty()) {
            problem(node, "the list is empty; name at least one text");
        }
        return texts;
    }

    private List<EventRule> events(Node node) {
        List<EventRule> events = new ArrayList<>();
        for (Node item : items(node)) {
            events.add(event(item, events.size() + 1));
        }
        if (events.isEmpty() && node instanceof SequenceNode) {
            problem(node, "there is no event; a mapping makes at least one");
        }
        return events;
    }

    private EventRule event(Node node, int position) {
        Set<String> fieldKeys = new LinkedHashSet<>();
        for (Field field : Field.values()) {
            fieldKeys.add(field.key());
        }
        Set<String> keys = new LinkedHashSet<>(EVENT_KEYS);
        keys.addAll(fieldKeys);
        Section section = new Section(node, "an event", keys);
        EventType type = type(section.needed("type"));
        Map<Field, ValueRule> fields = new EnumMap<>(Field.class);
        List<Integer> deadline = List.of();
        List<Integer> observedFrom = List.of();
        Set<String> own = new LinkedHashSet<>();
        for (Field field : type.fields()) {
            own.add(field.key());
        }
        for (Field field : Field.values()) {
            Node value = section.get(field.key());
            if (value == null) {
                continue;
            }
            if (field == Field.DEADLINE && type.fields().contains(field)) {
                deadline = timeColumns(value);
            } else if (field == Field.OBSERVED_FROM && type.fields().contains(field)) {
                observedFrom = timeColumns(value);
            } else if (type.fields().contains(field)) {
                fields.put(field, field(field, value));
            } else {
                problem(
                        section.keyNode(field.key()),
                        type.eventName() + " has no " + field.key() + "; it takes "
                                + (own.isEmpty() ? "no content" : String.join(", ", own)));
            }
        }
        for (Field required : type.required()) {
            if (section.get(required.key()) == null) {
                problem(node, type.eventName() + " needs " + required.key());
            }
        }
        boolean byCoordinates = fields.containsKey(Field.LATITUDE);
        if (byCoordinates != fields.containsKey(Field.LONGITUDE)) {
            problem(node, type.eventName() + " takes latitude and longitude together");
        } else if (type == EventType.JURISDICTION_RESOLVED && !byCoordinates && !fields.containsKey(Field.TERRITORY)) {
            problem(node, type.eventName() + " needs territory, or latitude and longitude");
        }
        Node actor = section.get("actor");
        Node visibility = section.get("visibility");
        Node unit = section.get("unit");
        return new EventRule(
                type,
                timeColumns(section.needed("at")),
                conditions(section.get("when")),
                sequence(section.get("sequence"), position),
                actor == null ? type.actor() : choice(actor, Actor.class, type.actor()),
                visibility == null ? type.visibility() : choice(visibility, Visibility.class, type.visibility()),
                flag(section.get("inferred")),
                unit == null ? null : value(unit, "unit", Set.of()),
                deadline,
                observedFrom,
                fields);
    }

    /** One column of a time, or the columns of its parts. */
    private List<Integer> timeColumns(Node node) {
        if (!(node instanceof SequenceNode parts)) {
            return List.of(column(node));
        }
        if (parts.getValue().isEmpty()) {
            problem(node, "the list is empty; name the columns of the time, for example [Date, Time]");
            return List.of(NO_COLUMN);
        }
        return parts.getValue().stream().map(this::column).toList();
    }

    private ValueRule field(Field field, Node node) {
        return switch (field) {
            case OUTCOME -> value(node, field.key(), namesOf(Outcome.class));
            case STATUS -> value(node, field.key(), namesOf(Payload.Status.class));
            case TARGET -> value(node, field.key(), namesOf(Policy.Target.class));
            case UPHELD -> value(node, field.key(), orderedSet("true", "false"));
            default -> value(node, field.key(), Set.of());
        };
    }

    private EventType type(Node node) {
        String name = text(node);
        List<String> names = new ArrayList<>();
        for (EventType type : EventType.values()) {
            if (type.eventName().equals(name)) {
                return type;
            }
            names.add(type.eventName());
        }
        problem(node, "'" + name + "' is not an event type; " + Nearest.hint(name, names));
        return EventType.SNAPSHOT_OBSERVED;
    }

    private ValueRule sequence(@Nullable Node node, int position) {
        if (node == null) {
            return ValueRule.constant(Integer.toString(position));
        }
        if (node instanceof ScalarNode number) {
            try {
                return ValueRule.constant(Long.toString(Long.parseLong(number.getValue())));
            } catch (NumberFormatException e) {
                problem(node, "'" + number.getValue() + "' is not a whole number; for a column write {column: NAME}");
                return ValueRule.constant("0");
            }
        }
        Section section = new Section(node, "sequence", orderedSet("column"));
        return ValueRule.column(column(section.needed("column")));
    }

    private ReferencePack reference(
            Node node, String packId, ZoneId zone, boolean overridden, ValueRule channel, List<EventRule> events) {
        Section section =
                new Section(node, "reference", orderedSet("city", "zone", "stale_after", "units", "targets", "groups"));
        String city = name(section.needed("city"), Set.of());
        Node ownZone = section.get("zone");
        ZoneId days = ownZone == null || overridden ? zone : zone(ownZone);
        Duration staleAfter = span(section.needed("stale_after"));
        Set<String> categories = categories(events);
        List<Unit> units = units(section.get("units"), city);
        List<ResolutionTarget> targets = targets(section.get("targets"), days, channel.closed(), categories);
        Map<String, String> groups = groups(section.get("groups"), categories);
        try {
            ReferencePack pack =
                    new ReferencePack(packId, Instant.EPOCH, city, days, staleAfter, units, targets, groups);
            // Checks what the units are to each other.
            Reference.of(List.of(pack));
            return pack;
        } catch (IllegalArgumentException e) {
            problem(node, requireNonNull(e.getMessage()));
            return new ReferencePack(
                    packId, Instant.EPOCH, city, days, Duration.ofDays(1), List.of(), List.of(), Map.of());
        }
    }

    /** The categories that the events can have; null where any text can become one. */
    private static @Nullable Set<String> categories(List<EventRule> events) {
        Set<String> categories = new LinkedHashSet<>();
        for (EventRule event : events) {
            ValueRule rule = event.fields().get(Field.CATEGORY);
            Set<String> closed = rule == null ? Set.of() : rule.closed();
            if (closed == null) {
                return null;
            }
            categories.addAll(closed);
        }
        return categories;
    }

    /**
     * A name that means something only if events can have it.
     *
     * @param possible the names that they can have; null if that is any
     */
    private String made(Node node, String what, @Nullable Set<String> possible) {
        String name = text(node);
        if (possible != null && !possible.contains(name)) {
            problem(
                    node,
                    "no event of this mapping has the " + what + " '" + name + "'; " + Nearest.hint(name, possible));
        }
        return name;
    }

    private List<Unit> units(@Nullable Node node, String city) {
        Set<String> ids = new LinkedHashSet<>(Set.of(city));
        List<Node> parents = new ArrayList<>();
        List<Unit> units = new ArrayList<>();
        for (Node item : node == null ? List.<Node>of() : items(node)) {
            Section section = new Section(item, "a unit", orderedSet("id", "name", "level", "parent"));
            String id = name(section.needed("id"), Set.of());
            Node unitName = section.get("name");
            Node parent = section.get("parent");
            ids.add(id);
            if (parent != null) {
                parents.add(parent);
            }
            units.add(new Unit(
                    id,
                    unitName == null ? id : text(unitName),
                    name(section.needed("level"), Set.of()),
                    parent == null ? null : text(parent)));
        }
        for (Node parent : parents) {
            String name = text(parent);
            if (!ids.contains(name)) {
                problem(
                        parent,
                        "the parent '" + name + "' is neither a listed unit nor the city; " + Nearest.hint(name, ids));
            }
        }
        return units;
    }

    private List<ResolutionTarget> targets(
            @Nullable Node node, ZoneId zone, @Nullable Set<String> channels, @Nullable Set<String> categories) {
        List<ResolutionTarget> targets = new ArrayList<>();
        for (Node item : node == null ? List.<Node>of() : items(node)) {
            Section section =
                    new Section(item, "a target", orderedSet("id", "category", "channel", "within", "from", "to"));
            Node category = section.get("category");
            Node channel = section.get("channel");
            targets.add(new ResolutionTarget(
                    name(section.needed("id"), Set.of()),
                    category == null ? null : made(category, "category", categories),
                    channel == null ? null : made(channel, "channel", channels),
                    span(section.needed("within")),
                    instant(section.get("from"), zone),
                    instant(section.get("to"), zone)));
        }
        return targets;
    }

    private @Nullable Instant instant(@Nullable Node node, ZoneId zone) {
        if (node == null) {
            return null;
        }
        return TimeFormats.of(List.of("yyyy-MM-dd", TimeFormats.ISO), zone)
                .read(text(node))
                .map(written -> written.placed(null).instant())
                .orElseGet(() -> {
                    problem(node, "'" + text(node) + "' is not a day such as 2024-07-01, nor an ISO time");
                    return Instant.EPOCH;
                });
    }

    private Map<String, String> groups(@Nullable Node node, @Nullable Set<String> categories) {
        Map<String, String> groups = new LinkedHashMap<>();
        if (node == null) {
            return groups;
        }
        if (!(node instanceof MappingNode pairs)) {
            problem(node, "expected pairs 'group: [category, category]'");
            return groups;
        }
        for (NodeTuple pair : pairs.getValue()) {
            String group = name(pair.getKeyNode(), Set.of());
            for (Node category : items(pair.getValueNode())) {
                String other = groups.put(made(category, "category", categories), group);
                if (other != null) {
                    problem(category, "category '" + text(category) + "' is already in group '" + other + "'");
                }
            }
        }
        return groups;
    }

    private Duration span(Node node) {
        Matcher matcher = SPAN.matcher(text(node));
        if (!matcher.matches()) {
            problem(node, "'" + text(node) + "' is not a span of time; write for example 30d, 12h or 45m");
            return Duration.ofDays(1);
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private int column(Node node) {
        int number = optionalColumn(node);
        columns.set(number, columns.get(number).expected());
        return number;
    }

    /**
     * The number of a column that a source need not have, which is new in the list when it is named for the first time.
     */
    private int optionalColumn(Node node) {
        String name = text(node).strip();
        if (name.isEmpty()) {
            problem(node, "the name of a column is needed");
        } else if (format != Format.CSV && POSITION.matcher(name).matches()) {
            problem(node, "'" + name + "' is a position, but JSON records have no order; name the member");
        } else if (!declaredColumns.isEmpty()) {
            CsvColumns.missing(name, declaredColumns).ifPresent(problem -> problem(node, problem));
        }
        return columnNumbers.computeIfAbsent(name, key -> {
            columns.add(new Column(key, place(node.getStartMark()), true));
            return columns.size() - 1;
        });
    }

    private boolean flag(@Nullable Node node) {
        if (node == null) {
            return false;
        }
        String text = text(node);
        if (!text.equals("true") && !text.equals("false")) {
            problem(node, "'" + text + "' is neither true nor false");
        }
        return text.equals("true");
    }

    private <E extends Enum<E>> E choice(Node node, Class<E> type, E harmless) {
        String text = text(node);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text)) {
                return constant;
            }
        }
        problem(node, "'" + text + "' is not known here; " + Nearest.hint(text, namesOf(type)));
        return harmless;
    }

    private static <E extends Enum<E>> Set<String> namesOf(Class<E> type) {
        Set<String> names = new LinkedHashSet<>();
        for (E constant : type.getEnumConstants()) {
            names.add(constant.name());
        }
        return names;
    }

    /** A block of keys. */
    private final class Section {
        private final Node node;
        private final String what;
        private final Map<String, NodeTuple> entries = new LinkedHashMap<>();

        Section(Node node, String what, Set<String> valid) {
            this.node = node;
            this.what = what;
            if (!(node instanceof MappingNode block)) {
                problem(node, what + " must be a block of keys: " + String.join(", ", valid));
                return;
            }
            for (NodeTuple entry : block.getValue()) {
                String key = text(entry.getKeyNode());
                if (!valid.contains(key)) {
                    problem(
                            entry.getKeyNode(),
                            "unknown key '" + key + "' in " + what + "; " + Nearest.hint(key, valid));
                } else if (entries.put(key, entry) != null) {
                    problem(entry.getKeyNode(), "key '" + key + "' is there twice in " + what + "; remove one");
                }
            }
        }

        Node node() {
            return node;
        }

        Set<String> keys() {
            return entries.keySet();
        }

        @Nullable
        Node get(String key) {
            NodeTuple entry = entries.get(key);
            return entry == null ? null : entry.getValueNode();
        }

        Node keyNode(String key) {
            NodeTuple entry = entries.get(key);
            return entry == null ? node : entry.getKeyNode();
        }

        Node needed(String key) {
            Node value = get(key);
            if (value != null) {
                return value;
            }
            if (node instanceof MappingNode) {
                problem(node, what + " needs the key '" + key + "'");
            }
            return NOTHING;
        }
    }

    private List<String> texts(@Nullable Node node) {
        List<String> texts = new ArrayList<>();
        for (Node item : node == null ? List.<Node>of() : items(node)) {
            texts.add(text(item));
        }
        return texts;
    }

    private List<Node> items(Node node) {
        if (node instanceof SequenceNode list) {
            return list.getValue();
        }
        if (!NOTHING.equals(node)) {
            problem(node, "expected a list");
        }
        return List.of();
    }

    private String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        problem(node, "expected one value, found a list or a block");
        return "";
    }

    private static Set<String> orderedSet(String... names) {
        return new LinkedHashSet<>(Arrays.asList(names));
    }

    private String place(@Nullable Mark mark) {
        return mark == null ? label : label + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }

    private void problem(@Nullable Node node, String problem) {
        // What stands in for an absent node was told where it is absent.
        if (!NOTHING.equals(node)) {
            String sentence = place(node == null ? null : node.getStartMark()) + ": " + problem;
            if (!problems.contains(sentence)) {
                problems.add(sentence);
            }
        }
    }
}
