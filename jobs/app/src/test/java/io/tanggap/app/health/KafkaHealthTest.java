package io.tanggap.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.app.health.Finding.Level;
import io.tanggap.flink.io.Brokers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaHealthTest {
    private static final Instant NOW = Instant.parse("2017-11-24T02:00:00Z");

    private final Findings findings = new Findings();

    @ParameterizedTest
    @CsvSource({
        "PT0S, OK",
        "PT60S, OK",
        "PT61S, WARN",
        "PT10M, WARN",
        "PT10M1S, FAIL",
        "P3D, FAIL",
        "PT-5S, OK",
        "PT-6S, WARN",
        "PT-99H, WARN"
    })
    void aHeartbeatIsJudgedByItsAge(Duration age, Level level) {
        KafkaHealth.heartbeat(findings, Optional.of(NOW.minus(age)), NOW);
        assertThat(findings.all()).singleElement().extracting(Finding::level).isEqualTo(level);
    }

    @Test
    void withoutAHeartbeatNothingIsLive() {
        KafkaHealth.heartbeat(findings, Optional.empty(), NOW);
        assertThat(findings.all()).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.WARN);
            assertThat(finding.remedy()).contains("tanggap intake");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, OK",
        "0, 1000, OK",
        "10, 1000, OK",
        "11, 1000, WARN",
        "100, 1000, WARN",
        "101, 1000, FAIL",
        "5, 0, WARN"
    })
    void deadLettersAreJudgedByTheirShareOfWhatChannelsSent(long letters, long sent, Level level) {
        KafkaHealth.letters(findings, letters, sent, Optional.of("malformed.avro (3 of the last 3)"));
        assertThat(findings.all()).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(level);
            assertThat(finding.seen()).contains("malformed.avro (3 of the last 3)");
        });
    }

    @Test
    void whatOneDiskOfSeveralHoldsAloneIsSaid() {
        Map<String, Brokers.Topic> topics = new TreeMap<>(Map.of(
                "case-events", new Brokers.Topic(4, 0, 0, 1),
                "erasures", new Brokers.Topic(1, 0, 0, 1),
                "reference", new Brokers.Topic(1, 0, 0, 3)));
        KafkaHealth.copies(findings, 1, topics);
        assertThat(findings.all()).isEmpty();
        KafkaHealth.copies(findings, 3, topics);
        assertThat(findings.all()).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.WARN);
            assertThat(finding.seen()).contains("3 brokers").endsWith(": case-events, erasures");
        });
    }

    @Test
    void aCheckThatCannotBeMadeIsAFindingAndTheOthersGoOn() {
        assertThat(findings.check("one", () -> {
                    throw new IllegalStateException("broken");
                }))
                .isFalse();
        assertThat(findings.check("other", () -> findings.ok("other", "well"))).isTrue();
        assertThat(findings.all()).extracting(Finding::level).containsExactly(Level.FAIL, Level.OK);
        assertThat(findings.all().get(0).seen()).contains("IllegalStateException: broken");
    }

    @ParameterizedTest
    @CsvSource({
        "PT119S, 119 s",
        "PT-119S, 119 s",
        "PT2M, 2 min",
        "PT119M, 119 min",
        "PT2H, 2 h",
        "PT47H, 47 h",
        "P2D, 2 d"
    })
    void spansAreSaidInOneUnit(Duration span, String said) {
        assertThat(Findings.span(span)).isEqualTo(said);
    }
}
