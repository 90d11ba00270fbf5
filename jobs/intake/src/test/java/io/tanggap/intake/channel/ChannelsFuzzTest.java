package io.tanggap.intake.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.intake.channel.Admitted.Refused;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever is sent, nothing is thrown, and each part is accounted for: it tells events, or is refused, or is skipped, and one
 * of these alone. Runs with {@code -Dseed=}.
 */
class ChannelsFuzzTest {
    private static final int PAYLOADS = 300_000;

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant BEYOND = Instant.parse("9999-12-31T00:00:00Z");

    /** Texts of the examples and of {@link #scalar} that no sentence of a dead letter may have. */
    private static final List<String> OF_RECORDS = List.of(
            "RAHASIA",
            "Budi",
            "Siti",
            "Rina",
            "0812",
            "3456",
            "3171234509870001",
            "warga@",
            "tersumbat",
            "berlubang",
            "118233",
            "4711",
            "88120");

    private static final BigInteger LONG = BigInteger.TEN.pow(1_200);

    private final Channels channels = ChannelExamples.channels();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private int told;
    private int skipped;

    private record Sample(String channel, JsonNode message) {}

    @Test
    void everyPartOfEveryPayloadIsAccountedFor() throws IOException {
        long seed = Long.getLong("seed", 20_171_124L);
        System.out.println("everyPartOfEveryPayloadIsAccountedFor: -Dseed=" + seed);
        Random random = new Random(seed);
        List<Sample> samples = samples();
        for (int i = 0; i < PAYLOADS; i++) {
            Sample sample = samples.get(random.nextInt(samples.size()));
            byte[] payload = random.nextInt(4) == 0
                    ? brokenBytes(Told.bytes(sample.message()), random)
                    : Told.bytes(brokenTree(sample.message().deepCopy(), random));
            String channel =
                    random.nextInt(50) == 0 ? Channels.IDS.get(random.nextInt(Channels.IDS.size())) : sample.channel();
            try {
                account(channel, payload, random.nextInt(16) == 0);
            } catch (RuntimeException | AssertionError e) {
                fail(channel + " " + new String(payload, UTF_8), e);
            }
        }
        assertThat(told).as("parts that tell something").isGreaterThan(PAYLOADS / 10);
        assertThat(skipped).as("parts that are skipped").isGreaterThan(PAYLOADS / 100);
        assertThat(reasons.keySet()).as("reasons seen, and in the document").isEqualTo(documentedReasons());
    }

