package io.tanggap.app.job;

import static io.tanggap.app.job.ResponsivenessJob.named;

import io.tanggap.core.notice.Errand;
import io.tanggap.core.notice.Silence;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.EmissionClock;
import io.tanggap.flink.io.AlertSource;
import io.tanggap.flink.io.ReferenceSource;
import io.tanggap.flink.io.SilenceSource;
import io.tanggap.flink.operator.Bulletins;
import io.tanggap.flink.operator.DeliverNotices;
import io.tanggap.flink.operator.DeliverNotices.Carriers;
import io.tanggap.flink.operator.FollowAlerts;
import io.tanggap.flink.operator.GatherNotices;
import io.tanggap.flink.state.Bulletin;
import io.tanggap.flink.state.Heard;
import io.tanggap.flink.state.Parcel;
import io.tanggap.flink.types.NoticeTypes;
import io.tanggap.flink.types.OperatorTypes;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Notification: alerts in, messages out.
 *
 * <pre>
 * alerts ▸ key by alert ▸ FOLLOW ALERTS ▸ key by recipient ▸ GATHER NOTICES ▸ key by recipient ▸ DELIVER NOTICES ▸ recipients
 *    │                         ▴                                   ▴                              ├─ deliveries ▸ Elasticsearch
 *    └─ of feeds ──────────────┴──────────── broadcast ────────────┘                              └─ dead letters ▸ dead-letters
 *       reference, alert-silences
 * </pre>
 */
public final class NotificationJob {
    private NotificationJob() {}

    /**
     * Adds the job to an environment.
     *
     * @param newsSince what was so before is told to nobody, see {@link AlertSource}
     */
    public static void define(
            StreamExecutionEnvironment environment,
            NotificationEndpoints endpoints,
            @Nullable Instant newsSince,
            Carriers carriers,
            EmissionClock clock) {
        environment.setMaxParallelism(ResponsivenessJob.MAX_PARALLELISM);
        SingleOutputStreamOperator<Heard> alerts = endpoints.alerts(environment, newsSince);
        SingleOutputStreamOperator<ReferencePack> packs = endpoints.reference(environment);
        SingleOutputStreamOperator<Silence> silences = endpoints.silences(environment);

        DataStream<Bulletin> ofPacks = named(
                Op.ANNOUNCE_PACKS,
                packs.map(Bulletin::of).returns(NoticeTypes.BULLETIN).setParallelism(1));
        DataStream<Bulletin> ofSilences = named(
                Op.ANNOUNCE_SILENCES,
                silences.map(Bulletin::of).returns(NoticeTypes.BULLETIN).setParallelism(1));
        DataStream<Bulletin> ofFeeds = named(
                Op.ANNOUNCE_FEEDS,
                alerts.filter(heard -> heard.alert().matter() == null)
                        .uid(Op.SORT_OUT_FEEDS.uid())
                        .map(heard -> Bulletin.of(heard.alert()))
                        .returns(NoticeTypes.BULLETIN));
        BroadcastStream<Bulletin> bulletins = Bulletins.broadcast(ofPacks.union(ofSilences, ofFeeds));

        SingleOutputStreamOperator<Errand> errands = named(
                Op.FOLLOW_ALERTS,
                alerts.keyBy(heard -> heard.alert().id(), Types.STRING)
                        .connect(bulletins)
                        .process(new FollowAlerts(), NoticeTypes.ERRAND));
        SingleOutputStreamOperator<Parcel> parcels = named(
                Op.GATHER_NOTICES,
                errands.keyBy(Errand::recipient, Types.STRING)
                        .connect(bulletins)
                        .process(new GatherNotices(), NoticeTypes.PARCEL));
        SingleOutputStreamOperator<Document> deliveries = named(
                Op.DELIVER_NOTICES,
                parcels.keyBy(parcel -> parcel.notice().recipient(), Types.STRING)
                        .process(new DeliverNotices(carriers, clock), OperatorTypes.DOCUMENT));
        endpoints.writeDocuments(deliveries);
        endpoints.writeDeadLetters(deliveries
                .getSideOutput(DeliverNotices.DEAD_LETTERS)
                .union(
                        alerts.getSideOutput(AlertSource.DEAD_LETTERS),
                        silences.getSideOutput(SilenceSource.DEAD_LETTERS),
                        packs.getSideOutput(ReferenceSource.DEAD_LETTERS)));
    }
}
