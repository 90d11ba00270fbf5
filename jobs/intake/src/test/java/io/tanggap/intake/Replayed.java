package io.tanggap.intake;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.Placing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Everything that came out of a file. */
record Replayed(List<CaseEvent> events, List<DeadLetter> deadLetters, List<Long> progress, Replay.Summary summary) {
    static final Instant INGESTED_AT = Instant.parse("2020-01-01T00:00:00Z");

    /** Everything is somewhere, but on the equator. */
    private static final Places PLACES = (declared, latitude, longitude, at) -> {
        if (declared != null) {
            return new Places.Found(declared, Placing.DECLARED);
        }
        return latitude == null || latitude == 0
                ? null
                : new Places.Found(
                        "at " + latitude + " " + longitude + " " + LocalDate.ofInstant(at, ZoneOffset.UTC),
                        Placing.POLYGON);
    };

    static Replayed of(Path file, Mapping mapping) {
        List<CaseEvent> events = new ArrayList<>();
        List<DeadLetter> deadLetters = new ArrayList<>();
        List<Long> progress = new ArrayList<>();
        Replay.Summary summary =
                Replay.read(file, mapping, PLACES, INGESTED_AT, events::add, deadLetters::add, progress::add);
        return new Replayed(events, deadLetters, progress, summary);
    }

    static Replayed of(Path directory, String name, String text, Mapping mapping) throws IOException {
        return of(Files.writeString(directory.resolve(name), text), mapping);
    }

    static Mapping mapping(Path directory, String yaml) throws IOException {
        return Mapping.read(Files.writeString(directory.resolve("mapping.yaml"), yaml));
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    /** Reason and bytes of every dead letter, which no file name and no line may change. */
    List<String> lettersWithoutOrigin() {
        return deadLetters.stream()
                .map(letter -> letter.reason() + "|" + new String(letter.bytes(), StandardCharsets.UTF_8))
                .sorted()
                .toList();
    }

    List<String> reasons() {
        return deadLetters.stream().map(DeadLetter::reason).toList();
    }

    List<String> eventIds() {
        return events.stream().map(CaseEvent::eventId).sorted().distinct().toList();
    }
}
