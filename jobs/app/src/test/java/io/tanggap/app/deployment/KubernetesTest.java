package io.tanggap.app.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The manifests for Kubernetes, each read as what it says it is. */
class KubernetesTest {
    private static final Path FOLDER = Deployment.DOCKER.resolve("kubernetes");

    /** What the Flink Kubernetes Operator takes, as far as it is used; its own classes are not published. */
    record FlinkDeployment(String apiVersion, String kind, ObjectMeta metadata, FlinkSpec spec) {}

    record FlinkSpec(
            @Nullable String image,
            @Nullable String flinkVersion,
            @Nullable String serviceAccount,
            @Nullable String mode,
            @Nullable Map<String, String> flinkConfiguration,
            @Nullable Map<String, String> logConfiguration,
            @Nullable PodTemplateSpec podTemplate,
            @Nullable FlinkProcess jobManager,
            @Nullable FlinkProcess taskManager,
            @Nullable FlinkJob job) {}

    record FlinkProcess(Resource resource, @Nullable Integer replicas, PodTemplateSpec podTemplate) {}

    record Resource(String memory, double cpu) {}

    record FlinkJob(
            String jarURI, String entryClass, List<String> args, int parallelism, String upgradeMode, String state) {}

    record Kustomization(
            String apiVersion,
            String kind,
            String namespace,
            List<String> resources,
            @Nullable List<Patch> patches) {}

    record Patch(@Nullable String path, @Nullable String patch, Target target) {}

    record Target(String kind, @Nullable String name) {}

    record Operation(String op, String path, Map<String, Object> value) {}

    private static final Map<String, Class<?>> KINDS = Map.of(
            "FlinkDeployment", FlinkDeployment.class,
            "Kustomization", Kustomization.class,
            "ServiceAccount", ServiceAccount.class,
            "Role", Role.class,
            "RoleBinding", RoleBinding.class,
            "NetworkPolicy", NetworkPolicy.class,
            "Job", Job.class,
            "Deployment", io.fabric8.kubernetes.api.model.apps.Deployment.class,
            "Secret", Secret.class);

