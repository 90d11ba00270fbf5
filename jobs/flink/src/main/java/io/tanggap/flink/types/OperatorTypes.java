package io.tanggap.flink.types;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alerts.Told;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.PersonalData;
import io.tanggap.core.evidence.Earliest;
import io.tanggap.core.evidence.Earliest.Use;
import io.tanggap.core.evidence.Exhibit;
import io.tanggap.core.evidence.Exhibit.HandedIn;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.measure.ChannelDay;
import io.tanggap.core.measure.Tally;
import io.tanggap.core.measure.Window;
import io.tanggap.core.problem.Report;
import io.tanggap.core.problem.Stop;
import io.tanggap.flink.alert.AlertCodec;
import io.tanggap.flink.avro.PersonalDataCodec;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.state.CaseMemo;
import io.tanggap.flink.state.Cause;
import io.tanggap.flink.state.Causes;
import io.tanggap.flink.state.CellChange;
import io.tanggap.flink.state.CellSum;
import io.tanggap.flink.state.ChannelRecord;
import io.tanggap.flink.state.Correction;
import io.tanggap.flink.state.EvidenceNews;
import io.tanggap.flink.state.ExhibitMemo;
import io.tanggap.flink.state.FeedSign;
import io.tanggap.flink.state.Membership;
import io.tanggap.flink.state.PathChange;
import io.tanggap.flink.state.PersonalNews;
import io.tanggap.flink.state.ProblemMemo;
import io.tanggap.flink.state.RowMemo;
import io.tanggap.flink.state.SliceChange;
import io.tanggap.flink.state.SlicePath;
import io.tanggap.flink.state.ToldRecord;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * The types of what operators keep and send to each other; {@link DomainTypes} has those of the topics. The names of the
 * serializers are stored in savepoints: they stay.
 */
public final class OperatorTypes {
    public static final CodecType<Tally> TALLY = new CodecType<>(Tally.class, new TallySerializer());
    public static final CodecType<CellChange> CELL_CHANGE =
            new CodecType<>(CellChange.class, new CellChangeSerializer());
    public static final CodecType<SliceChange> SLICE_CHANGE =
            new CodecType<>(SliceChange.class, new SliceChangeSerializer());
    public static final CodecType<PathChange> PATH_CHANGE =
            new CodecType<>(PathChange.class, new PathChangeSerializer());
    public static final CodecType<Correction> CORRECTION =
            new CodecType<>(Correction.class, new CorrectionSerializer());
    public static final CodecType<CellSum> CELL_SUM = new CodecType<>(CellSum.class, new CellSumSerializer());
    public static final CodecType<CaseMemo> CASE_MEMO = new CodecType<>(CaseMemo.class, new CaseMemoSerializer());
    public static final CodecType<RowMemo> ROW_MEMO = new CodecType<>(RowMemo.class, new RowMemoSerializer());
    public static final CodecType<ChannelDay> CHANNEL_DAY =
            new CodecType<>(ChannelDay.class, new ChannelDaySerializer());
    public static final CodecType<Report> REPORT = new CodecType<>(Report.class, new ReportSerializer());
    public static final CodecType<Membership> MEMBERSHIP =
            new CodecType<>(Membership.class, new MembershipSerializer());
    public static final CodecType<ProblemMemo> PROBLEM_MEMO =
            new CodecType<>(ProblemMemo.class, new ProblemMemoSerializer());
    public static final CodecType<EvidenceNews> EVIDENCE_NEWS =
            new CodecType<>(EvidenceNews.class, new EvidenceNewsSerializer());
    public static final CodecType<ExhibitMemo> EXHIBIT_MEMO =
            new CodecType<>(ExhibitMemo.class, new ExhibitMemoSerializer());
    public static final CodecType<Earliest> EARLIEST = new CodecType<>(Earliest.class, new EarliestSerializer());
    public static final CodecType<ChannelRecord> CHANNEL_RECORD =
            new CodecType<>(ChannelRecord.class, new ChannelRecordSerializer());
    public static final CodecType<ToldRecord> TOLD_RECORD =
            new CodecType<>(ToldRecord.class, new ToldRecordSerializer());
    public static final CodecType<PersonalNews> PERSONAL_NEWS =
            new CodecType<>(PersonalNews.class, new PersonalNewsSerializer());
    public static final CodecType<FeedSign> FEED_SIGN = new CodecType<>(FeedSign.class, new FeedSignSerializer());
    public static final CodecType<Alert> ALERT = new CodecType<>(Alert.class, new AlertSerializer());
    public static final CodecType<Document> DOCUMENT = new CodecType<>(Document.class, new DocumentSerializer());

