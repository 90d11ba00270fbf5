package io.tanggap.app.job;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.io.ReferenceSource;
import io.tanggap.flink.state.ChannelRecord;
import io.tanggap.flink.state.PersonalNews;
import io.tanggap.flink.state.ToldRecord;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where intake reads and writes. Every operator that an endpoint adds carries its uid from {@link Op}. */
public interface IntakeEndpoints {
    /** Records of the topics of all channels, each partition in its order. */
    DataStream<ChannelRecord> channels(StreamExecutionEnvironment environment);

    /** The reference log, in order; what makes no pack is its side output {@link ReferenceSource#DEAD_LETTERS}. */
    SingleOutputStreamOperator<ReferencePack> reference(StreamExecutionEnvironment environment);

    /** Takes the events, and writes heartbeats as far as the channels have been told. */
    void writeCaseEvents(DataStream<ToldRecord> records);

    /** Takes what is personal in cases. */
    void writePersonal(DataStream<PersonalNews> personal);

    /** Takes what this job rejects. */
    void writeDeadLetters(DataStream<DeadLetter> letters);

    /** Takes the alerts of feeds. */
    void writeFeedAlerts(DataStream<Alert> alerts);

    /** Takes the documents. */
    void writeDocuments(DataStream<Document> documents);
}