    private static Set<String> documentedReasons() throws IOException {
        return Pattern.compile("^\\| `((?:malformed|invalid)[.][a-z-]+)`", Pattern.MULTILINE)
                .matcher(Files.readString(ChannelExamples.DOCUMENT))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private void account(String channel, byte[] payload, boolean thoroughly) {
        List<Telling> parts = channels.parts(channel, payload, ChannelExamples.SENT);
        for (Telling part : parts) {
            Refused refused = part.refused();
            int outcomes =
                    (part.events().isEmpty() ? 0 : 1) + (refused == null ? 0 : 1) + (part.skipped() == null ? 0 : 1);
            boolean isPersonalAlone = part.events().isEmpty()
                    && !(part.personal().isEmpty() && part.erased().isEmpty());
            if (outcomes != 1 || isPersonalAlone) {
                fail("a part that is not accounted for");
            }
            if (refused != null) {
                reasons.merge(refused.reason(), 1, Integer::sum);
                if (OF_RECORDS.stream().anyMatch(refused.message()::contains)) {
                    fail("text of the record in: " + refused.message());
                }
                // A record that is refused as it came is read a second time as it was the first time.
                if (thoroughly || !Arrays.equals(refused.bytes(), payload)) {
                    checkRefusedAgain(channel, refused);
                }
            }
            told += part.events().isEmpty() ? 0 : 1;
            skipped += part.skipped() == null ? 0 : 1;
            part.events().forEach(ChannelsFuzzTest::checkEvent);
        }
        if (parts.isEmpty()) {
            fail("a record without a part");
        }
        if (thoroughly) {
            checkSum(parts, channels.admit(channel, payload, ChannelExamples.SENT));
        }
    }

    private static void checkSum(List<Telling> parts, Admitted admitted) {
        int skipped =
                admitted.skipped().values().stream().mapToInt(count -> count).sum();
        long telling = parts.stream().filter(part -> !part.events().isEmpty()).count();
        assertThat(telling + admitted.refused().size() + skipped).isEqualTo(parts.size());
        assertThat(admitted.events())
                .isEqualTo(
                        parts.stream().flatMap(part -> part.events().stream()).toList());
    }

    private void checkRefusedAgain(String channel, Refused refused) {
        List<Telling> again = channels.parts(channel, refused.bytes(), ChannelExamples.SENT);
        Refused same = again.size() == 1 ? again.get(0).refused() : null;
        if (same == null
                || !same.reason().equals(refused.reason())
                || !same.message().equals(refused.message())) {
            fail("not refused again as it was: " + refused.message() + " / " + new String(refused.bytes(), UTF_8));
        }
    }

    private static void checkEvent(CaseEvent event) {
        Instant deadline = event.payload() instanceof Payload.Submitted submitted
                ? submitted.resolutionDeadline()
                : event.payload() instanceof Payload.SnapshotObserved snapshot ? snapshot.resolutionDeadline() : null;
        boolean isWithinTime = isWithinTime(event.occurredAt()) && (deadline == null || isWithinTime(deadline));
        String id = event.sourceCaseId();
        boolean isOwnCase = event.caseId().equals(event.channel() + ":" + id)
                && event.caseId().indexOf(':') == event.channel().length()
                && !id.isEmpty()
                && id.length() <= 200
                && id.codePoints().noneMatch(Character::isISOControl);
        if (!isWithinTime
                || !isOwnCase
                || !UTF_8.newEncoder().canEncode(event.toString())
                || !event.eventId().equals(event.idOfContent())
                || !event.ingestedAt().equals(ChannelExamples.SENT)) {
            fail("an event that its reader would refuse: " + event);
        }
    }

    private static boolean isWithinTime(Instant instant) {
        return !instant.isBefore(FIRST) && instant.isBefore(BEYOND);
    }

    private static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        ChannelExamples.all()
                .forEach((name, text) -> samples.add(new Sample(ChannelExamples.channelOf(name), Told.json(text))));
        samples.add(new Sample("facebook", Told.json("""
                {'object': 'page', 'entry': [{'id': '1', 'time': 1511486100, 'changes': [
                 {'field': 'feed', 'value': {'item': 'status', 'verb': 'add', 'post_id': '1_2', 'created_time': 1511486099,
                  'from': {'id': '3', 'name': 'Budi'}, 'message': 'hubungi 0812-3456-7890'}},
                 {'field': 'feed', 'value': {'item': 'like', 'verb': 'add'}}]},
                 {'id': '1', 'changes': [{'field': 'feed', 'value': {'item': 'photo', 'verb': 'remove', 'post_id': '1_2',
                  'created_time': 1511486099, 'from': {'id': '3', 'name': 'Budi'}}}]}]}""")));
        samples.add(new Sample("twitter", Told.json("""
                {'data': [{'id': '10', 'author_id': '22', 'created_at': '2017-11-24T01:15:00.000Z', 'text': 'a',
                  'geo': {'coordinates': {'type': 'Point', 'coordinates': [106.8, -6.2]}}},
                 {'id': '11', 'author_id': '36005', 'created_at': '2017-11-24T01:16:00.000Z', 'conversation_id': '10',
                  'referenced_tweets': [{'type': 'replied_to', 'id': '10'}], 'in_reply_to_user_id': '22'}],
                 'includes': {'tweets': [{'id': '10', 'author_id': '22', 'in_reply_to_user_id': '36005',
                  'referenced_tweets': [{'type': 'replied_to', 'id': '9'}]}]}}""")));
        samples.add(new Sample("open311", Told.json("""
                [{'service_request_id': 1, 'requested_datetime': '2017-11-20T06:00:00Z', 'status': 'open', 'lat': '-6.2',
                  'long': '106.8', 'description': 'saya Budi'}, {'token': 'x'},
                 {'update_id': 7, 'service_request_id': 1, 'status': 'archived', 'updated_datetime': '2017-11-20T06:00:00Z'}]
                """)));
        samples.add(new Sample("crm", Told.json("""
                {'action_id': 5, 'case': {'channel': 'crm', 'id': 'C-1'}, 'action': 'gabung', 'at': '2017-11-24T10:20:00',
                 'into': {'channel': 'crm', 'id': 'C-1'}}""")));
        return samples;
    }

