package io.tanggap.app.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.elasticsearch.IndexReader;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.elasticsearch.Indices.Drift;
import io.tanggap.elasticsearch.Indices.Generation;
import io.tanggap.elasticsearch.Indices.Kind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether an Elasticsearch has what the jobs write to, as they want it, and whether they write. */
public final class ElasticsearchHealth {
    /** Chosen: at night few cases change in an hour, and in a city of this size some do. */
    static final Duration CASES_OLD = Duration.ofHours(1);
    /** Elasticsearch's default for its low watermark, above which it gives a node no more shards. */
    static final double DISK_FULL = 0.85;

    private static final int FIELDS_NAMED = 3;

    private final Findings findings = new Findings();
    private final String url;
    private final IndexReader reader;
    private final Clock clock;
    private @Nullable Generation generation;

    /**
     * What was found.
     *
     * @param generation the indices that are read; null where none are, or not those of one generation
     */
    public record Seen(List<Finding> findings, @Nullable Generation generation) {
        public Seen {
            findings = List.copyOf(findings);
        }
    }

    private ElasticsearchHealth(String url, Clock clock) {
        this.url = url;
        this.reader = new IndexReader(url);
        this.clock = clock;
    }

    /**
     * Looks at an Elasticsearch.
     *
     * @param clock of this machine
     */
    public static Seen of(String url, Clock clock) {
        Findings unusable = new Findings();
        List<Seen> seen = new ArrayList<>();
        unusable.check("elasticsearch", () -> seen.add(new ElasticsearchHealth(url, clock).look()));
        return seen.isEmpty() ? new Seen(unusable.all(), null) : seen.get(0);
    }

    private Seen look() {
        if (findings.check("elasticsearch", this::version)) {
            findings.check("cluster", this::cluster);
            findings.check("disk and clock", this::nodes);
            findings.check("write block", this::blocks);
            findings.check("templates", this::drift);
            findings.check("generation", this::aliases);
            findings.check("leftovers", this::leftovers);
            if (generation != null) {
                findings.check("freshness", this::freshness);
                findings.check("feeds", this::feeds);
            }
        }
        return new Seen(findings.all(), generation);
    }

    private void version() throws IOException {
        String version = reader.get("/").path("version").path("number").asText();
        if (version.startsWith("8.") || version.startsWith("9.")) {
            findings.ok("elasticsearch", "version " + version);
        } else {
            findings.fail(
                    "elasticsearch",
                    "what answers at " + url + " is of version " + (version.isEmpty() ? "unknown" : version),
                    "name the address of an Elasticsearch 8 or 9");
        }
    }

    private void cluster() throws IOException {
        JsonNode health = reader.get("/_cluster/health");
        String status = health.path("status").asText();
        String seen =
                status + ", " + Findings.count(health.path("number_of_nodes").asLong(), "node") + ", "
                        + Findings.count(health.path("unassigned_shards").asLong(), "unassigned shard");
        switch (status) {
            case "green" -> findings.ok("cluster", seen);
            case "yellow" ->
                findings.warn(
                        "cluster",
                        seen,
                        "start the nodes that are away; one node alone can hold no replicas: set number_of_replicas to 0 in"
                                + " tanggap-settings@custom and in the indices");
            default ->
                findings.fail(
                        "cluster", seen, "start the nodes that are away: shards are missing, and writes to them wait");
        }
    }

    private void nodes() throws IOException {
        for (JsonNode node : reader.get("/_nodes/stats/fs").path("nodes")) {
            String name = node.path("name").asText();
            double total = node.at("/fs/total/total_in_bytes").asDouble();
            double used =
                    total == 0 ? 0 : 1 - node.at("/fs/total/available_in_bytes").asDouble() / total;
            String seen =
                    String.format(Locale.ROOT, "%.0f %% of %.0f GB used on node %s", 100 * used, total / 1e9, name);
            findings.judge(
                    "disk",
                    seen,
                    used,
                    DISK_FULL,
                    null,
                    "give it more: by default, above 95 % indices can no longer be written");
            Duration ahead = Duration.between(
                    clock.instant(), Instant.ofEpochMilli(node.path("timestamp").asLong()));
            if (ahead.abs().compareTo(KafkaHealth.CLOCKS_APART) > 0) {
                findings.warn(
                        "clock",
                        "node " + name + " is " + Findings.span(ahead) + (ahead.isNegative() ? " behind" : " ahead of")
                                + " this machine's clock",
                        "synchronise both with a time server");
            }
        }
    }

