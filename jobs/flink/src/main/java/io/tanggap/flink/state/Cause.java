package io.tanggap.flink.state;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.ChannelDeclaration;
import java.util.Comparator;
import java.util.List;

/**
 * Why something is known better about the time before: news of one case, or that a source has declared a day of a channel.
 *
 * @param subject the case that was judged again, whose id holds a colon; of a declaration the channel, whose id holds none,
 *     and the day
 * @param events ids of its events that told more about the time before, the first {@link #MOST_NAMED} in their order
 * @param eventCount the number of all of them
 * @param packs ids of the reference packs that it is judged by since, the last {@link #MOST_NAMED} in their order
 * @param contributionsVersion the version of the mapping to cells that it is counted by since; 0 if that is as before
 */
public record Cause(String subject, List<String> events, int eventCount, List<String> packs, int contributionsVersion)
        implements Comparable<Cause> {
    /** How many events, and how many packs, a cause names. */
    public static final int MOST_NAMED = 5;

    private static final Comparator<Cause> ORDER = Comparator.comparing(Cause::subject)
            .thenComparing(cause -> cause.events().toString())
            .thenComparing(Cause::eventCount)
            .thenComparing(cause -> cause.packs().toString())
            .thenComparing(Cause::contributionsVersion);

    public Cause {
        requireNonNull(subject, "subject");
        events = List.copyOf(events);
        packs = List.copyOf(packs);
        if (events.size() > MOST_NAMED || events.size() > eventCount || packs.size() > MOST_NAMED) {
            throw new IllegalArgumentException("a cause names at most " + MOST_NAMED + " events and packs, "
                    + subject + " has " + events.size() + " of " + eventCount + " events and " + packs.size()
                    + " packs: cut the lists");
        }
    }

    /** The cause with all of these, of which it names as many as it may. */
    public static Cause of(String caseId, List<String> events, List<String> packs, int contributionsVersion) {
        return new Cause(
                caseId,
                events.subList(0, Math.min(MOST_NAMED, events.size())),
                events.size(),
                packs.subList(Math.max(0, packs.size() - MOST_NAMED), packs.size()),
                contributionsVersion);
    }

    /** That a source has said how many events it has of a day of a channel, or has said another number. */
    public static Cause declared(ChannelDeclaration declaration) {
        return new Cause(declaration.channel() + " " + declaration.day(), List.of(), 0, List.of(), 0);
    }

    /** Whether it is what a source has declared, and no case. */
    public boolean isDeclaration() {
        return subject.indexOf(':') < 0;
    }

    @Override
    public int compareTo(Cause other) {
        return ORDER.compare(this, other);
    }
}
