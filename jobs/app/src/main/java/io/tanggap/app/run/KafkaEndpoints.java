package io.tanggap.app.run;

import io.tanggap.app.job.Endpoints;
import io.tanggap.app.job.IntakeEndpoints;
import io.tanggap.app.job.NotificationEndpoints;
import io.tanggap.app.job.Op;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.notice.Silence;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.elasticsearch.DocumentWrite;
import io.tanggap.elasticsearch.ElasticsearchSink;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.elasticsearch.Indices.Generation;
import io.tanggap.flink.avro.Incoming;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.io.AlertSink;
import io.tanggap.flink.io.AlertSource;
import io.tanggap.flink.io.CaseEventSink;
import io.tanggap.flink.io.CaseEventSource;
import io.tanggap.flink.io.ChannelDeclarationSource;
import io.tanggap.flink.io.ChannelSource;
import io.tanggap.flink.io.DeadLetterSink;
import io.tanggap.flink.io.DeadLetterSource;
import io.tanggap.flink.io.PersonalDataSink;
import io.tanggap.flink.io.ReferenceSource;
import io.tanggap.flink.io.SilenceSource;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.state.ChannelRecord;
import io.tanggap.flink.state.Heard;
import io.tanggap.flink.state.PersonalNews;
import io.tanggap.flink.state.ToldRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** The endpoints of production: Kafka in, Kafka and Elasticsearch out. */
public final class KafkaEndpoints implements Endpoints, IntakeEndpoints, NotificationEndpoints {
    // Under these the progress can be watched; a job itself restarts from its checkpoints.
    /** The consumer group of intake. */
    public static final String INTAKE = "tanggap-intake";
    /** The consumer group of notification. */
    public static final String NOTIFICATION = "tanggap-notification";

    private static final String RESPONSIVENESS = "tanggap-responsiveness";
    private static final String REFERENCE = "tanggap-reference";
    private static final Duration GRACE = Duration.ofSeconds(1);
    /** Documents that wait in all writers; live, as many as keep alerts flowing while Elasticsearch is away. */
    private static final int LIVE_BUFFER = 500_000;
    /** A replay may hold up its input, and checkpoints carry what is buffered. */
    private static final int REPLAY_BUFFER = 100_000;

    private static final int LEAST_BUFFER = 5_000;
    /** Of a heap of 3 GiB, in which a checkpoint holds them again. */
    private static final long BUFFER_BYTES = 384L << 20;

    private final String bootstrap;
    private final String elasticsearch;
    private final boolean live;
    private final Generation generation;
    private final String alerts;

    /**
     * @param live whether the topics are read without end
     * @param generation the indices that documents are written to
     * @param alerts the topic that alerts of cases are written to
     */
    public KafkaEndpoints(String bootstrap, String elasticsearch, boolean live, Generation generation, String alerts) {
        this.bootstrap = bootstrap;
        this.elasticsearch = elasticsearch;
        this.live = live;
        this.generation = generation;
        this.alerts = alerts;
    }

    /** The consumer group of the job that writes a generation: two of them run side by side while one replaces the other. */
    public static String group(Generation generation) {
        return RESPONSIVENESS + generation.suffix();
    }

    @Override
    public DataStream<Incoming> caseEvents(StreamExecutionEnvironment environment) {
        CaseEventSource source = live
                ? CaseEventSource.live(bootstrap, group(generation), GRACE, Clock.systemUTC())
                : CaseEventSource.replay(bootstrap, Clock.systemUTC());
        return source.addTo(environment).uid(Op.READ_CASE_EVENTS.uid()).name(Op.READ_CASE_EVENTS.uid());
    }

    @Override
    public DataStream<ChannelRecord> channels(StreamExecutionEnvironment environment) {
        ChannelSource source = live ? ChannelSource.live(bootstrap, INTAKE) : ChannelSource.replay(bootstrap);
        return source.addTo(environment).uid(Op.READ_CHANNELS.uid()).name(Op.READ_CHANNELS.uid());
    }

    @Override
    public void writeCaseEvents(DataStream<ToldRecord> records) {
        records.sinkTo(new CaseEventSink(bootstrap, live, Clock.systemUTC()))
                .setParallelism(1)
                .setMaxParallelism(1)
                .uid(Op.WRITE_CASE_EVENTS.uid())
                .name(Op.WRITE_CASE_EVENTS.uid());
    }

    @Override
    public void writePersonal(DataStream<PersonalNews> personal) {
        personal.sinkTo(PersonalDataSink.of(bootstrap))
                .uid(Op.WRITE_PERSONAL.uid())
                .name(Op.WRITE_PERSONAL.uid());
    }

    @Override
    public SingleOutputStreamOperator<Heard> alerts(
            StreamExecutionEnvironment environment, @Nullable Instant newsSince) {
        return new AlertSource(bootstrap, NOTIFICATION, newsSince, Clock.systemUTC())
                .addTo(environment, Op.READ_ALERTS.uid(), Op.DECODE_ALERTS.uid());
    }