    /** All of them: each has golden bytes. */
    public static final List<CodecType<?>> ALL = List.of(
            TALLY,
            CELL_CHANGE,
            SLICE_CHANGE,
            PATH_CHANGE,
            CORRECTION,
            CELL_SUM,
            CASE_MEMO,
            ROW_MEMO,
            CHANNEL_DAY,
            REPORT,
            MEMBERSHIP,
            PROBLEM_MEMO,
            EVIDENCE_NEWS,
            EXHIBIT_MEMO,
            EARLIEST,
            CHANNEL_RECORD,
            TOLD_RECORD,
            PERSONAL_NEWS,
            FEED_SIGN,
            ALERT,
            DOCUMENT);

    private OperatorTypes() {}

    private static void writeTally(Tally tally, DataOutputView out) throws IOException {
        Wire.writeLong(tally.size(), out);
        int last = 0;
        for (int part = 0; part < tally.size(); part++) {
            Wire.writeLong(tally.keyAt(part) - last, out);
            Wire.writeLong(tally.valueAt(part), out);
            last = tally.keyAt(part);
        }
    }

    private static Tally readTally(DataInputView in) throws IOException {
        int size = Math.toIntExact(Wire.readLong(in));
        int[] keys = new int[size];
        long[] values = new long[size];
        int last = 0;
        for (int part = 0; part < size; part++) {
            last += Math.toIntExact(Wire.readLong(in));
            keys[part] = last;
            values[part] = Wire.readLong(in);
        }
        return Tally.ofParts(keys, values);
    }

    /** Parts in order, keys as differences. */
    public static final class TallySerializer extends CodecSerializer<Tally> {
        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(Tally tally, DataOutputView out) throws IOException {
            writeTally(tally, out);
        }

        @Override
        protected Tally read(int version, DataInputView in) throws IOException {
            return readTally(in);
        }
    }

    /** The cell's id, then the tally. */
    public static final class CellChangeSerializer extends CodecSerializer<CellChange> {
        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(CellChange change, DataOutputView out) throws IOException {
            Wire.writeText(change.cell(), out);
            writeTally(change.change(), out);
        }

        @Override
        protected CellChange read(int version, DataInputView in) throws IOException {
            return new CellChange(Wire.readText(in), readTally(in));
        }
    }

    private static void writeCause(Cause cause, DataOutputView out) throws IOException {
        Wire.writeText(cause.subject(), out);
        Wire.writeList(cause.events(), Wire::writeText, out);
        Wire.writeLong(cause.eventCount(), out);
        Wire.writeList(cause.packs(), Wire::writeText, out);
        Wire.writeLong(cause.contributionsVersion(), out);
    }

    private static Cause readCause(DataInputView in) throws IOException {
        return new Cause(
                Wire.readText(in),
                Wire.readList(Wire::readText, in),
                Math.toIntExact(Wire.readLong(in)),
                Wire.readList(Wire::readText, in),
                Math.toIntExact(Wire.readLong(in)));
    }

    private static void writeCauses(Causes causes, DataOutputView out) throws IOException {
        Wire.writeList(causes.named(), OperatorTypes::writeCause, out);
        Wire.writeLong(causes.others(), out);
    }

    private static Causes readCauses(DataInputView in) throws IOException {
        return new Causes(Wire.readList(OperatorTypes::readCause, in), Wire.readLong(in));
    }

