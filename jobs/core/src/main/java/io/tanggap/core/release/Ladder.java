package io.tanggap.core.release;

import io.tanggap.core.release.Rung.Time;
import io.tanggap.core.release.Rung.Topic;
import java.util.ArrayList;
import java.util.List;

/**
 * The rungs by which quasi-identifiers are generalised. A case stands on the first rung on which enough cases, of those that stand
 * on none before, share all four; one that is left after the last is withheld.
 *
 * <p>Times of events are released exactly or not at all: a time that was moved would falsify every study of working hours, and one
 * that was not would undo a week. So either the times are kept, and places, channels and categories give way first, or the
 * places are, and the times do: such a case keeps its row, and has no events in the release.
 */
public enum Ladder {
    /** For the study of processes: as many cases as can be keep their events, with exact times. */
    TIMES(
            step(Time.DAY, 0, Topic.CATEGORY, true),
            step(Time.DAY, 1, Topic.CATEGORY, true),
            step(Time.DAY, 2, Topic.CATEGORY, true),
            step(Time.DAY, 2, Topic.CATEGORY, false),
            step(Time.DAY, 3, Topic.CATEGORY, true),
            step(Time.DAY, 3, Topic.CATEGORY, false),
            step(Time.DAY, 2, Topic.GROUP, false),
            step(Time.DAY, 3, Topic.GROUP, false),
            step(Time.DAY, 3, Topic.NONE, false),
            step(Time.WEEK, 3, Topic.GROUP, false),
            step(Time.MONTH, 2, Topic.GROUP, false),
            step(Time.MONTH, 3, Topic.GROUP, false),
            step(Time.MONTH, 3, Topic.NONE, false)),
    /** For the study of places and subjects: these are kept for as long as can be, and times give way. */
    PLACES(
            step(Time.DAY, 0, Topic.CATEGORY, true),
            step(Time.WEEK, 0, Topic.CATEGORY, true),
            step(Time.MONTH, 0, Topic.CATEGORY, true),
            step(Time.MONTH, 1, Topic.CATEGORY, true),
            step(Time.MONTH, 2, Topic.CATEGORY, true),
            step(Time.MONTH, 2, Topic.CATEGORY, false),
            step(Time.MONTH, 1, Topic.GROUP, false),
            step(Time.MONTH, 2, Topic.GROUP, false),
            step(Time.MONTH, 3, Topic.CATEGORY, false),
            step(Time.MONTH, 3, Topic.GROUP, false),
            step(Time.MONTH, 3, Topic.NONE, false));

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list
    private final List<Rung> rungs;

    Ladder(Step... steps) {
        List<Rung> numbered = new ArrayList<>();
        for (Step step : steps) {
            numbered.add(new Rung(numbered.size() + 1, step.time, step.up, step.topic, step.channel));
        }
        rungs = List.copyOf(numbered);
    }

    private record Step(Time time, int up, Topic topic, boolean channel) {}

    private static Step step(Time time, int up, Topic topic, boolean channel) {
        return new Step(time, up, topic, channel);
    }

    /** The rungs, finest first. */
    public List<Rung> rungs() {
        return rungs;
    }

    /** The rung of a number. */
    public Rung rung(int number) {
        return rungs.get(number - 1);
    }
}
