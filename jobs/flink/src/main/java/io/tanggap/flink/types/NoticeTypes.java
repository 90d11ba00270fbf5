package io.tanggap.flink.types;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.notice.Answer.Outcome;
import io.tanggap.core.notice.Box.Entry;
import io.tanggap.core.notice.Box.Hold;
import io.tanggap.core.notice.Box.Memory;
import io.tanggap.core.notice.Errand;
import io.tanggap.core.notice.Followed;
import io.tanggap.core.notice.Followed.Sent;
import io.tanggap.core.notice.Notice;
import io.tanggap.core.notice.Notice.Change;
import io.tanggap.core.notice.Notice.Item;
import io.tanggap.core.notice.Notice.Occasion;
import io.tanggap.core.notice.Silence;
import io.tanggap.core.reference.Recipient;
import io.tanggap.core.reference.Recipient.Means;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.Validity;
import io.tanggap.flink.alert.SilenceCodec;
import io.tanggap.flink.state.Bulletin;
import io.tanggap.flink.state.Heard;
import io.tanggap.flink.state.Parcel;
import io.tanggap.flink.state.Parcel.Attempt;
import io.tanggap.flink.types.DomainTypes.ReferencePackSerializer;
import io.tanggap.flink.types.OperatorTypes.AlertSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * The types of what the notification job keeps and sends on; {@link OperatorTypes} has those of the other jobs. The names of
 * the serializers are stored in savepoints: they stay.
 */
public final class NoticeTypes {
    public static final CodecType<Silence> SILENCE = new CodecType<>(Silence.class, new SilenceSerializer());
    public static final CodecType<Heard> HEARD = new CodecType<>(Heard.class, new HeardSerializer());
    public static final CodecType<Bulletin> BULLETIN = new CodecType<>(Bulletin.class, new BulletinSerializer());
    public static final CodecType<Followed> FOLLOWED = new CodecType<>(Followed.class, new FollowedSerializer());
    public static final CodecType<Errand> ERRAND = new CodecType<>(Errand.class, new ErrandSerializer());
    public static final CodecType<Entry> ENTRY = new CodecType<>(Entry.class, new EntrySerializer());
    public static final CodecType<Memory> MEMORY = new CodecType<>(Memory.class, new MemorySerializer());
    public static final CodecType<Parcel> PARCEL = new CodecType<>(Parcel.class, new ParcelSerializer());

    /** All of them: each has golden bytes. */
    public static final List<CodecType<?>> ALL =
            List.of(SILENCE, HEARD, BULLETIN, FOLLOWED, ERRAND, ENTRY, MEMORY, PARCEL);

    private NoticeTypes() {}

    private static void writeHold(Hold hold, DataOutputView out) throws IOException {
        Wire.writeText(hold.id(), out);
        Wire.writeNullableText(hold.reason(), out);
    }

    private static Hold readHold(DataInputView in) throws IOException {
        return new Hold(Wire.readText(in), Wire.readNullableText(in));
    }

    /** As in its topic, with the length before. */
    public static final class SilenceSerializer extends CodecSerializer<Silence> {
        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(Silence silence, DataOutputView out) throws IOException {
            Wire.writeBytes(SilenceCodec.encode(silence), out);
        }

        @Override
        protected Silence read(int version, DataInputView in) throws IOException {
            return SilenceCodec.decode(Wire.readBytes(in));
        }
    }

    /** The alert, then the instant. */
    public static final class HeardSerializer extends CodecSerializer<Heard> {
        private final AlertSerializer alerts = new AlertSerializer();

        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(Heard heard, DataOutputView out) throws IOException {
            alerts.serialize(heard.alert(), out);
            Wire.writeInstant(heard.knownBefore(), out);
        }

        @Override
        protected Heard read(int version, DataInputView in) throws IOException {
            return new Heard(alerts.deserialize(in), Wire.readInstant(in));
        }
    }

    /** A tag, then what it says. */
    public static final class BulletinSerializer extends CodecSerializer<Bulletin> {
        private static final int PACK = 0;
        private static final int SILENCED = 1;
        private static final int FEED = 2;

        private final ReferencePackSerializer packs = new ReferencePackSerializer();
        private final SilenceSerializer silences = new SilenceSerializer();
        private final AlertSerializer alerts = new AlertSerializer();

        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(Bulletin bulletin, DataOutputView out) throws IOException {
            ReferencePack pack = bulletin.pack();
            Silence silence = bulletin.silence();
            Alert feed = bulletin.feed();
            if (pack != null) {
                out.writeByte(PACK);
                packs.serialize(pack, out);
            } else if (silence != null) {
                out.writeByte(SILENCED);
                silences.serialize(silence, out);
            } else if (feed != null) {
                out.writeByte(FEED);
                alerts.serialize(feed, out);
            }
        }

