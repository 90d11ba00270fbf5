package io.tanggap.app.run;

import io.tanggap.app.job.Endpoints;
import io.tanggap.app.job.Op;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.elasticsearch.DocumentWrite;
import io.tanggap.elasticsearch.ElasticsearchSink;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.flink.avro.Incoming;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.io.CaseEventSource;
import io.tanggap.flink.io.DeadLetterSink;
import io.tanggap.flink.io.DeadLetterSource;
import io.tanggap.flink.io.ReferenceSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The endpoints of production: Kafka in, Elasticsearch out. */
public final class KafkaEndpoints implements Endpoints {
    private static final String GROUP = "tanggap-responsiveness";
    private static final Duration GRACE = Duration.ofSeconds(1);
    /** A replay may hold up its input, and checkpoints carry what is buffered. */
    private static final int REPLAY_BUFFER = 50_000;

    private final String bootstrap;
    private final String elasticsearch;
    private final boolean live;

    public KafkaEndpoints(String bootstrap, String elasticsearch, boolean live) {
        this.bootstrap = bootstrap;
        this.elasticsearch = elasticsearch;
        this.live = live;
    }

    @Override
    public DataStream<Incoming> caseEvents(StreamExecutionEnvironment environment) {
        CaseEventSource source = live
                ? CaseEventSource.live(bootstrap, GROUP, GRACE, Clock.systemUTC())
                : CaseEventSource.replay(bootstrap, Clock.systemUTC());
        return source.addTo(environment).uid(Op.READ_CASE_EVENTS.uid()).name(Op.READ_CASE_EVENTS.uid());
    }

    @Override
    public SingleOutputStreamOperator<ReferencePack> reference(StreamExecutionEnvironment environment) {
        ReferenceSource source = live
                ? ReferenceSource.live(bootstrap, GROUP, Clock.systemUTC())
                : ReferenceSource.replay(bootstrap, Clock.systemUTC());
        return source.addTo(environment, Op.READ_REFERENCE.uid(), Op.ASSEMBLE_PACKS.uid());
    }

    @Override
    public DataStream<DeadLetter> deadLetters(StreamExecutionEnvironment environment) {
        DeadLetterSource source = live
                ? DeadLetterSource.live(bootstrap, GROUP, Clock.systemUTC())
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
    public void writeDocuments(DataStream<Document> documents) {
        ElasticsearchSink.Builder<Document> sink = ElasticsearchSink.<Document>builder()
                .hosts(List.of(elasticsearch))
                .converter(new ToWrite())
                .rejectedDocuments(new RejectedToDeadLetters(bootstrap));
        if (!live) {
            sink.maxBufferedDocuments(REPLAY_BUFFER);
        }
        documents.sinkTo(sink.build()).uid(Op.WRITE_DOCUMENTS.uid()).name(Op.WRITE_DOCUMENTS.uid());
    }

    /** A document under the alias of its kind. */
    static DocumentWrite write(Document document) {
        return new DocumentWrite(alias(document.kind()), document.id(), document.version(), document.source());
    }

    private static String alias(Document.Kind kind) {
        Indices.Kind index =
                switch (kind) {
                    case CASE -> Indices.Kind.CASES;
                    case VISIT -> Indices.Kind.VISITS;
                    case CELL -> Indices.Kind.CELLS;
                    case RESPONSIVENESS -> Indices.Kind.RESPONSIVENESS;
                    case DEAD_LETTER -> Indices.Kind.DEAD_LETTERS;
                };
        return index.alias();
    }

    private static final class ToWrite implements ElementConverter<Document, DocumentWrite> {
        private static final long serialVersionUID = 1;

        @Override
        public DocumentWrite apply(Document document, SinkWriter.Context context) {
            return write(document);
        }
    }
}
