package io.tanggap.app.run;

import io.tanggap.app.job.DailyExportJob;
import io.tanggap.app.job.ExportEndpoints;
import io.tanggap.app.job.ExportJob;
import io.tanggap.app.job.IntakeJob;
import io.tanggap.app.job.NotificationJob;
import io.tanggap.app.job.ResponsivenessJob;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.elasticsearch.Indices.Generation;
import io.tanggap.elasticsearch.SinkMetrics;
import io.tanggap.flink.io.DailyFiles;
import io.tanggap.flink.io.PublishedPacks;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.flink.operator.DeliverNotices.Carriers;
import io.tanggap.flink.operator.KeyFile;
import io.tanggap.flink.operator.ReleaseFacts;
import io.tanggap.flink.operator.ReleasePlan;
import io.tanggap.flink.operator.Timing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Runs the jobs between a Kafka and an Elasticsearch, and accounts for every record at the end. */
public final class Engine {
    private static final Duration REPLAY_CHECKPOINTS = Duration.ofSeconds(10);
    private static final Duration LIVE_CHECKPOINTS = Duration.ofSeconds(1);
    /** Chosen: each one ends a small file of each day that has news, and nobody waits for rows of a daily feed by the second. */
    private static final Duration DAILY_CHECKPOINTS = Duration.ofMinutes(1);

    /** Chosen: what happens can be read ten minutes later, and a day has some 144 files at most. */
    private static final int DAILY_CHECKPOINTS_PER_FILE = 10;

    /** Chosen: leadership reads figures by the minute, and desks read cases, which do not rest. */
    private static final Duration FIGURES_REST = Duration.ofSeconds(30);

    private static final int REPLAY_ATTEMPTS = 10;
    private static final Duration SHOW_EVERY = Duration.ofMillis(200);
    private static final long CANCEL_SECONDS = 20;

    private final String kafka;
    private final String elasticsearch;

    /** How the job looks at time. */
    public enum Mode {
        REPLAY,
        LIVE
    }

    /**
     * What a run is like.
     *
     * @param asOf of a replay; null when live
     * @param structure of a replay: the day on whose structure rows are drawn; null: each case on that of its submission
     */
    public record Settings(
            Mode mode, @Nullable Instant asOf, @Nullable LocalDate structure, Execution execution) {
        public Settings {
            if ((mode == Mode.REPLAY) != (asOf != null)) {
                throw new IllegalArgumentException("a replay has an as-of, live has none");
            }
        }

        /** Each case is drawn on the structure of the day of its submission. */
        public Settings(Mode mode, @Nullable Instant asOf, Execution execution) {
            this(mode, asOf, null, execution);
        }
    }

    /** Takes how far the run has come. */
    public interface Progress {
        void show(String what, double share, String detail);
    }

    /**
     * The counters at the end of a run.
     *
     * @param counters sums by name, see {@link MetricNames} and {@link SinkMetrics}
     * @param restarts how often the job failed and was restarted; the sums then hold repeated work, and what was on its way
     *     at a failure, so they need not balance
     */
    public record Accounts(Map<String, Long> counters, long restarts) {
        public Accounts {
            counters = Map.copyOf(counters);
        }

        private long get(String name) {
            return counters.getOrDefault(name, 0L);
        }

        /** Whether every record read and every document emitted is accounted for; meant for a run without a restart. */
        public boolean balance() {
            return get(MetricNames.RECORDS_READ)
                            == get(MetricNames.HEARTBEATS_READ)
                                    + get(MetricNames.DEAD_LETTERS_DECODE)
                                    + get(MetricNames.EVENTS_TRACKED)
                                    + get(MetricNames.DEAD_LETTERS_FOLD)
                    && get(SinkMetrics.DOCUMENTS_EMITTED) + get(SinkMetrics.DOCUMENTS_RESTORED)
                            == get(SinkMetrics.DOCUMENTS_CONFLATED)
                                    + get(SinkMetrics.DOCUMENTS_INDEXED)
                                    + get(SinkMetrics.DOCUMENTS_STALE)
                                    + get(SinkMetrics.DOCUMENTS_REJECTED);
        }

