package io.tanggap.flink.io;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Turns what an operator sees, watermarks included, into records: each record into {@link #RECORD}, a watermark into its time. */
final class Observe<T> extends AbstractStreamOperator<Long> implements OneInputStreamOperator<T, Long> {
    static final long RECORD = Long.MIN_VALUE;

    @Override
    public void processElement(StreamRecord<T> element) {
        output.collect(new StreamRecord<>(RECORD));
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        output.collect(new StreamRecord<>(mark.getTimestamp()));
        super.processWatermark(mark);
    }
}