    private void blocks() throws IOException {
        List<String> blocked =
                reader.get("/tanggap-*/_settings/index.blocks.*?flat_settings=true").properties().stream()
                        .filter(index -> index.getValue().path("settings").properties().stream()
                                .anyMatch(setting -> setting.getValue().asText().equals("true")))
                        .map(Map.Entry::getKey)
                        .toList();
        if (!blocked.isEmpty()) {
            findings.fail(
                    "write block",
                    "cannot be written: " + String.join(", ", blocked),
                    "free the disk, then Elasticsearch takes its block away; one that was set by hand is removed by hand");
        }
    }

    private void drift() throws IOException {
        List<Drift> drift = Indices.drift(url);
        for (Drift one : drift) {
            String seen = one.name() + " is not as this version has it: " + named(one.fields());
            if (one.lasting()) {
                findings.fail(
                        "mapping",
                        seen,
                        "a field keeps its type: tanggap reprocess makes computed indices anew; reindex one of deliveries, standings, feeds"
                                + " or dead letters by hand");
            } else {
                findings.warn(
                        "templates",
                        seen,
                        "tanggap install of the version that the jobs run; settings of your own belong into tanggap-settings@custom");
            }
        }
        if (drift.isEmpty()) {
            findings.ok("templates", "those of this version, and the indices that are read follow them");
        }
    }

    private static String named(List<String> fields) {
        int more = fields.size() - FIELDS_NAMED;
        String named = String.join(", ", fields.subList(0, Math.min(fields.size(), FIELDS_NAMED)));
        return more > 0 ? named + " and " + more + " more" : named;
    }

    private void aliases() throws IOException {
        List<String> wrong = new ArrayList<>();
        TreeSet<String> suffixes = new TreeSet<>();
        Indices.read(url).forEach((kind, indices) -> {
            if (indices.size() != 1) {
                wrong.add(kind.alias() + " leads to " + (indices.isEmpty() ? "nothing" : String.join(", ", indices)));
            } else if (kind.isComputed()) {
                suffixes.add(indices.get(0).substring(kind.alias().length()));
            }
        });
        if (suffixes.size() > 1) {
            wrong.add("aliases lead to generations " + String.join(", ", suffixes));
        }
        if (!wrong.isEmpty()) {
            findings.fail(
                    "generation",
                    String.join("; ", wrong),
                    "tanggap install makes aliases that lead nowhere; others move together by tanggap reprocess, or --back of it");
            return;
        }
        generation = new Generation(suffixes.first());
        findings.ok("generation", "readers see " + suffixes.first().substring(1));
    }

    private void leftovers() throws IOException {
        List<String> unread = Indices.unread(url);
        if (!unread.isEmpty()) {
            findings.warn(
                    "leftovers",
                    unread.size() + " that nobody reads: " + named(unread),
                    "keep them while a reprocess runs, or to go back; else tanggap reprocess --discard");
        }
    }

    private void freshness() throws IOException {
        JsonNode answer = reader.search(
                Kind.CASES.alias(),
                "{\"size\":0,\"track_total_hits\":true,\"aggs\":{\"newest\":{\"max\":{\"field\":\"as_of\"}}}}");
        long cases = answer.at("/hits/total/value").asLong();
        if (cases == 0) {
            findings.warn("freshness", "there is no case yet", "see that intake and tanggap run are started");
            return;
        }
        Instant newest =
                Instant.ofEpochMilli(answer.at("/aggregations/newest/value").asLong());
        Duration age = Duration.between(newest, clock.instant());
        findings.judge(
                "freshness",
                Findings.count(cases, "case") + ", the newest as of " + newest + ", " + Findings.span(age) + " ago",
                age,
                CASES_OLD,
                null,
                "nothing to do after a replay, or where no case changed; else see lag, heartbeat and the job");
    }

    private void feeds() throws IOException {
        JsonNode answer = reader.search(
                Kind.FEEDS.alias(), "{\"size\":100,\"_source\":[\"channel\"],\"query\":{\"term\":{\"silent\":true}}}");
        List<String> silent = new ArrayList<>();
        answer.at("/hits/hits")
                .forEach(hit -> silent.add(hit.at("/_source/channel").asText()));
        if (silent.isEmpty()) {
            findings.ok("feeds", "none is silent");
        } else {
            findings.warn(
                    "feeds",
                    Findings.count(silent.size(), "feed") + " silent for longer than channels.csv allows: "
                            + String.join(", ", silent),
                    "ask those who run the channel; what they send later is counted");
        }
    }
}
