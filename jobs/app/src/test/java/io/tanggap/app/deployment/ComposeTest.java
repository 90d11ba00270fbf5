package io.tanggap.app.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The composition of all services on one machine. */
class ComposeTest {
    /** The keys that are used; another one is a mistake, or to be looked at here first. */
    record Compose(
            String name,
            Map<String, Service> services,
            Map<String, Source> configs,
            Map<String, Source> secrets,
            Map<String, @Nullable Object> volumes) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Service(
            String image,
            @Nullable Build build,
            List<String> profiles,
            String restart,
            boolean init,
            List<String> securityOpt,
            Logging logging,
            @Nullable String user,
            @Nullable String hostname,
            @Nullable String memLimit,
            @Nullable Map<String, String> environment,
            @Nullable List<String> volumes,
            @Nullable List<String> ports,
            @Nullable Healthcheck healthcheck,
            @Nullable Map<String, Dependency> dependsOn,
            @Nullable List<String> entrypoint,
            @Nullable List<String> command,
            @Nullable List<Mount> configs,
            @Nullable List<String> secrets,
            @Nullable Deploy deploy) {
        boolean endsByItself() {
            return restart.startsWith("on-failure");
        }
    }

    record Build(String context, String dockerfile) {}

    record Logging(String driver, Map<String, String> options) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Healthcheck(
            List<String> test,
            String interval,
            String timeout,
            int retries,
            String startPeriod,
            String startInterval) {}

    record Dependency(String condition, @Nullable Boolean required) {}

    record Mount(String source, String target) {}

    record Deploy(int replicas) {}

    record Source(String file) {}

    private static Compose compose;

    @BeforeAll
    static void read() throws IOException {
        Map<String, Object> read =
                Deployment.map(Deployment.documents(Files.readString(Deployment.DOCKER.resolve("compose.yaml")))
                        .get(0));
        read.keySet().removeIf(key -> key.startsWith("x-"));
        compose = Deployment.strictly(read, Compose.class);
    }

    @Test
    void aKeyThatComposeDoesNotHaveOrThatStandsTwiceIsFound() {
        Object misspelt = Deployment.documents("{image: a, memory_limit: 1g}").get(0);

        assertThatThrownBy(() -> Deployment.strictly(misspelt, Service.class)).hasMessageContaining("memory_limit");
        assertThatThrownBy(() -> Deployment.documents("{image: a, image: b}"))
                .hasMessageContaining("duplicate key image");
    }

    @Test
    void theCommandDoesNotTakeEverything() {
        assertThatThrownBy(() -> Commands.assertTaken(List.of("run", "--mod", "live")))
                .hasMessageContaining("--mod");
    }

    @Test
    void everyServiceIsPinnedBoundedAndWatched() {
        assertThat(compose.services()).isNotEmpty().allSatisfy((name, service) -> {
            assertThat(service.image()).matches("[a-z./]+:\\d+(\\.\\d+)+");
            assertThat(service.memLimit()).isNotNull();
            assertThat(service.logging().options()).containsKeys("max-size", "max-file");
            assertThat(service.securityOpt()).contains("no-new-privileges:true");
            assertThat(service.profiles()).contains(name.equals("commands") ? "commands" : "all");
            assertThat(service.healthcheck() == null).isEqualTo(service.endsByItself());
            assertThat(service.endsByItself() || service.restart().equals("unless-stopped"))
                    .isTrue();
        });
    }

    @Test
    void nothingIsReachableFromOtherMachines() {
        assertThat(compose.services().values()).allSatisfy(service -> assertThat(orEmpty(service.ports()))
                .allMatch(port -> port.startsWith("127.0.0.1:")));
    }

    @Test
    void versionsAreThoseOfTheBuild() throws IOException {
        String elastic = Deployment.built("elasticsearch-node.version");
        assertThat(compose.services().values().stream().map(Service::image).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        Deployment.image(),
                        "apache/kafka:" + Deployment.built("kafka.version"),
                        "docker.elastic.co/elasticsearch/elasticsearch:" + elastic,
                        "docker.elastic.co/kibana/kibana:" + elastic,
                        "zookeeper:3.9.4");
    }

