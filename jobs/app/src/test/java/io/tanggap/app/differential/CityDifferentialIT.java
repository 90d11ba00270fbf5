package io.tanggap.app.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.app.fixture.JobRun;
import io.tanggap.testkit.EmbeddedServers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * An invented month with all that happens to cases, summed up by the job and by SQL over the same events: hand-overs and offers
 * that are accepted, refused or forgotten, waits, claims, reopenings, merges, calendars, and who answers for it.
 */
@ExtendWith(EmbeddedServers.class)
class CityDifferentialIT {
    private static final long SEED = 1117;
    private static final int CASES = 1_600;

    private static final List<String> HAPPENS = List.of(
            "ACCEPTED",
            "ASSIGNED",
            "CLAIMED",
            "CLAIM_WITHDRAWN",
            "CLOSED",
            "DECLINED",
            "DELEGATED",
            "GIVER_WORKED",
            "LAPSED",
            "OFFERED",
            "RECALLED",
            "REOPENED",
            "TAKEN");

    private static final List<String> IS_COUNTED = List.of(
            "counts.cohort_met",
            "counts.cohort_missed_late",
            "counts.cohort_missed_open",
            "counts.cohort_running",
            "counts.cohort_paused",
            "counts.cohort_not_applicable",
            "counts.due_met",
            "counts.due_missed_late",
            "counts.due_missed_open",
            "counts.due_inherited",
            "counts.due_contested",
            "counts.due_overturned",
            "counts.overdue_left",
            "counts.no_target_left",
            "counts.stale_left",
            "counts.handovers_in",
            "counts.reopened",
            "counts.closed_duplicate",
            "counts.closed_invalid",
            "counts.share_met",
            "counts.share_missed",
            "counts.target_met_handover",
            "counts.target_missed_handover",
            "counts.target_met_triage",
            "counts.returned_fixed",
            "counts.pair_returns",
            "counts.came_back",
            "counts.rated_1",
            "counts.answered_no",
            "counts.declined_yes",
            "counts.evidence_reused",
            "counts.time_running_paused",
            "counts.time_running_overrun",
            "counts.offered_late",
            "counts.claim_rejected",
            "counts.claim_instant",
            "counts.claim_before_last",
            "counts.claim_at_last");

    /** Of rows, what few cities have. */
    private static final List<String> IS_STATED = List.of(
            "counts.late_entries",
            "close_curve[24].low",
            "ratios.deadline_bunching",
            "shares.coverage",
            "shares.resolved_14_days",
            "shares.overrun",
            "times.close_conditional_from_hours",
            "times.lateness_p99_seconds",
            "times.offer_taken_p80_hours_high",
            "times.resolution_mean_30_days_hours",
            "times.stay_before_hop_p50_hours");

    @Test
    void bothEnginesFindTheSameFigures(EmbeddedServers servers, @TempDir Path checkpoints) throws Exception {
        WorkingCity city = WorkingCity.of(SEED, CASES);
        try (JobRun job = JobRun.start(servers, checkpoints)) {
            job.feed(city.pack(), city.events());
            job.declare(city.declarations());
            job.replay(city.asOf());

            try (SecondEngine engine = SecondEngine.beside(job, city.asOf())) {
                for (String script : List.of("told", "story", "custody", "clocks", "charges", "claims")) {
                    engine.run("city/" + script + ".sql");
                }
                engine.compute();
                assertThat(engine.words("SELECT DISTINCT what FROM log"))
                        .as("what happens")
                        .containsAll(HAPPENS);
                assertThat(engine.words("SELECT DISTINCT name FROM facts WHERE role = 'HOLDER'"))
                        .as("what is counted")
                        .containsAll(IS_COUNTED);
                assertThat(engine.words("SELECT DISTINCT name FROM computed WHERE span <> 'CELL'"))
                        .as("what is stated")
                        .containsAll(IS_STATED);
                assertThat(engine.words("SELECT DISTINCT text FROM computed WHERE text IS NOT NULL"))
                        .as("why something is not stated")
                        .contains("UNDECLARED", "DECLARED_EMPTY", "FOLLOW_UP", "NOT_REACHED");
                engine.read(job.queries());
                engine.assertSame();
            }
        }
    }
}
