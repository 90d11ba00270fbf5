package io.tanggap.intake.channel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.PersonalData;
import io.tanggap.core.reference.Reference;
import io.tanggap.intake.Pseudonyms;
import io.tanggap.intake.TimeFormats;
import io.tanggap.intake.channel.Admitted.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All channels that speak to intake, and what their records tell. Not for several threads. */
public final class Channels {
    /** The topic of requests to erase what is personal in cases: no channel of complaints, but admitted as one. */
    public static final String ERASURES = "erasures";

    private static final Map<String, ChannelAdapter> ADAPTERS = adapters();

    /** Ids of the channels that have a topic, in a fixed order. */
    public static final List<String> IDS =
            ADAPTERS.keySet().stream().filter(id -> !id.equals(ERASURES)).toList();

    /** So that a dead letter with its envelope fits into a Kafka message of the default size. */
    static final int LONGEST_RECORD = 1_000_000;

    /** Chosen: far more than any channel nests or writes, and little enough that nobody can make reading expensive. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(64)
            .maxNumberLength(1_000)
            .maxNameLength(10_000)
            .build();

    /** Numbers keep their digits, so that a part that is sent again says what it said. */
    private static final JsonMapper JSON = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final JsonMapper ASCII_JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final CityTerms city;
    private final TimeFormats times;
    private final @Nullable Pseudonyms pseudonyms;

    private static Map<String, ChannelAdapter> adapters() {
        Map<String, ChannelAdapter> adapters = new LinkedHashMap<>();
        adapters.put("qlue", new ReportingAppAdapter());
        adapters.put("jaki", new ReportingAppAdapter());
        adapters.put("ptsp", new OneStopServiceAdapter());
        adapters.put("twitter", new TwitterAdapter());
        adapters.put("facebook", new FacebookAdapter());
        adapters.put("lapor", new LaporAdapter());
        adapters.put("crm", new CrmAdapter());
        adapters.put("crop", new CropAdapter());
        adapters.put("open311", new Open311Adapter());
        adapters.put(ERASURES, new ErasuresAdapter());
        return Collections.unmodifiableMap(adapters);
    }

    /**
     * @param reference what places, units and categories are looked up in, as known at the time of each event
     * @param pseudonyms names reporters; null leaves them unnamed
     */
    public Channels(Reference reference, @Nullable Pseudonyms pseudonyms) {
        this.city = new CityTerms(reference);
        this.times = TimeFormats.of(List.of(TimeFormats.ISO), city.zone());
        this.pseudonyms = pseudonyms;
    }

    /**
     * What a record tells.
     *
     * @param channel one of {@link #IDS}, or {@link #ERASURES}
     * @param payload the record's value; any bytes
     * @param sentAt the record's Kafka timestamp: when Tanggap first saw what it tells, see {@code CaseEvent.ingestedAt()}
     * @throws IllegalArgumentException if there is no such channel
     */
    public Admitted admit(String channel, byte[] payload, Instant sentAt) {
        List<CaseEvent> events = new ArrayList<>();
        List<PersonalData> personal = new ArrayList<>();
        List<String> erased = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        SortedMap<String, Integer> skipped = new TreeMap<>();
        SortedMap<String, Integer> unlisted = new TreeMap<>();
        for (Telling part : parts(channel, payload, sentAt)) {
            events.addAll(part.events());
            personal.addAll(part.personal());
            erased.addAll(part.erased());
            part.unlisted().forEach(label -> unlisted.merge(label, 1, Integer::sum));
            if (part.skipped() != null) {
                skipped.merge(part.skipped(), 1, Integer::sum);
            }
            if (part.refused() != null) {
                refused.add(part.refused());
            }
        }
        return new Admitted(events, personal, erased, refused, skipped, unlisted);
    }

    /** What each part of a record tells; there is at least one part. */
    List<Telling> parts(String channel, byte[] payload, Instant sentAt) {
        ChannelAdapter adapter = ADAPTERS.get(channel);
        if (adapter == null) {
            throw new IllegalArgumentException("there is no channel '" + channel + "'; there are " + ADAPTERS.keySet());
        }
        JsonNode record;
        try {
            record = read(payload);
        } catch (Unusable e) {
            Telling nothing = new Telling(channel, sentAt, city, pseudonyms);
            nothing.refuse(new Refused(e.reason(), e.problem(), payload));
            return List.of(nothing);
        }
        List<Telling> parts = new ArrayList<>();
        for (JsonNode message : adapter.divide(record, sentAt, times)) {
            Telling telling = new Telling(channel, sentAt, city, pseudonyms);
            try {
                adapter.tell(new Fields(message, "", times), telling);
            } catch (Unusable e) {
                telling.refuse(new Refused(
                        e.reason(), e.problem(), message.equals(record) ? payload : bytes(message, payload)));
            }
            parts.add(telling);
        }
        return parts;
    }

    private static JsonNode read(byte[] payload) {
        if (payload.length > LONGEST_RECORD) {
            throw new Unusable(
                    "malformed.json", "", "is longer than 1,000,000 bytes; send what is in it in several records");
        }
        try {
            // Not left to the parser, which would read UTF-16 too and be lenient about what UTF-8 is.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
            JsonNode record = JSON.readTree(text);
            if (record.isMissingNode()) {
                throw new Unusable("malformed.json", "", "is empty; send one JSON value");
            }
            return record;
        } catch (CharacterCodingException | JsonProcessingException e) {
            // The parser's message quotes the record.
            throw new Unusable("malformed.json", "", "is not one JSON value in UTF-8; send one");
        }
    }

    /** A part as a record; the whole record where the part with what goes round it would be too long for one. */
    private static byte[] bytes(JsonNode message, byte[] whole) {
        byte[] bytes = bytes(message);
        return bytes.length <= LONGEST_RECORD ? bytes : whole;
    }

    private static byte[] bytes(JsonNode message) {
        try {
            String text = JSON.writeValueAsString(message);
            // Half a character, which UTF-8 cannot hold, can only be written as it came: escaped.
            return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                    ? text.getBytes(StandardCharsets.UTF_8)
                    : ASCII_JSON.writeValueAsString(message).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON cannot be written", e);
        }
    }
}
