package io.tanggap.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.testkit.ElasticsearchQueries;
import io.tanggap.testkit.EmbeddedServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(EmbeddedServers.class)
class ElasticsearchSinkIT {
    private static final String INDEX = "sink-job";
    private static final int DOCUMENTS = 5_000;
    private static final int VERSIONS = 12;
    private static final AtomicBoolean FAIL_ONCE = new AtomicBoolean();

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    /** The server is killed and started again, and the job fails once, while 60,000 versions of 5,000 documents flow. */
    @Test
    void nothingIsLostAndTheHighestVersionWinsThroughAnOutageAndAFailure(
            EmbeddedServers servers, @TempDir Path checkpoints) throws Exception {
        ElasticsearchQueries queries = servers.queries();
        queries.send("PUT", "/" + INDEX, "{\"settings\":{\"number_of_replicas\":0}}");
        FAIL_ONCE.set(true);
        JobClient job = job(servers.elasticsearch().url(), checkpoints);
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> queries.count(INDEX) > 100);
            servers.elasticsearch().kill();
            servers.elasticsearch().restart();
            job.getJobExecutionResult().get(4, TimeUnit.MINUTES);
        } finally {
            if (!job.getJobStatus().get().isTerminalState()) {
                job.cancel().get();
            }
        }
        assertThat(FAIL_ONCE).isFalse();
        queries.refresh(INDEX);
        Map<String, JsonNode> stored = queries.sources(INDEX);
        assertThat(stored).hasSize(DOCUMENTS);
        assertThat(stored.values())
                .allSatisfy(source -> assertThat(source.get("n").asInt()).isEqualTo(VERSIONS));
        queries.send("DELETE", "/" + INDEX, "");
    }

    private static JobClient job(String url, Path checkpoints) throws Exception {
        Configuration settings = new Configuration();
        settings.setString("pipeline.auto-generate-uids", "false");
        settings.setString("pipeline.generic-types", "false");
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.setParallelism(2);
        long total = (long) DOCUMENTS * VERSIONS;
        env.fromSource(
                        new DataGeneratorSource<>(n -> n, total, RateLimiterStrategy.perSecond(10_000), Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .map(n -> {
                    if (n > total / 2 && FAIL_ONCE.compareAndSet(true, false)) {
                        throw new IllegalStateException("scripted failure");
                    }
                    return n;
                })
                .returns(Types.LONG)
                .uid("fail-once")
                .sinkTo(ElasticsearchSink.<Long>builder()
                        .hosts(List.of(url))
                        .converter((n, context) -> document(n))
                        .rejectedDocuments(context -> rejection -> {
                            throw new IllegalStateException(rejection.toString());
                        })
                        .maxBatchDocuments(500)
                        .build())
                .uid("documents");
        return env.executeAsync("sink");
    }

    private static DocumentWrite document(long n) {
        long version = n / DOCUMENTS + 1;
        return new DocumentWrite(
                INDEX,
                Long.toString(n % DOCUMENTS),
                version,
                ("{\"n\":" + version + "}").getBytes(StandardCharsets.UTF_8));
    }
}
