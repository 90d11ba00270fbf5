package io.tanggap.intake.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.reference.Label;
import io.tanggap.intake.TimeFormats;
import io.tanggap.intake.TimeFormats.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object of a record, each read as what it should be; the first that is something else ends the reading.
 * A field that is null or a blank text is as if it were not there. Methods whose name ends in {@code IfAny} give null then,
 * the others say that it is needed.
 */
final class Fields {
    /** No id, name or label of the real world is longer; longer ones are text that got into the wrong field. */
    static final int LONGEST_WORD = 200;

    private static final Instant FIRST_INSTANT = Instant.EPOCH;
    /** The contract of case events ends here: a span added to a later time could leave the calendar. */
    private static final Instant BEYOND_TIME = Instant.parse("9999-12-31T00:00:00Z");

    /** Chosen: more photographs of one repair prove no more, and an event stays small. */
    private static final int MOST_DIGESTS = 20;

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z_]{0,39}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern DEGREES = Pattern.compile("[+-]?[0-9]{1,9}([.][0-9]{1,40})?");

    private final JsonNode object;
    private final String pointer;
    private final TimeFormats times;

    /**
     * @param pointer where the object is in the record, as a JSON pointer
     * @param times reads times that are written as text
     */
    Fields(JsonNode object, String pointer, TimeFormats times) {
        if (!object.isObject()) {
            throw new Unusable(
                    "malformed.payload",
                    pointer,
                    "is no JSON object; send one with the fields that CHANNELS.md lists for the channel");
        }
        this.object = object;
        this.pointer = pointer;
        this.times = times;
    }

    /** What a message has beside its things, of whatever type: nothing in it can make the message unusable. */
    JsonNode beside(String name) {
        return object.path(name);
    }

    boolean has(String name) {
        return valueIfAny(name) != null;
    }

    /** A free text of any length. */
    @Nullable
    String textIfAny(String name) {
        JsonNode value = valueIfAny(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw wrongType(at(name), "a text");
        }
        return Words.readable(value.textValue());
    }

    /** A short text in one line, or a whole number in its place: systems differ on which of the two an id is. */
    @Nullable
    String wordIfAny(String name) {
        JsonNode value = valueIfAny(name);
        String word = value == null ? "" : Words.word(shortText(value, at(name)));
        return word.isEmpty() ? null : word;
    }

    String word(String name) {
        return needed(name, wordIfAny(name));
    }

    /** A word of a list, in the form in which labels are compared. */
    String choice(String name) {
        return Label.compared(word(name));
    }

    /** A code such as {@code CITIZEN_INFO}; null where there is none, or a text that is no code, for events keep no sentences. */
    @Nullable
    String codeIfAny(String name) {
        String word = wordIfAny(name);
        String code = word == null
                ? ""
                : Label.compared(word).toUpperCase(Locale.ROOT).replace(' ', '_');
        return CODE.matcher(code).matches() ? code : null;
    }

    /** The digests of the photographs of a list, in their order and each once; those without a digest are passed over. */
    List<String> photographsIfAny(String name) {
        List<String> digests = new ArrayList<>();
        for (Fields photograph : objectsIfAny(name)) {
            String digest = photograph.wordIfAny("sha256");
            if (digest != null) {
                digests.add(photograph.digest("sha256", digest.toLowerCase(Locale.ROOT)));
            }
        }
        return digests.stream().distinct().limit(MOST_DIGESTS).toList();
    }

    private String digest(String name, String digest) {
        if (!SHA_256.matcher(digest).matches()) {
            throw new Unusable(
                    "invalid.digest",
                    at(name),
                    "is no SHA-256 of 64 hexadecimal digits; send that of the photograph's bytes, or none");
        }
        return digest;
    }

    /** The channel's number of a case, exactly as it is but for blanks around it. */
    String caseId(String name) {
        return caseId(needed(name, valueIfAny(name)), at(name));
    }

    private static String caseId(JsonNode value, String pointer) {
        String id = shortText(value, pointer);
        if (id.isEmpty() || !Words.isPlain(id)) {
            throw new Unusable(
                    "invalid.case",
                    pointer,
                    "is empty or holds control characters, so it is no id of a case; send the id");
        }
        return id;
    }

    private static String shortText(JsonNode value, String pointer) {
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw wrongType(pointer, "a text");
        }
        String text = value.asText().strip();
        if (text.length() > LONGEST_WORD) {
            throw tooLongAt(pointer);
        }
        return text;
    }

    /** A place in the channel's order of events: a whole number from 0; null if the channel does not say. */
    @Nullable
    Long sequenceIfAny(String name) {
        JsonNode value = valueIfAny(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber()) {
            throw wrongType(at(name), "a number");
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw noNumber(name, "is no whole number from 0 to 2^63 - 1; send the channel's own count");
        }
        return value.longValue();
    }

    /** The first of several places in the channel's order, for what tells several events at once. */
    @Nullable
    Long sequenceIfAny(String name, int places) {
        Long count = sequenceIfAny(name);
        if (count != null && count >= Long.MAX_VALUE / places) {
            throw noNumber(name, "is a number near 2^63, which leaves no room; send the channel's own count");
        }
        return count == null ? null : Long.valueOf(count * places);
    }

    long sequence(String name) {
        return needed(name, sequenceIfAny(name));
    }

    /** What is counted from 1, such as the cycles of a case. */
    int ordinal(String name) {
        long number = sequence(name);
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw noNumber(name, "is counted from 1; send its number");
        }
        return (int) number;
    }

    /** A rating from 1 to 5. */
    int stars(String name) {
        JsonNode value = needed(name, valueIfAny(name));
        if (!value.isNumber()) {
            throw wrongType(at(name), "a number");
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1 || value.intValue() > 5) {
            throw noNumber(name, "is no whole number from 1 to 5; send the stars that were given");
        }
        return value.intValue();
    }

    /** A latitude or longitude, whatever its size: a place that is nowhere is no fault of the complaint. */
    @Nullable
    Double degreesIfAny(String name) {
        JsonNode value = valueIfAny(name);
        return value == null ? null : degrees(value, at(name));
    }

    private static Double degrees(JsonNode value, String pointer) {
        if (value.isNumber()) {
            return value.doubleValue();
        }
        if (!value.isTextual() || !DEGREES.matcher(value.textValue().strip()).matches()) {
            throw wrongType(pointer, "a number of degrees, such as -6.17539");
        }
        return Double.valueOf(value.textValue().strip());
    }

    boolean flag(String name) {
        JsonNode value = valueIfAny(name);
        if (value == null) {
            return false;
        }
        if (!value.isBoolean()) {
            throw wrongType(at(name), "true or false");
        }
        return value.booleanValue();
    }

    Moment time(String name) {
        return time(name, null);
    }

    Moment time(String name, @Nullable Instant start) {
        return needed(name, timeIfAny(name, start));
    }

    /**
     * A time that is written as text.
     *
     * @param start the start of what may end then; null if nothing started: see {@link TimeFormats.Written#placed}
     */
    @Nullable
    Moment timeIfAny(String name, @Nullable Instant start) {
        JsonNode value = valueIfAny(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw wrongType(at(name), "a text with a time, such as 2017-11-24T08:15:00+07:00");
        }
        Moment moment = times.read(value.textValue().strip())
                .map(written -> written.placed(start))
                .orElseThrow(() -> noTime(name, "is no time; write it as 2017-11-24T08:15:00+07:00"));
        return inTime(name, moment);
    }

    /** A time in seconds since 1970. */
    @Nullable
    Moment secondsIfAny(String name) {
        JsonNode value = valueIfAny(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber()) {
            throw wrongType(at(name), "a number of seconds since 1970");
        }
        if (!value.isIntegralNumber()) {
            throw noTime(name, "is no whole number of seconds since 1970; send one");
        }
        // Beyond int128 and the like there is no long to look at, and no time either.
        if (!value.canConvertToLong() || value.longValue() > BEYOND_TIME.getEpochSecond() || value.longValue() < 0) {
            throw outsideTime(name);
        }
        return inTime(name, new Moment(Instant.ofEpochSecond(value.longValue()), TimeNote.EXACT));
    }

    Moment seconds(String name) {
        return needed(name, secondsIfAny(name));
    }

    Moment inTime(String name, Moment moment) {
        if (moment.instant().isBefore(FIRST_INSTANT) || !moment.instant().isBefore(BEYOND_TIME)) {
            throw outsideTime(name);
        }
        return moment;
    }

    @Nullable
    Fields objectIfAny(String name) {
        JsonNode value = valueIfAny(name);
        if (value == null) {
            return null;
        }
        if (!value.isObject()) {
            throw wrongType(at(name), "an object");
        }
        return new Fields(value, at(name), times);
    }

    Fields object(String name) {
        return needed(name, objectIfAny(name));
    }

    /** A thing that a message holds, as an object: anything else there is not of the channel's form. */
    Fields part(String name) {
        return new Fields(needed(name, valueIfAny(name)), at(name), times);
    }

    /**
     * The first thing in a list, as {@link #part}; the list of a message with one thing in it has no other.
     *
     * @return null if the list is empty
     */
    @Nullable
    Fields onlyPartIfAny(String name) {
        List<JsonNode> list = list(name);
        if (list.size() > 1) {
            throw new IllegalStateException("a message was not divided at " + at(name));
        }
        return list.isEmpty() ? null : new Fields(list.get(0), at(name) + "/0", times);
    }

    List<JsonNode> list(String name) {
        return needed(name, listIfAny(name));
    }

    @Nullable
    List<JsonNode> listIfAny(String name) {
        JsonNode value = valueIfAny(name);
        if (value == null) {
            return null;
        }
        if (!value.isArray()) {
            throw wrongType(at(name), "a list");
        }
        return value.valueStream().toList();
    }

    /** A thing by itself, or as the only one of a list; null if the list is empty. */
    @Nullable
    Fields partOrOnlyIfAny(String name) {
        JsonNode value = valueIfAny(name);
        return value != null && value.isArray() ? onlyPartIfAny(name) : part(name);
    }

    /** The first of a list of numbers of cases. */
    @Nullable
    String firstCaseIdIfAny(String name) {
        List<JsonNode> list = listIfAny(name);
        return list == null || list.isEmpty() ? null : caseId(list.get(0), at(name) + "/0");
    }

    /** The objects of a list. */
    List<Fields> objectsIfAny(String name) {
        List<JsonNode> list = listIfAny(name);
        List<Fields> objects = new ArrayList<>();
        for (int i = 0; list != null && i < list.size(); i++) {
            if (!list.get(i).isObject()) {
                throw wrongType(at(name) + "/" + i, "an object");
            }
            objects.add(new Fields(list.get(i), at(name) + "/" + i, times));
        }
        return objects;
    }

    /** The point of a GeoJSON geometry: longitude, then latitude. */
    @Nullable
    List<Double> pointIfAny(String name) {
        List<JsonNode> list = listIfAny(name);
        if (list == null) {
            return null;
        }
        if (list.size() < 2) {
            throw wrongType(at(name), "a longitude and a latitude");
        }
        return List.of(degrees(list.get(0), at(name) + "/0"), degrees(list.get(1), at(name) + "/1"));
    }

    private @Nullable JsonNode valueIfAny(String name) {
        JsonNode value = object.get(name);
        return value == null
                        || value.isNull()
                        || (value.isTextual() && value.textValue().isBlank())
                ? null
                : value;
    }

    private <T> T needed(String name, @Nullable T value) {
        if (value == null) {
            throw missing(name);
        }
        return value;
    }

    private String at(String name) {
        return pointer + "/" + name;
    }

    Unusable missing(String name) {
        return new Unusable("invalid.missing-required", at(name), "is absent or empty, but needed here; send it");
    }

    Unusable unlisted(String name) {
        return new Unusable(
                "invalid.unknown-value",
                at(name),
                "is none of the values that CHANNELS.md lists; correct it, or have the new value added there");
    }

    Unusable unknownChannel(String name) {
        return new Unusable(
                "invalid.case",
                at(name),
                "is no channel that CHANNELS.md or the reference lists; send one such as qlue, or add it to channels.csv");
    }

    Unusable sameCase(String name) {
        return new Unusable("invalid.case", at(name), "names the case itself; send the other one");
    }

    Unusable otherCase(String name) {
        return new Unusable(
                "invalid.case", at(name), "is about another case; send the action on the case that the message names");
    }

    Unusable tooLong(String name) {
        return tooLongAt(at(name));
    }

    private static Unusable tooLongAt(String pointer) {
        return new Unusable(
                "invalid.too-long",
                pointer,
                "is longer than " + LONGEST_WORD + " characters, so it is no id, name or label; send a short one");
    }

    private static Unusable wrongType(String pointer, String expected) {
        return new Unusable("invalid.type", pointer, "is of another type; send " + expected);
    }

    private Unusable noNumber(String name, String problem) {
        return new Unusable("invalid.number", at(name), problem);
    }

    private Unusable noTime(String name, String problem) {
        return new Unusable("invalid.time", at(name), problem);
    }

    private Unusable outsideTime(String name) {
        return noTime(name, "is outside the years 1970 to 9999; correct it");
    }
}
