package io.tanggap.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of the house hold in every module, and each of them can fail. */
class ArchitectureTest {
    private static final String ROOT = "io.tanggap";
    private static final String BAD_ROOT = "io.tanggap.app.architecture.bad";

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // The testkit is on the class path of tests alone.
            .withImportOption(location -> !location.contains("testkit"))
            .importPackages(ROOT);

    private static final JavaClasses BAD = new ClassFileImporter().importPackages(BAD_ROOT);

    private static final Pattern FOREIGN_TEST_LIBRARY = Pattern.compile(
            "import (static )?(org\\.junit\\.(?!jupiter\\.|platform\\.)|junit\\.|org\\.hamcrest\\.|org\\.mockito\\.).*");

    @Test
    void theClassesOfEveryModuleAreLookedAt() {
        Set<String> modules = PRODUCTION.stream()
                .map(type -> type.getPackageName().split("\\.")[2])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(modules)
                .containsExactly(
                        "app",
                        "board",
                        "core",
                        "dashboards",
                        "delivery",
                        "elasticsearch",
                        "embedded",
                        "flink",
                        "intake",
                        "locating",
                        "reference",
                        "release",
                        "schema",
                        "simulation");
        assertThat(PRODUCTION).noneMatch(type -> type.getPackageName().startsWith(BAD_ROOT));
    }

    @ParameterizedTest
    @EnumSource
    void theProductKeeps(HouseRule rule) {
        rule.in(ROOT).check(PRODUCTION);
    }

    @ParameterizedTest
    @EnumSource
    void aBadClassBreaks(HouseRule rule) {
        EvaluationResult result = rule.in(BAD_ROOT).evaluate(BAD);
        assertThat(result.hasViolation())
                .as("%s finds %s", rule, rule.culprit())
                .isTrue();
        assertThat(result.getFailureReport().getDetails())
                .as("%s finds nothing else", rule)
                .allMatch(detail -> detail.contains("." + rule.culprit()));
    }

    @Test
    void theFrozenListHoldsNothingThatIsNotNeeded() {
        Set<String> used = new TreeSet<>();
        for (JavaClass user : PRODUCTION) {
            for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                JavaClass inside = dependency.getTargetClass().getBaseComponentType();
                if (HouseRule.isInside(inside)) {
                    used.add(user.getFullName() + " " + inside.getFullName());
                }
            }
        }
        assertThat(used).containsAll(HouseRule.FROZEN.keySet());
    }

    @Test
    void testsOfEveryModuleUseJupiterAndAssertJAlone() throws IOException {
        Path root = Path.of(System.getProperty("tanggap.root"));
        List<String> found = new ArrayList<>();
        int modules = 0;
        for (Path module : modules(root)) {
            Path tests = module.resolve("src/test/java");
            if (Files.isDirectory(tests)) {
                modules++;
                found.addAll(foreignImports(tests));
            }
        }
        assertThat(modules).isGreaterThan(7);
        assertThat(found).containsExactly("UsesHamcrest.java: import org.hamcrest.Matcher;");
    }

    private static List<Path> modules(Path root) throws IOException {
        List<Path> modules = new ArrayList<>(List.of(root.resolve("schemas"), root.resolve("dashboards")));
        try (Stream<Path> jobs = Files.list(root.resolve("jobs"))) {
            jobs.forEach(modules::add);
        }
        return modules;
    }

    private static List<String> foreignImports(Path tests) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(tests)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (FOREIGN_TEST_LIBRARY.matcher(line).matches()) {
                        found.add(file.getFileName() + ": " + line);
                    }
                }
            }
        }
        return found;
    }
}
