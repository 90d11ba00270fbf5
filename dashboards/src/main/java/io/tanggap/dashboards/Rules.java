package io.tanggap.dashboards;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.dashboards.Kibana.Standing;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules of this version, in a space of a Kibana. What a rule counts is this version's; when it tells, how often it looks, whom
 * it tells and whether it is enabled are the user's from its installation on. All methods throw {@link NotKeptException} where Kibana
 * keeps no rules, or not for whoever asks.
 */
public final class Rules {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final String RULE = "/api/alerting/rule/";
    private static final String CONNECTOR = "/api/actions/connector/";
    private static final String LOG = "Tanggap · log of Kibana";
    /** Of the parameters, what the user sets. */
    private static final List<String> OF_THE_USER = List.of("threshold", "timeWindowSize", "timeWindowUnit");

    private static final Pattern WINDOW = Pattern.compile("(\\d+)([smhd])");

    private final Kibana kibana;
    private final List<Rule> rules;

    public Rules(Kibana kibana, Dashboards dashboards) {
        this.kibana = kibana;
        rules = dashboards.rules();
    }

    /**
     * Makes the rules that are missing, and gives the others what this version counts.
     *
     * @param enabled whether a rule that is made looks at once
     * @return how many there are
     */
    public int install(boolean enabled) throws IOException {
        requireRules();
        String log = id("connector", "log");
        if (find(CONNECTOR + log) == null) {
            ObjectNode connector = JSON.createObjectNode().put("name", LOG).put("connector_type_id", ".server-log");
            connector.putObject("config");
            connector.putObject("secrets");
            write("POST", CONNECTOR + log, connector);
        }
        for (Rule rule : rules) {
            JsonNode here = find(path(rule));
            if (here == null) {
                write("POST", path(rule), made(rule, log).put("enabled", enabled));
            } else if (standing(rule, here) == Standing.DIFFERENT) {
                write("PUT", path(rule), renewed(rule, here));
            }
        }
        return rules.size();
    }

    /** How the rules stand here, by their names. */
    public Map<String, Standing> check() throws IOException {
        requireRules();
        Map<String, Standing> standings = new TreeMap<>();
        standings.put(LOG, find(CONNECTOR + id("connector", "log")) == null ? Standing.MISSING : Standing.SAME);
        for (Rule rule : rules) {
            standings.put(rule.name(), standing(rule, find(path(rule))));
        }
        return standings;
    }

    /** Removes the rules, and says how many there were. */
    public int uninstall() throws IOException {
        requireRules();
        int removed = 0;
        for (Rule rule : rules) {
            removed += remove(path(rule)) ? 1 : 0;
        }
        remove(CONNECTOR + id("connector", "log"));
        return removed;
    }

    private void requireRules() throws IOException {
        JsonNode health = read(kibana.ask("GET", "/api/alerting/_health", null));
        if (!health.path("has_permanent_encryption_key").asBoolean()) {
            throw new NotKeptException("this Kibana has no key to keep rules with: set"
                    + " xpack.encryptedSavedObjects.encryptionKey in kibana.yml, and install again");
        }
        if (!health.path("is_sufficiently_secure").asBoolean()) {
            throw new NotKeptException("this Kibana keeps no rules while API keys are off in Elasticsearch: set"
                    + " xpack.security.authc.api_key.enabled in elasticsearch.yml, and install again");
        }
    }

    private static Standing standing(Rule rule, @Nullable JsonNode here) throws IOException {
        if (here == null) {
            return Standing.MISSING;
        }
        ObjectNode counted = params(rule);
        counted.remove(OF_THE_USER);
        return rule.name().equals(here.path("name").asText()) && Kibana.isSame(counted, here.path("params"))
                ? Standing.SAME
                : Standing.DIFFERENT;
    }

    private static ObjectNode made(Rule rule, String log) {
        ObjectNode made = JSON.createObjectNode()
                .put("name", rule.name())
                .put("rule_type_id", ".es-query")
                .put("consumer", "stackAlerts");
        made.putArray("tags").add("tanggap");
        made.putObject("schedule").put("interval", rule.every());
        made.set("params", params(rule));
        ObjectNode action = made.putArray("actions")
                .addObject()
                .put("group", "query matched")
                .put("id", log);
        action.putObject("params").put("level", "warn").put("message", rule.message());
        action.putObject("frequency")
                .put("summary", false)
                .put("notify_when", "onActionGroupChange")
                .putNull("throttle");
        return made;
    }

    private static ObjectNode renewed(Rule rule, JsonNode here) {
        ObjectNode renewed = JSON.createObjectNode().put("name", rule.name());
        renewed.set("tags", here.path("tags"));
        renewed.set("schedule", here.path("schedule"));
        ObjectNode params = params(rule);
        OF_THE_USER.forEach(field -> params.set(field, here.path("params").path(field)));
        renewed.set("params", params);
        ArrayNode actions = renewed.putArray("actions");
        here.path("actions").forEach(action -> {
            ObjectNode kept = action.deepCopy();
            kept.remove("connector_type_id");
            actions.add(kept);
        });
        return renewed;
    }

    private static ObjectNode params(Rule rule) {
        ObjectNode query = JSON.createObjectNode();
        query.putObject("query")
                .putObject("query_string")
                .put("query", rule.rows().condition());
        Matcher window = WINDOW.matcher(rule.window());
        if (!window.matches()) {
            throw new IllegalArgumentException("rule " + rule.id() + ": " + rule.window() + " is no window such as 1d");
        }
        ObjectNode params = JSON.createObjectNode()
                .put("searchType", "esQuery")
                .put("esQuery", query.toString())
                .put("timeField", rule.time())
                .put("timeWindowSize", Integer.parseInt(window.group(1)))
                .put("timeWindowUnit", window.group(2))
                .put("thresholdComparator", rule.below() ? "<" : ">")
                .put("size", 0)
                .put("aggType", "count")
                .put("excludeHitsFromPreviousRun", false);
        params.putArray("index").add(rule.rows().view().index());
        params.putArray("threshold").add(rule.limit());
        if (rule.by() == null) {
            params.put("groupBy", "all");
        } else {
            params.put("groupBy", "top").put("termField", rule.by()).put("termSize", 100);
        }
        return params;
    }

    /** Kibana takes an id for what it encrypts only if it looks random, and each may exist in one space alone. */
    private String id(String what, String name) {
        return UUID.nameUUIDFromBytes(("tanggap " + what + " " + name + " in " + kibana.spaceId()).getBytes(UTF_8))
                .toString();
    }

    private String path(Rule rule) {
        return RULE + id("rule", rule.id());
    }

    private @Nullable JsonNode find(String path) throws IOException {
        HttpResponse<String> answer = kibana.ask("GET", path, null);
        return answer.statusCode() == 404 ? null : read(answer);
    }

    private void write(String method, String path, ObjectNode body) throws IOException {
        read(kibana.ask(method, path, body));
    }

    private boolean remove(String path) throws IOException {
        HttpResponse<String> answer = kibana.ask("DELETE", path, null);
        if (answer.statusCode() == 404) {
            return false;
        }
        read(answer);
        return true;
    }

    private JsonNode read(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() == 401 || answer.statusCode() == 403) {
            throw new NotKeptException("Kibana does not let you keep rules (" + answer.statusCode()
                    + "): give an API key or a user with all of Stack Rules, and of Actions and Connectors");
        }
        return kibana.read(answer, "keep rules");
    }
}
