package io.tanggap.flink.types;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.release.DailyEvent;
import io.tanggap.core.release.Quasi;
import io.tanggap.core.release.ReleasedUnit;
import io.tanggap.flink.state.Leaf;
import io.tanggap.flink.types.DomainTypes.CaseEventSerializer;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * The types of what the exports send on. That of a release runs to its end and keeps no savepoint, so the layouts of its types may change
 * with any release; the daily one has its events in files that a later release may find, so their layouts are read as long as any.
 */
public final class ReleaseTypes {
    public static final CodecType<Leaf> LEAF = new CodecType<>(Leaf.class, new LeafSerializer());
    public static final CodecType<Quasi> QUASI = new CodecType<>(Quasi.class, new QuasiSerializer());
    public static final CodecType<DailyEvent> DAILY_EVENT =
            new CodecType<>(DailyEvent.class, new DailyEventSerializer());

    /** All of them: each has golden bytes. */
    public static final List<CodecType<?>> ALL = List.of(LEAF, QUASI, DAILY_EVENT);

    private ReleaseTypes() {}

    /** The components in order; an event after whether there is one. */
    public static final class LeafSerializer extends CodecSerializer<Leaf> {
        private final CaseEventSerializer events = new CaseEventSerializer();

        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(Leaf leaf, DataOutputView out) throws IOException {
            Wire.writeText(leaf.name(), out);
            Wire.writeLong(leaf.rung(), out);
            out.writeBoolean(leaf.event() != null);
            if (leaf.event() != null) {
                events.serialize(leaf.event(), out);
            }
            Wire.writeNullableText(leaf.words(), out);
            Wire.writeLong(leaf.offset(), out);
        }

        @Override
        protected Leaf read(int version, DataInputView in) throws IOException {
            return new Leaf(
                    Wire.readText(in),
                    Math.toIntExact(Wire.readLong(in)),
                    in.readBoolean() ? events.deserialize(in) : null,
                    Wire.readNullableText(in),
                    Wire.readLong(in));
        }
    }

    /** The components in order. */
    public static final class QuasiSerializer extends CodecSerializer<Quasi> {
        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(Quasi quasi, DataOutputView out) throws IOException {
            Wire.writeText(quasi.name(), out);
            Wire.writeLong(quasi.day().toEpochDay(), out);
            Wire.writeList(quasi.place(), Wire::writeText, out);
            Wire.writeText(quasi.category(), out);
            Wire.writeText(quasi.group(), out);
            Wire.writeText(quasi.channel(), out);
            out.writeBoolean(quasi.sensitive());
            Wire.writeNullableText(quasi.agency(), out);
        }

        @Override
        protected Quasi read(int version, DataInputView in) throws IOException {
            return new Quasi(
                    Wire.readText(in),
                    LocalDate.ofEpochDay(Wire.readLong(in)),
                    Wire.readList(Wire::readText, in),
                    Wire.readText(in),
                    Wire.readText(in),
                    Wire.readText(in),
                    in.readBoolean(),
                    Wire.readNullableText(in));
        }
    }

    /** The components in order; a unit as whether there is one, its id and its level. */
    public static final class DailyEventSerializer extends CodecSerializer<DailyEvent> {
        /** In place of the stars of what is no rating. */
        private static final int NO_STARS = 0;

        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(DailyEvent event, DataOutputView out) throws IOException {
            Wire.writeText(event.name(), out);
            Wire.writeText(event.caseName(), out);
            Wire.writeLong(event.day().toEpochDay(), out);
            Wire.writeText(event.activity(), out);
            Wire.writeInstant(event.at(), out);
            Wire.writeText(event.transition(), out);
            writeUnit(event.unit(), out);
            Wire.writeEnum(event.actor(), out);
            Wire.writeEnum(event.visibility(), out);
            out.writeBoolean(event.inferred());
            writeUnit(event.to(), out);
            Wire.writeNullableText(event.reason(), out);
            Wire.writeEnum(event.outcome(), out);
            Wire.writeLong(event.stars() == null ? NO_STARS : event.stars(), out);
            Wire.writeText(event.channel(), out);
            Wire.writeNullableText(event.category(), out);
            Wire.writeNullableText(event.place(), out);
        }

        @Override
        protected DailyEvent read(int version, DataInputView in) throws IOException {
            return new DailyEvent(
                    Wire.readText(in),
                    Wire.readText(in),
                    LocalDate.ofEpochDay(Wire.readLong(in)),
                    Wire.readText(in),
                    Wire.readInstant(in),
                    Wire.readText(in),
                    readUnit(in),
                    Wire.readEnum(Actor.values(), in),
                    Wire.readEnum(Visibility.values(), in),
                    in.readBoolean(),
                    readUnit(in),
                    Wire.readNullableText(in),
                    Wire.readNullableEnum(Outcome.values(), in),
                    readStars(in),
                    Wire.readText(in),
                    Wire.readNullableText(in),
                    Wire.readNullableText(in));
        }

        private static void writeUnit(@Nullable ReleasedUnit unit, DataOutputView out) throws IOException {
            out.writeBoolean(unit != null);
            if (unit != null) {
                Wire.writeNullableText(unit.group(), out);
                Wire.writeText(unit.role(), out);
            }
        }

        private static @Nullable ReleasedUnit readUnit(DataInputView in) throws IOException {
            return in.readBoolean() ? new ReleasedUnit(Wire.readNullableText(in), Wire.readText(in)) : null;
        }

        private static @Nullable Integer readStars(DataInputView in) throws IOException {
            int stars = Math.toIntExact(Wire.readLong(in));
            return stars == NO_STARS ? null : stars;
        }
    }
}