        @Override
        protected Bulletin read(int version, DataInputView in) throws IOException {
            int tag = in.readByte();
            return switch (tag) {
                case PACK -> Bulletin.of(packs.deserialize(in));
                case SILENCED -> Bulletin.of(silences.deserialize(in));
                case FEED -> Bulletin.of(alerts.deserialize(in));
                default -> throw new IOException("no bulletin has the tag " + tag);
            };
        }
    }

    /** The alert, the instant, then who was sent what. */
    public static final class FollowedSerializer extends CodecSerializer<Followed> {
        private final AlertSerializer alerts = new AlertSerializer();

        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(Followed followed, DataOutputView out) throws IOException {
            alerts.serialize(followed.alert(), out);
            Wire.writeInstant(followed.knownBefore(), out);
            Wire.writeLong(followed.sent().size(), out);
            for (Map.Entry<String, Sent> sent : followed.sent().entrySet()) {
                Wire.writeText(sent.getKey(), out);
                Wire.writeText(sent.getValue().route(), out);
                out.writeBoolean(sent.getValue().instant());
                out.writeBoolean(sent.getValue().known());
            }
        }

        @Override
        protected Followed read(int version, DataInputView in) throws IOException {
            Alert alert = alerts.deserialize(in);
            Instant knownBefore = Wire.readInstant(in);
            int size = Math.toIntExact(Wire.readLong(in));
            Map<String, Sent> sent = new HashMap<>(size * 2);
            for (int i = 0; i < size; i++) {
                sent.put(Wire.readText(in), new Sent(Wire.readText(in), in.readBoolean(), in.readBoolean()));
            }
            return new Followed(alert, knownBefore, sent);
        }
    }

    /** The components in order. */
    public static final class ErrandSerializer extends CodecSerializer<Errand> {
        private final AlertSerializer alerts = new AlertSerializer();

        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(Errand errand, DataOutputView out) throws IOException {
            Wire.writeText(errand.recipient(), out);
            Wire.writeText(errand.route(), out);
            out.writeBoolean(errand.instant());
            alerts.serialize(errand.alert(), out);
            out.writeBoolean(errand.passedOn());
            out.writeBoolean(errand.known());
        }

        @Override
        protected Errand read(int version, DataInputView in) throws IOException {
            return new Errand(
                    Wire.readText(in),
                    Wire.readText(in),
                    in.readBoolean(),
                    alerts.deserialize(in),
                    in.readBoolean(),
                    in.readBoolean());
        }
    }

    /** The components in order. */
    public static final class EntrySerializer extends CodecSerializer<Entry> {
        private final AlertSerializer alerts = new AlertSerializer();

        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(Entry entry, DataOutputView out) throws IOException {
            alerts.serialize(entry.alert(), out);
            Wire.writeText(entry.route(), out);
            out.writeBoolean(entry.instant());
            out.writeBoolean(entry.known());
            out.writeBoolean(entry.told());
            Wire.writeEnum(entry.pending(), out);
            out.writeBoolean(entry.hold() != null);
            if (entry.hold() != null) {
                writeHold(entry.hold(), out);
            }
        }

        @Override
        protected Entry read(int version, DataInputView in) throws IOException {
            return new Entry(
                    alerts.deserialize(in),
                    Wire.readText(in),
                    in.readBoolean(),
                    in.readBoolean(),
                    in.readBoolean(),
                    Wire.readNullableEnum(Change.values(), in),
                    in.readBoolean() ? readHold(in) : null);
        }
    }

    /** The components in order. */
    public static final class MemorySerializer extends CodecSerializer<Memory> {
        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(Memory memory, DataOutputView out) throws IOException {
            Wire.writeInstant(memory.digestAfter(), out);
            Wire.writeList(memory.singles(), Wire::writeInstant, out);
            Wire.writeNullableInstant(memory.manyAt(), out);
            Wire.writeLong(memory.due(), out);
            Wire.writeLong(memory.dueAtOnce(), out);
            Wire.writeList(memory.holds(), NoticeTypes::writeHold, out);
        }

        @Override
        protected Memory read(int version, DataInputView in) throws IOException {
            return new Memory(
                    Wire.readInstant(in),
                    Wire.readList(Wire::readInstant, in),
                    Wire.readNullableInstant(in),
                    Math.toIntExact(Wire.readLong(in)),
                    Math.toIntExact(Wire.readLong(in)),
                    Wire.readList(NoticeTypes::readHold, in));
        }
    }

    /** The message, the recipient, the attempts, then when it is due. */
    public static final class ParcelSerializer extends CodecSerializer<Parcel> {
        private final AlertSerializer alerts = new AlertSerializer();

        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected void write(Parcel parcel, DataOutputView out) throws IOException {
            writeNotice(parcel.notice(), out);
            writeRecipient(parcel.recipient(), out);
            Wire.writeList(
                    parcel.attempts(),
                    (attempt, to) -> {
                        Wire.writeInstant(attempt.at(), to);
                        Wire.writeEnum(attempt.outcome(), to);
                        Wire.writeText(attempt.text(), to);
                    },
                    out);
            Wire.writeInstant(parcel.dueAt(), out);
        }

