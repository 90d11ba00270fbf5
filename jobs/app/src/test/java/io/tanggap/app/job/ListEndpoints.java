package io.tanggap.app.job;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.avro.Incoming;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.types.DomainTypes;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Endpoints without servers: lists in, any sink out. */
final class ListEndpoints implements Endpoints {
    private final ReferencePack pack;
    private final List<Incoming> events;
    private final List<ChannelDeclaration> declarations;
    private final List<DeadLetter> letters;
    private final Sink<DeadLetter> rejected;
    private final Sink<Alert> alerts;
    private final Sink<Document> documents;

    ListEndpoints(
            ReferencePack pack,
            List<Incoming> events,
            List<ChannelDeclaration> declarations,
            List<DeadLetter> letters,
            Sink<DeadLetter> rejected,
            Sink<Alert> alerts,
            Sink<Document> documents) {
        this.pack = pack;
        this.events = events;
        this.declarations = declarations;
        this.letters = letters;
        this.rejected = rejected;
        this.alerts = alerts;
        this.documents = documents;
    }

    static List<Incoming> incoming(List<CaseEvent> events) {
        return events.stream().map(Incoming::of).toList();
    }

    @Override
    public DataStream<Incoming> caseEvents(StreamExecutionEnvironment environment) {
        return environment
                .fromData(events, DomainTypes.INCOMING)
                .uid(Op.READ_CASE_EVENTS.uid())
                .name(Op.READ_CASE_EVENTS.uid());
    }

    @Override
    public SingleOutputStreamOperator<ReferencePack> reference(StreamExecutionEnvironment environment) {
        return environment
                .fromData(List.of(pack), DomainTypes.REFERENCE_PACK)
                .setParallelism(1)
                .uid(Op.READ_REFERENCE.uid())
                .name(Op.READ_REFERENCE.uid());
    }

    @Override
    public SingleOutputStreamOperator<ChannelDeclaration> declarations(StreamExecutionEnvironment environment) {
        return environment
                .fromData(declarations, DomainTypes.CHANNEL_DECLARATION)
                .setParallelism(1)
                .uid(Op.READ_DECLARATIONS.uid())
                .name(Op.READ_DECLARATIONS.uid());
    }

    @Override
    public DataStream<DeadLetter> deadLetters(StreamExecutionEnvironment environment) {
        return environment
                .fromData(letters, DomainTypes.DEAD_LETTER)
                .setParallelism(1)
                .uid(Op.READ_DEAD_LETTERS.uid())
                .name(Op.READ_DEAD_LETTERS.uid());
    }

    @Override
    public void writeDeadLetters(DataStream<DeadLetter> stream) {
        stream.sinkTo(rejected).uid(Op.WRITE_DEAD_LETTERS.uid()).name(Op.WRITE_DEAD_LETTERS.uid());
    }

    @Override
    public void writeAlerts(DataStream<Alert> stream) {
        stream.sinkTo(alerts).uid(Op.WRITE_ALERTS.uid()).name(Op.WRITE_ALERTS.uid());
    }

    @Override
    public void writeDocuments(DataStream<Document> stream) {
        stream.sinkTo(documents).uid(Op.WRITE_DOCUMENTS.uid()).name(Op.WRITE_DOCUMENTS.uid());
    }
}
