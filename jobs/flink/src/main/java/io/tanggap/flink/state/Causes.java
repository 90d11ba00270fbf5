package io.tanggap.flink.state;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/**
 * What a correction rests on: its causes, each once, of which the first by their order are named. Which ones does not depend
 * on the order in which they were united.
 *
 * @param named at most {@link #MOST_NAMED}, ascending
 * @param others how many there are beside those; exact within one day of a slice, and over several at most so many, for one
 *     that is not named may be among the others of each day
 */
public record Causes(List<Cause> named, long others) {
    /** How many causes are named. */
    public static final int MOST_NAMED = 20;

    /** Nothing that anybody named. */
    public static final Causes NONE = new Causes(List.of(), 0);

    public Causes {
        named = List.copyOf(named);
        if (named.size() > MOST_NAMED || others < 0) {
            throw new IllegalArgumentException(
                    named.size() + " named causes and " + others + " others; at most " + MOST_NAMED + " are named");
        }
    }

    /** A single cause. */
    public static Causes of(Cause cause) {
        return new Causes(List.of(cause), 0);
    }

    /** Both of them. */
    public Causes and(Causes more) {
        if (equals(NONE) || equals(more)) {
            return more;
        }
        if (more.equals(NONE)) {
            return this;
        }
        TreeSet<Cause> all = new TreeSet<>(named);
        all.addAll(more.named);
        long others = this.others + more.others + Math.max(0, all.size() - MOST_NAMED);
        Iterator<Cause> first = all.iterator();
        List<Cause> kept = new ArrayList<>(MOST_NAMED);
        while (first.hasNext() && kept.size() < MOST_NAMED) {
            kept.add(first.next());
        }
        return new Causes(kept, others);
    }
}
