package io.tanggap.dashboards;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The desk of a unit, which sees the cases alone that are a matter of that unit or of one below it: of its place, held by it, offered
 * to it, or charged to it; and their alerts. Each says whose these are, by the units of its time; so a desk follows a new unit by
 * itself.
 *
 * @param unit its id, as it stands in cases
 */
public record Desk(String unit) {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final Pattern UNIT = Pattern.compile("[!-~]([ -~]{0,62}[!-~])?");
    /**
     * What reads an alias through its filter. The privilege {@code read} would also get a document by its id, explain it and list
     * the terms of a field, to which Elasticsearch does not apply the filter.
     */
    private static final List<String> PRIVILEGES = List.of(
            "indices:data/read/search*",
            "indices:data/read/msearch*",
            "indices:data/read/async_search/*",
            "indices:data/read/field_caps*",
            "view_index_metadata");

    /** @throws IllegalArgumentException when no role can have the unit's name; the message says why */
    public Desk {
        if (!UNIT.matcher(unit).matches()) {
            throw new IllegalArgumentException(
                    "no desk can be made for the unit \"" + unit
                            + "\": the name of a role has 1 to 64 letters without accents, digits, signs and spaces between them");
        }
    }

    /** The name under which its cases are read. */
    public String cases() {
        return "tanggap-cases-of-" + safe();
    }

    /** The name under which its alerts are read. */
    public String alerts() {
        return "tanggap-alerts-of-" + safe();
    }

    /** Which cases, and which alerts, are its own: a query of Elasticsearch, in JSON. */
    public String filter() {
        ObjectNode filter = JSON.createObjectNode();
        filter.putObject("term").put("units", unit);
        return filter.toString();
    }

    /** The role that may read these aliases, and open dashboards. */
    public String role() {
        return "tanggap-desk-" + unit;
    }

    /** The id of its dashboard. It ends differently from that in another language, whatever the unit ends with. */
    String board() {
        return "tanggap-of-" + safe() + "-desk";
    }

    /** @param space in which dashboards may be opened, by its id */
    ObjectNode roleIn(String space) {
        ObjectNode role = JSON.createObjectNode();
        ObjectNode index = role.putObject("elasticsearch").putArray("indices").addObject();
        index.putArray("names").add(cases()).add(alerts());
        PRIVILEGES.forEach(index.putArray("privileges")::add);
        ObjectNode kibana = role.putArray("kibana").addObject();
        kibana.putArray("base");
        kibana.putObject("feature").putArray("dashboard").add("read");
        kibana.putArray("spaces").add(space);
        return role;
    }

    /** Names of indices have neither capital letters nor most signs: those are written as the bytes that they are. */
    private String safe() {
        StringBuilder safe = new StringBuilder();
        for (byte letter : unit.getBytes(StandardCharsets.US_ASCII)) {
            boolean kept = (letter >= 'a' && letter <= 'z')
                    || (letter >= '0' && letter <= '9')
                    || letter == '.'
                    || letter == '-';
            safe.append(kept ? String.valueOf((char) letter) : String.format(Locale.ROOT, "_%02x", letter));
        }
        return safe.toString();
    }
}