        /** The accounts in two sentences. */
        public String describe() {
            return String.format(
                    Locale.ROOT,
                    "Accounts    %,d records read = %,d events (%,d copies) + %,d heartbeats + %,d dead letters%n"
                            + "            %,d documents emitted + %,d restored = %,d indexed + %,d superseded + %,d stale"
                            + " + %,d rejected%s",
                    get(MetricNames.RECORDS_READ),
                    get(MetricNames.EVENTS_TRACKED),
                    get(MetricNames.EVENTS_DUPLICATE),
                    get(MetricNames.HEARTBEATS_READ),
                    get(MetricNames.DEAD_LETTERS_DECODE) + get(MetricNames.DEAD_LETTERS_FOLD),
                    get(SinkMetrics.DOCUMENTS_EMITTED),
                    get(SinkMetrics.DOCUMENTS_RESTORED),
                    get(SinkMetrics.DOCUMENTS_INDEXED),
                    get(SinkMetrics.DOCUMENTS_CONFLATED),
                    get(SinkMetrics.DOCUMENTS_STALE),
                    get(SinkMetrics.DOCUMENTS_REJECTED),
                    restarts == 0 ? "" : ", with repeated work of " + restarts + " restarts");
        }
    }

    public Engine(String kafka, String elasticsearch) {
        this.kafka = kafka;
        this.elasticsearch = elasticsearch;
    }

    /** Creates indices and templates that are missing. */
    public void prepareIndices() throws IOException {
        Indices.bootstrap(elasticsearch);
    }

    /**
     * Runs the job to its end, or live until interrupted. A job that begins without state writes indices of its own; readers
     * see them when a replay has come to its end, or at once when live.
     *
     * @param events how many events there are to read, for the progress; negative where that is not known
     * @return empty where the job runs in other processes; a live one has then only been started
     */
    public Optional<Accounts> run(FlinkSession flink, Settings settings, long events, Progress progress)
            throws Exception {
        boolean live = settings.mode() == Mode.LIVE;
        boolean goesOn = live && (settings.execution().resumeFrom() != null || flink.givesState());
        Generation generation = goesOn ? Indices.current(elasticsearch) : Indices.begin(elasticsearch);
        if (live && !goesOn) {
            Indices.publish(elasticsearch, generation);
        }
        JobClient job = start(flink, settings, generation, goesOn);
        if (live && flink.isElsewhere()) {
            return Optional.empty();
        }
        await(job, flink.isElsewhere() ? () -> showElsewhere(flink, job, progress) : () -> show(events, progress));
        Optional<Accounts> accounts = accounts(flink);
        if (accounts.isPresent()) {
            requireReference(accounts.get());
        }
        if (!live) {
            Indices.publish(elasticsearch, generation);
        }
        return accounts;
    }

    /**
     * Runs a live job that reads everything anew into indices of its own, beside whatever writes those that are read now. When
     * it has caught up, readers see its indices in place of the others, all at once; those stay, see {@link Indices#previous}.
     *
     * @param settings live ones, without state
     * @param switched called once readers see the new indices
     * @return as of {@link #run}
     */
    public Optional<Accounts> reprocess(FlinkSession flink, Settings settings, Progress progress, Runnable switched)
            throws Exception {
        Generation generation = Indices.begin(elasticsearch);
        JobClient job = start(flink, settings, generation, false);
        Reprocess reprocess = new Reprocess(
                kafka, elasticsearch, generation, settings.execution().intervalOr(LIVE_CHECKPOINTS));
        if (!await(job, Reprocess.LOOK_EVERY, () -> reprocess.hasCaughtUp(progress))) {
            throw new IOException(
                    "the job has ended before it had caught up: the indices that are read stay as they are");
        }
        Indices.switchTo(elasticsearch, generation);
        switched.run();
        if (flink.isElsewhere()) {
            return Optional.empty();
        }
        await(job, () -> show(-1, progress));
        return accounts(flink);
    }

    private static Optional<Accounts> accounts(FlinkSession flink) {
        return flink.isElsewhere()
                ? Optional.empty()
                : Optional.of(new Accounts(CounterReporter.sums(), CounterReporter.restarts()));
    }

    private JobClient start(FlinkSession flink, Settings settings, Generation generation, boolean goesOn)
            throws Exception {
        CounterReporter.reset();
        boolean live = settings.mode() == Mode.LIVE;
        StreamExecutionEnvironment environment = environment(
                flink,
                settings.mode(),
                settings.execution(),
                checkpoints(settings.execution().checkpoints(), settings.mode()));
        Timing timing = settings.asOf() == null
                ? Timing.live(FIGURES_REST)
                : Timing.replay(settings.asOf(), settings.structure());
        ResponsivenessJob.define(
                environment,
                new KafkaEndpoints(kafka, elasticsearch, live, generation, alerts(live, goesOn)),
                timing,
                new SystemEmissionClock());
        return environment.executeAsync("responsiveness");
    }

