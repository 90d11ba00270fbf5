package io.tanggap.intake.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tanggap.core.complaint.PersonalData;
import io.tanggap.core.reference.Reference;
import io.tanggap.intake.Pseudonyms;
import io.tanggap.intake.Pseudonyms.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is personal is in the personal data, redacted and under a pseudonym, and in no event. */
class ChannelsPersonalDataTest {
    /** Fields that name a case, a time, a kind or a state: what stands in them is taken at its word. */
    private static final Set<String> BINDING = Set.of(
            "report_id",
            "event",
            "timestamp",
            "status",
            "nomor",
            "waktu",
            "waktu_status",
            "id",
            "conversation_id",
            "created_at",
            "object",
            "field",
            "item",
            "verb",
            "post_id",
            "comment_id",
            "parent_id",
            "tracking_id",
            "kejadian",
            "action",
            "at",
            "channel",
            "tgl_lapor",
            "tgl_status",
            "polled_at",
            "service_request_id",
            "requested_datetime",
            "updated_datetime",
            "expected_datetime",
            "update_id",
            "requested_at",
            "edit_history_tweet_ids",
            "in_reply_to_user_id",
            "type",
            "status_type",
            "target",
            "result",
            "sha256");

    /** Fields with words that events keep. */
    private static final Set<String> KEPT = Set.of(
            "label",
            "kelurahan",
            "unit",
            "to",
            "loket",
            "kategori",
            "tujuan",
            "instansi",
            "kode",
            "category",
            "holder",
            "reason",
            "kode_kelurahan",
            "service_name",
            "service_code",
            "agency_responsible",
            "from",
            "citation");

    private record Person(String nik, String phone, String email, String name) {
        static Person of(Random random) {
            String day = String.valueOf(10 + random.nextInt(18));
            String serial = String.valueOf(1_000 + random.nextInt(9_000));
            return new Person(
                    "317101" + day + "0" + (1 + random.nextInt(9)) + (10 + random.nextInt(90)) + serial,
                    "0812-" + (1_000 + random.nextInt(9_000)) + "-" + (1_000 + random.nextInt(9_000)),
                    "warga" + serial + "@example.org",
                    "Z" + "aeiou".charAt(random.nextInt(5)) + "rq" + "aeiou".charAt(random.nextInt(5)) + "n");
        }

        String text(Random random, boolean withName) {
            List<String> texts = new ArrayList<>(
                    List.of("NIK saya " + nik, "hubungi " + phone, "surat ke " + email, phone, nik, email));
            if (withName) {
                texts.add("nama saya " + name);
                texts.add(name);
            }
            return texts.get(random.nextInt(texts.size()));
        }
    }

    @Test
    void noEventHasWhatStandsInAFreeTextOrSaysWhoComplains() {
        putIntoEveryField(300, true);
    }

    @Test
    void aWordThatAnEventKeepsHasNoNumberAndNoAddressInIt() {
        putIntoEveryField(300, false);
    }

    private static void putIntoEveryField(int rounds, boolean free) {
        long seed = Long.getLong("seed", 88_121L);
        System.out.println("ChannelsPersonalDataTest: -Dseed=" + seed);
        Random random = new Random(seed);
        Channels channels = ChannelExamples.channels();
        int events = 0;
        for (int i = 0; i < rounds; i++) {
            for (Map.Entry<String, String> example : ChannelExamples.all().entrySet()) {
                Person person = Person.of(random);
                JsonNode message = Told.json(example.getValue());
                fill(message, person, random, free);
                Admitted admitted = channels.admit(
                        ChannelExamples.channelOf(example.getKey()), Told.bytes(message), ChannelExamples.SENT);
                assertThat(admitted.refused()).as("%s", message).isEmpty();
                events += admitted.events().size();
                String written = admitted.events().toString();
                assertThat(written + admitted.unlisted())
                        .as("%s", message)
                        .doesNotContain(person.nik(), person.phone(), person.email());
                assertThat(admitted.personal().toString())
                        .as("%s", message)
                        .doesNotContain(person.nik(), person.phone(), person.email());
                if (free) {
                    assertThat(written).as("%s", message).doesNotContain(person.name());
                }
            }
        }
        assertThat(events).isGreaterThan(rounds * 10);
    }