    /** By file, from the folder. */
    private static final Map<String, List<Object>> MANIFESTS = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                List<Object> objects = new ArrayList<>();
                for (Object document : Deployment.documents(Files.readString(file))) {
                    Class<?> kind = KINDS.get(Deployment.map(document).get("kind"));
                    assertThat(kind).as("kind of a document in %s", file).isNotNull();
                    objects.add(Deployment.strictly(document, kind));
                }
                MANIFESTS.put(FOLDER.relativize(file).toString(), objects);
            }
        }
    }

    @Test
    void aKeyThatKubernetesDoesNotHaveIsFound() {
        Object pod = Deployment.documents("{spec: {containers: [{name: a, volumeMount: []}]}}")
                .get(0);

        assertThatThrownBy(() -> Deployment.strictly(pod, PodTemplateSpec.class))
                .hasMessageContaining("volumeMount");
    }

    @Test
    void whatAKustomizationNamesIsThere() {
        for (String folder : List.of("", "install/", "commands/")) {
            Kustomization kustomization = only(folder + "kustomization.yaml", Kustomization.class);
            List<String> named = new ArrayList<>(kustomization.resources());
            orEmpty(kustomization.patches()).stream()
                    .map(Patch::path)
                    .filter(Objects::nonNull)
                    .forEach(named::add);

            assertThat(named).allMatch(file -> MANIFESTS.containsKey(folder + file));
            assertThat(named).doesNotContain("secrets.yaml");
        }
    }

    @Test
    void eachJobIsOneOfTheCommandAndGoesOnFromItsSavepoint() {
        for (String job : List.of("intake", "run", "notify")) {
            FlinkJob spec = Objects.requireNonNull(
                    only(job + ".yaml", FlinkDeployment.class).spec().job());

            Commands.assertTaken(spec.args());
            assertThat(spec.args()).startsWith(job);
            assertThat(spec.entryClass()).isEqualTo("io.tanggap.app.cli.JobMain");
            assertThat(spec.jarURI()).isEqualTo("local:///opt/flink/usrlib/tanggap-job.jar");
            assertThat(spec.upgradeMode()).isEqualTo("savepoint");
        }
    }

    @Test
    void flinkIsConfiguredAsInASession() throws IOException {
        FlinkSpec common = common();
        Map<String, String> settings = Objects.requireNonNull(common.flinkConfiguration());
        FlinkKeys.assertKnown(settings);

        // Kubernetes sets the first by itself, and the operator by the resources; state lies elsewhere; a cluster has
        // one job.
        Map<String, String> session = FlinkConfigurationTest.configuration().toMap();
        session.keySet()
                .removeIf(
                        key -> key.matches(".*\\.bind-(host|address)|.*\\.memory\\.process\\.size|parallelism\\.default"
                                + "|taskmanager\\.numberOfTaskSlots|execution\\.checkpointing\\.(savepoint-)?dir"));
        assertThat(settings).containsAllEntriesOf(session);
        assertThat(settings.entrySet())
                .filteredOn(setting -> setting.getKey().matches(".*dir|.*storageDir"))
                .hasSize(3)
                .allMatch(setting -> setting.getValue().startsWith("s3://"));
        assertThat(common.logConfiguration())
                .containsExactly(Map.entry(
                        "log4j-console.properties",
                        Files.readString(Deployment.DOCKER.resolve("flink/log4j-console.properties"))));
    }

    @Test
    void versionsAreThoseOfTheBuild() throws IOException {
        String[] flink = Deployment.built("flink.version").split("\\.");
        assertThat(common().image()).isEqualTo(Deployment.image());
        assertThat(common().flinkVersion()).isEqualTo("v" + flink[0] + "_" + flink[1]);
        PodSpec installer = installer();
        for (Container container : Stream.concat(
                        installer.getInitContainers().stream(), installer.getContainers().stream())
                .toList()) {
            assertThat(container.getImage()).isEqualTo(Deployment.image());
            assertThat(container.getCommand()).startsWith("tanggap");
            Commands.assertTaken(
                    container.getCommand().subList(1, container.getCommand().size()));
        }
        for (Container container : commands().getContainers()) {
            assertThat(container.getImage()).isEqualTo(Deployment.image());
        }
    }

    @Test
    void everySecretThatIsMountedIsDescribedAndHasNoValueHere() throws IOException {
        Set<String> described = new HashSet<>();
        for (Object secret : MANIFESTS.get("secrets.yaml")) {
            Secret template = (Secret) secret;
            described.add(template.getMetadata().getName());
            assertThat(template.getData().values()).allMatch(String::isEmpty);
            assertThat(template.getStringData().values()).allMatch(String::isEmpty);
        }
        List<Volume> mounted = new ArrayList<>(
                Objects.requireNonNull(common().podTemplate()).getSpec().getVolumes());
        mounted.addAll(installer().getVolumes());
        mounted.addAll(commands().getVolumes());
        for (Patch patch : only("kustomization.yaml", Kustomization.class).patches()) {
            if (patch.patch() != null) {
                mounted.addAll(added(patch.patch()));
            }
        }

        assertThat(mounted)
                .isNotEmpty()
                .allSatisfy(volume ->
                        assertThat(described).contains(volume.getSecret().getSecretName()))
                // Flink's group reads it as well, by fsGroup; others do not.
                .allSatisfy(volume ->
                        assertThat(volume.getSecret().getDefaultMode()).isEqualTo(0400));
    }

    /** The volumes that a patch adds; it adds a mount for each. */
    private static List<Volume> added(String patch) throws IOException {
        List<Volume> volumes = new ArrayList<>();
        List<String> mounts = new ArrayList<>();
        for (Object document : (List<?>) Deployment.documents(patch).get(0)) {
            Operation operation = Deployment.strictly(document, Operation.class);
            assertThat(operation.op()).isEqualTo("add");
            if (operation.path().equals("/spec/podTemplate/spec/volumes/-")) {
                volumes.add(Deployment.strictly(operation.value(), Volume.class));
            } else {
                assertThat(operation.path()).isEqualTo("/spec/podTemplate/spec/containers/0/volumeMounts/-");
                mounts.add(Deployment.strictly(operation.value(), VolumeMount.class)
                        .getName());
            }
        }
        assertThat(mounts).isEqualTo(volumes.stream().map(Volume::getName).toList());
        return volumes;
    }

    private static FlinkSpec common() {
        return only("flink.yaml", FlinkDeployment.class).spec();
    }

    private static PodSpec installer() {
        return only("install/install.yaml", Job.class).getSpec().getTemplate().getSpec();
    }

    private static PodSpec commands() {
        return MANIFESTS.get("commands/commands.yaml").stream()
                .filter(io.fabric8.kubernetes.api.model.apps.Deployment.class::isInstance)
                .map(io.fabric8.kubernetes.api.model.apps.Deployment.class::cast)
                .findFirst()
                .orElseThrow()
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    private static <T> T only(String file, Class<T> type) {
        assertThat(MANIFESTS.get(file)).as(file).hasSize(1);
        return type.cast(MANIFESTS.get(file).get(0));
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
