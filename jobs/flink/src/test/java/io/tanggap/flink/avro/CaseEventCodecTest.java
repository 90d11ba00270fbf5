package io.tanggap.flink.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.flink.avro.Reading.Read;
import io.tanggap.flink.avro.Reading.Unreadable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CaseEventCodecTest {
    private final CaseEventCodec codec = new CaseEventCodec();

    static List<CaseEvent> events() {
        return Examples.events();
    }

    private Unreadable<Incoming> unreadable(byte[] bytes) {
        Reading<Incoming> reading = codec.decode(bytes);
        assertThat(reading).isInstanceOf(Unreadable.class);
        return (Unreadable<Incoming>) reading;
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventIsReadAsItWasWritten(CaseEvent event) {
        assertThat(codec.decode(codec.encode(event))).isEqualTo(new Read<>(Incoming.of(event)));
    }

    @Test
    void everyPayloadOfTheCoreHasAnExample() {
        assertThat(events().stream().map(event -> event.payload().getClass()).distinct())
                .hasSize(Payload.class.getPermittedSubclasses().length);
    }

    /**
     * The golden bytes of the second layout hold an event of version 3 of every kind that there was, behind the layout's number
     * and the length.
     */
    @Test
    void anEventOfVersion3IsReadAsThenUnderTheIdThatItHad() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/test/resources/golden/types/CaseEventSerializer.2.hex"));
        for (int i = 1; i < lines.size(); i++) {
            byte[] stored = HexFormat.of().parseHex(lines.get(i));

            assertThat(codec.decode(Arrays.copyOfRange(stored, 5, stored.length)))
                    .isEqualTo(new Read<>(Incoming.of(events().get(i - 1))));
        }
        assertThat(events().get(lines.size() - 2).payload())
                .isEqualTo(new Payload.SnapshotObserved(null, null, null, null, null, null));
    }

    /** The golden bytes of the third layout hold those of version 4. */
    @Test
    void anEventOfVersion4IsReadAsThenUnderTheIdThatItHad() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/test/resources/golden/types/CaseEventSerializer.3.hex"));
        for (int i = 1; i < lines.size(); i++) {
            byte[] stored = HexFormat.of().parseHex(lines.get(i));

            assertThat(codec.decode(Arrays.copyOfRange(stored, 5, stored.length)))
                    .isEqualTo(new Read<>(Incoming.of(events().get(i - 1))));
        }
        assertThat(lines).hasSize(events().size());
    }

    @Test
    void aCycleBeforeTheFirstIsInvalid() {
        io.tanggap.schema.CaseEvent wire = wire(new Payload.VerdictContested("RESOLUTION", 1));
        ((io.tanggap.schema.VerdictContested) wire.getPayload()).setCycle(0);

        assertThat(unreadable(bytes(wire))).satisfies(unreadable -> {
            assertThat(unreadable.reason()).isEqualTo("invalid.content");
            assertThat(unreadable.message()).contains("counted from 1");
        });
    }

    private io.tanggap.schema.CaseEvent wire(Payload payload) {
        try {
            return io.tanggap.schema.CaseEvent.getDecoder()
                    .decode(codec.encode(at(events().get(0).occurredAt(), payload)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(io.tanggap.schema.CaseEvent wire) {
        try {
            ByteBuffer encoded = io.tanggap.schema.CaseEvent.getEncoder().encode(wire);
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void readingOneEventLeavesTheOneBeforeAsItWas() {
        List<CaseEvent> events = Examples.events(500, 7);
        List<Reading<Incoming>> readings =
                events.stream().map(codec::encode).map(codec::decode).toList();
        assertThat(readings)
                .isEqualTo(events.stream()
                        .map(event -> new Read<>(Incoming.of(event)))
                        .toList());
    }

    @Test
    void theBytesAreAvroSingleObjectEncoding() throws IOException {
        for (CaseEvent event : events()) {
            io.tanggap.schema.CaseEvent read =
                    io.tanggap.schema.CaseEvent.getDecoder().decode(codec.encode(event));
            assertThat(read.getEventId()).isEqualTo(event.eventId());
            byte[] byAvro =
                    io.tanggap.schema.CaseEvent.getEncoder().encode(read).array();
            assertThat(codec.encode(event)).isEqualTo(Arrays.copyOf(byAvro, codec.encode(event).length));
        }
    }

    @Test
    void aHeartbeatTellsItsInstant() {
        assertThat(codec.decode(codec.encodeHeartbeat(Examples.NOON, 3)))
                .isEqualTo(new Read<>(Incoming.of(Examples.NOON)));
    }

    @Test
    void bytesThatBeginOtherwiseAreMalformed() {
        for (byte[] bytes :
                new byte[][] {null, {}, {(byte) 0xC3}, "{\"event_id\":1}".getBytes(StandardCharsets.UTF_8)}) {
            assertThat(unreadable(bytes).reason()).isEqualTo("malformed.avro");
        }
    }

    @Test
    void aFingerprintThatNobodyFrozeIsAnUnknownSchema() {
        byte[] bytes = codec.encode(events().get(0));
        bytes[5] ^= 1;
        assertThat(unreadable(bytes).reason()).isEqualTo("malformed.unknown-schema");
    }

    @Test
    void aRecordCutAnywhereIsMalformedAndTheNextIsRead() {
        for (CaseEvent event : events()) {
            byte[] whole = codec.encode(event);
            for (int length = 0; length < whole.length; length++) {
                assertThat(unreadable(Arrays.copyOf(whole, length)).reason()).isEqualTo("malformed.avro");
            }
            assertThat(codec.decode(whole)).isEqualTo(new Read<>(Incoming.of(event)));
        }
    }

    @Test
    void aRecordThatGoesOnAfterItsEndIsMalformed() {
        byte[] whole = codec.encode(events().get(0));
        assertThat(unreadable(Arrays.copyOf(whole, whole.length + 1)).reason()).isEqualTo("malformed.avro");
    }

    @Test
    void aConstantThatNoEnumHasIsMalformed() {
        // The last byte of a closing is the place of its outcome, doubled.
        CaseEvent closed = events().get(10);
        assertThat(closed.type()).isEqualTo("Closed");
        byte[] bytes = codec.encode(closed);
        bytes[bytes.length - 1] = 126;
        assertThat(unreadable(bytes).reason()).isEqualTo("malformed.avro");
    }

    @Test
    void aPayloadThatNoTypeHasIsMalformed() {
        // The last byte of a verification is the branch of the union, doubled.
        CaseEvent verified = events().get(12);
        assertThat(verified.type()).isEqualTo("Verified");
        byte[] bytes = codec.encode(verified);
        for (byte branch : new byte[] {-1, 1, 126}) {
            bytes[bytes.length - 1] = branch;
            assertThat(unreadable(bytes).reason()).isEqualTo("malformed.avro");
        }
    }

    @Test
    void aLengthBeyondTheRecordIsMalformedWithoutBeingAllocated() {
        byte[] bytes = codec.encode(events().get(0));
        byte[] twoGigabytes = {(byte) 0xEE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
        System.arraycopy(twoGigabytes, 0, bytes, 10, twoGigabytes.length);
        assertThat(unreadable(bytes).reason()).isEqualTo("malformed.avro");
    }

    @Test
    void anEventWhoseIdIsNotTheHashOfItsContentIsInvalid() {
        CaseEvent event = events().get(2);
        CaseEvent forged = with(event, event.eventId(), event.caseId(), new Payload.Assigned("someone else"));
        assertThat(unreadable(codec.encode(forged)).reason()).isEqualTo("invalid.event-id");
        assertThat(unreadable(codec.encode(forged)).message())
                .contains(CaseEvent.idOf(
                        event.caseId(),
                        event.occurredAt(),
                        event.sourceSequence(),
                        event.actor(),
                        event.orgUnit(),
                        event.visibility(),
                        new Payload.Assigned("someone else")));
    }

    @Test
    void anEventOfAnotherChannelsCaseIsInvalid() {
        CaseEvent event = events().get(2);
        for (String caseId : List.of("qlue", "qlue:JKT-3", "qlu:eJKT-2", "qlue:xJKT-2", "lapo:JKT-2", ":qlueJKT-2")) {
            String id = CaseEvent.idOf(
                    caseId,
                    event.occurredAt(),
                    event.sourceSequence(),
                    event.actor(),
                    event.orgUnit(),
                    event.visibility(),
                    event.payload());
            assertThat(unreadable(codec.encode(with(event, id, caseId, event.payload())))
                            .reason())
                    .as(caseId)
                    .isEqualTo("invalid.case-id");
        }
    }

    @Test
    void aTimeThatNoArithmeticCanStandIsInvalid() {
        Instant none = Instant.ofEpochMilli(Long.MAX_VALUE);
        CaseEvent first = events().get(0);
        for (CaseEvent event : List.of(
                at(none, first.payload()),
                at(Instant.ofEpochMilli(Long.MIN_VALUE), first.payload()),
                at(first.occurredAt(), new Payload.Submitted(null, null, null, none)),
                at(first.occurredAt(), new Payload.SnapshotObserved(null, null, null, null, null, none)))) {
            assertThat(unreadable(codec.encode(event)).reason()).isEqualTo("invalid.time");
        }
        assertThat(unreadable(codec.encodeHeartbeat(none, 0)).reason()).isEqualTo("invalid.time");
    }

    private static CaseEvent at(Instant occurredAt, Payload payload) {
        return CaseEvent.of(
                "qlue",
                "JKT-1",
                occurredAt,
                events().get(0).ingestedAt(),
                null,
                Actor.CITIZEN,
                null,
                Visibility.PUBLIC,
                false,
                TimeNote.EXACT,
                payload);
    }

    private static CaseEvent with(CaseEvent event, String eventId, String caseId, Payload payload) {
        return new CaseEvent(
                eventId,
                caseId,
                event.channel(),
                event.sourceCaseId(),
                event.occurredAt(),
                event.ingestedAt(),
                event.sourceSequence(),
                event.actor(),
                event.orgUnit(),
                event.visibility(),
                event.inferred(),
                event.timeNote(),
                payload);
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void damagedBytesNeverThrowAndNeverBecomeAnotherEvent() {
        long seed = Long.getLong("seed", 20171105L);
        System.out.println("damagedBytesNeverThrowAndNeverBecomeAnotherEvent: -Dseed=" + seed);
        Random random = new Random(seed);
        List<CaseEvent> events = Examples.events(200, seed);
        for (int round = 0; round < 20_000; round++) {
            CaseEvent event = events.get(random.nextInt(events.size()));
            byte[] bytes = codec.encode(event);
            for (int damage = random.nextInt(4); damage >= 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            if (codec.decode(bytes) instanceof Read<Incoming> read) {
                CaseEvent survivor = read.value().event();
                assertThat(survivor).isNotNull();
                assertThat(survivor.eventId()).isEqualTo(event.eventId());
                assertThat(survivor.payload()).isEqualTo(event.payload());
                assertThat(survivor.caseId()).isEqualTo(event.caseId());
            }
        }
    }

    @Test
    void whatWasWrittenWithItsLengthIsReadUpToItsEnd() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (CaseEvent event : events()) {
            codec.write(event, out);
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        for (CaseEvent event : events()) {
            assertThat(codec.read(in)).isEqualTo(event);
        }
        assertThat(in.read()).isEqualTo(-1);
    }

    static Stream<byte[]> brokenState() {
        return Stream.of(new byte[] {0, 0, 0, 4, 1, 2, 3, 4}, new byte[] {-1, -1, -1, -1}, new byte[] {0, 0, 1, 0, 1});
    }

    @ParameterizedTest
    @MethodSource("brokenState")
    void brokenStateIsAnIoException(byte[] bytes) {
        assertThatThrownBy(() -> codec.read(new DataInputStream(new ByteArrayInputStream(bytes))))
                .isInstanceOf(IOException.class);
    }
}