    /** The slice's id, the day, the tally, then whether there are causes, and those. Layout 1: without causes. */
    public static final class SliceChangeSerializer extends CodecSerializer<SliceChange> {
        @Override
        protected int version() {
            return 2;
        }

        @Override
        protected void write(SliceChange change, DataOutputView out) throws IOException {
            Wire.writeText(change.slice(), out);
            Wire.writeLong(change.day(), out);
            writeTally(change.change(), out);
            out.writeBoolean(change.causes() != null);
            if (change.causes() != null) {
                writeCauses(change.causes(), out);
            }
        }

        @Override
        protected SliceChange read(int version, DataInputView in) throws IOException {
            return new SliceChange(
                    Wire.readText(in),
                    Wire.readLong(in),
                    readTally(in),
                    version > 1 && in.readBoolean() ? readCauses(in) : null);
        }
    }

    /** The tally, then the causes. */
    public static final class CorrectionSerializer extends CodecSerializer<Correction> {
        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(Correction correction, DataOutputView out) throws IOException {
            writeTally(correction.change(), out);
            writeCauses(correction.causes(), out);
        }

        @Override
        protected Correction read(int version, DataInputView in) throws IOException {
            return new Correction(readTally(in), readCauses(in));
        }
    }

    /**
     * The slices' ids from below, null, the day, the tally, then whether there is a cause, and that. Layout 1: without the
     * cause.
     */
    public static final class PathChangeSerializer extends CodecSerializer<PathChange> {
        @Override
        protected int version() {
            return 2;
        }

        @Override
        protected void write(PathChange change, DataOutputView out) throws IOException {
            for (SlicePath path = change.path(); path != null; path = path.above()) {
                Wire.writeNullableText(path.slice(), out);
            }
            Wire.writeNullableText(null, out);
            Wire.writeLong(change.day(), out);
            writeTally(change.change(), out);
            writeNullableCause(change.cause(), out);
        }

        @Override
        protected PathChange read(int version, DataInputView in) throws IOException {
            return new PathChange(
                    readPath(Wire.readText(in), in),
                    Wire.readLong(in),
                    readTally(in),
                    version > 1 ? readNullableCause(in) : null);
        }

        private static SlicePath readPath(String slice, DataInputView in) throws IOException {
            String above = Wire.readNullableText(in);
            return new SlicePath(slice, above == null ? null : readPath(above, in));
        }
    }

    /** What was received, then whether anything was declared, and that. */
    public static final class ChannelDaySerializer extends CodecSerializer<ChannelDay> {
        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(ChannelDay day, DataOutputView out) throws IOException {
            Wire.writeLong(day.received(), out);
            ChannelDeclaration declared = day.declared();
            out.writeBoolean(declared != null);
            if (declared != null) {
                Wire.writeText(declared.channel(), out);
                Wire.writeLong(declared.day().toEpochDay(), out);
                Wire.writeLong(declared.events(), out);
                Wire.writeInstant(declared.declaredAt(), out);
            }
        }

        @Override
        protected ChannelDay read(int version, DataInputView in) throws IOException {
            long received = Wire.readLong(in);
            return new ChannelDay(
                    received,
                    in.readBoolean()
                            ? new ChannelDeclaration(
                                    Wire.readText(in),
                                    LocalDate.ofEpochDay(Wire.readLong(in)),
                                    Wire.readLong(in),
                                    Wire.readInstant(in))
                            : null);
        }
    }

    /** The components in order. */
    public static final class CellSumSerializer extends CodecSerializer<CellSum> {
        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(CellSum sum, DataOutputView out) throws IOException {
            writeTally(sum.tally(), out);
            out.writeLong(sum.version());
            out.writeLong(sum.flushAtMillis());
        }

        @Override
        protected CellSum read(int version, DataInputView in) throws IOException {
            return new CellSum(readTally(in), in.readLong(), in.readLong());
        }
    }