    /** A run that goes on writes where it wrote; every other one where nobody did. */
    private String alerts(boolean live, boolean goesOn) {
        return goesOn ? alertsOfJobsThatGoOn(kafka) : newAlerts(kafka, live);
    }

    /**
     * The topic of alerts of the live job that was started last without state, to which one that goes on from its state writes too;
     * a new one where no job has begun yet.
     *
     * @param kafka the address of the Kafka
     */
    public static String alertsOfJobsThatGoOn(String kafka) {
        return Topics.latestAlerts(kafka).orElseGet(() -> newAlerts(kafka, true));
    }

    private static String newAlerts(String kafka, boolean live) {
        return Topics.createAlerts(kafka, live, Instant.now(), Topics.partitions(kafka, Topics.CASE_EVENTS));
    }

    /**
     * What a run of intake is like.
     *
     * @param mode replay reads what the channels have sent so far, and ends
     * @param key of the pseudonyms of reporters
     */
    public record IntakeSettings(Mode mode, KeyFile key, Execution execution) {}

    /**
     * Runs intake to the end of what channels have sent, or live until interrupted.
     *
     * @param records how many records there are to read, for the progress; negative where that is not known
     * @return as of {@link #run}
     */
    public Optional<IntakeAccounts> intake(FlinkSession flink, IntakeSettings settings, long records, Progress progress)
            throws Exception {
        CounterReporter.reset();
        StreamExecutionEnvironment environment = environment(
                flink,
                settings.mode(),
                settings.execution(),
                intakeCheckpoints(settings.execution().checkpoints(), settings.mode()));
        IntakeJob.define(
                environment,
                new KafkaEndpoints(
                        kafka, elasticsearch, settings.mode() == Mode.LIVE, Generation.CURRENT, Topics.FEED_ALERTS),
                settings.key(),
                PublishedPacks.in(kafka).size(),
                new SystemEmissionClock());
        JobClient job = environment.executeAsync("intake");
        if (settings.mode() == Mode.LIVE && flink.isElsewhere()) {
            return Optional.empty();
        }
        await(job, () -> showIntake(records, progress));
        return flink.isElsewhere()
                ? Optional.empty()
                : Optional.of(new IntakeAccounts(CounterReporter.sums(), CounterReporter.restarts()));
    }

    /**
     * What a run of notification is like.
     *
     * @param backfill tells also of what stood before notification began, and of what a run finds when it works off the past
     */
    public record NoticeSettings(Carriers carriers, boolean backfill, Execution execution) {}

    /**
     * Runs notification until interrupted.
     *
     * @return as of {@link #run}
     */
    public Optional<NoticeAccounts> notify(FlinkSession flink, NoticeSettings settings, Progress progress)
            throws Exception {
        CounterReporter.reset();
        StreamExecutionEnvironment environment = environment(
                flink,
                Mode.LIVE,
                settings.execution(),
                notificationCheckpoints(settings.execution().checkpoints()));
        NotificationJob.define(
                environment,
                new KafkaEndpoints(kafka, elasticsearch, true, Generation.CURRENT, Topics.FEED_ALERTS),
                settings.backfill() ? null : Instant.now(),
                settings.carriers(),
                new SystemEmissionClock());
        JobClient job = environment.executeAsync("notification");
        if (flink.isElsewhere()) {
            return Optional.empty();
        }
        await(job, () -> showNotices(progress));
        return Optional.of(new NoticeAccounts(CounterReporter.sums(), CounterReporter.restarts()));
    }

    /**
     * Writes the parts of a release, and the rows of its months.
     *
     * @param key of the pseudonyms of cases
     * @param work where the job keeps what it sorts
     */
    public static ReleaseFacts export(
            FlinkSession flink,
            ExportEndpoints endpoints,
            ReleasePlan plan,
            KeyFile key,
            int parallelism,
            Path work,
            Progress progress)
            throws Exception {
        CounterReporter.reset();
        StreamExecutionEnvironment environment =
                environment(flink, Mode.REPLAY, new Execution(parallelism, "hashmap", work), work);
        ExportJob.define(environment, endpoints, plan, key, new SystemEmissionClock());
        JobClient job = environment.executeAsync("export");
        await(job, () -> showExport(progress));
        return new ReleaseFacts(job.getJobExecutionResult().get().getAllAccumulatorResults());
    }

