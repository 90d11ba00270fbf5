package io.tanggap.core.measure;

import io.tanggap.core.complaint.ChannelDeclaration;
import org.jspecify.annotations.Nullable;

/**
 * What was received of one day of a channel, and what its source says it has. In whatever order both are learned, however
 * often, the same comes of it.
 *
 * @param received distinct events
 * @param declared null where the source has said nothing of the day
 */
public record ChannelDay(long received, @Nullable ChannelDeclaration declared) {
    /** A day of which nothing is known. */
    public static final ChannelDay NOTHING = new ChannelDay(0, null);

    /** The same with more events, or fewer. */
    public ChannelDay receiving(long more) {
        return new ChannelDay(received + more, declared);
    }

    /** The same when the source has said this too: the greatest by {@link ChannelDeclaration#ORDER} counts. */
    public ChannelDay declaring(ChannelDeclaration declaration) {
        return declared == null || ChannelDeclaration.ORDER.compare(declaration, declared) > 0
                ? new ChannelDay(received, declaration)
                : this;
    }

    /** What the day contributes to the channel's cell beside the events themselves. */
    public Tally contribution() {
        Tally.Builder tally = new Tally.Builder();
        if (declared != null) {
            tally.add(Count.EVENTS_DECLARED, declared.events())
                    .add(Count.EVENTS_OF_DECLARED_DAYS, received)
                    .add(Count.DAYS_DECLARED, 1);
        } else if (received > 0) {
            tally.add(Count.DAYS_UNDECLARED, 1);
        }
        return tally.build();
    }
}
