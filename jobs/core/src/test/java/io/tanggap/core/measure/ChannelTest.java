package io.tanggap.core.measure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.core.References;
import io.tanggap.core.Seed;
import io.tanggap.core.Story;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How complete and how late what a channel sends is. */
class ChannelTest {
    private static final LocalDate DAY = LocalDate.parse("2024-03-04");
    private static final Day THE_DAY = Day.of(DAY.toEpochDay(), ZoneOffset.UTC);

    private static CaseEvent event(long minute, Duration late, TimeNote note, boolean inferred, Payload payload) {
        return CaseEvent.of(
                "qlue",
                "1",
                Story.at(minute),
                Story.at(minute).plus(late),
                null,
                Actor.OFFICER,
                null,
                Visibility.PUBLIC,
                inferred,
                note,
                payload);
    }

    private static Map<Cell, Tally> contributed(List<CaseEvent> events, Instant asOf) {
        CaseView view = CaseFold.fold(CaseHistory.of(events), References.WITHOUT_POLICY, asOf)
                .view();
        return Contributions.of(requireNonNull(view));
    }

    @Test
    void everyEventThatWasToldIsReceivedOnItsDayWhateverItIsOf() {
        Duration hour = Duration.ofHours(1);
        List<CaseEvent> events = List.of(
                event(0, hour, TimeNote.EXACT, false, new Payload.Submitted("roads", null, null, null)),
                event(1, hour, TimeNote.EXACT, true, new Payload.Assigned("A")),
                event(2, Duration.ofMillis(1_001), TimeNote.EXACT, false, new Payload.PublicReply()),
                event(3, Duration.ZERO, TimeNote.OBSERVED, false, new Payload.ProgressUpdated()),
                event(4, hour, TimeNote.GAP, false, new Payload.InternalNote()),
                event(5, hour, TimeNote.EXACT, false, new Payload.Redacted()),
                event(3 * 1440, Duration.ofSeconds(-5), TimeNote.EXACT, false, new Payload.PublicReply()));
        CaseView view =
                requireNonNull(CaseFold.fold(CaseHistory.of(events), References.WITHOUT_POLICY, Story.at(9 * 1440))
                        .view());
        long first = view.dayOf(Story.START);

        Map<Cell, Tally> cells = Contributions.of(view);

        assertThat(cells.get(Cell.ofChannel("qlue", first)))
                .as("without what was inferred and the request to erase")
                .isEqualTo(new Tally.Builder()
                        .add(Count.EVENTS_RECEIVED, 4)
                        .add(Count.LATENESS, LatenessBins.of(hour), 1)
                        .add(Count.LATENESS, 1, 1)
                        .build());
        assertThat(cells.get(Cell.ofChannel("qlue", first + 3)))
                .isEqualTo(new Tally.Builder()
                        .add(Count.EVENTS_RECEIVED, 1)
                        .add(Count.LATENESS, 0, 1)
                        .build());
        assertThat(contributed(events, Story.at(3)).get(Cell.ofChannel("qlue", first)))
                .as("before the as-of alone")
                .isEqualTo(new Tally.Builder()
                        .add(Count.EVENTS_RECEIVED, 2)
                        .add(Count.LATENESS, LatenessBins.of(hour), 1)
                        .add(Count.LATENESS, 1, 1)
                        .build());
    }

    @Test
    void theCopyThatCameFirstSaysHowLateAnEventWas() {
        CaseEvent early = event(0, Duration.ofSeconds(3), TimeNote.EXACT, false, new Payload.PublicReply());
        CaseEvent late = event(0, Duration.ofDays(3), TimeNote.EXACT, false, new Payload.PublicReply());

        assertThat(contributed(List.of(late, early, late), Story.at(99)))
                .isEqualTo(contributed(List.of(early), Story.at(99)));
    }