    /**
     * What a run of the daily export is like.
     *
     * @param key of the pseudonyms of cases and events
     */
    public record DailySettings(DailyFiles files, KeyFile key, Execution execution) {}

    /**
     * Writes the daily feed until interrupted; where the job runs in other processes, it is only started.
     *
     * @param kafka the address of the Kafka
     */
    public static void exportDaily(FlinkSession flink, String kafka, DailySettings settings, Progress progress)
            throws Exception {
        CounterReporter.reset();
        StreamExecutionEnvironment environment = environment(
                flink,
                settings.execution(),
                dailyCheckpoints(kafka, settings.execution().checkpoints()),
                DAILY_CHECKPOINTS);
        DailyExportJob.define(
                environment,
                new KafkaDailyExports(kafka, settings.files(), DAILY_CHECKPOINTS_PER_FILE),
                settings.key(),
                PublishedPacks.in(kafka).size());
        JobClient job = environment.executeAsync("export-daily");
        if (!flink.isElsewhere()) {
            await(job, () -> showDaily(progress));
        }
    }

    private static void showDaily(Progress progress) {
        Map<String, Long> counters = CounterReporter.sums();
        progress.show(
                "export-daily",
                -1,
                String.format(
                        Locale.ROOT,
                        "%,d records read, %,d heartbeats and %,d dead letters among them",
                        counters.getOrDefault(MetricNames.RECORDS_READ, 0L),
                        counters.getOrDefault(MetricNames.HEARTBEATS_READ, 0L),
                        counters.getOrDefault(MetricNames.DEAD_LETTERS_DECODE, 0L)));
    }

    private static void showExport(Progress progress) {
        Map<String, Long> counters = CounterReporter.sums();
        progress.show(
                "export",
                -1,
                String.format(
                        Locale.ROOT,
                        "%,d records read, %,d cases folded, %,d cases written",
                        counters.getOrDefault(MetricNames.RECORDS_READ, 0L),
                        counters.getOrDefault(MetricNames.CASES_FOLDED, 0L),
                        counters.getOrDefault(MetricNames.CASES_RELEASED, 0L)));
    }

    private static StreamExecutionEnvironment environment(
            FlinkSession flink, Mode mode, Execution execution, Path checkpoints) {
        boolean live = mode == Mode.LIVE;
        StreamExecutionEnvironment environment =
                environment(flink, execution, checkpoints, live ? LIVE_CHECKPOINTS : REPLAY_CHECKPOINTS);
        if (!live) {
            FlinkSession.limitAttempts(environment, REPLAY_ATTEMPTS);
        }
        return environment;
    }

    /** @param interval where none is asked for */
    private static StreamExecutionEnvironment environment(
            FlinkSession flink, Execution execution, Path checkpoints, Duration interval) {
        StreamExecutionEnvironment environment = flink.environment(
                execution.parallelism(), execution.backend(), checkpoints, execution.intervalOr(interval));
        if (execution.resumeFrom() != null) {
            FlinkSession.resume(environment, execution.resumeFrom());
        }
        return environment;
    }

    /** Looks at a job that runs, and says whether that was enough. */
    private interface Look {
        boolean isEnough() throws IOException;
    }

    private static void await(JobClient job, Runnable show) throws Exception {
        await(job, SHOW_EVERY, () -> {
            show.run();
            return false;
        });
    }

    /** Waits for the end of a job, or until a look at it is enough, and says whether it was; an interrupt cancels the job. */
    private static boolean await(JobClient job, Duration every, Look look) throws Exception {
        CompletableFuture<?> result = job.getJobExecutionResult();
        try {
            while (true) {
                try {
                    result.get(every.toMillis(), TimeUnit.MILLISECONDS);
                    return false;
                } catch (TimeoutException e) {
                    if (look.isEnough()) {
                        return true;
                    }
                }
            }
        } catch (InterruptedException e) {
            job.cancel().get(CANCEL_SECONDS, TimeUnit.SECONDS);
            throw e;
        } catch (ExecutionException e) {
            throw new IOException("the job failed: " + rootMessage(e), e);
        }
    }

    /** The last checkpoint of the live runs over this Kafka that wrote theirs under a directory; empty if there is none. */
    public Optional<Path> lastCheckpoint(Path checkpoints) throws IOException {
        return FlinkSession.lastCheckpoint(checkpoints(checkpoints, Mode.LIVE));
    }