        @Override
        protected Parcel read(int version, DataInputView in) throws IOException {
            return new Parcel(
                    readNotice(in),
                    readRecipient(in),
                    Wire.readList(
                            from -> new Attempt(
                                    Wire.readInstant(from), Wire.readEnum(Outcome.values(), from), Wire.readText(from)),
                            in),
                    Wire.readInstant(in));
        }

        private void writeNotice(Notice notice, DataOutputView out) throws IOException {
            Wire.writeText(notice.id(), out);
            Wire.writeText(notice.recipient(), out);
            Wire.writeText(notice.unit(), out);
            Wire.writeText(notice.unitName(), out);
            Wire.writeEnum(notice.occasion(), out);
            Wire.writeInstant(notice.madeAt(), out);
            Wire.writeLong(notice.counts().size(), out);
            for (Map.Entry<Change, Integer> count : notice.counts().entrySet()) {
                Wire.writeEnum(count.getKey(), out);
                Wire.writeLong(count.getValue(), out);
            }
            Wire.writeList(
                    notice.items(),
                    (item, to) -> {
                        Wire.writeEnum(item.change(), to);
                        alerts.serialize(item.alert(), to);
                        Wire.writeText(item.route(), to);
                    },
                    out);
            Wire.writeNullableText(notice.reason(), out);
            Wire.writeLong(notice.names().size(), out);
            for (Map.Entry<String, String> name : notice.names().entrySet()) {
                Wire.writeText(name.getKey(), out);
                Wire.writeText(name.getValue(), out);
            }
            Wire.writeText(notice.language(), out);
            Wire.writeText(notice.zone().getId(), out);
        }

        private Notice readNotice(DataInputView in) throws IOException {
            return new Notice(
                    Wire.readText(in),
                    Wire.readText(in),
                    Wire.readText(in),
                    Wire.readText(in),
                    Wire.readEnum(Occasion.values(), in),
                    Wire.readInstant(in),
                    readCounts(in),
                    Wire.readList(
                            from -> new Item(
                                    Wire.readEnum(Change.values(), from),
                                    alerts.deserialize(from),
                                    Wire.readText(from)),
                            in),
                    Wire.readNullableText(in),
                    readNames(in),
                    Wire.readText(in),
                    ZoneId.of(Wire.readText(in)));
        }

        private static Map<Change, Integer> readCounts(DataInputView in) throws IOException {
            int size = Math.toIntExact(Wire.readLong(in));
            Map<Change, Integer> counts = new EnumMap<>(Change.class);
            for (int i = 0; i < size; i++) {
                counts.put(Wire.readEnum(Change.values(), in), Math.toIntExact(Wire.readLong(in)));
            }
            return counts;
        }

        private static Map<String, String> readNames(DataInputView in) throws IOException {
            int size = Math.toIntExact(Wire.readLong(in));
            Map<String, String> names = new HashMap<>(size * 2);
            for (int i = 0; i < size; i++) {
                names.put(Wire.readText(in), Wire.readText(in));
            }
            return names;
        }

        private static void writeRecipient(Recipient recipient, DataOutputView out) throws IOException {
            Wire.writeText(recipient.id(), out);
            Wire.writeText(recipient.unit(), out);
            Wire.writeEnum(recipient.means(), out);
            Wire.writeText(recipient.address(), out);
            Wire.writeText(recipient.language(), out);
            writeTime(recipient.digestAt(), out);
            Wire.writeNullableText(recipient.calendar(), out);
            writeTime(recipient.quietFrom(), out);
            writeTime(recipient.quietTo(), out);
            Wire.writeLong(recipient.perHour(), out);
            writeDay(recipient.validity().from(), out);
            writeDay(recipient.validity().to(), out);
        }

        private static Recipient readRecipient(DataInputView in) throws IOException {
            return new Recipient(
                    Wire.readText(in),
                    Wire.readText(in),
                    Wire.readEnum(Means.values(), in),
                    Wire.readText(in),
                    Wire.readText(in),
                    requireNonNull(readTime(in)),
                    Wire.readNullableText(in),
                    readTime(in),
                    readTime(in),
                    Math.toIntExact(Wire.readLong(in)),
                    new Validity(readDay(in), readDay(in)));
        }

        private static void writeTime(@Nullable LocalTime time, DataOutputView out) throws IOException {
            Wire.writeNullableText(time == null ? null : time.toString(), out);
        }

        private static @Nullable LocalTime readTime(DataInputView in) throws IOException {
            String text = Wire.readNullableText(in);
            return text == null ? null : LocalTime.parse(text);
        }

        private static void writeDay(@Nullable LocalDate day, DataOutputView out) throws IOException {
            Wire.writeNullableText(day == null ? null : day.toString(), out);
        }

        private static @Nullable LocalDate readDay(DataInputView in) throws IOException {
            String text = Wire.readNullableText(in);
            return text == null ? null : LocalDate.parse(text);
        }
    }
}