    /**
     * Whether it is a tombstone; then of that the known events, of others the other components in order. Layout 3: without the
     * evidence. Layout 2: without the late events either. Layout 1: without the report, whether it was merged, and the known events either.
     */
    public static final class CaseMemoSerializer extends CodecSerializer<CaseMemo> {
        @Override
        protected int version() {
            return 5;
        }

        @Override
        protected void write(CaseMemo memo, DataOutputView out) throws IOException {
            out.writeBoolean(memo.archived());
            if (memo.archived()) {
                Wire.writeList(memo.known(), (fingerprint, to) -> to.writeLong(fingerprint), out);
                return;
            }
            out.writeLong(memo.asOfMillis());
            out.writeLong(memo.wakeAtMillis());
            out.writeLong(memo.foldAtMillis());
            out.writeLong(memo.version());
            Wire.writeLong(memo.packs(), out);
            writeContributed(memo.contributed(), out);
            Wire.writeLong(memo.contributionsVersion(), out);
            out.writeLong(memo.content());
            Wire.writeList(memo.visits(), (digest, to) -> to.writeLong(digest), out);
            out.writeLong(memo.report());
            out.writeBoolean(memo.merged());
            Wire.writeList(memo.late(), (fingerprint, to) -> to.writeLong(fingerprint), out);
            Wire.writeLong(memo.evidence().size(), out);
            for (Map.Entry<String, Long> piece : memo.evidence().entrySet()) {
                Wire.writeText(piece.getKey(), out);
                out.writeLong(piece.getValue());
            }
            Wire.writeLong(memo.alerts().size(), out);
            for (Map.Entry<String, Told> alert : memo.alerts().entrySet()) {
                Wire.writeText(alert.getKey(), out);
                Wire.writeLong(alert.getValue().revision(), out);
                out.writeLong(alert.getValue().content());
                out.writeLong(alert.getValue().raisedAtMillis());
            }
        }

        private static Map<String, Told> readAlerts(DataInputView in) throws IOException {
            int size = Math.toIntExact(Wire.readLong(in));
            Map<String, Told> alerts = new HashMap<>(size * 2);
            for (int i = 0; i < size; i++) {
                String key = Wire.readText(in);
                alerts.put(key, new Told(Math.toIntExact(Wire.readLong(in)), in.readLong(), in.readLong()));
            }
            return alerts;
        }

        private static Map<String, Long> readEvidence(DataInputView in) throws IOException {
            int pieces = Math.toIntExact(Wire.readLong(in));
            Map<String, Long> evidence = new HashMap<>(pieces * 2);
            for (int i = 0; i < pieces; i++) {
                evidence.put(Wire.readText(in), in.readLong());
            }
            return evidence;
        }

        @Override
        protected CaseMemo read(int version, DataInputView in) throws IOException {
            if (version > 1 && in.readBoolean()) {
                return CaseMemo.tombstone(Wire.readList(DataInputView::readLong, in));
            }
            long asOfMillis = in.readLong();
            long wakeAtMillis = in.readLong();
            long foldAtMillis = in.readLong();
            long emitted = in.readLong();
            int packs = Math.toIntExact(Wire.readLong(in));
            Map<String, Tally> contributed = readContributed(in);
            int contributionsVersion = Math.toIntExact(Wire.readLong(in));
            long content = in.readLong();
            List<Long> visits = Wire.readList(DataInputView::readLong, in);
            boolean archived = version == 1 && in.readBoolean();
            return archived
                    ? CaseMemo.tombstone(List.of())
                    : new CaseMemo(
                            asOfMillis,
                            wakeAtMillis,
                            foldAtMillis,
                            emitted,
                            packs,
                            contributed,
                            contributionsVersion,
                            content,
                            visits,
                            version == 1 ? 0 : in.readLong(),
                            version > 1 && in.readBoolean(),
                            false,
                            List.of(),
                            version > 2 ? Wire.readList(DataInputView::readLong, in) : List.of(),
                            version > 3 ? readEvidence(in) : Map.of(),
                            version > 4 ? readAlerts(in) : Map.of());
        }
    }

