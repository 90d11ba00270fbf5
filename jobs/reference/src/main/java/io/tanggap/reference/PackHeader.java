package io.tanggap.reference;

import io.tanggap.core.reference.Attribution;
import io.tanggap.core.reference.CaseRules;
import io.tanggap.core.wording.Nearest;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * What {@code pack.yaml} says. Read from the graph of YAML nodes, because nodes know their line and column; what is wrong
 * is told, and replaced by something harmless.
 *
 */
record PackHeader(
        String id,
        Instant knownFrom,
        String city,
        ZoneId zone,
        Duration staleAfter,
        @Nullable Attribution attribution,
        @Nullable Integer nearestWithinMetres,
        CaseRules rules) {

    private static final List<String> KEYS = List.of(
            "id",
            "known_from",
            "city",
            "zone",
            "stale_after",
            "attribution",
            "nearest_within",
            "allowed_lateness",
            "reopen_within",
            "offer_lapses_after");
    private static final Pattern DISTANCE = Pattern.compile("(\\d{1,5}(?:\\.\\d{1,3})?)\\s*(km|m)");

    /** Reads the text of the file; null where there is none, which was told. */
    static PackHeader read(@Nullable String text, Problems problems) {
        return new Reading(problems).header(text);
    }

    private static final class Reading {
        private final Problems problems;
        private final Map<String, Node> values = new LinkedHashMap<>();
        private boolean told;

        Reading(Problems problems) {
            this.problems = problems;
        }

        PackHeader header(@Nullable String text) {
            if (text == null) {
                told = true;
            } else {
                compose(text);
            }
            return new PackHeader(
                    needed("id"),
                    knownFrom(),
                    needed("city"),
                    zone(),
                    staleAfter(),
                    attribution(),
                    nearest(),
                    new CaseRules(
                            durationOr("allowed_lateness", CaseRules.DEFAULT.allowedLateness()),
                            reopenWithin(),
                            durationIfAny("offer_lapses_after")));
        }

        private static String keys() {
            return String.join(", ", KEYS);
        }

        private void fail(Place place, String sentence) {
            told = true;
            problems.error(place, sentence);
        }

        private void compose(String text) {
            try {
                Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
                if (root instanceof MappingNode block) {
                    block.getValue().forEach(this::add);
                } else {
                    fail(Place.of(PackFiles.PACK), "the file must be a block of keys: " + keys());
                }
            } catch (MarkedYAMLException e) {
                fail(place(e.getProblemMark()), "this is not YAML: " + e.getProblem() + "; correct it");
            } catch (YAMLException e) {
                fail(Place.of(PackFiles.PACK), "this is not YAML: " + e.getMessage() + "; correct it");
            }
        }

        private void add(NodeTuple entry) {
            String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            Place place = place(entry.getKeyNode().getStartMark());
            if (!KEYS.contains(key)) {
                problems.error(place, "unknown key " + Problems.quoted(key) + "; " + Nearest.hint(key, KEYS));
            } else if (values.put(key, entry.getValueNode()) != null) {
                problems.error(place, "key '" + key + "' is there twice; remove one");
            }
        }

        private static Place place(@Nullable Mark mark) {
            return mark == null
                    ? Place.of(PackFiles.PACK)
                    : new Place(PackFiles.PACK, mark.getLine() + 1, mark.getColumn() + 1);
        }

        private Place place(String key) {
            Node node = values.get(key);
            return node == null ? Place.of(PackFiles.PACK) : place(node.getStartMark());
        }

        /** The text of a key; null if it has none. */
        private @Nullable String get(String key) {
            Node node = values.get(key);
            if (node == null) {
                return null;
            }
            if (node instanceof ScalarNode scalar) {
                String text = scalar.getValue().strip();
                return text.isEmpty() ? null : text;
            }
            problems.error(place(key), "'" + key + "' must be one value, not a list or a block");
            return null;
        }

        private String needed(String key) {
            String text = get(key);
            if (text != null) {
                return text;
            }
            // Where there is no file, or no block in it, its keys are not told one by one.
            if (!told) {
                problems.error(place(key), "the key '" + key + "' is needed; add it with a value");
            }
            return "";
        }

        private void wrong(String key, String text, String sentence) {
            if (!text.isEmpty()) {
                problems.error(place(key), Problems.quoted(text) + sentence);
            }
        }

        private Instant knownFrom() {
            String text = needed("known_from");
            try {
                OffsetDateTime time = OffsetDateTime.parse(text);
                if (time.getYear() >= 0 && time.getYear() <= 9999) {
                    return time.toInstant().truncatedTo(ChronoUnit.MILLIS);
                }
            } catch (DateTimeException e) {
                // Told below, as every other text that is no time.
            }
            wrong("known_from", text, " is no time with an offset; write it as 2017-11-01T00:00:00+07:00");
            return Instant.EPOCH;
        }

        private ZoneId zone() {
            String text = needed("zone");
            if (ZoneId.getAvailableZoneIds().contains(text)) {
                return ZoneId.of(text);
            }
            wrong("zone", text, " is not an IANA time zone; " + Nearest.hint(text, ZoneId.getAvailableZoneIds()));
            return ZoneOffset.UTC;
        }

        private Duration staleAfter() {
            needed("stale_after");
            return durationOr("stale_after", Duration.ofDays(1));
        }

        private Duration reopenWithin() {
            Duration duration = durationOr("reopen_within", CaseRules.DEFAULT.reopenWithin());
            if (duration.compareTo(CaseRules.SHORTEST_REOPEN_WINDOW) < 0) {
                problems.error(
                        place("reopen_within"),
                        "a reopening counts for 14 days at least, for so long a case must stay closed to be called"
                                + " durably resolved; write P14D or longer");
                return CaseRules.SHORTEST_REOPEN_WINDOW;
            }
            return duration;
        }

        private Duration durationOr(String key, Duration otherwise) {
            Duration duration = durationIfAny(key);
            return duration == null ? otherwise : duration;
        }

        private @Nullable Duration durationIfAny(String key) {
            String text = get(key);
            Duration duration = text == null ? null : Table.durationOf(text);
            if (text != null && duration == null) {
                wrong(key, text, Table.NO_DURATION);
            }
            return duration;
        }

        private @Nullable Attribution attribution() {
            String text = get("attribution");
            if (text == null) {
                return null;
            }
            List<String> names =
                    Arrays.stream(Attribution.values()).map(Attribution::name).toList();
            if (names.contains(text)) {
                return Attribution.valueOf(text);
            }
            wrong("attribution", text, " is no rule of attribution; " + Nearest.hint(text, names));
            return null;
        }

        private @Nullable Integer nearest() {
            String text = get("nearest_within");
            if (text == null) {
                return null;
            }
            Matcher matcher = DISTANCE.matcher(text);
            int metres = 0;
            if (matcher.matches()) {
                BigDecimal number = new BigDecimal(matcher.group(1));
                metres = (matcher.group(2).equals("km") ? number.movePointRight(3) : number).intValue();
            }
            if (metres == 0) {
                wrong("nearest_within", text, " is no distance of a metre or more; write it as 500m or 2km");
                return null;
            }
            return metres;
        }
    }
}
