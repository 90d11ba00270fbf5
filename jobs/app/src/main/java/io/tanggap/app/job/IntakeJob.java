package io.tanggap.app.job;

import static io.tanggap.app.job.ResponsivenessJob.named;

import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.EmissionClock;
import io.tanggap.flink.io.ReferenceSource;
import io.tanggap.flink.operator.AdmitRecords;
import io.tanggap.flink.operator.KeepPersonal;
import io.tanggap.flink.operator.KeyFile;
import io.tanggap.flink.operator.Packs;
import io.tanggap.flink.operator.WatchFeeds;
import io.tanggap.flink.state.FeedSign;
import io.tanggap.flink.state.PersonalNews;
import io.tanggap.flink.state.ToldRecord;
import io.tanggap.flink.types.OperatorTypes;
import java.time.Clock;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Intake: what channels send in, case events out.
 *
 * <pre>
 * channels ▸ ADMIT RECORDS ◂── reference (broadcast)
 *             ├─ events, and how far the channels are told ▸ one writer ▸ case-events, with heartbeats
 *             ├─ personal data ▸ key by case ▸ KEEP PERSONAL ▸ case-personal
 *             ├─ signs of life ▸ key by channel ▸ WATCH FEEDS ▸ Elasticsearch, alerts-feeds
 *             └─ dead letters ▸ dead-letters ◂── what makes no pack
 * </pre>
 *
 * Records are not keyed on the way to the writer: it has to see each partition of a channel in its order, to know how
 * far it has been told.
 */
public final class IntakeJob {
    private IntakeJob() {}

    /**
     * Adds the job to an environment.
     *
     * @param key of the pseudonyms of reporters
     * @param packsToAwait how many packs are published: records wait until they have been read
     */
    public static void define(
            StreamExecutionEnvironment environment,
            IntakeEndpoints endpoints,
            KeyFile key,
            int packsToAwait,
            EmissionClock clock) {
        environment.setMaxParallelism(ResponsivenessJob.MAX_PARALLELISM);
        SingleOutputStreamOperator<ReferencePack> packs = endpoints.reference(environment);

        SingleOutputStreamOperator<ToldRecord> told = named(
                Op.ADMIT_RECORDS,
                endpoints
                        .channels(environment)
                        .connect(packs.broadcast(Packs.STATE))
                        .process(new AdmitRecords(key, packsToAwait, Clock.systemUTC()), OperatorTypes.TOLD_RECORD));
        endpoints.writeCaseEvents(told);

        DataStream<PersonalNews> personal = named(
                Op.KEEP_PERSONAL,
                told.getSideOutput(AdmitRecords.PERSONAL)
                        .keyBy(PersonalNews::caseId, Types.STRING)
                        .process(new KeepPersonal(), OperatorTypes.PERSONAL_NEWS));
        endpoints.writePersonal(personal);

        SingleOutputStreamOperator<Document> feeds = named(
                Op.WATCH_FEEDS,
                told.getSideOutput(AdmitRecords.SIGNS)
                        .keyBy(FeedSign::channel, Types.STRING)
                        .process(new WatchFeeds(clock), OperatorTypes.DOCUMENT));
        endpoints.writeDocuments(feeds);
        endpoints.writeFeedAlerts(feeds.getSideOutput(WatchFeeds.ALERTS));

        endpoints.writeDeadLetters(
                told.getSideOutput(AdmitRecords.DEAD_LETTERS).union(packs.getSideOutput(ReferenceSource.DEAD_LETTERS)));
    }
}