    /**
     * The components in order. Layout 2: without the time from which a case is observed. Layout 1 had the first stop alone,
     * without who made it, and nobody who is charged.
     */
    public static final class ReportSerializer extends CodecSerializer<Report> {
        @Override
        protected int version() {
            return 3;
        }

        @Override
        protected void write(Report report, DataOutputView out) throws IOException {
            Wire.writeText(report.caseId(), out);
            Wire.writeText(report.channel(), out);
            Wire.writeNullableText(report.category(), out);
            Wire.writeNullableText(report.territory(), out);
            Wire.writeInstant(report.submittedAt(), out);
            Wire.writeNullableInstant(report.observedFrom(), out);
            Wire.writeNullableText(report.mergedInto(), out);
            Wire.writeNullableInstant(report.mergedAt(), out);
            Wire.writeList(report.stops(), ReportSerializer::writeStop, out);
            Wire.writeNullableInstant(report.closedAt(), out);
            Wire.writeEnum(report.outcome(), out);
            Wire.writeText(report.charged(), out);
            Wire.writeInstant(report.asOf(), out);
        }

        private static void writeStop(Stop stop, DataOutputView out) throws IOException {
            Wire.writeInstant(stop.stoppedAt(), out);
            Wire.writeInstant(stop.closedAt(), out);
            Wire.writeEnum(stop.outcome(), out);
            Wire.writeText(stop.by(), out);
            out.writeBoolean(stop.timed());
            Wire.writeNullableInstant(stop.reopenedAt(), out);
        }

        private static Stop readStop(DataInputView in) throws IOException {
            return new Stop(
                    Wire.readInstant(in),
                    Wire.readInstant(in),
                    requireNonNull(Wire.readNullableEnum(Outcome.values(), in)),
                    Wire.readText(in),
                    in.readBoolean(),
                    Wire.readNullableInstant(in));
        }

        @Override
        protected Report read(int version, DataInputView in) throws IOException {
            String caseId = Wire.readText(in);
            String channel = Wire.readText(in);
            String nobody = CaseFold.INTAKE_DESK + channel;
            return new Report(
                    caseId,
                    channel,
                    Wire.readNullableText(in),
                    Wire.readNullableText(in),
                    Wire.readInstant(in),
                    version > 2 ? Wire.readNullableInstant(in) : null,
                    Wire.readNullableText(in),
                    Wire.readNullableInstant(in),
                    version == 1 ? firstStop(nobody, in) : Wire.readList(ReportSerializer::readStop, in),
                    Wire.readNullableInstant(in),
                    Wire.readNullableEnum(Outcome.values(), in),
                    version == 1 ? nobody : Wire.readText(in),
                    Wire.readInstant(in));
        }

        private static List<Stop> firstStop(String by, DataInputView in) throws IOException {
            Instant stoppedAt = Wire.readNullableInstant(in);
            Instant closedAt = Wire.readNullableInstant(in);
            Outcome outcome = Wire.readNullableEnum(Outcome.values(), in);
            return stoppedAt == null || closedAt == null || outcome == null
                    ? List.of()
                    : List.of(new Stop(stoppedAt, closedAt, outcome, by, true, null));
        }
    }

    /**
     * The problem and the case, whether there is a report, the report, from layout 2 on whether it is the root's, and the cause.
     * Raised with the report within.
     */
    public static final class MembershipSerializer extends CodecSerializer<Membership> {
        private final ReportSerializer reports = new ReportSerializer();

        @Override
        protected int version() {
            return 3;
        }

        @Override
        protected void write(Membership membership, DataOutputView out) throws IOException {
            Wire.writeText(membership.problem(), out);
            Wire.writeText(membership.caseId(), out);
            out.writeBoolean(membership.report() != null);
            if (membership.report() != null) {
                reports.serialize(membership.report(), out);
            }
            out.writeBoolean(membership.own());
            writeNullableCause(membership.cause(), out);
        }

