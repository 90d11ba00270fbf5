package io.tanggap.app.job;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.avro.Incoming;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.io.ChannelDeclarationSource;
import io.tanggap.flink.io.ReferenceSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where a job reads and writes. Every operator that an endpoint adds carries its uid from {@link Op}. */
public interface Endpoints {
    /** Records of the topic case-events, with watermarks by heartbeats in live mode and none in a replay. */
    DataStream<Incoming> caseEvents(StreamExecutionEnvironment environment);

    /** The reference log, in order; what makes no pack is its side output {@link ReferenceSource#DEAD_LETTERS}. */
    SingleOutputStreamOperator<ReferencePack> reference(StreamExecutionEnvironment environment);

    /**
     * What sources say they have of the days of their channels; what is no declaration is its side output
     * {@link ChannelDeclarationSource#DEAD_LETTERS}.
     */
    SingleOutputStreamOperator<ChannelDeclaration> declarations(StreamExecutionEnvironment environment);

    /** What others have rejected, to be shown in the index. */
    DataStream<DeadLetter> deadLetters(StreamExecutionEnvironment environment);

    /** Takes what this job rejects. */
    void writeDeadLetters(DataStream<DeadLetter> letters);

    /** Takes the alerts of cases. */
    void writeAlerts(DataStream<Alert> alerts);

    /** Takes the documents. */
    void writeDocuments(DataStream<Document> documents);
}
