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

/** The endpoints of production, but documents are discarded, and a live job ends where the topic ends. */
final class DiscardingEndpoints implements Endpoints {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Endpoints replay;
    private final String kafka;
    private final boolean live;

    DiscardingEndpoints(String kafka, boolean live) {
        this.replay = new KafkaEndpoints(kafka, "", false, Indices.Generation.CURRENT, "");
        this.kafka = kafka;
        this.live = live;
    }

    @Override
    public DataStream<Incoming> caseEvents(StreamExecutionEnvironment environment) {
        return live
                ? CaseEventSource.liveToEnd(kafka, GRACE, Clock.systemUTC())
                        .addTo(environment)
                        .uid(Op.READ_CASE_EVENTS.uid())
                : replay.caseEvents(environment);
    }

    @Override
    public SingleOutputStreamOperator<ReferencePack> reference(StreamExecutionEnvironment environment) {
        return replay.reference(environment);
    }

    @Override
    public SingleOutputStreamOperator<ChannelDeclaration> declarations(StreamExecutionEnvironment environment) {
        return replay.declarations(environment);
    }

    @Override
    public DataStream<DeadLetter> deadLetters(StreamExecutionEnvironment environment) {
        return replay.deadLetters(environment);
    }

    @Override
    public void writeDeadLetters(DataStream<DeadLetter> letters) {
        replay.writeDeadLetters(letters);
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