        @Override
        protected Membership read(int version, DataInputView in) throws IOException {
            return new Membership(
                    Wire.readText(in),
                    Wire.readText(in),
                    in.readBoolean() ? reports.deserialize(in) : null,
                    version > 1 && in.readBoolean(),
                    version > 1 ? readNullableCause(in) : null);
        }
    }

    private static void writeNullableCause(@Nullable Cause cause, DataOutputView out) throws IOException {
        out.writeBoolean(cause != null);
        if (cause != null) {
            writeCause(cause, out);
        }
    }

    private static @Nullable Cause readNullableCause(DataInputView in) throws IOException {
        return in.readBoolean() ? readCause(in) : null;
    }

    private static void writeContributed(Map<String, Tally> contributed, DataOutputView out) throws IOException {
        Wire.writeLong(contributed.size(), out);
        for (Map.Entry<String, Tally> cell : contributed.entrySet()) {
            Wire.writeText(cell.getKey(), out);
            writeTally(cell.getValue(), out);
        }
    }

    private static Map<String, Tally> readContributed(DataInputView in) throws IOException {
        int cells = Math.toIntExact(Wire.readLong(in));
        Map<String, Tally> contributed = new HashMap<>(cells * 2);
        for (int i = 0; i < cells; i++) {
            contributed.put(Wire.readText(in), readTally(in));
        }
        return contributed;
    }

    /**
     * Whether the root has said something, what, then the other components in order. Layout 1 ended with the flush: problems
     * contributed nothing. Raised with the report within.
     */
    public static final class ProblemMemoSerializer extends CodecSerializer<ProblemMemo> {
        private final ReportSerializer reports = new ReportSerializer();

        @Override
        protected int version() {
            return 3;
        }

        @Override
        protected void write(ProblemMemo memo, DataOutputView out) throws IOException {
            out.writeBoolean(memo.own() != null);
            if (memo.own() != null) {
                reports.serialize(memo.own(), out);
            }
            out.writeLong(memo.version());
            out.writeLong(memo.content());
            out.writeLong(memo.flushAtMillis());
            out.writeLong(memo.asOfMillis());
            out.writeLong(memo.wakeAtMillis());
            Wire.writeLong(memo.packs(), out);
            out.writeLong(memo.contributedAsOfMillis());
            writeContributed(memo.contributed(), out);
            writeNullableCause(memo.cause(), out);
        }

        @Override
        protected ProblemMemo read(int version, DataInputView in) throws IOException {
            Report own = in.readBoolean() ? reports.deserialize(in) : null;
            long emitted = in.readLong();
            long content = in.readLong();
            long flushAtMillis = in.readLong();
            if (version == 1) {
                ProblemMemo none = ProblemMemo.NEW;
                return new ProblemMemo(
                        own,
                        emitted,
                        content,
                        flushAtMillis,
                        none.asOfMillis(),
                        none.wakeAtMillis(),
                        none.packs(),
                        none.contributedAsOfMillis(),
                        none.contributed(),
                        null);
            }
            return new ProblemMemo(
                    own,
                    emitted,
                    content,
                    flushAtMillis,
                    in.readLong(),
                    in.readLong(),
                    Math.toIntExact(Wire.readLong(in)),
                    in.readLong(),
                    readContributed(in),
                    readNullableCause(in));
        }
    }

    private static void writeExhibit(Exhibit exhibit, DataOutputView out) throws IOException {
        Wire.writeText(exhibit.digest(), out);
        Wire.writeText(exhibit.caseId(), out);
        Wire.writeText(exhibit.channel(), out);
        Wire.writeNullableText(exhibit.category(), out);
        Wire.writeNullableText(exhibit.territory(), out);
        Wire.writeInstant(exhibit.submittedAt(), out);
        Wire.writeList(exhibit.claims(), OperatorTypes::writeHandedIn, out);
    }

    private static void writeHandedIn(HandedIn claim, DataOutputView out) throws IOException {
        Wire.writeInstant(claim.at(), out);
        Wire.writeText(claim.by(), out);
    }

    private static HandedIn readHandedIn(DataInputView in) throws IOException {
        return new HandedIn(Wire.readInstant(in), Wire.readText(in));
    }