    @Override
    public SingleOutputStreamOperator<Silence> silences(StreamExecutionEnvironment environment) {
        return new SilenceSource(bootstrap, NOTIFICATION, Clock.systemUTC())
                .addTo(environment, Op.READ_SILENCES.uid(), Op.DECODE_SILENCES.uid());
    }

    @Override
    public SingleOutputStreamOperator<ReferencePack> reference(StreamExecutionEnvironment environment) {
        ReferenceSource source = live
                ? ReferenceSource.live(bootstrap, REFERENCE, Clock.systemUTC())
                : ReferenceSource.replay(bootstrap, Clock.systemUTC());
        return source.addTo(environment, Op.READ_REFERENCE.uid(), Op.ASSEMBLE_PACKS.uid());
    }

    @Override
    public SingleOutputStreamOperator<ChannelDeclaration> declarations(StreamExecutionEnvironment environment) {
        ChannelDeclarationSource source = live
                ? ChannelDeclarationSource.live(bootstrap, RESPONSIVENESS, Clock.systemUTC())
                : ChannelDeclarationSource.replay(bootstrap, Clock.systemUTC());
        return source.addTo(environment, Op.READ_DECLARATIONS.uid(), Op.DECODE_DECLARATIONS.uid());
    }

    @Override
    public DataStream<DeadLetter> deadLetters(StreamExecutionEnvironment environment) {
        DeadLetterSource source = live
                ? DeadLetterSource.live(bootstrap, RESPONSIVENESS, Clock.systemUTC())
                : DeadLetterSource.replay(bootstrap, Clock.systemUTC());
        return source.addTo(environment).uid(Op.READ_DEAD_LETTERS.uid()).name(Op.READ_DEAD_LETTERS.uid());
    }

    @Override
    public void writeDeadLetters(DataStream<DeadLetter> letters) {
        letters.sinkTo(DeadLetterSink.of(bootstrap))
                .uid(Op.WRITE_DEAD_LETTERS.uid())
                .name(Op.WRITE_DEAD_LETTERS.uid());
    }

    @Override
    public void writeAlerts(DataStream<Alert> raised) {
        raised.sinkTo(AlertSink.of(bootstrap, alerts))
                .uid(Op.WRITE_ALERTS.uid())
                .name(Op.WRITE_ALERTS.uid());
    }

    @Override
    public void writeFeedAlerts(DataStream<Alert> raised) {
        raised.sinkTo(AlertSink.of(bootstrap, Topics.FEED_ALERTS))
                .uid(Op.WRITE_FEED_ALERTS.uid())
                .name(Op.WRITE_FEED_ALERTS.uid());
    }

    @Override
    public void writeDocuments(DataStream<Document> documents) {
        int writers = documents.getExecutionEnvironment().getParallelism();
        ElasticsearchSink<Document> sink = ElasticsearchSink.<Document>builder()
                .hosts(List.of(elasticsearch))
                .converter(new ToWrite(generation))
                .rejectedDocuments(new RejectedToDeadLetters(bootstrap))
                .maxBufferedDocuments(Math.max(LEAST_BUFFER, (live ? LIVE_BUFFER : REPLAY_BUFFER) / writers))
                .maxBufferedBytes(BUFFER_BYTES / writers)
                .build();
        documents.sinkTo(sink).uid(Op.WRITE_DOCUMENTS.uid()).name(Op.WRITE_DOCUMENTS.uid());
    }

    /** A document under the name that its kind has in a generation. */
    public static DocumentWrite write(Document document, Generation generation) {
        return new DocumentWrite(
                generation.nameOf(kindOf(document.kind())), document.id(), document.version(), document.source());
    }

    private static Indices.Kind kindOf(Document.Kind kind) {
        return switch (kind) {
            case CASE -> Indices.Kind.CASES;
            case VISIT -> Indices.Kind.VISITS;
            case CELL -> Indices.Kind.CELLS;
            case RESPONSIVENESS -> Indices.Kind.RESPONSIVENESS;
            case DEAD_LETTER -> Indices.Kind.DEAD_LETTERS;
            case FEED -> Indices.Kind.FEEDS;
            case PROBLEM -> Indices.Kind.PROBLEMS;
            case RESTATEMENT -> Indices.Kind.RESTATEMENTS;
            case PAIR -> Indices.Kind.PAIRS;
            case STANDING -> Indices.Kind.STANDINGS;
            case ALERT -> Indices.Kind.ALERTS;
            case DELIVERY -> Indices.Kind.DELIVERIES;
        };
    }

    private record ToWrite(Generation generation) implements ElementConverter<Document, DocumentWrite> {
        @Override
        public DocumentWrite apply(Document document, SinkWriter.Context context) {
            return write(document, generation);
        }
    }
}
