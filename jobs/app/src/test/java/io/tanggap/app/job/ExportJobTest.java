package io.tanggap.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.app.run.FlinkSession;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.release.Anonymity;
import io.tanggap.core.release.Ladder;
import io.tanggap.core.release.Published;
import io.tanggap.core.release.Rung;
import io.tanggap.flink.avro.Incoming;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.Document.Kind;
import io.tanggap.flink.document.EmissionClock;
import io.tanggap.flink.operator.KeyFile;
import io.tanggap.flink.operator.ReleaseFacts;
import io.tanggap.flink.operator.ReleasePlan;
import io.tanggap.flink.operator.Timing;
import io.tanggap.flink.operator.WriteRows;
import io.tanggap.release.Format;
import io.tanggap.simulation.SeededCity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportJobTest {
    private static final long SEED = 7;
    private static final int CASES = 600;
    private static final EmissionClock CLOCK = () -> 1_500_000_000_000_000L;
    private static final SeededCity CITY = SeededCity.ofSize(6, 3);
    private static final Instant AS_OF = SeededCity.DEFAULT_MONTH
            .plusMonths(1)
            .atDay(1)
            .atStartOfDay(CITY.referencePack().zone())
            .toInstant();

    @TempDir
    private Path directory;

    private static List<CaseEvent> events() {
        List<CaseEvent> events = new ArrayList<>();
        CITY.generate(SEED, CASES, SeededCity.DEFAULT_MONTH, events::add);
        return events;
    }

    /** Lists in; the files are the output. */
    private record Lists(ReferencePack pack, List<Incoming> events, List<Tuple3<String, String, Long>> texts)
            implements ExportEndpoints {
        private Endpoints ofTheMainJob() {
            return new ListEndpoints(
                    pack,
                    events,
                    List.of(),
                    List.of(),
                    new DiscardingSink<>(),
                    new DiscardingSink<>(),
                    new DiscardingSink<>());
        }

        @Override
        public DataStream<Incoming> caseEvents(StreamExecutionEnvironment environment) {
            return ofTheMainJob().caseEvents(environment);
        }

        @Override
        public SingleOutputStreamOperator<ReferencePack> reference(StreamExecutionEnvironment environment) {
            return ofTheMainJob().reference(environment);
        }

        @Override
        public DataStream<Tuple3<String, String, Long>> words(StreamExecutionEnvironment environment) {
            return environment
                    .fromData(texts, Types.TUPLE(Types.STRING, Types.STRING, Types.LONG))
                    .setParallelism(1)
                    .uid(Op.READ_WORDS.uid())
                    .name(Op.READ_WORDS.uid());
        }
    }

    private ReleaseFacts export(Path out, Ladder ladder, List<CaseEvent> events, int parallelism) throws Exception {
        Files.createDirectories(out);
        Path key = directory.resolve("key");
        Files.write(key, "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        Published words = new Published(Reference.of(List.of(CITY.referencePack())), AS_OF);
        ReleasePlan plan = new ReleasePlan(
                AS_OF,
                null,
                null,
                null,
                Set.of(),
                Anonymity.DEFAULT,
                ladder,
                EnumSet.allOf(Format.class),
                false,
                words.deepest(),
                out.toString());
        try (FlinkSession session = FlinkSession.start(0, parallelism, directory)) {
            StreamExecutionEnvironment environment =
                    session.environment(parallelism, "hashmap", directory, Duration.ofSeconds(10));
            ExportJob.define(
                    environment,
                    new Lists(CITY.referencePack(), ListEndpoints.incoming(events), List.of()),
                    plan,
                    new KeyFile(key.toString()),
                    CLOCK);
            return new ReleaseFacts(environment.execute("export").getAllAccumulatorResults());
        }
    }

    @Test
    void everyCaseIsPlacedOrWithheldAndNoClassIsTooSmall() throws Exception {
        for (Ladder ladder : Ladder.values()) {
            ReleaseFacts facts = export(directory.resolve(ladder.name()), ladder, events(), 2);
            long placed = 0;
            for (Rung rung : ladder.rungs()) {
                placed += facts.casesOn(rung);
            }
            assertThat(placed).isEqualTo(facts.cases()).isPositive();
            assertThat(placed + facts.withheld()).isEqualTo(CASES);
        }
    }

    @Test
    void theSameCasesGiveTheSameFilesHoweverTheJobRuns() throws Exception {
        List<CaseEvent> events = events();
        export(directory.resolve("one"), Ladder.TIMES, events, 1);
        List<CaseEvent> turned = new ArrayList<>();
        events.forEach(event -> turned.add(0, event));
        turned.addAll(events.subList(0, 50));
        export(directory.resolve("other"), Ladder.TIMES, turned, 3);
        assertThat(files(directory.resolve("other"))).isEqualTo(files(directory.resolve("one")));
    }

    @Test
    void theRowsOfMonthsAreThoseOfTheMainJob() throws Exception {
        export(directory.resolve("out"), Ladder.TIMES, events(), 2);
        Kept.clear();
        try (FlinkSession session = FlinkSession.start(0, 2, directory)) {
            StreamExecutionEnvironment environment =
                    session.environment(2, "hashmap", directory, Duration.ofSeconds(10));
            ResponsivenessJob.define(
                    environment,
                    new ListEndpoints(
                            CITY.referencePack(),
                            ListEndpoints.incoming(events()),
                            List.of(new ChannelDeclaration("silent", SeededCity.DEFAULT_MONTH.atDay(3), 17, AS_OF)),
                            List.of(new DeadLetter(
                                    DeadLetter.Stage.REPLAY, "malformed.csv", "m", "f:1", new byte[] {1}, AS_OF)),
                            new DiscardingSink<>(),
                            new DiscardingSink<>(),
                            new Kept<>("documents")),
                    Timing.replay(AS_OF),
                    CLOCK);
            environment.execute("over lists");
        }
        List<String> shown = Kept.of("documents", Document.class).stream()
                .filter(row -> row.kind() == Kind.RESPONSIVENESS
                        && row.id().contains("|*|*|MONTH|")
                        && !row.id().startsWith("CHANNEL"))
                .map(row -> new String(row.source(), StandardCharsets.UTF_8))
                .toList();
        assertThat(Files.readAllLines(directory.resolve("out").resolve(WriteRows.FILE)))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(shown);
    }

    private static Map<String, String> files(Path in) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(in)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(WriteRows.FILE))
                    .forEach(file -> {
                        try {
                            files.put(
                                    in.relativize(file).toString(),
                                    Files.readString(file, StandardCharsets.ISO_8859_1));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
        return files;
    }
}