    private static byte[] brokenBytes(byte[] bytes, Random random) {
        byte[] broken = bytes.clone();
        switch (random.nextInt(5)) {
            case 0 -> broken = Arrays.copyOf(broken, random.nextInt(broken.length));
            case 1 -> {
                broken = new byte[random.nextInt(200)];
                random.nextBytes(broken);
            }
            case 2 -> {
                String nested = "[".repeat(1 + random.nextInt(3_000));
                return ("{\"report_id\":" + nested).getBytes(UTF_8);
            }
            case 3 -> {
                byte[] longer = Arrays.copyOf(broken, broken.length + 1 + random.nextInt(5));
                System.arraycopy(broken, 0, longer, longer.length - broken.length, broken.length);
                return longer;
            }
            default -> {
                for (int i = 0; i <= random.nextInt(4); i++) {
                    broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
        }
        return broken;
    }

    private static JsonNode brokenTree(JsonNode message, Random random) {
        JsonNode broken = message;
        for (int i = 0; i <= random.nextInt(3); i++) {
            List<JsonNode> containers = new ArrayList<>();
            collect(broken, containers);
            if (containers.isEmpty() || random.nextInt(100) == 0) {
                broken = scalar(random, broken);
            } else {
                change(containers.get(random.nextInt(containers.size())), random);
            }
        }
        return broken;
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode() && !node.isEmpty()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private static void change(JsonNode container, Random random) {
        if (container instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> object.remove(name);
                case 1 ->
                    object.set(
                            name,
                            object.get(names.get(random.nextInt(names.size()))).deepCopy());
                default -> object.set(name, scalar(random, object.get(name)));
            }
        } else if (container instanceof ArrayNode array) {
            int at = random.nextInt(array.size());
            switch (random.nextInt(3)) {
                case 0 -> array.remove(at);
                case 1 -> array.add(array.get(at).deepCopy());
                default -> array.set(at, scalar(random, array.get(at)));
            }
        }
    }

    private static @Nullable JsonNode scalar(Random random, JsonNode was) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (random.nextInt(22)) {
            case 0 -> make.nullNode();
            case 1 -> make.numberNode(random.nextLong());
            case 2 -> make.numberNode(-1);
            case 3 -> make.numberNode(new BigDecimal("1e" + (random.nextInt(2_000_000) - 1_000_000)));
            case 4 -> make.numberNode(LONG.shiftRight(random.nextInt(4_000)));
            case 5 -> make.booleanNode(random.nextBoolean());
            case 6 -> make.textNode("");
            case 7 -> make.textNode("RAHASIA 0812-3456-7890");
            case 8 -> make.textNode("RAHASIA".repeat(30));
            case 9 -> make.textNode("\uD83D RAHASIA");
            case 10 -> make.textNode("RAHASIA\u0000\n\u0085");
            case 11 -> make.textNode("NaN");
            case 12 -> make.textNode("9999-12-31T23:59:59Z");
            case 13 -> make.textNode("1969-12-31T23:59:59Z");
            case 14 -> make.textNode("2017-02-31T10:00:00");
            case 15 -> make.arrayNode().add(was.deepCopy());
            case 16 -> make.objectNode().set("RAHASIA", was.deepCopy());
            case 17 -> make.objectNode();
            case 18 -> make.arrayNode();
            case 19 -> make.numberNode(random.nextInt(10));
            case 20 -> make.textNode(was.asText());
            default -> make.textNode(random.nextBoolean() ? "2017-11-24 10:00" : "remove");
        };
    }
}
