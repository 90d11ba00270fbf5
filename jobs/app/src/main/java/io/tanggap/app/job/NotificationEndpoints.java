package io.tanggap.app.job;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.notice.Silence;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.io.AlertSource;
import io.tanggap.flink.io.ReferenceSource;
import io.tanggap.flink.io.SilenceSource;
import io.tanggap.flink.state.Heard;
import java.time.Instant;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Where notification reads and writes. Every operator that an endpoint adds carries its uid from {@link Op}. */
public interface NotificationEndpoints {
    /**
     * Alerts of cases and of feeds; what is none is its side output {@link AlertSource#DEAD_LETTERS}.
     *
     * @param newsSince see {@link AlertSource}
     */
    SingleOutputStreamOperator<Heard> alerts(StreamExecutionEnvironment environment, @Nullable Instant newsSince);

    /** Silences, in order; what is none is its side output {@link SilenceSource#DEAD_LETTERS}. */
    SingleOutputStreamOperator<Silence> silences(StreamExecutionEnvironment environment);

    /** The reference log, in order; what makes no pack is its side output {@link ReferenceSource#DEAD_LETTERS}. */
    SingleOutputStreamOperator<ReferencePack> reference(StreamExecutionEnvironment environment);

    /** Takes what this job gives up. */
    void writeDeadLetters(DataStream<DeadLetter> letters);

    /** Takes the documents. */
    void writeDocuments(DataStream<Document> documents);
}
