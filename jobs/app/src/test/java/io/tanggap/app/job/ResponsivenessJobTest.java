package io.tanggap.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.app.run.FlinkSession;
import io.tanggap.app.run.KafkaDailyExports;
import io.tanggap.app.run.KafkaEndpoints;
import io.tanggap.app.run.KafkaExports;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.DeadLetter.Stage;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.release.Anonymity;
import io.tanggap.core.release.DailyEvent;
import io.tanggap.core.release.Ladder;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.flink.avro.Incoming;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.Document.Kind;
import io.tanggap.flink.document.EmissionClock;
import io.tanggap.flink.io.DailyFiles;
import io.tanggap.flink.operator.KeyFile;
import io.tanggap.flink.operator.ReleasePlan;
import io.tanggap.flink.operator.Timing;
import io.tanggap.flink.types.OperatorTypes;
import io.tanggap.release.Format;
import io.tanggap.simulation.SeededCity;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResponsivenessJobTest {
    private static final int PARALLELISM = 2;
    private static final long SEED = 42;
    private static final int CASES = 40;
    private static final EmissionClock CLOCK = () -> 1_500_000_000_000_000L;
    private static final SeededCity CITY = SeededCity.ofSize(6, 3);
    private static final Instant AS_OF = SeededCity.DEFAULT_MONTH
            .plusMonths(1)
            .atDay(1)
            .atStartOfDay(CITY.referencePack().zone())
            .toInstant();

    @TempDir
    private Path checkpoints;

    private StreamExecutionEnvironment environment() {
        return environment(FlinkSession.configuration("hashmap", checkpoints, Duration.ofSeconds(10)));
    }

    private static StreamExecutionEnvironment environment(Configuration configuration) {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(PARALLELISM);
        return environment;
    }

    private static List<CaseEvent> events() {
        List<CaseEvent> events = new ArrayList<>();
        CITY.generate(SEED, CASES, SeededCity.DEFAULT_MONTH, events::add);
        return events;
    }

    /** The first three cases are one problem, by a chain. */
    private static void merge(List<CaseEvent> events) {
        List<CaseEvent> submissions = events.stream()
                .filter(event -> event.payload() instanceof Payload.Submitted)
                .collect(Collectors.toMap(CaseEvent::caseId, event -> event, (one, other) -> one, TreeMap::new))
                .values()
                .stream()
                .toList();
        for (int i = 0; i < 2; i++) {
            CaseEvent submission = submissions.get(i);
            events.add(CaseEvent.of(
                    submission.channel(),
                    submission.sourceCaseId(),
                    submission.occurredAt().plusSeconds(1),
                    submission.occurredAt().plusSeconds(1),
                    null,
                    Actor.OFFICER,
                    null,
                    Visibility.INTERNAL,
                    false,
                    TimeNote.EXACT,
                    new Payload.MergedInto(submissions.get(i + 1).caseId())));
        }
    }

    private static DeadLetter letter(String reason) {
        return new DeadLetter(Stage.REPLAY, reason, "message", "file.csv:1", new byte[] {1, 2, 3}, Instant.EPOCH);
    }

    /** Of a feed that sent nothing at all. */
    private static ChannelDeclaration declaration() {
        return new ChannelDeclaration("silent", SeededCity.DEFAULT_MONTH.atDay(3), 17, AS_OF);
    }

    private static Endpoints lists() {
        return new ListEndpoints(
                CITY.referencePack(),
                ListEndpoints.incoming(events()),
                List.of(declaration()),
                List.of(letter("malformed.csv")),
                new DiscardingSink<>(),
                new DiscardingSink<>(),
                new DiscardingSink<>());
    }

    private StreamExecutionEnvironment defined(Endpoints endpoints) {
        StreamExecutionEnvironment environment = environment();
        ResponsivenessJob.define(environment, endpoints, Timing.replay(AS_OF), CLOCK);
        return environment;
    }

    @Test
    void theTopologyOverListsIsTheGoldenOne() throws Exception {
        Topology.assertGolden("over-lists.txt", Topology.render(defined(lists()).getStreamGraph()));
    }

    @Test
    void theTopologyBetweenKafkaAndElasticsearchIsTheGoldenOne() throws Exception {
        Topology.assertGolden(
                "between-servers.txt", Topology.render(defined(servers()).getStreamGraph()));
    }

    private static List<String> uids(StreamExecutionEnvironment environment) {
        return environment.getStreamGraph().getStreamNodes().stream()
                .map(StreamNode::getTransformationUID)
                .map(String::valueOf)
                // What Flink adds to a sink; its uid is derived.
                .filter(uid -> !uid.startsWith("Sink Committer: ") && !uid.contains(": FileSinkCompactor"))
                .toList();
    }

    private static KafkaEndpoints servers() {
        return new KafkaEndpoints(
                "127.0.0.1:1", "http://127.0.0.1:1", false, Indices.Generation.CURRENT, "alerts-test");
    }

    private StreamExecutionEnvironment intake(IntakeEndpoints endpoints) {
        StreamExecutionEnvironment environment = environment();
        IntakeJob.define(environment, endpoints, KeyFile.NONE, 1, CLOCK);
        return environment;
    }

    @Test
    void theTopologyOfIntakeIsTheGoldenOne() throws Exception {
        Topology.assertGolden("intake.txt", Topology.render(intake(servers()).getStreamGraph()));
    }

    private StreamExecutionEnvironment notification() {
        StreamExecutionEnvironment environment = environment();
        NotificationJob.define(
                environment,
                servers(),
                null,
                () -> {
                    throw new IOException("nobody is told");
                },
                CLOCK);
        return environment;
    }

    @Test
    void theTopologyOfNotificationIsTheGoldenOne() throws Exception {
        Topology.assertGolden("notification.txt", Topology.render(notification().getStreamGraph()));
    }

    private StreamExecutionEnvironment export() {
        StreamExecutionEnvironment environment = environment();
        ExportJob.define(
                environment,
                new KafkaExports("127.0.0.1:1"),
                new ReleasePlan(
                        AS_OF,
                        null,
                        null,
                        null,
                        Set.of(),
                        Anonymity.DEFAULT,
                        Ladder.TIMES,
                        Set.of(Format.CSV),
                        true,
                        3,
                        "nowhere"),
                KeyFile.NONE,
                CLOCK);
        return environment;
    }

    @Test
    void theTopologyOfTheExportIsTheGoldenOne() throws Exception {
        Topology.assertGolden("export.txt", Topology.render(export().getStreamGraph()));
    }

    private StreamExecutionEnvironment dailyExport() {
        StreamExecutionEnvironment environment = environment();
        DailyExportJob.define(
                environment,
                new Bounded(new KafkaDailyExports("127.0.0.1:1", new DailyFiles(URI.create("file:///nowhere")), 10)),
                KeyFile.NONE,
                1);
        return environment;
    }

    /** Reads to an end, for a source without one asks the broker how many partitions there are. */
    private record Bounded(KafkaDailyExports endpoints) implements DailyExportEndpoints {
        @Override
        public DataStream<Incoming> caseEvents(StreamExecutionEnvironment environment) {
            return new KafkaExports(endpoints.bootstrap()).caseEvents(environment);
        }

        @Override
        public SingleOutputStreamOperator<ReferencePack> reference(StreamExecutionEnvironment environment) {
            return endpoints.reference(environment);
        }

        @Override
        public void writeDeadLetters(DataStream<DeadLetter> letters) {
            endpoints.writeDeadLetters(letters);
        }

        @Override
        public void writeDays(DataStream<DailyEvent> events) {
            endpoints.writeDays(events);
        }
    }

    @Test
    void theTopologyOfTheDailyExportIsTheGoldenOne() throws Exception {
        Topology.assertGolden("daily-export.txt", Topology.render(dailyExport().getStreamGraph()));
    }

    @Test
    void everyOperatorHasItsOwnUidFromTheOneList() {
        Set<String> known = Arrays.stream(Op.values()).map(Op::uid).collect(Collectors.toSet());
        List<String> used = uids(defined(servers()));
        List<String> usedByIntake = uids(intake(servers()));
        List<String> usedByNotification = uids(notification());
        assertThat(used).doesNotHaveDuplicates();
        assertThat(usedByIntake).doesNotHaveDuplicates();
        assertThat(usedByNotification).doesNotHaveDuplicates();
        Set<String> all = new HashSet<>(used);
        all.addAll(usedByIntake);
        all.addAll(usedByNotification);
        List<String> usedByExport = uids(export());
        assertThat(usedByExport).doesNotHaveDuplicates();
        List<String> usedByDailyExport = uids(dailyExport());
        assertThat(usedByDailyExport).doesNotHaveDuplicates();
        all.addAll(usedByDailyExport);
        // One for each rung of the ladder.
        usedByExport.forEach(uid -> all.add(uid.replaceFirst("^(stand-on-rung)-[0-9]+$", "$1")));
        assertThat(all).isEqualTo(known);
    }

    @Test
    void anOperatorWithoutUidFailsTheBuildOfTheGraph() {
        Endpoints nameless = new Delegating(lists()) {
            @Override
            public void writeDocuments(DataStream<Document> documents) {
                super.writeDocuments(documents.map(document -> document).returns(OperatorTypes.DOCUMENT));
            }
        };
        assertThatThrownBy(() -> defined(nameless).getStreamGraph().getJobGraph())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no UID or hash has been assigned");
        assertThat(defined(lists()).getStreamGraph().getJobGraph().getVertices())
                .as("the same with all of them")
                .isNotEmpty();
    }

    @Test
    void aTypeThatFlinkWouldHandToKryoFailsTheBuildOfTheGraph() {
        Endpoints guessed = new Delegating(lists()) {
            @Override
            public void writeDocuments(DataStream<Document> documents) {
                super.writeDocuments(documents
                        .map(Object::toString)
                        .returns(String.class)
                        .uid("a")
                        .map(text -> new StringBuilder(text))
                        .returns(StringBuilder.class)
                        .uid("b")
                        .map(text -> new Document(Kind.CASE, text.toString(), 1, new byte[0]))
                        .returns(OperatorTypes.DOCUMENT)
                        .uid("c"));
            }
        };
        assertThatThrownBy(() -> defined(guessed).getStreamGraph().getJobGraph())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Generic types have been disabled");
    }

    @Test
    void theWholeJobRunsWithoutKryo() throws Exception {
        List<CaseEvent> events = events();
        merge(events);
        List<Incoming> incoming = new ArrayList<>(ListEndpoints.incoming(events));
        incoming.add(Incoming.of(AS_OF));
        incoming.add(Incoming.of(letter("malformed.avro")));
        Kept.clear();
        try (FlinkSession session = FlinkSession.start(0, PARALLELISM, checkpoints)) {
            StreamExecutionEnvironment environment =
                    session.environment(PARALLELISM, "hashmap", checkpoints, Duration.ofSeconds(10));
            ResponsivenessJob.define(
                    environment,
                    new ListEndpoints(
                            CITY.referencePack(),
                            incoming,
                            List.of(declaration()),
                            List.of(letter("malformed.csv")),
                            new Kept<>("letters"),
                            new Kept<>("alerts"),
                            new Kept<>("documents")),
                    Timing.replay(AS_OF),
                    CLOCK);
            environment.execute("over lists");
        }
        List<Document> documents = Kept.of("documents", Document.class);
        Map<Kind, Long> kinds =
                documents.stream().collect(Collectors.groupingBy(Document::kind, Collectors.counting()));
        assertThat(kinds)
                .containsOnlyKeys(
                        Kind.CASE,
                        Kind.VISIT,
                        Kind.PROBLEM,
                        Kind.CELL,
                        Kind.RESPONSIVENESS,
                        Kind.PAIR,
                        Kind.ALERT,
                        Kind.DEAD_LETTER);
        assertThat(kinds)
                .containsEntry(Kind.CASE, (long) CASES)
                .containsEntry(Kind.PROBLEM, CASES - 2L)
                .containsEntry(Kind.DEAD_LETTER, 2L);
        assertThat(documents)
                .as("a silent feed shows as missing coverage")
                .anyMatch(document -> document.id()
                                .equals("CHANNEL|ORIGIN|silent|*|*|MONTH|"
                                        + SeededCity.DEFAULT_MONTH.atDay(1).toEpochDay())
                        && new String(document.source(), StandardCharsets.UTF_8).contains("\"coverage\":0.0"));
        assertThat(Kept.of("alerts", Alert.class).stream().map(Alert::id))
                .as("each alert is indexed and sent")
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(documents.stream()
                        .filter(document -> document.kind() == Kind.ALERT)
                        .map(Document::id)
                        .toList());
        assertThat(documents)
                .as("a replay writes each once")
                .extracting(document -> document.kind() + document.id())
                .doesNotHaveDuplicates();
        assertThat(Kept.of("letters", DeadLetter.class)).containsExactly(letter("malformed.avro"));
    }

    /** Endpoints of which a test changes one. */
    private static class Delegating implements Endpoints {
        private final Endpoints endpoints;

        Delegating(Endpoints endpoints) {
            this.endpoints = endpoints;
        }

        @Override
        public DataStream<Incoming> caseEvents(StreamExecutionEnvironment environment) {
            return endpoints.caseEvents(environment);
        }

        @Override
        public SingleOutputStreamOperator<ReferencePack> reference(StreamExecutionEnvironment environment) {
            return endpoints.reference(environment);
        }

        @Override
        public SingleOutputStreamOperator<ChannelDeclaration> declarations(StreamExecutionEnvironment environment) {
            return endpoints.declarations(environment);
        }

        @Override
        public DataStream<DeadLetter> deadLetters(StreamExecutionEnvironment environment) {
            return endpoints.deadLetters(environment);
        }

        @Override
        public void writeDeadLetters(DataStream<DeadLetter> letters) {
            endpoints.writeDeadLetters(letters);
        }

        @Override
        public void writeAlerts(DataStream<Alert> alerts) {
            endpoints.writeAlerts(alerts);
        }

        @Override
        public void writeDocuments(DataStream<Document> documents) {
            endpoints.writeDocuments(documents);
        }
    }
}