    private static Exhibit readExhibit(DataInputView in) throws IOException {
        return new Exhibit(
                Wire.readText(in),
                Wire.readText(in),
                Wire.readText(in),
                Wire.readNullableText(in),
                Wire.readNullableText(in),
                Wire.readInstant(in),
                Wire.readList(OperatorTypes::readHandedIn, in));
    }

    /** The digest, the case, whether there is an exhibit, its components in order, and the cause. */
    public static final class EvidenceNewsSerializer extends CodecSerializer<EvidenceNews> {
        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(EvidenceNews news, DataOutputView out) throws IOException {
            Wire.writeText(news.digest(), out);
            Wire.writeText(news.caseId(), out);
            out.writeBoolean(news.exhibit() != null);
            if (news.exhibit() != null) {
                writeExhibit(news.exhibit(), out);
            }
            writeNullableCause(news.cause(), out);
        }

        @Override
        protected EvidenceNews read(int version, DataInputView in) throws IOException {
            return new EvidenceNews(
                    Wire.readText(in),
                    Wire.readText(in),
                    in.readBoolean() ? readExhibit(in) : null,
                    readNullableCause(in));
        }
    }

    /** The exhibit, then the other components in order. */
    public static final class ExhibitMemoSerializer extends CodecSerializer<ExhibitMemo> {
        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(ExhibitMemo memo, DataOutputView out) throws IOException {
            writeExhibit(memo.exhibit(), out);
            Wire.writeLong(memo.packs(), out);
            writeContributed(memo.contributed(), out);
        }

        @Override
        protected ExhibitMemo read(int version, DataInputView in) throws IOException {
            return new ExhibitMemo(readExhibit(in), Math.toIntExact(Wire.readLong(in)), readContributed(in));
        }
    }

    /** Of each of the two whether it is there, the case, and when. */
    public static final class EarliestSerializer extends CodecSerializer<Earliest> {
        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(Earliest earliest, DataOutputView out) throws IOException {
            writeNullableUse(earliest.first(), out);
            writeNullableUse(earliest.other(), out);
        }

        private static void writeNullableUse(@Nullable Use use, DataOutputView out) throws IOException {
            out.writeBoolean(use != null);
            if (use != null) {
                Wire.writeText(use.caseId(), out);
                Wire.writeInstant(use.at(), out);
            }
        }

        @Override
        protected Earliest read(int version, DataInputView in) throws IOException {
            return new Earliest(readNullableUse(in), readNullableUse(in));
        }

        private static @Nullable Use readNullableUse(DataInputView in) throws IOException {
            return in.readBoolean() ? new Use(Wire.readText(in), Wire.readInstant(in)) : null;
        }
    }

    /**
     * The components in order. Layout 1: without the as-of of what is published, which was that of the last flush, and without
     * the rolling windows, of which there were none.
     */
    public static final class RowMemoSerializer extends CodecSerializer<RowMemo> {
        @Override
        protected int version() {
            return 2;
        }

        @Override
        protected void write(RowMemo memo, DataOutputView out) throws IOException {
            out.writeLong(memo.asOfMillis());
            out.writeLong(memo.writtenAsOfMillis());
            out.writeLong(memo.version());
            out.writeLong(memo.flushAtMillis());
            out.writeLong(memo.agesAtMillis());
            out.writeLong(memo.publishedAsOfMillis());
            Wire.writeList(memo.rolling(), Wire::writeEnum, out);
        }

        @Override
        protected RowMemo read(int version, DataInputView in) throws IOException {
            long asOfMillis = in.readLong();
            long writtenAsOfMillis = in.readLong();
            return new RowMemo(
                    asOfMillis,
                    writtenAsOfMillis,
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    version == 1 ? writtenAsOfMillis : in.readLong(),
                    version == 1 ? List.of() : Wire.readList(from -> Wire.readEnum(Window.values(), from), in));
        }
    }