    @Test
    void latenessIsInBinsOfPowersOfTwo() {
        assertThat(LatenessBins.of(Duration.ofDays(-1))).isZero();
        assertThat(LatenessBins.of(Duration.ofSeconds(1))).isZero();
        assertThat(LatenessBins.of(Duration.ofMillis(1_001))).isEqualTo(1);
        for (int bin = 1; bin < LatenessBins.OVERFLOW; bin++) {
            Duration edge = Duration.ofSeconds(LatenessBins.upperSeconds(bin));
            assertThat(LatenessBins.of(edge)).isEqualTo(bin);
            assertThat(LatenessBins.of(edge.plusMillis(1))).isEqualTo(bin + 1);
        }
        assertThat(LatenessBins.of(Duration.ofDays(4_000))).isEqualTo(LatenessBins.OVERFLOW);
        assertThatThrownBy(() -> LatenessBins.upperSeconds(LatenessBins.OVERFLOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ChannelDeclaration declared(long events, int minute) {
        return new ChannelDeclaration(
                "qlue", DAY, events, DAY.atTime(23, 0).toInstant(ZoneOffset.UTC).plusSeconds(60L * minute));
    }

    @Test
    void inWhateverOrderADayIsLearnedTheLastDeclarationCountsAndTheLargerOfTwo() {
        List<ChannelDeclaration> said =
                List.of(declared(10, 0), declared(12, 5), declared(20, 5), declared(99, 4), declared(20, 5));
        Random random = Seed.random(this);
        for (int round = 0; round < 50; round++) {
            List<ChannelDeclaration> any = new ArrayList<>(said);
            Collections.shuffle(any, random);
            ChannelDay day = ChannelDay.NOTHING;
            for (ChannelDeclaration declaration : any) {
                day = day.receiving(3).declaring(declaration);
            }
            assertThat(day).isEqualTo(new ChannelDay(15, declared(20, 5)));
        }
    }

    private static Responsiveness figures(Instant asOf, ChannelDay... days) {
        Snapshot sum = new Snapshot();
        for (ChannelDay day : days) {
            sum.add(
                    new Tally.Builder()
                            .add(Count.EVENTS_RECEIVED, day.received())
                            .build(),
                    THE_DAY,
                    asOf);
            sum.add(day.contribution(), THE_DAY, asOf);
        }
        return Responsiveness.ofChannel(sum);
    }

    @Test
    void coverageIsOfDeclaredDaysAloneAndASilentOneIsMissing() {
        assertThat(figures(THE_DAY.end(), new ChannelDay(0, declared(50, 0))).figures())
                .as("a silent feed")
                .containsEntry("shares.coverage", 0.0)
                .containsEntry("counts.events_received", 0L)
                .containsEntry("counts.declared_days", 1L);
        Responsiveness some = figures(
                THE_DAY.end(), new ChannelDay(30, declared(50, 0)), new ChannelDay(7, null), ChannelDay.NOTHING);
        assertThat(some.figures())
                .containsEntry("shares.coverage", 0.6)
                .containsEntry("counts.events_received", 37L)
                .containsEntry("counts.events_of_declared_days", 30L)
                .containsEntry("counts.events_declared", 50L)
                .containsEntry("counts.declared_days", 1L)
                .containsEntry("counts.undeclared_days", 1L);
        assertThat(some.states()).containsEntry("coverage", "VALUE");
        assertThat(figures(THE_DAY.end(), new ChannelDay(75, declared(50, 0))).figures())
                .as("more than the source knows of is shown")
                .containsEntry("shares.coverage", 1.5);
    }

    @Test
    void coverageThatNobodyKnowsSaysWhy() {
        Responsiveness undeclared = figures(THE_DAY.end(), new ChannelDay(7, null));
        assertThat(undeclared.figures()).doesNotContainKey("shares.coverage");
        assertThat(undeclared.states()).containsEntry("coverage", Responsiveness.UNDECLARED);
        Responsiveness empty = figures(THE_DAY.end(), new ChannelDay(0, declared(0, 0)));
        assertThat(empty.figures()).doesNotContainKey("shares.coverage");
        assertThat(empty.states()).containsEntry("coverage", Responsiveness.DECLARED_EMPTY);
    }

    @Test
    void ofADayThatGoesOnOnlyEventsAreCounted() {
        Responsiveness figures =
                figures(THE_DAY.end().minusMillis(1), new ChannelDay(30, declared(50, 0)), new ChannelDay(7, null));

        assertThat(figures.figures())
                .containsEntry("counts.events_received", 37L)
                .containsEntry("counts.declared_days", 0L)
                .containsEntry("counts.undeclared_days", 0L)
                .doesNotContainKey("counts.events_declared");
        assertThat(figures.states()).containsEntry("coverage", Responsiveness.UNDECLARED);
    }

    @Test
    void quantilesOfLatenessAreUpperEdgesAndTheOverflowHasNone() {
        Tally late = new Tally.Builder()
                .add(Count.LATENESS, 3, 98)
                .add(Count.LATENESS, LatenessBins.OVERFLOW, 2)
                .build();
        Responsiveness figures = Responsiveness.ofChannel(new Snapshot().add(late, THE_DAY, THE_DAY.end()));

        assertThat(figures.figures())
                .containsEntry("times.lateness_p50_seconds", 8L)
                .containsEntry("counts.events_timed", 100L)
                .doesNotContainKey("times.lateness_p99_seconds");
        assertThat(figures.states())
                .containsEntry("lateness_p50_seconds", "VALUE")
                .containsEntry("lateness_p99_seconds", "BEYOND_LAST_BIN");
        assertThat(figures(THE_DAY.end(), new ChannelDay(1, null)).states())
                .containsEntry("lateness_p50_seconds", "NOT_REACHED");
    }

    @Test
    void whatChannelsSayIsInTheCatalogue() {
        Responsiveness figures = figures(THE_DAY.end(), new ChannelDay(30, declared(50, 0)));
        List<String> named = new ArrayList<>(Measure.COVERAGE.fields());
        named.addAll(Measure.LATENESS.fields());

        assertThat(figures.figures().keySet()).isSubsetOf(named);
        assertThat(figures.states().keySet())
                .allMatch(state -> named.contains("times." + state) || named.contains("shares." + state));
    }

    @Test
    void aDeclarationSaysWhatCanBe() {
        Instant begins = DAY.atStartOfDay().toInstant(ZoneOffset.ofHours(14));
        assertThat(new ChannelDeclaration("qlue", DAY, 0, begins).begunBefore(begins))
                .isFalse();
        assertThatThrownBy(() -> new ChannelDeclaration("qlue", DAY, 0, begins.minusMillis(1)))
                .hasMessageContaining("day 2024-03-04 had begun nowhere");
        assertThatThrownBy(() -> new ChannelDeclaration("qlue", DAY, -1, THE_DAY.end()))
                .hasMessageContaining("events -1");
        assertThatThrownBy(() -> new ChannelDeclaration("", DAY, 1, THE_DAY.end()))
                .hasMessageContaining("channel ''");
    }
}
