package io.tanggap.bench;

import io.tanggap.app.job.Endpoints;
import io.tanggap.app.job.Op;
import io.tanggap.app.run.KafkaEndpoints;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.flink.avro.Incoming;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.io.CaseEventSource;
import java.time.Clock;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;

/** The endpoints of production, but documents are discarded. */
final class DiscardingEndpoints implements Endpoints {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Endpoints production;
    /** Case events, where they are read in a way that production does not have. */
    private final @Nullable CaseEventSource caseEvents;

    private DiscardingEndpoints(String kafka, boolean live, @Nullable CaseEventSource caseEvents) {
        this.production = new KafkaEndpoints(kafka, "", live, Indices.Generation.CURRENT, "");
        this.caseEvents = caseEvents;
    }

    static DiscardingEndpoints replay(String kafka) {
        return new DiscardingEndpoints(kafka, false, null);
    }

    /** A live job that goes on until it is cancelled. */
    static DiscardingEndpoints live(String kafka) {
        return new DiscardingEndpoints(kafka, true, null);
    }

    /** A live job that ends where the topic ends. */
    static DiscardingEndpoints liveToEnd(String kafka) {
        return new DiscardingEndpoints(kafka, false, CaseEventSource.liveToEnd(kafka, GRACE, Clock.systemUTC()));
    }

    @Override
    public DataStream<Incoming> caseEvents(StreamExecutionEnvironment environment) {
        return caseEvents == null
                ? production.caseEvents(environment)
                : caseEvents.addTo(environment).uid(Op.READ_CASE_EVENTS.uid());
    }

    @Override
    public SingleOutputStreamOperator<ReferencePack> reference(StreamExecutionEnvironment environment) {
        return production.reference(environment);
    }

    @Override
    public SingleOutputStreamOperator<ChannelDeclaration> declarations(StreamExecutionEnvironment environment) {
        return production.declarations(environment);
    }

    @Override
    public DataStream<DeadLetter> deadLetters(StreamExecutionEnvironment environment) {
        return production.deadLetters(environment);
    }

    @Override
    public void writeDeadLetters(DataStream<DeadLetter> letters) {
        production.writeDeadLetters(letters);
    }

    @Override
    public void writeAlerts(DataStream<Alert> alerts) {
        alerts.sinkTo(new DiscardingSink<>()).uid(Op.WRITE_ALERTS.uid());
    }

    @Override
    public void writeDocuments(DataStream<Document> documents) {
        documents
                .process(new Discard())
                .returns(Types.VOID)
                .uid(Op.WRITE_DOCUMENTS.uid())
                .name("discard");
    }
}