    private static void fill(JsonNode node, Person person, Random random, boolean free) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                boolean isFilled = field.getValue().isTextual()
                        && !BINDING.contains(field.getKey())
                        && KEPT.contains(field.getKey()) != free;
                if (isFilled) {
                    field.setValue(TextNode.valueOf(person.text(random, free)));
                } else if (!BINDING.contains(field.getKey())) {
                    fill(field.getValue(), person, random, free);
                }
            });
        } else if (node instanceof ArrayNode array) {
            array.forEach(element -> fill(element, person, random, free));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'id': 'u-1', 'nik': '3171234509870001'            | ACCOUNT | u-1
            'id': 99182                                       | ACCOUNT | 99182
            'nik': '3171234509870001', 'phone': '081234567890' | NIK    | 3171234509870001
            'nik': '317', 'phone': '081234567890'             | PHONE   | 081234567890
            'telepon': '021 3456789', 'email': 'a@b.id'       | PHONE   | 021 3456789
            'phone': '-', 'email': 'a@b.id', 'handle': '@a'   | EMAIL   | a@b.id
            'email': 'none', 'handle': '@a'                   | HANDLE  | @a
            'akun': '@a'                                      | HANDLE  | @a
            'name': 'Budi Santoso'                            | HANDLE  | ''
            """)
    void theFirstIdentifierThatNamesSomebodyIsTaken(String reporter, Kind kind, String identifier) {
        Admitted admitted =
                admitted(ChannelExamples.pseudonyms(), "'reporter': {" + reporter + "}, 'description': 'a'");

        assertThat(admitted.personal()).singleElement().satisfies(personal -> assertThat(personal.reporter())
                .isEqualTo(
                        identifier.equals("''")
                                ? null
                                : ChannelExamples.pseudonyms().of("qlue", kind, identifier)));
    }

    @Test
    void aComplaintWithoutReporterAndWordsHasNothingPersonal() {
        assertThat(admitted(ChannelExamples.pseudonyms(), "'description': ' ', 'reporter': {}")
                        .personal())
                .isEmpty();
        assertThat(admitted(null, "'reporter': {'id': 'u-1'}").personal()).isEmpty();
    }

    @Test
    void withoutAKeyTheWordsStayAndTheReporterIsUnnamed() {
        assertThat(admitted(null, "'reporter': {'id': 'u-1'}, 'description': 'hubungi 0812-3456-7890'")
                        .personal())
                .singleElement()
                .extracting(PersonalData::reporter, PersonalData::text)
                .containsExactly(null, "hubungi [PHONE]");
    }

    @Test
    void onlySubmissionsHavePersonalData() {
        Admitted comment = ChannelExamples.channels()
                .admit(
                        "qlue",
                        Told.bytes(Told.json(
                                "{'report_id': 'Q-1', 'event': 'comment', 'timestamp': '2017-11-24T10:00:00Z',"
                                        + " 'reporter': {'id': 'u-1'}, 'description': 'saya Budi'}")),
                        ChannelExamples.SENT);

        assertThat(comment.events()).hasSize(1);
        assertThat(comment.personal()).isEmpty();
    }

    private static Admitted admitted(@Nullable Pseudonyms pseudonyms, String fields) {
        JsonNode message = Told.with("{'report_id': 'Q-1', 'timestamp': '2017-11-24T10:00:00Z'}", fields);
        return new Channels(Reference.of(List.of(ChannelExamples.jakarta())), pseudonyms)
                .admit("qlue", Told.bytes(message), ChannelExamples.SENT);
    }
}
