package io.tanggap.core;

import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Cycle;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.sla.Clock;
import java.util.List;
import java.util.stream.Stream;

/** The clocks of a view, and what they say, as short as people would say it. */
public final class Clocks {
    private Clocks() {}

    /** Every clock, those of resolution among them. */
    public static List<Clock> all(CaseView view) {
        return Stream.concat(view.clocks().stream(), view.cycles().stream().map(Cycle::resolution))
                .toList();
    }

    /** The clocks of a target, in order. */
    public static List<Clock> of(CaseView view, Target target) {
        return all(view).stream().filter(clock -> clock.target() == target).toList();
    }

    /** The clock of a target of which there is one. */
    public static Clock clock(CaseView view, Target target) {
        List<Clock> found = of(view, target);
        if (found.size() != 1) {
            throw new AssertionError("one clock of " + target + " was expected, not " + found);
        }
        return found.get(0);
    }

    /** {@code "MET due 2024-07-08 09:30"}, by Jakarta's clocks; without deadline the verdict alone. */
    public static String says(Clock clock) {
        return clock.verdict() + (clock.deadline() == null ? "" : " due " + Story.local(clock.deadline()));
    }

    /** What the one clock of a target says. */
    public static String says(CaseView view, Target target) {
        return says(clock(view, target));
    }

    /** {@code "CITIZEN_INFO 2024-07-08 10:00 to 2024-07-08 11:00"} for every pause, by Jakarta's clocks. */
    public static List<String> pauses(Clock clock) {
        return clock.pauses().stream()
                .map(pause -> pause.reason() + " " + Story.local(pause.from()) + " to "
                        + (pause.to() == null ? "now" : Story.local(pause.to())))
                .toList();
    }
}
