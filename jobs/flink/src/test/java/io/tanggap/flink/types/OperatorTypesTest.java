package io.tanggap.flink.types;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.alert.Alerts.Told;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.PersonalData;
import io.tanggap.core.complaint.Redaction;
import io.tanggap.core.evidence.Earliest;
import io.tanggap.core.evidence.Earliest.Use;
import io.tanggap.core.evidence.Exhibit;
import io.tanggap.core.evidence.Exhibit.HandedIn;
import io.tanggap.core.measure.ChannelDay;
import io.tanggap.core.measure.Tally;
import io.tanggap.core.measure.Window;
import io.tanggap.core.problem.Report;
import io.tanggap.core.problem.Stop;
import io.tanggap.flink.avro.Examples;
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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorTypesTest {
    // By the numbers that are stored: a renumbered count must not change the golden bytes.
    private static final Tally TALLY = Tally.ofParts(new int[] {1, 70, 5_000}, new long[] {1, -3, 1L << 40});

    private static final Instant THEN = Instant.ofEpochMilli(1_511_484_900_123L);

    private static final Cause CAUSE = new Cause("qlue:1", List.of("0a", "é"), 7, List.of("jakarta-2017-11"), 3);

    private static final Causes CAUSES =
            new Causes(List.of(new Cause("crm:9", List.of(), 0, List.of(), 0), CAUSE), 1L << 40);

    private static final Report MERGED = new Report(
            "qlue:1",
            "qlue",
            "jalan rusak",
            "menteng",
            THEN,
            THEN.plusMillis(5),
            "crm:2",
            THEN.plusMillis(6),
            List.of(
                    new Stop(THEN.plusMillis(1), THEN.plusMillis(2), Outcome.FIXED, "é", true, THEN.plusMillis(3)),
                    new Stop(THEN.plusMillis(4), THEN.plusMillis(4), Outcome.UNABLE, "desk", false, null)),
            THEN.plusMillis(6),
            Outcome.DUPLICATE,
            "dinas",
            THEN.plusMillis(9));

    private static final Exhibit EXHIBIT = new Exhibit(
            "photo",
            "qlue:1",
            "qlue",
            "jalan rusak",
            "menteng",
            THEN,
            List.of(new HandedIn(THEN.plusMillis(7), "dinas"), new HandedIn(THEN.plusMillis(8), "é")));

    private static final Report OPEN =
            new Report("é", "", null, null, THEN, null, null, null, List.of(), null, null, "", THEN);

    @Test
    void tallies() throws Exception {
        SerializerContract.check(OperatorTypes.TALLY, List.of(TALLY, Tally.ZERO));
    }

    @Test
    void cellChanges() throws Exception {
        SerializerContract.check(
                OperatorTypes.CELL_CHANGE,
                List.of(new CellChange("menteng|qlue|17475", TALLY), new CellChange("", Tally.ZERO)));
    }

    @Test
    void sliceChanges() throws Exception {
        SerializerContract.check(
                OperatorTypes.SLICE_CHANGE,
                List.of(
                        new SliceChange("menteng|all", 17_475, TALLY),
                        new SliceChange("", -1, Tally.ZERO),
                        new SliceChange("menteng|all", 17_475, TALLY, CAUSES)));
    }

    @Test
    void pathChanges() throws Exception {
        SerializerContract.check(
                OperatorTypes.PATH_CHANGE,
                List.of(
                        new PathChange(new SlicePath("menteng|all", new SlicePath("jakarta|all", null)), 17_475, TALLY),
                        new PathChange(new SlicePath("", null), -1, Tally.ZERO),
                        new PathChange(new SlicePath("", null), -1, TALLY, CAUSE)));
    }

    @Test
    void corrections() throws Exception {
        SerializerContract.check(
                OperatorTypes.CORRECTION,
                List.of(new Correction(TALLY, CAUSES), new Correction(Tally.ZERO, Causes.NONE)));
    }

    @Test
    void cellSums() throws Exception {
        SerializerContract.check(OperatorTypes.CELL_SUM, List.of(CellSum.NEW, new CellSum(TALLY, 1, 2)));
    }

    @Test
    void channelRecords() throws Exception {
        SerializerContract.check(
                OperatorTypes.CHANNEL_RECORD,
                List.of(
                        new ChannelRecord("complaints.qlue", 3, 1L << 40, 1_511_484_900_000L, new byte[] {1, -2, 3}),
                        new ChannelRecord("", 0, 0, 0, new byte[0])));
    }

    @Test
    void toldRecords() throws Exception {
        SerializerContract.check(
                OperatorTypes.TOLD_RECORD,
                List.of(
                        new ToldRecord(
                                "complaints.crm", 1, 77, Examples.events().subList(0, 2)),
                        new ToldRecord("complaints.crm", 1, 78, List.of())));
    }

    @Test
    void personalNews() throws Exception {
        SerializerContract.check(
                OperatorTypes.PERSONAL_NEWS,
                List.of(
                        new PersonalNews(
                                "qlue:1",
                                new PersonalData("qlue:1", "0123", "[NIK] halo", Map.of(Redaction.Kind.NIK, 1))),
                        new PersonalNews("qlue:1", new PersonalData("qlue:1", null, null, Map.of())),
                        new PersonalNews("qlue:1", null)));
    }

    @Test
    void feedSigns() throws Exception {
        SerializerContract.check(
                OperatorTypes.FEED_SIGN,
                List.of(
                        new FeedSign("qlue", 1_511_484_900_000L, 21_600_000),
                        new FeedSign("", FeedSign.NONE, FeedSign.NONE)));
    }

    @Test
    void alerts() throws Exception {
        SerializerContract.check(OperatorTypes.ALERT, Examples.alerts());
    }

    @Test
    void caseMemos() throws Exception {
        // One cell: the order of a map's entries is another in every JVM.
        SerializerContract.check(
                OperatorTypes.CASE_MEMO,
                List.of(
                        CaseMemo.NEW,
                        new CaseMemo(
                                1_509_883_200_123L,
                                1_509_970_000_000L,
                                1_509_970_000_001L,
                                1_509_883_200_123_456L,
                                3,
                                Map.of("menteng|qlue|17475", TALLY),
                                2,
                                -7,
                                List.of(1L, -1L),
                                -9,
                                true,
                                false,
                                List.of(),
                                List.of(7L, -7L, 7L),
                                Map.of("é", -11L),
                                Map.of("RESOLUTION.1.1.50", new Told(3, -13L, 1_509_883_200_123L))),
                        CaseMemo.tombstone(List.of()),
                        CaseMemo.tombstone(List.of(7L, -7L))));
    }

    @Test
    void rowMemos() throws Exception {
        SerializerContract.check(
                OperatorTypes.ROW_MEMO, List.of(RowMemo.NEW, new RowMemo(1, 2, 3, 4, 5, 6, List.of(Window.values()))));
    }

    @Test
    void channelDays() throws Exception {
        SerializerContract.check(
                OperatorTypes.CHANNEL_DAY,
                List.of(
                        ChannelDay.NOTHING,
                        new ChannelDay(1L << 40, null),
                        new ChannelDay(-3, Examples.declarations().get(0))));
    }

    @Test
    void reports() throws Exception {
        SerializerContract.check(OperatorTypes.REPORT, List.of(MERGED, OPEN));
    }

    @Test
    void memberships() throws Exception {
        SerializerContract.check(
                OperatorTypes.MEMBERSHIP,
                List.of(
                        Membership.merged("crm:2", "qlue:1", MERGED, null),
                        Membership.merged("crm:2", "qlue:1", null, null),
                        Membership.own(OPEN, CAUSE)));
    }

    @Test
    void problemMemos() throws Exception {
        SerializerContract.check(
                OperatorTypes.PROBLEM_MEMO,
                List.of(
                        ProblemMemo.NEW,
                        new ProblemMemo(
                                MERGED, 1L << 50, -7, 3, 4, 5, 6, 7, Map.of("menteng|qlue|17475", TALLY), CAUSE)));
    }

    @Test
    void evidenceNews() throws Exception {
        SerializerContract.check(
                OperatorTypes.EVIDENCE_NEWS,
                List.of(new EvidenceNews("photo", "qlue:1", EXHIBIT, CAUSE), new EvidenceNews("", "é", null, null)));
    }

    @Test
    void exhibitMemos() throws Exception {
        SerializerContract.check(
                OperatorTypes.EXHIBIT_MEMO,
                List.of(
                        new ExhibitMemo(EXHIBIT, 3, Map.of("menteng|qlue|17475", TALLY)),
                        ExhibitMemo.uncounted(
                                new Exhibit("", "é", "", null, null, THEN, List.of(new HandedIn(THEN, ""))))));
    }

    @Test
    void earliest() throws Exception {
        SerializerContract.check(
                OperatorTypes.EARLIEST,
                List.of(
                        new Earliest(new Use("qlue:1", THEN), new Use("é", THEN.plusMillis(1))),
                        new Earliest(new Use("qlue:1", THEN), null),
                        Earliest.NONE));
    }

    @Test
    void documentsOfEveryKind() throws Exception {
        SerializerContract.check(
                OperatorTypes.DOCUMENT,
                Arrays.stream(Document.Kind.values())
                        .map(kind -> new Document(
                                kind, "qlue:" + kind, 1L << 50, "{\"name\":\"é\"}".getBytes(StandardCharsets.UTF_8)))
                        .toList());
    }

    @Test
    void everyTypeOfTheCatalogueIsCheckedAbove() {
        assertThat(OperatorTypes.ALL)
                .containsExactlyInAnyOrder(
                        OperatorTypes.TALLY,
                        OperatorTypes.CELL_CHANGE,
                        OperatorTypes.SLICE_CHANGE,
                        OperatorTypes.PATH_CHANGE,
                        OperatorTypes.CORRECTION,
                        OperatorTypes.CELL_SUM,
                        OperatorTypes.CASE_MEMO,
                        OperatorTypes.ROW_MEMO,
                        OperatorTypes.CHANNEL_DAY,
                        OperatorTypes.REPORT,
                        OperatorTypes.MEMBERSHIP,
                        OperatorTypes.PROBLEM_MEMO,
                        OperatorTypes.EVIDENCE_NEWS,
                        OperatorTypes.EXHIBIT_MEMO,
                        OperatorTypes.EARLIEST,
                        OperatorTypes.CHANNEL_RECORD,
                        OperatorTypes.TOLD_RECORD,
                        OperatorTypes.PERSONAL_NEWS,
                        OperatorTypes.FEED_SIGN,
                        OperatorTypes.ALERT,
                        OperatorTypes.DOCUMENT);
    }
}
