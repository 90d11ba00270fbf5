package io.tanggap.app.differential;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Payload.Submitted;
import io.tanggap.core.complaint.Payload.Unmerged;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.intake.Mapping;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the comparison fails where it should. */
class SecondEngineTest {
    private static final Instant SUBMITTED_AT = Instant.parse("2011-07-01T14:30:00Z");
    private static final Instant AS_OF = Instant.parse("2011-07-02T04:00:00Z");

    /** Of one open case that is received, open and without a target; the last two are left out. */
    private static final String CELL = """
            {"role": "%s", "rule": "%s", "unit": "%s", "channel": "twitter", "category": "Trees", "day": "2011-07-01",
             "counts": {"received": %d, "cohort_not_applicable": 1, "open_entered": 1, "problems": 1, "problem_reports": 1,
              "time_running_open": 1, "time_running_idle": 1, "time_running_problem": 1, "time_seconds_open": -1309530600,
              "time_seconds_idle": -1309530600, "time_seconds_problem": -1309530600%s},
             "histograms": {"open_slot": [[10, 1]], "durable_open_slot": [[10, 1]], "backlog": [[15156, 1]],
              "silence": [[15156, 1]]}, "provenance": {"emitted_at": "2026-01-01T00:00:00Z"}}""";

    /** With one share, of the day. */
    private static final String ROW = """
            {"role": "%s", "rule": "%s", "unit": "%s", "window": "DAY", "window_start": "2011-07-01", "shares": {"%s": %s}}""";

    @Test
    void aFigureThatDiffersIsNamedWithBothValues() throws Exception {
        try (SecondEngine engine = oneCase()) {
            engine.read(each -> each.accept(cell("TERRITORY", "CROP", "Roxbury", 2, ", \"no_target_entered\": 1")));
            assertThatThrownBy(engine::assertSame)
                    .hasMessageContaining(
                            "CELL TERRITORY CROP Roxbury NOBODY twitter Trees 2011-07-01 counts.received: "
                                    + "the job wrote 2, the queries find 1");
        }
    }

    @Test
    void aLimitOfAnIntervalThatDiffersIsNamed() throws Exception {
        try (SecondEngine engine = oneCase()) {
            engine.read(each -> each.accept(row("TERRITORY", "CROP", "Roxbury", "silent_over_3_days_high", "0.794")));
            assertThatThrownBy(engine::assertSame)
                    .hasMessageContaining("DAY TERRITORY CROP Roxbury NOBODY ALL ALL 2011-07-01 "
                            + "shares.silent_over_3_days_high: the job wrote 0.794, the queries find 0.793");
        }
    }

    @Test
    void aCoverageThatDiffersIsNamed() throws Exception {
        try (SecondEngine engine = oneCase(
                new ChannelDeclaration("twitter", LocalDate.of(2011, 7, 1), 1, SUBMITTED_AT),
                new ChannelDeclaration("twitter", LocalDate.of(2011, 7, 1), 2, AS_OF))) {
            engine.read(each -> each.accept(row("CHANNEL", "ORIGIN", "twitter", "coverage", "1.0")));
            assertThatThrownBy(engine::assertSame)
                    .hasMessageContaining("DAY CHANNEL ORIGIN twitter NOBODY ALL ALL 2011-07-01 shares.coverage: "
                            + "the job wrote 1.0, the queries find 0.5");
        }
    }

    @Test
    void aFigureThatIsLeftOutIsNamed() throws Exception {
        try (SecondEngine engine = oneCase()) {
            engine.read(each -> each.accept(cell("TERRITORY", "CROP", "Roxbury", 1, "")));
            assertThatThrownBy(engine::assertSame)
                    .hasMessageContaining("counts.no_target_entered: the job wrote nothing, the queries find 1")
                    .hasMessageContaining("CELL HOLDER CRM PWD NOBODY twitter Trees 2011-07-01 document: "
                            + "the job wrote nothing, the queries find 1");
        }
    }

    @Test
    void aDocumentTooManyIsNamed() throws Exception {
        try (SecondEngine engine = oneCase()) {
            engine.read(each -> each.accept(cell("HOLDER", "CRM", "ISD", 1, "")));
            assertThatThrownBy(engine::assertSame)
                    .hasMessageContaining("CELL HOLDER CRM ISD NOBODY twitter Trees 2011-07-01 document: "
                            + "the job wrote 1, the queries find nothing");
        }
    }

    @Test
    void aFieldThatNoQueryAnswersForNeedsAReason() throws Exception {
        try (SecondEngine engine = oneCase()) {
            engine.read(each -> each.accept(cell("HOLDER", "CRM", "PWD", 1, ", \"applauded\": 3")));
            assertThatThrownBy(engine::assertSame)
                    .hasMessageContaining(
                            "CELL counts.applauded is found by no query, and excused.csv gives no reason");
        }
    }

    @Test
    void anEventWithoutARuleStopsTheStory() throws Exception {
        try (SecondEngine engine =
                knowing(List.of(event(new Submitted("Trees", "Roxbury", "PWD", null)), event(new Unmerged())))) {
            assertThatThrownBy(() -> engine.run("city/told.sql"))
                    .hasMessageContaining("the story has no rule for Unmerged with time EXACT");
        }
    }

    private static SecondEngine oneCase(ChannelDeclaration... declarations) throws Exception {
        CaseEvent submission = event(new Submitted("Trees", "Roxbury", "PWD", null));
        SecondEngine engine = knowing(List.of(submission, submission), declarations);
        engine.run("boston.sql");
        engine.compute();
        return engine;
    }

    private static SecondEngine knowing(List<CaseEvent> events, ChannelDeclaration... declarations)
            throws SQLException {
        return SecondEngine.of(
                List.of(Mapping.shipped("boston-311").referencePack()), events, List.of(declarations), AS_OF);
    }

    private static CaseEvent event(Payload payload) {
        return CaseEvent.of(
                "twitter",
                "1",
                SUBMITTED_AT,
                AS_OF,
                null,
                Actor.CITIZEN,
                null,
                Visibility.PUBLIC,
                false,
                TimeNote.EXACT,
                payload);
    }

    private static JsonNode cell(String role, String rule, String unit, int received, String more) {
        return document(CELL.formatted(role, rule, unit, received, more));
    }

    private static JsonNode row(String role, String rule, String unit, String share, String value) {
        return document(ROW.formatted(role, rule, unit, share, value));
    }

    private static JsonNode document(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
