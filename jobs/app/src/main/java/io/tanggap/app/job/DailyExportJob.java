package io.tanggap.app.job;

import static io.tanggap.app.job.ResponsivenessJob.named;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.release.DailyEvent;
import io.tanggap.flink.io.ReferenceSource;
import io.tanggap.flink.operator.KeyFile;
import io.tanggap.flink.operator.Packs;
import io.tanggap.flink.operator.SortOut;
import io.tanggap.flink.operator.TellEvents;
import io.tanggap.flink.types.DomainTypes;
import io.tanggap.flink.types.ReleaseTypes;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The daily export: case events in, an internal feed of files out, which is not for release.
 *
 * <pre>
 * case-events ▸ sort out ─┬─▸ TELL EVENTS ▸ key by day ▸ day=2017-11-05/….parquet
 *                         │        ▴
 * reference ──────────────┼────────┴ broadcast
 *                         └─▸ dead letters ▸ dead-letters
 * </pre>
 *
 * <p>Keyed by day, so that a day has one open file however many instances there are, also while years are read.
 */
public final class DailyExportJob {
    private DailyExportJob() {}

    /**
     * Adds the job to an environment.
     *
     * @param key of the pseudonyms
     * @param packsToAwait how many packs are published now
     */
    public static void define(
            StreamExecutionEnvironment environment, DailyExportEndpoints endpoints, KeyFile key, int packsToAwait) {
        environment.setMaxParallelism(ResponsivenessJob.MAX_PARALLELISM);
        SingleOutputStreamOperator<ReferencePack> packs = endpoints.reference(environment);
        SingleOutputStreamOperator<CaseEvent> events = named(
                Op.SORT_OUT,
                endpoints.caseEvents(environment).process(new SortOut()).returns(DomainTypes.CASE_EVENT));
        SingleOutputStreamOperator<DailyEvent> told = named(
                Op.TELL_EVENTS,
                events.connect(packs.broadcast(Packs.STATE))
                        .process(new TellEvents(key, packsToAwait))
                        .returns(ReleaseTypes.DAILY_EVENT));
        endpoints.writeDays(told.keyBy(event -> event.day().toString(), Types.STRING));
        endpoints.writeDeadLetters(
                events.getSideOutput(SortOut.DEAD_LETTERS).union(packs.getSideOutput(ReferenceSource.DEAD_LETTERS)));
    }
}
