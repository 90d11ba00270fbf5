package io.tanggap.flink.operator;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.DocumentWriter;
import io.tanggap.flink.document.EmissionClock;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Makes dead letters visible: a document each, without the record's bytes. The same letter twice is one document. */
public final class DescribeDeadLetters extends ProcessFunction<DeadLetter, Document> {
    private final EmissionClock clock;
    private transient DocumentWriter documents;

    public DescribeDeadLetters(EmissionClock clock) {
        this.clock = clock;
    }

    @Override
    public void open(OpenContext context) {
        documents = new DocumentWriter(clock);
    }

    @Override
    public void processElement(DeadLetter letter, Context context, Collector<Document> out) {
        // Not keyed, so the version is the clock alone: the content of all versions is the same.
        out.collect(documents.ofDeadLetter(letter, clock.nextVersion(0)).document());
    }
}
