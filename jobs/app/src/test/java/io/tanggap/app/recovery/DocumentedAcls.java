package io.tanggap.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What the commands of SECURITY.md that call {@code kafka-acls.sh} would allow. */
record DocumentedAcls(List<AclBinding> bindings) {
    private static final Pattern BLOCK = Pattern.compile("```sh\n(acl\\(\\).*?)```", Pattern.DOTALL);

    /** Lets a shell expand the commands, so that they are found to be ones. */
    static DocumentedAcls read() throws Exception {
        Path file = Path.of(System.getProperty("tanggap.root"), "SECURITY.md");
        Matcher block = BLOCK.matcher(Files.readString(file));
        assertThat(block.find()).as("a block of ACLs in %s", file).isTrue();
        Process shell = new ProcessBuilder(
                        "sh",
                        "-euc",
                        "kafka_acls() { printf '%s ' \"$@\"; echo; }\n"
                                + block.group(1).replace("kafka-acls.sh", "kafka_acls"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String calls = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as("exit code of the commands").isZero();
        List<AclBinding> bindings = new ArrayList<>();
        for (String call : calls.split("\n")) {
            bindings.addAll(bindings(call.split(" ")));
        }
        return new DocumentedAcls(bindings);
    }

    private static List<AclBinding> bindings(String[] arguments) {
        String principal = "";
        PatternType pattern = PatternType.LITERAL;
        List<AclOperation> operations = new ArrayList<>();
        List<Resource> resources = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--add" -> {}
                case "--bootstrap-server", "--command-config" -> i++;
                case "--allow-principal" -> principal = arguments[++i];
                case "--resource-pattern-type" ->
                    pattern = PatternType.valueOf(arguments[++i].toUpperCase(Locale.ROOT));
                case "--operation" ->
                    operations.add(AclOperation.valueOf(arguments[++i]
                            .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                            .toUpperCase(Locale.ROOT)));
                case "--topic" -> resources.add(new Resource(ResourceType.TOPIC, arguments[++i]));
                case "--group" -> resources.add(new Resource(ResourceType.GROUP, arguments[++i]));
                case "--transactional-id" -> resources.add(new Resource(ResourceType.TRANSACTIONAL_ID, arguments[++i]));
                case "--cluster" -> resources.add(Resource.CLUSTER);
                default -> throw new IllegalArgumentException("what is " + arguments[i] + " of kafka-acls.sh?");
            }
        }
        List<AclBinding> bindings = new ArrayList<>();
        for (Resource resource : resources) {
            for (AclOperation operation : operations) {
                bindings.add(new AclBinding(
                        new ResourcePattern(resource.resourceType(), resource.name(), pattern),
                        new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)));
            }
        }
        return bindings;
    }

    /** What would allow one user all that several may. */
    List<AclBinding> together(Set<String> users, String one) {
        return bindings.stream()
                .filter(binding -> users.contains(user(binding)))
                .map(binding -> new AclBinding(
                        binding.pattern(),
                        new AccessControlEntry(
                                "User:" + one, "*", binding.entry().operation(), AclPermissionType.ALLOW)))
                .toList();
    }

    private static String user(AclBinding binding) {
        return binding.entry().principal().substring("User:".length());
    }

    /** The users that are allowed anything. */
    Set<String> users() {
        Set<String> users = new TreeSet<>();
        bindings.forEach(binding -> users.add(user(binding)));
        return users;
    }
}