    /** The components in order. */
    public static final class ChannelRecordSerializer extends CodecSerializer<ChannelRecord> {
        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(ChannelRecord record, DataOutputView out) throws IOException {
            Wire.writeText(record.topic(), out);
            Wire.writeLong(record.partition(), out);
            Wire.writeLong(record.offset(), out);
            out.writeLong(record.sentAtMillis());
            Wire.writeBytes(record.bytes(), out);
        }

        @Override
        protected ChannelRecord read(int version, DataInputView in) throws IOException {
            return new ChannelRecord(
                    Wire.readText(in),
                    Math.toIntExact(Wire.readLong(in)),
                    Wire.readLong(in),
                    in.readLong(),
                    Wire.readBytes(in));
        }
    }

    /** The components in order. */
    public static final class ToldRecordSerializer extends CodecSerializer<ToldRecord> {
        private final DomainTypes.CaseEventSerializer events = new DomainTypes.CaseEventSerializer();

        /** Raised with the events within. */
        @Override
        protected int version() {
            return 3;
        }

        @Override
        protected void write(ToldRecord record, DataOutputView out) throws IOException {
            Wire.writeText(record.topic(), out);
            Wire.writeLong(record.partition(), out);
            Wire.writeLong(record.offset(), out);
            Wire.writeList(record.events(), events::serialize, out);
        }

        @Override
        protected ToldRecord read(int version, DataInputView in) throws IOException {
            return new ToldRecord(
                    Wire.readText(in),
                    Math.toIntExact(Wire.readLong(in)),
                    Wire.readLong(in),
                    Wire.readList(events::deserialize, in));
        }
    }

    /** The case, whether there is data, the data as in its topic. */
    public static final class PersonalNewsSerializer extends CodecSerializer<PersonalNews> {
        private transient @Nullable PersonalDataCodec codec;

        @Override
        protected int version() {
            return 1;
        }

        private PersonalDataCodec codec() {
            if (codec == null) {
                codec = new PersonalDataCodec();
            }
            return codec;
        }

        @Override
        protected void write(PersonalNews news, DataOutputView out) throws IOException {
            Wire.writeText(news.caseId(), out);
            PersonalData data = news.data();
            out.writeBoolean(data != null);
            if (data != null) {
                codec().write(data, out);
            }
        }

        @Override
        protected PersonalNews read(int version, DataInputView in) throws IOException {
            return new PersonalNews(Wire.readText(in), in.readBoolean() ? codec().read(in) : null);
        }
    }

    /** The components in order. */
    public static final class FeedSignSerializer extends CodecSerializer<FeedSign> {
        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(FeedSign sign, DataOutputView out) throws IOException {
            Wire.writeText(sign.channel(), out);
            out.writeLong(sign.lastRecordAtMillis());
            out.writeLong(sign.silentAfterMillis());
        }

        @Override
        protected FeedSign read(int version, DataInputView in) throws IOException {
            return new FeedSign(Wire.readText(in), in.readLong(), in.readLong());
        }
    }

    /** As in their topics, with the length before. */
    public static final class AlertSerializer extends CodecSerializer<Alert> {
        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(Alert alert, DataOutputView out) throws IOException {
            Wire.writeBytes(AlertCodec.encode(alert, "state"), out);
        }

        @Override
        protected Alert read(int version, DataInputView in) throws IOException {
            return AlertCodec.decode(Wire.readBytes(in));
        }
    }

    /** The components in order; the source with its length before. */
    public static final class DocumentSerializer extends CodecSerializer<Document> {
        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(Document document, DataOutputView out) throws IOException {
            Wire.writeEnum(document.kind(), out);
            Wire.writeText(document.id(), out);
            out.writeLong(document.version());
            out.writeInt(document.source().length);
            out.write(document.source());
        }

        @Override
        protected Document read(int version, DataInputView in) throws IOException {
            Document.Kind kind = Wire.readEnum(Document.Kind.values(), in);
            String id = Wire.readText(in);
            long external = in.readLong();
            byte[] source = new byte[in.readInt()];
            in.readFully(source);
            return new Document(kind, id, external, source);
        }
    }
}