    /** The last checkpoint of live intake over this Kafka; empty if there is none. */
    public Optional<Path> lastIntakeCheckpoint(Path checkpoints) throws IOException {
        return FlinkSession.lastCheckpoint(intakeCheckpoints(checkpoints, Mode.LIVE));
    }

    /** The last checkpoint of notification over this Kafka; empty if there is none. */
    public Optional<Path> lastNotificationCheckpoint(Path checkpoints) throws IOException {
        return FlinkSession.lastCheckpoint(notificationCheckpoints(checkpoints));
    }

    /**
     * The last checkpoint of the daily export over a Kafka; empty if there is none.
     *
     * @param kafka the address of the Kafka
     */
    public static Optional<Path> lastDailyCheckpoint(String kafka, Path checkpoints) throws IOException {
        return FlinkSession.lastCheckpoint(dailyCheckpoints(kafka, checkpoints));
    }

    private static Path dailyCheckpoints(String kafka, Path directory) {
        return checkpoints(kafka, directory.resolve("export-daily"), Mode.LIVE);
    }

    private Path notificationCheckpoints(Path directory) {
        return checkpoints(directory.resolve("notification"), Mode.LIVE);
    }

    private Path intakeCheckpoints(Path directory, Mode mode) {
        return checkpoints(directory.resolve("intake"), mode);
    }

    private Path checkpoints(Path directory, Mode mode) {
        return checkpoints(kafka, directory, mode);
    }

    /** Apart by mode and by Kafka: a replay's offsets end where it ended, and those of another Kafka mean nothing. */
    private static Path checkpoints(String kafka, Path directory, Mode mode) {
        return directory.resolve(mode.name().toLowerCase(Locale.ROOT)).resolve(Topics.clusterId(kafka));
    }

    private static void requireReference(Accounts accounts) throws IOException {
        if (accounts.get(MetricNames.EVENTS_TRACKED) > 0 && accounts.get(MetricNames.FOLDS) == 0) {
            throw new IOException("there are " + accounts.get(MetricNames.EVENTS_TRACKED)
                    + " events but no usable reference pack in the topic reference, so nothing can be judged; tanggap"
                    + " replay publishes one, and a damaged one is among the dead letters");
        }
    }

    /** Its counters are the cluster's to show. */
    private static void showElsewhere(FlinkSession flink, JobClient job, Progress progress) {
        progress.show(
                "computing",
                -1,
                "in the cluster" + (flink.givesState() ? "" : ": " + flink.address() + "/#/job/" + job.getJobID()));
    }

    private static void show(long events, Progress progress) {
        Map<String, Long> counters = CounterReporter.sums();
        long read = counters.getOrDefault(MetricNames.EVENTS_TRACKED, 0L);
        long indexed = counters.getOrDefault(SinkMetrics.DOCUMENTS_INDEXED, 0L);
        progress.show(
                "computing",
                events <= 0 ? -1 : Math.min(1, (double) read / events),
                String.format(Locale.ROOT, "%,d events read, %,d documents indexed", read, indexed)
                        + (CounterReporter.restarts() == 0
                                ? ""
                                : ", restarted " + CounterReporter.restarts() + " times; the log says why"));
    }

    private static void showIntake(long records, Progress progress) {
        Map<String, Long> counters = CounterReporter.sums();
        long told = counters.getOrDefault(MetricNames.CHANNEL_RECORDS_TOLD, 0L);
        progress.show(
                "intake",
                records <= 0 ? -1 : Math.min(1, (double) told / records),
                String.format(
                        Locale.ROOT,
                        "%,d records read, %,d events, %,d dead letters",
                        told,
                        counters.getOrDefault(MetricNames.EVENTS_PUBLISHED, 0L),
                        counters.getOrDefault(MetricNames.DEAD_LETTERS_INTAKE, 0L)));
    }

    private static void showNotices(Progress progress) {
        Map<String, Long> counters = CounterReporter.sums();
        progress.show(
                "notification",
                -1,
                String.format(
                        Locale.ROOT,
                        "%,d alerts heard, %,d messages made, %,d delivered, %,d given up",
                        counters.getOrDefault(MetricNames.ALERTS_HEARD, 0L),
                        counters.getOrDefault(MetricNames.NOTICES_MADE, 0L),
                        counters.getOrDefault(MetricNames.NOTICES_DELIVERED, 0L),
                        counters.getOrDefault(MetricNames.NOTICES_UNDELIVERED, 0L)));
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
