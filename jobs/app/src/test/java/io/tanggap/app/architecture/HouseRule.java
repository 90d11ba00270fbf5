package io.tanggap.app.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.Experimental;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.Public;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.functions.Function;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.StreamOperator;

/** The rules of the house about who may use what, each with the name of the class in {@code bad} that breaks it. */
enum HouseRule {
    CORE_KNOWS_ONLY_JAVA("UsesJackson") {
        @Override
        ArchRule in(String root) {
            return classes()
                    .that()
                    .resideInAPackage(root + ".core..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", "org.jspecify..", root + ".core..")
                    .because("a figure must be computable, and testable, without Flink or any library");
        }
    },

    LAYERS_POINT_ONE_WAY("KnowsFlink") {
        @Override
        ArchRule in(String root) {
            return layeredArchitecture()
                    .consideringOnlyDependenciesInAnyPackage(root + "..")
                    .withOptionalLayers(true)
                    .layer("app")
                    .definedBy(root + ".app..")
                    .layer("board")
                    .definedBy(root + ".board..")
                    .layer("flink")
                    .definedBy(root + ".flink..")
                    .layer("elasticsearch")
                    .definedBy(root + ".elasticsearch..")
                    .layer("dashboards")
                    .definedBy(root + ".dashboards..")
                    .layer("intake")
                    .definedBy(root + ".intake..")
                    .layer("locating")
                    .definedBy(root + ".locating..")
                    .layer("reference")
                    .definedBy(root + ".reference..")
                    .layer("simulation")
                    .definedBy(root + ".simulation..")
                    .layer("delivery")
                    .definedBy(root + ".delivery..")
                    .layer("release")
                    .definedBy(root + ".release..")
                    .layer("embedded")
                    .definedBy(root + ".embedded..")
                    .layer("schema")
                    .definedBy(root + ".schema..")
                    .layer("core")
                    .definedBy(root + ".core..")
                    .whereLayer("app")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("flink")
                    .mayOnlyBeAccessedByLayers("app")
                    .whereLayer("board")
                    .mayOnlyBeAccessedByLayers("app")
                    .whereLayer("elasticsearch")
                    .mayOnlyBeAccessedByLayers("app", "board")
                    .whereLayer("dashboards")
                    .mayOnlyBeAccessedByLayers("app", "board")
                    .whereLayer("intake")
                    .mayOnlyBeAccessedByLayers("app", "flink")
                    .whereLayer("locating")
                    .mayOnlyBeAccessedByLayers("app", "intake")
                    .whereLayer("reference")
                    .mayOnlyBeAccessedByLayers("app")
                    .whereLayer("simulation")
                    .mayOnlyBeAccessedByLayers("app")
                    .whereLayer("delivery")
                    .mayOnlyBeAccessedByLayers("app", "flink")
                    .whereLayer("release")
                    .mayOnlyBeAccessedByLayers("app", "flink")
                    .whereLayer("embedded")
                    .mayOnlyBeAccessedByLayers("app")
                    .whereLayer("schema")
                    .mayOnlyBeAccessedByLayers("flink")
                    .because(
                            "reference, simulation, delivery, release and dashboards know only the core, the board that and what it reads, intake the core and how to locate, flink that, intake, delivery and release, and elasticsearch not"
                                    + " each other");
        }
    },

    PACKAGES_HAVE_NO_CYCLES("First") {
        @Override
        ArchRule in(String root) {
            return slices().matching(root + ".(**)").should().beFreeOfCycles();
        }
    },