    @Test
    void whatIsNamedIsDeclaredAndWhatIsDeclaredIsUsed() {
        Set<String> volumes = new HashSet<>();
        Set<String> configs = new HashSet<>();
        Set<String> secrets = new HashSet<>();
        compose.services().values().forEach(service -> {
            orEmpty(service.volumes()).forEach(volume -> volumes.add(volume.split(":", 2)[0]));
            orEmpty(service.configs()).forEach(config -> configs.add(config.source()));
            secrets.addAll(orEmpty(service.secrets()));
        });

        assertThat(volumes).isEqualTo(compose.volumes().keySet());
        assertThat(configs).isEqualTo(compose.configs().keySet());
        assertThat(secrets).isEqualTo(compose.secrets().keySet());
        assertThat(compose.configs().values())
                .allMatch(config -> Files.isRegularFile(Deployment.DOCKER.resolve(config.file())));
    }

    /** Who starts a job, or looks at one, is not who may do everything. */
    @Test
    void thePasswordOfElasticIsForThePeopleAndTheInstallerAlone() throws IOException {
        assertThat(Files.readString(Deployment.DOCKER.resolve("elastic/prepare.sh")))
                .contains(" /dashboards-secrets/elastic-password")
                .doesNotContain("/install-secrets/elastic-password");
        assertThat(compose.services().entrySet().stream()
                        .filter(service -> orEmpty(service.getValue().volumes()).stream()
                                .anyMatch(volume -> volume.startsWith("dashboards-secrets:")))
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("prepare", "install");
    }

    @Test
    void everySecretIsMade() throws IOException {
        String script = Files.readString(Deployment.DOCKER.resolve("new-secrets"));

        assertThat(compose.secrets()).allSatisfy((name, secret) -> {
            assertThat(secret.file()).isEqualTo("secrets/" + name);
            assertThat(script).contains(name);
        });
    }

    @Test
    void aServiceWaitsForWhatIsThereInEachOfItsProfiles() {
        compose.services()
                .forEach((name, service) -> orEmpty(service.dependsOn()).forEach((other, dependency) -> {
                    Service needed = compose.services().get(other);
                    assertThat(needed).as("%s, for which %s waits", other, name).isNotNull();
                    assertThat(dependency.condition())
                            .isEqualTo(needed.endsByItself() ? "service_completed_successfully" : "service_healthy");
                    if (dependency.required() == null) {
                        assertThat(needed.profiles())
                                .as("profiles of %s", other)
                                .containsAll(service.profiles());
                    }
                }));
    }

    @Test
    void flinkHasTheMemoryThatItsConfigurationSays() {
        assertThat(memory("jobmanager"))
                .isEqualTo(FlinkConfigurationTest.configuration().get(JobManagerOptions.TOTAL_PROCESS_MEMORY));
        assertThat(memory("taskmanager"))
                .isEqualTo(FlinkConfigurationTest.configuration().get(TaskManagerOptions.TOTAL_PROCESS_MEMORY));
    }

    @Test
    void flinkKnowsTheSettingsOfItsEnvironment() {
        FlinkKeys.assertKnown(compose.services()
                .get("jobmanager")
                .environment()
                .get("FLINK_PROPERTIES")
                .lines()
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1])));
    }

    @Test
    void theCommandTakesEveryCommandLine() {
        for (String job : List.of("intake", "run", "notify")) {
            List<String> words = compose.services().get(job).entrypoint();
            assertThat(words).startsWith("tanggap-submit");
            Commands.assertTaken(words.subList(2, words.size()));
        }
        String[] lines = compose.services()
                .get("install")
                .command()
                .get(0)
                .replace("\\\n", " ")
                .split("\n");
        assertThat(lines).hasSize(3).allMatch(line -> line.startsWith("tanggap "));
        for (String line : lines) {
            List<String> words = Deployment.words(line);
            Commands.assertTaken(words.subList(1, words.size()));
        }
    }

    private static MemorySize memory(String service) {
        return MemorySize.parse(compose.services().get(service).memLimit());
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static <T> Map<String, T> orEmpty(@Nullable Map<String, T> map) {
        return map == null ? Map.of() : map;
    }
}
