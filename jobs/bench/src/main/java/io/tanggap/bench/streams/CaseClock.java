package io.tanggap.bench.streams;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The least that has to be kept of a case to say when it is due: what starts and stops its clock, in the order of occurrence,
 * for events come late. Calendar time and events of the seeded city alone: no pauses, no states, no corrections, no work on
 * closed cases.
 */
final class CaseClock {
    /** Nothing is due. */
    static final long NEVER = Long.MAX_VALUE;

    /** What moves the clock. */
    private enum Kind {
        SUBMITTED('s'),
        CLAIMED('c'),
        CLAIM_REJECTED('r'),
        CLOSED('e'),
        REOPENED('o');

        /** How it is stored. */
        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        static Kind of(char letter) {
            for (Kind kind : values()) {
                if (kind.letter == letter) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("nothing that moves a clock is stored as " + letter);
        }

        static @Nullable Kind of(Payload payload) {
            if (payload instanceof Payload.Submitted) {
                return SUBMITTED;
            } else if (payload instanceof Payload.ResolutionClaimed) {
                return CLAIMED;
            } else if (payload instanceof Payload.ResolutionRejected) {
                return CLAIM_REJECTED;
            } else if (payload instanceof Payload.Closed) {
                return CLOSED;
            } else if (payload instanceof Payload.Reopened) {
                return REOPENED;
            }
            return null;
        }
    }

    /**
     * An event that moves the clock.
     *
     * @param sequence {@link Long#MIN_VALUE} where the source has none
     * @param id the first half of the event's id, by which copies are known
     */
    private record Mark(long atMillis, long sequence, long id, Kind kind) {
        /** As {@link CaseEvent#ORDER}. */
        static final Comparator<Mark> ORDER = Comparator.comparingLong(Mark::atMillis)
                .thenComparingLong(Mark::sequence)
                .thenComparing(Mark::id, Long::compareUnsigned);
    }

    private final List<Mark> marks = new ArrayList<>();
    private final String channel;
    private @Nullable String category;
    private long statedMillis = NEVER;
    private long dueMillis = NEVER;
    private boolean overdue;

    CaseClock(String channel) {
        this.channel = channel;
    }

    /** Whether an event moves the clock of its case. */
    static boolean isMovedBy(CaseEvent event) {
        return Kind.of(event.payload()) != null;
    }

    /** Takes an event that moves the clock, and returns whether it is not a copy. */
    boolean take(CaseEvent event) {
        Kind kind = Kind.of(event.payload());
        if (kind == null) {
            return false;
        }
        Mark mark = new Mark(
                event.occurredAt().toEpochMilli(),
                event.sourceSequence() == null ? Long.MIN_VALUE : event.sourceSequence(),
                Long.parseUnsignedLong(event.eventId(), 0, 16, 16),
                kind);
        if (marks.contains(mark)) {
            return false;
        }
        marks.add(mark);
        marks.sort(Mark.ORDER);
        if (event.payload() instanceof Payload.Submitted submitted) {
            category = submitted.category();
            Instant stated = submitted.resolutionDeadline();
            statedMillis = stated == null ? NEVER : stated.toEpochMilli();
        }
        return true;
    }

    /** When the cycle that runs is due, in epoch milliseconds; {@link #NEVER} while none runs. */
    long deadlineMillis(Reference reference) {
        long startedAt = NEVER;
        boolean reopened = false;
        boolean claimed = false;
        boolean closed = false;
        for (Mark mark : marks) {
            switch (mark.kind) {
                case SUBMITTED -> startedAt = mark.atMillis;
                case CLAIMED -> claimed = claimed || !closed;
                case CLAIM_REJECTED -> claimed = claimed && closed;
                case CLOSED -> closed = true;
                case REOPENED -> {
                    if (closed) {
                        startedAt = mark.atMillis;
                        reopened = true;
                    }
                    claimed = false;
                    closed = false;
                }
            }
        }
        if (startedAt == NEVER || claimed || closed) {
            return NEVER;
        }
        if (!reopened && statedMillis != NEVER) {
            return statedMillis;
        }
        Instant start = Instant.ofEpochMilli(startedAt);
        return reference
                .allowance(Target.RESOLUTION, category, channel, null, start, start)
                .map(allowance -> start.plus(allowance.within()).toEpochMilli())
                .orElse(NEVER);
    }

    /** The deadline that stands in the store of deadlines; {@link #NEVER} if none does. */
    long dueMillis() {
        return dueMillis;
    }

    /** Whether it has been counted as overdue. */
    boolean isOverdue() {
        return overdue;
    }

    void waitUntil(long deadlineMillis) {
        dueMillis = deadlineMillis;
        overdue = false;
    }

    void becomeOverdue() {
        dueMillis = NEVER;
        overdue = true;
    }

    byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(channel);
            out.writeBoolean(category != null);
            if (category != null) {
                out.writeUTF(category);
            }
            out.writeLong(statedMillis);
            out.writeLong(dueMillis);
            out.writeBoolean(overdue);
            for (Mark mark : marks) {
                out.writeByte(mark.kind.letter);
                out.writeLong(mark.atMillis);
                out.writeLong(mark.sequence);
                out.writeLong(mark.id);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes every byte", e);
        }
        return bytes.toByteArray();
    }

    static CaseClock read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            CaseClock clock = new CaseClock(in.readUTF());
            clock.category = in.readBoolean() ? in.readUTF() : null;
            clock.statedMillis = in.readLong();
            clock.dueMillis = in.readLong();
            clock.overdue = in.readBoolean();
            while (in.available() > 0) {
                Kind kind = Kind.of((char) in.readByte());
                clock.marks.add(new Mark(in.readLong(), in.readLong(), in.readLong(), kind));
            }
            return clock;
        } catch (IOException e) {
            throw new UncheckedIOException("a case in the store ends too early", e);
        }
    }
}