    CONTRACTS_STAY_IN_THEIR_CODECS("UsesContract") {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .resideOutsideOfPackages(root + ".flink.avro..", root + ".schema..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.tanggap.schema..")
                    .because("a contract changes at another pace than the records of the core");
        }
    },

    ELASTICSEARCH_STAYS_IN_ITS_MODULE("UsesRestClient") {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .resideOutsideOfPackage(root + ".elasticsearch..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("co.elastic..", "org.elasticsearch..");
        }
    },

    GEOMETRY_STAYS_IN_ITS_MODULE("UsesGeometry") {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .resideOutsideOfPackage(root + ".locating..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.locationtech..")
                    .because("where a point lies is decided in one place, on one grid");
        }
    },

    KAFKA_STAYS_IN_IO("UsesKafka") {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .resideOutsideOfPackages(root + ".flink.io..", root + ".embedded..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.kafka..", "kafka..", "org.apache.flink.connector.kafka..");
        }
    },

    FUNCTIONS_LIVE_WITH_THE_OPERATORS("MisplacedFunction") {
        @Override
        ArchRule in(String root) {
            return classes()
                    .that(RUN_BY_FLINK)
                    .should()
                    .resideInAnyPackage(root + ".flink.operator..", root + ".flink.io..");
        }
    },

    FUNCTIONS_ARE_FINAL("OpenFunction") {
        @Override
        ArchRule in(String root) {
            return classes().that(RUN_BY_FLINK).should().haveModifier(JavaModifier.FINAL);
        }
    },

    FUNCTIONS_SHARE_NOTHING("CountingFunction") {
        @Override
        ArchRule in(String root) {
            return fields().that()
                    .areDeclaredInClassesThat(RUN_BY_FLINK)
                    .and()
                    .areStatic()
                    .should()
                    .beFinal()
                    .because("instances of a job in one process would meet in it");
        }
    },

    TIME_IS_AN_ARGUMENT("ReadsTheClock") {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .resideOutsideOfPackages(root + ".app..", root + ".embedded..")
                    .should()
                    .callCodeUnitWhere(target("reads the machine's clock", HouseRule::readsTheClock))
                    .because("a replay would not say what the run before said");
        }
    },

    CHANCE_IS_SEEDED("DrawsUnseeded") {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .resideOutsideOfPackages(root + ".app..", root + ".embedded..")
                    .should()
                    .callCodeUnitWhere(target("draws without a seed", HouseRule::drawsUnseeded));
        }
    },

    NO_LOCALE_OR_CHARSET_OF_THE_MACHINE("UsesTheMachinesLocale") {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .should()
                    .callCodeUnitWhere(target("leaves the locale or charset to the machine", HouseRule::byLocale))
                    .because("figures, ids and sentences would differ between machines: give Locale.ROOT, UTF_8");
        }
    },

    NO_ZONE_OF_THE_MACHINE("UsesTheMachinesZone") {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .should()
                    .callCodeUnitWhere(target("takes the zone of the machine", HouseRule::byZone))
                    .because("days are those of the city");
        }
    },

    ONLY_THE_COMMAND_PRINTS("Prints") {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .resideOutsideOfPackages(root + ".app.cli..", root + ".delivery..")
                    .should()
                    .accessFieldWhere(describe(
                            "the target is standard output or error",
                            access -> access.getTargetOwner().isEquivalentTo(System.class)
                                    && Set.of("out", "err")
                                            .contains(access.getTarget().getName())))
                    .because("others have a log; to one recipient of messages, they are printed");
        }
    },

    ONLY_THE_COMMAND_ENDS_THE_PROCESS_OR_READS_ITS_ENVIRONMENT("Exits") {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .resideOutsideOfPackage(root + ".app.cli..")
                    // Each process of a cluster is told by its own environment how it reaches servers that ask who it
                    // is.
                    .and()
                    .haveNameNotMatching(".*\\.(Access|KafkaAccess)")
                    .should()
                    .callCodeUnitWhere(target(
                            "ends the process or reads its environment",
                            call -> is(call, System.class, "exit", "getenv")
                                    || is(call, Runtime.class, "exit", "halt")));
        }
    },

    TYPES_ARE_STATED_NOT_GUESSED("Guesses") {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .should()
                    .callCodeUnitWhere(target(
                            "has Flink guess a type",
                            call -> is(call, TypeInformation.class, "of")
                                    || call.getOwner().isAssignableTo(TypeHint.class)))
                    .because("what Flink cannot tell becomes Kryo: DomainTypes and OperatorTypes have the types");
        }
    },

    STATE_IS_KEPT_BY_OPERATORS("KeepsState") {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .resideOutsideOfPackages(root + ".flink.operator..", root + ".flink.io..")
                    .should()
                    .callCodeUnitWhere(target(
                            "describes a state",
                            call -> call.getOwner().isAssignableTo(StateDescriptor.class)
                                    && call.getName().equals("<init>")));
        }
    },

    NO_INSIDES_OF_FLINK("UsesInternals") {
        @Override
        ArchRule in(String root) {
            return classes().should(new ArchCondition<>("use no insides of Flink but those of the frozen list") {
                @Override
                public void check(JavaClass user, ConditionEvents events) {
                    for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                        JavaClass used = dependency.getTargetClass().getBaseComponentType();
                        if (isInside(used) && !FROZEN.containsKey(user.getFullName() + " " + used.getFullName())) {
                            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                        }
                    }
                }
            });
        }
    };

    /**
     * Insides of Flink that the product uses all the same: user and used, and why. The list shrinks or stays; an entry that
     * is not needed any more fails the build.
     */
    static final Map<String, String> FROZEN = Map.of(
            "io.tanggap.flink.operator.CombineChanges org.apache.flink.streaming.runtime.streamrecord.StreamRecord",
            "An operator that emits before barriers is written against StreamRecord; a function is not told of barriers.",
            "io.tanggap.flink.operator.ReleaseDocuments org.apache.flink.streaming.runtime.streamrecord.StreamRecord",
            "As CombineChanges: a function cannot emit when a checkpoint is complete.",
            "io.tanggap.app.run.FlinkSession org.apache.flink.runtime.minicluster.MiniCluster",
            "There is no public way to run Flink with its web pages inside a process that outlives a job.",
            "io.tanggap.app.run.FlinkSession org.apache.flink.runtime.minicluster.MiniClusterConfiguration$Builder",
            "As MiniCluster.",
            "io.tanggap.flink.types.CodecSerializer org.apache.flink.util.InstantiationUtil",
            "A serializer without parts is copied and restored by its class name, as Flink's own snapshots do.",
            "io.tanggap.flink.types.CodecSnapshot org.apache.flink.util.InstantiationUtil",
            "As CodecSerializer.",
            "io.tanggap.flink.io.DeadLetterSink$Encoding"
                    + " org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema$KafkaSinkContext",
            "A parameter of a method that the public interface makes every implementation have.",
            "io.tanggap.flink.io.PersonalDataSink$Encoding"
                    + " org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema$KafkaSinkContext",
            "As DeadLetterSink.");

    private static final DescribedPredicate<JavaClass> RUN_BY_FLINK = assignableTo(Function.class)
            .or(assignableTo(StreamOperator.class))
            .as("are functions or operators of Flink");

    private final String culprit;

    HouseRule(String culprit) {
        this.culprit = culprit;
    }

    /** The simple name of the class that proves that the rule can fail. */
    String culprit() {
        return culprit;
    }

    /** The rule for a tree of packages laid out like {@code io.tanggap}. */
    abstract ArchRule in(String root);

    /** Whether a class is not meant for users of Flink, by annotation, or by package where there is none. */
    static boolean isInside(JavaClass type) {
        if (!type.getPackageName().startsWith("org.apache.flink.")) {
            return false;
        }
        JavaClass outermost = type;
        while (outermost.getEnclosingClass().isPresent() && !isAnnotated(outermost)) {
            outermost = outermost.getEnclosingClass().get();
        }
        if (isAnnotated(outermost)) {
            return outermost.isAnnotatedWith(Internal.class);
        }
        return type.getPackageName().startsWith("org.apache.flink.runtime")
                || type.getPackageName().startsWith("org.apache.flink.streaming.runtime");
    }

    private static boolean isAnnotated(JavaClass type) {
        return type.isAnnotatedWith(Internal.class)
                || type.isAnnotatedWith(Public.class)
                || type.isAnnotatedWith(PublicEvolving.class)
                || type.isAnnotatedWith(Experimental.class);
    }

    private static DescribedPredicate<JavaAccess<?>> target(
            String what, java.util.function.Predicate<AccessTarget> matches) {
        return describe("the target " + what, access -> matches.test(access.getTarget()));
    }

    private static boolean is(AccessTarget target, Class<?> owner, String... names) {
        return target.getOwner().isEquivalentTo(owner) && Set.of(names).contains(target.getName());
    }

    private static boolean readsTheClock(AccessTarget target) {
        return (target.getOwner().getPackageName().equals("java.time")
                        && target.getName().equals("now")
                        && !hasParameters(target, java.time.Clock.class))
                || (target.getOwner().isEquivalentTo(java.time.Clock.class)
                        && (target.getName().startsWith("system")
                                || target.getName().startsWith("tick")))
                || is(target, System.class, "currentTimeMillis", "nanoTime")
                || (target.getOwner().isEquivalentTo(java.util.Date.class) && hasParameters(target));
    }

    private static boolean drawsUnseeded(AccessTarget target) {
        return (target.getOwner().isEquivalentTo(java.util.Random.class)
                        && target.getName().equals("<init>")
                        && hasParameters(target))
                || is(target, java.util.UUID.class, "randomUUID")
                || is(target, Math.class, "random")
                || is(target, java.util.concurrent.ThreadLocalRandom.class, "current")
                || target.getOwner().isEquivalentTo(java.security.SecureRandom.class);
    }

    private static boolean byLocale(AccessTarget target) {
        return (is(target, String.class, "format") && hasParameters(target, String.class, Object[].class))
                || is(target, String.class, "formatted")
                || (is(target, String.class, "toLowerCase", "toUpperCase", "getBytes") && hasParameters(target))
                || (is(target, String.class, "<init>") && hasParameters(target, byte[].class))
                || (is(target, java.io.PrintStream.class, "printf", "format")
                        && hasParameters(target, String.class, Object[].class))
                || (is(target, java.time.format.DateTimeFormatter.class, "ofPattern")
                        && hasParameters(target, String.class))
                || (is(target, java.time.format.DateTimeFormatterBuilder.class, "toFormatter") && hasParameters(target))
                || is(target, java.util.Locale.class, "getDefault")
                || is(target, java.nio.charset.Charset.class, "defaultCharset")
                || (is(target, java.io.InputStreamReader.class, "<init>")
                        && hasParameters(target, java.io.InputStream.class))
                || target.getOwner().isEquivalentTo(java.text.SimpleDateFormat.class);
    }

    private static boolean byZone(AccessTarget target) {
        return is(target, java.time.ZoneId.class, "systemDefault")
                || is(target, java.util.TimeZone.class, "getDefault")
                || is(target, java.time.Clock.class, "systemDefaultZone")
                || (java.util.List.of(
                                        java.time.LocalDate.class,
                                        java.time.LocalDateTime.class,
                                        java.time.LocalTime.class,
                                        java.time.ZonedDateTime.class,
                                        java.time.OffsetDateTime.class)
                                .stream()
                                .anyMatch(type -> is(target, type, "now"))
                        && hasParameters(target));
    }

    private static boolean hasParameters(AccessTarget target, Class<?>... types) {
        return target instanceof AccessTarget.CodeUnitAccessTarget unit
                && unit.getRawParameterTypes().stream()
                        .map(JavaClass::getName)
                        .toList()
                        .equals(java.util.Arrays.stream(types)
                                .map(Class::getName)
                                .toList());
    }
}
