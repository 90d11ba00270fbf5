package io.tanggap.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** How templates and mappings of a server differ from those that are shipped, by the paths of what does. */
final class Differences {
    /** What a mapping says of a field when it says no type. */
    private static final String OBJECT = "object";

    private Differences() {}

    /**
     * The paths at which a template that is installed says something else, or nothing. Numbers may be texts there, and what a server
     * adds beside the parts of a template, such as when it was made, is no difference.
     *
     * @param installed a missing node for none, which differs as a whole
     */
    static List<String> ofTemplate(JsonNode shipped, JsonNode installed) {
        if (installed.isMissingNode()) {
            return List.of("all of it");
        }
        Map<String, String> wanted = leaves(shipped);
        Map<String, String> found = leaves(installed);
        TreeSet<String> paths = new TreeSet<>(wanted.keySet());
        found.keySet().stream().filter(path -> path.startsWith("template.")).forEach(paths::add);
        return paths.stream()
                .filter(path -> !Objects.equals(wanted.get(path), found.get(path)))
                .toList();
    }

    /** The fields of a mapping that an index has not. */
    static List<String> missingFields(JsonNode shipped, JsonNode mapped) {
        Map<String, String> found = types(mapped);
        return types(shipped).keySet().stream()
                .filter(field -> !found.containsKey(field))
                .toList();
    }

    /** The fields of an index that have another type than the mapping gives them, or that it does not know. */
    static List<String> otherFields(JsonNode shipped, JsonNode mapped) {
        Map<String, String> wanted = types(shipped);
        List<String> others = new ArrayList<>();
        types(mapped).forEach((field, type) -> {
            if (!type.equals(wanted.get(field))) {
                others.add(field + " (" + type + ")");
            }
        });
        return others;
    }

    private static Map<String, String> leaves(JsonNode tree) {
        Map<String, String> leaves = new TreeMap<>();
        leaves("", tree, leaves);
        return leaves;
    }

    private static void leaves(String path, JsonNode node, Map<String, String> leaves) {
        if (node.isValueNode()) {
            leaves.put(path, node.asText());
        } else if (node.isArray()) {
            leaves.put(path, node.toString());
        } else {
            node.properties()
                    .forEach(child -> leaves(
                            path.isEmpty() ? child.getKey() : path + "." + child.getKey(), child.getValue(), leaves));
        }
    }

    private static Map<String, String> types(JsonNode mapping) {
        Map<String, String> types = new TreeMap<>();
        types("", mapping, types);
        return types;
    }

    private static void types(String path, JsonNode mapping, Map<String, String> types) {
        mapping.path("properties").properties().forEach(field -> {
            String name = path + field.getKey();
            types.put(name, field.getValue().path("type").asText(OBJECT));
            types(name + ".", field.getValue(), types);
        });
    }
}
