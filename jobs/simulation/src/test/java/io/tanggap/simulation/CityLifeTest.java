package io.tanggap.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tanggap.core.complaint.CanonicalForm;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.reference.PackDirectory;
import io.tanggap.simulation.Truth.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CityLifeTest {
    private static final long SEED = 42;
    private static final int CASES = 5_000;
    private static final YearMonth MONTH = SeededCity.DEFAULT_MONTH;
    private static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");
    private static final Instant START = Instant.parse("2017-10-31T17:00:00Z");
    private static final Instant END = Instant.parse("2017-11-30T17:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final CityLife CITY = CityLife.of(pack("jakarta"));
    private static final List<Message> MESSAGES = new ArrayList<>();
    private static final Map<String, Truth> TRUTHS = new TreeMap<>();
    /** How often each channel used each of its words, damaged records not counted. */
    private static final Map<String, Integer> WORDS = new HashMap<>();

    private static CityLife.Summary summary = new CityLife.Summary(0, 0, "", MONTH.atDay(1));

    private static ReferencePack pack(String name) {
        return requireNonNull(PackDirectory.builtIn(name).pack());
    }

    @BeforeAll
    static void liveOneMonth() throws IOException {
        summary = CITY.tell(SEED, CASES, MONTH, MESSAGES::add, truth -> TRUTHS.put(truth.caseId(), truth));
        for (Message message : MESSAGES) {
            if (!message.damaged()) {
                JsonNode json = JSON.readTree(message.json());
                words(message.channel(), json)
                        .forEach(word -> WORDS.merge(message.channel() + ": " + word, 1, Integer::sum));
            }
        }
    }

    private static Set<String> words(String channel, JsonNode json) {
        Set<String> words = new TreeSet<>();
        for (JsonNode object : json.findParents("x_client")) {
            assertThat(object.isObject()).isTrue();
            words.add("an unknown field");
        }
        switch (channel) {
            case "qlue", "jaki" ->
                words.add(
                        json.path("event").asText() + ' ' + json.path("status").asText());
            case "facebook" -> {
                JsonNode value = json.findValue("value");
                words.add(value.path("item").asText() + ' ' + value.path("verb").asText());
            }
            case "twitter" -> {
                JsonNode kind = json.findValue("referenced_tweets");
                words.add(kind == null ? "post" : kind.path(0).path("type").asText());
            }
            case "lapor" -> words.add(json.path("kejadian").asText());
            case "crm" ->
                words.add(json.path("action").asText()
                        + ' '
                        + json.path("result").asText()
                        + (json.path("correction").asBoolean() ? "correction" : "")
                        + (json.path("automatic").asBoolean() ? "automatic" : ""));
            case "open311" -> json.findValuesAsText("status").forEach(words::add);
            default -> words.add(json.path("status").asText());
        }
        return words.stream().map(String::strip).collect(Collectors.toSet());
    }

    @Test
    void oneSeedTellsTheSameOnEveryMachine() {
        assertThat(digest(CITY, 1, 1_000, MONTH)).isEqualTo("45fe948ab2646fc4e19a6853a63680a0");
    }

    @Test
    void anotherSeedMonthOrNumberTellsSomethingElse() {
        assertThat(Set.of(
                        digest(CITY, 1, 50, MONTH),
                        digest(CITY, 2, 50, MONTH),
                        digest(CITY, 1, 51, MONTH),
                        digest(CITY, 1, 50, MONTH.plusMonths(1))))
                .hasSize(4);
    }

    @Test
    void everyCaseHasOneTruth() {
        assertThat(TRUTHS).hasSize(CASES);
        assertThat(shareOfCases(truth -> truth.caseId().startsWith("crop:"))).isEqualTo(0.01);
        assertThat(TRUTHS.values()).allSatisfy(truth -> {
            boolean isOld = truth.caseId().startsWith("crop:");
            assertThat(truth.submittedAt().isBefore(START)).isEqualTo(isOld);
            assertThat(truth.submittedAt()).isBefore(END);
        });
    }

    @Test
    void deliveryFollowsTimeAndSomeOfItIsLate() {
        assertThat(MESSAGES).isSortedAccordingTo(Comparator.comparingLong(Message::sentAtMillis));
        assertThat(MESSAGES)
                .extracting(Message::sentAtMillis)
                .allMatch(at -> at >= START.toEpochMilli()
                        && at < END.plus(Duration.ofDays(9)).toEpochMilli());
        assertThat(share(MESSAGES, message -> message.sentAtMillis() >= END.toEpochMilli()))
                .as("what came after the month")
                .isBetween(0.0002, 0.01);

        Map<String, Long> latest = new HashMap<>();
        long overtaken = 0;
        for (Message message : MESSAGES) {
            if (message.channel().equals("crm") && !message.damaged()) {
                long at = actedAt(message);
                if (latest.merge(message.key(), at, StrictMath::max) > at) {
                    overtaken++;
                }
            }
        }
        assertThat(overtaken).as("actions overtaken by one of their own case").isGreaterThan(100);
    }

    private static long actedAt(Message message) {
        try {
            return ZonedDateTime.parse(JSON.readTree(message.json()).path("at").asText())
                    .toInstant()
                    .toEpochMilli();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void someRecordsComeTwice() {
        Set<String> seen = new HashSet<>();
        long repeated = MESSAGES.stream()
                .filter(message -> !seen.add(new String(message.json(), StandardCharsets.UTF_8)))
                .count();

        assertThat((double) repeated / MESSAGES.size()).isBetween(0.015, 0.025);
    }

    @Test
    void oneFeedFallsSilentForADayAndComesInAHeap() {
        Map<LocalDate, Integer> byDay = new TreeMap<>();
        int heap = 0;
        for (Message message : MESSAGES) {
            ZonedDateTime local = Instant.ofEpochMilli(message.sentAtMillis()).atZone(ZONE);
            if (message.channel().equals(summary.silentChannel())) {
                byDay.merge(local.toLocalDate(), 1, Integer::sum);
                if (local.toLocalDate().equals(summary.silentDay().plusDays(1)) && local.getHour() == 6) {
                    heap++;
                }
            }
        }

        assertThat(byDay).doesNotContainKey(summary.silentDay());
        assertThat(byDay.size()).isGreaterThanOrEqualTo(MONTH.lengthOfMonth() - 1);
        assertThat(heap).as("in the first hour of the next morning").isGreaterThan(50);
        assertThat(summary.silentDay()).isBetween(MONTH.atDay(4), MONTH.atDay(27));
        assertThat(TRUTHS.values().stream()
                        .filter(truth -> truth.caseId().startsWith(summary.silentChannel() + ':'))
                        .filter(truth ->
                                LocalDate.ofInstant(truth.submittedAt(), ZONE).equals(summary.silentDay())))
                .as("the city lives on")
                .isNotEmpty();
    }

    @Test
    void anotherSeedMayFallSilentElsewhere() {
        Set<String> silent = new HashSet<>();
        for (long seed = 0; seed < 40; seed++) {
            CityLife.Summary told = CITY.tell(seed, 1, MONTH, message -> {}, truth -> {});
            silent.add(told.silentChannel());
        }

        assertThat(silent).containsExactlyInAnyOrder("qlue", "jaki", "twitter", "facebook", "lapor");
    }

    @Test
    void threeOfAThousandRecordsAreDamaged() {
        assertThat(summary.messages()).isEqualTo(MESSAGES.size());
        assertThat(MESSAGES.stream().filter(Message::damaged).count()).isEqualTo(summary.damaged());
        assertThat(share(MESSAGES, Message::damaged)).isBetween(0.002, 0.004);
        assertThat(MESSAGES.stream().filter(Message::damaged).map(CityLifeTest::isJson))
                .contains(true, false);
        assertThat(shareOfCases(truth -> !truth.knowable())).isBetween(0.0002, 0.004);
    }

    private static boolean isJson(Message message) {
        try {
            JSON.readTree(message.json());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void channelsHaveHabits() {
        Map<String, List<Truth>> byChannel =
                TRUTHS.values().stream().collect(Collectors.groupingBy(truth -> channel(truth.caseId())));

        assertThat(byChannel)
                .containsOnlyKeys("qlue", "jaki", "ptsp", "twitter", "facebook", "lapor", "crm", "crop", "open311");
        assertThat(byChannel.get("qlue").size())
                .isGreaterThan(3 * byChannel.get("twitter").size());
        assertThat(byChannel.get("open311").size()).isBetween(60, 200);
        assertThat(byChannel.get("ptsp")).allSatisfy(truth -> {
            ZonedDateTime local = truth.submittedAt().atZone(ZONE);
            assertThat(local.getHour()).isBetween(8, 15);
            assertThat(local.getDayOfWeek()).isNotIn(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
        });
        assertThat(share(byChannel.get("qlue"), truth -> {
                    int hour = truth.submittedAt().atZone(ZONE).getHour();
                    return hour >= 17 && hour < 21;
                }))
                .as("qlue in four hours of the evening")
                .isGreaterThan(0.3);
        assertThat(share(MESSAGES, message -> message.channel().equals("crm"))).isBetween(0.4, 0.65);
    }

    @Test
    void aFloodMakesAnUnusualDay() {
        Map<Integer, Integer> floods = new HashMap<>();
        TRUTHS.values().stream()
                .filter(truth -> "flooding".equals(truth.category()))
                .forEach(truth -> floods.merge(truth.submittedAt().atZone(ZONE).getDayOfMonth(), 1, Integer::sum));
        List<Integer> byDay = floods.values().stream().sorted().toList();

        assertThat(byDay.get(byDay.size() - 1)).isGreaterThan(4 * byDay.get(byDay.size() / 2));
    }

    @Test
    void categoriesAreUnequal() {
        Map<String, Long> byCategory = TRUTHS.values().stream()
                .collect(Collectors.groupingBy(truth -> String.valueOf(truth.category()), Collectors.counting()));

        assertThat(byCategory.size()).isGreaterThan(40);
        assertThat(byCategory.get("litter")).isGreaterThan(5 * byCategory.get("cemetery"));
        assertThat(byCategory.get("null")).as("nobody named one").isBetween(20L, 250L);
    }

    @ParameterizedTest
    @CsvSource({
        "qlue: report, 1500, 2500",
        "qlue: status koordinasi, 300, 1500",
        "qlue: status disposisi, 20, 400",
        "qlue: status kuning, 50, 800",
        "qlue: status menunggu validasi, 300, 2000",
        "qlue: status validasi tidak sesuai, 20, 400",
        "qlue: status hijau, 50, 500",
        "qlue: status merah, 10, 120",
        "qlue: rating, 100, 600",
        "qlue: an unknown field, 300, 1500",
        "jaki: comment, 50, 800",
        "ptsp: diterima, 200, 450",
        "ptsp: diteruskan, 80, 300",
        "ptsp: selesai, 10, 150",
        "ptsp: informasi, 1, 60",
        "twitter: post, 400, 700",
        "twitter: replied_to, 20, 300",
        "twitter: retweeted, 50, 250",
        "facebook: status add, 120, 320",
        "facebook: comment add, 150, 900",
        "facebook: like add, 20, 150",
        "lapor: laporan, 350, 600",
        "lapor: bukan wewenang, 20, 120",
        "lapor: tunda, 20, 120",
        "lapor: terima, 100, 400",
        "lapor: nilai, 20, 200",
        "crm: koordinasi, 500, 2500",
        "crm: terima, 500, 2500",
        "crm: kembalikan, 150, 800",
        "crm: tarik, 10, 120",
        "crm: disposisi, 50, 600",
        "crm: tunda, 150, 700",
        "crm: lanjut, 100, 600",
        "crm: validasi tidak sesuai, 50, 500",
        "crm: lokasi, 150, 700",
        "crm: lokasi correction, 50, 250",
        "crm: kategori, 300, 1200",
        "crm: jawab automatic, 700, 2000",
        "crm: gabung, 50, 250",
        "crm: tautkan, 20, 120",
        "crm: nilai, 200, 1000",
        "crm: buka kembali, 30, 250",
        "crm: tutup, 300, 1200",
        "crop: belum, 45, 60",
        "crop: selesai, 5, 40",
        "open311: open, 100, 400",
        "open311: closed, 20, 120",
        "open311: FIXED, 5, 80",
        "open311: NOT_COUNCILS_RESPONSIBILITY, 1, 30"
    })
    void theWordIsUsed(String word, int least, int most) {
        assertThat(WORDS.getOrDefault(word, 0)).isBetween(least, most);
    }

    @Test
    void casesEndInEveryWay() {
        assertThat(TRUTHS.values().stream()
                        .flatMap(truth -> truth.cycles().stream())
                        .map(Truth.Cycle::outcome)
                        .filter(outcome -> outcome != null)
                        .collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(Outcome.class));
        assertThat(TRUTHS.values().stream()
                        .map(truth -> truth.cycle().verdict())
                        .collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(Verdict.class));
        assertThat(shareOfCases(Truth::isOpen)).isBetween(0.15, 0.35);
        assertThat(shareOfCases(truth -> truth.cycle().verdict() == Verdict.MISSED))
                .isBetween(0.08, 0.3);
    }

    @Test
    void custodyGoesAstray() {
        assertThat(shareOfCases(truth -> truth.offeredTo() != null))
                .as("in limbo")
                .isBetween(0.02, 0.08);
        assertThat(shareOfCases(truth -> truth.handovers() >= 3))
                .as("ping-pong")
                .isBetween(0.002, 0.05);
        assertThat(shareOfCases(truth -> truth.handovers() >= 1)).isBetween(0.25, 0.6);
        assertThat(shareOfCases(truth -> !truth.charged().equals(truth.holder())))
                .as("charged without having it")
                .isBetween(0.01, 0.08);
        assertThat(shareOfCases(truth -> truth.holder().startsWith("intake."))).isBetween(0.005, 0.08);
    }

    @Test
    void placesAreMissingOrWrong() {
        assertThat(shareOfCases(truth -> truth.territory() == null)).isBetween(0.02, 0.08);
        assertThat(shareOfCases(
                        truth -> truth.territory() != null && !truth.territory().equals(truth.place())))
                .isBetween(0.002, 0.03);
    }

    @Test
    void problemsAreToldTwice() {
        assertThat(shareOfCases(truth -> truth.duplicateOf() != null)).isBetween(0.02, 0.08);
        assertThat(TRUTHS.values())
                .filteredOn(truth -> truth.duplicateOf() != null)
                .allSatisfy(truth -> {
                    Truth first = requireNonNull(TRUTHS.get(truth.duplicateOf()));
                    assertThat(first.submittedAt()).isBeforeOrEqualTo(truth.submittedAt());
                    assertThat(first.place()).isEqualTo(truth.place());
                    assertThat(channel(first.caseId())).isNotEqualTo(channel(truth.caseId()));
                });
        assertThat(TRUTHS.values())
                .filteredOn(truth -> truth.mergedInto() != null)
                .allMatch(truth -> requireNonNull(truth.mergedInto()).equals(truth.duplicateOf()))
                .hasSizeBetween(50, 250);
        assertThat(TRUTHS.values())
                .filteredOn(truth -> !truth.linked().isEmpty())
                .allMatch(truth -> truth.linked().equals(Set.of(requireNonNull(truth.duplicateOf()))))
                .hasSizeBetween(15, 120);
    }

    @Test
    void badRatingsOpenCasesAgain() {
        assertThat(shareOfCases(truth -> truth.reopenings() > 0)).isBetween(0.01, 0.06);
        assertThat(TRUTHS.values())
                .filteredOn(truth -> truth.rating() != null && truth.rating() <= 2)
                .hasSizeBetween(30, 250)
                .anyMatch(truth -> truth.reopenings() > 0)
                .anyMatch(truth -> truth.reopenings() == 0);
    }

    @Test
    void unitsAreVeryUnequal() {
        Map<String, List<Truth>> byPlace = TRUTHS.values().stream().collect(Collectors.groupingBy(Truth::place));
        List<Integer> volumes =
                byPlace.values().stream().map(List::size).sorted().toList();

        assertThat(byPlace.size()).isGreaterThan(240);
        assertThat(volumes.get(volumes.size() - 1)).isGreaterThan(5 * volumes.get(volumes.size() / 2));
        assertThat(share(
                        byPlace.values().stream()
                                .filter(truths -> truths.size() >= 20)
                                .toList(),
                        truths -> share(truths, Truth::isOpen) > 0.4))
                .as("places that leave much open")
                .isBetween(0.01, 0.3);
    }

    @Test
    void whoIsGoodOrBadDoesNotComeFromNames() {
        ReferencePack real = pack("jakarta");
        ReferencePack renamed = new ReferencePack(
                real.id(),
                real.knownFrom(),
                real.city(),
                real.zone(),
                real.staleAfter(),
                real.units().stream()
                        .map(unit -> new ReferencePack.Unit(
                                unit.id(),
                                unit.kind(),
                                "Unit " + unit.id(),
                                null,
                                unit.level(),
                                unit.parent(),
                                unit.validity(),
                                unit.population(),
                                unit.centroid(),
                                null))
                        .toList(),
                real.targets(),
                real.categoryGroups(),
                real.policies(),
                real.calendars(),
                real.categories(),
                real.labels(),
                real.competences(),
                real.territories(),
                real.channels(),
                real.attribution(),
                real.nearestWithinMetres(),
                real.pauses(),
                real.rules());

        assertThat(truths(CityLife.of(renamed), 500)).isEqualTo(truths(CITY, 500));
    }

    private static List<Truth> truths(CityLife city, int cases) {
        List<Truth> truths = new ArrayList<>();
        city.tell(SEED, cases, MONTH, message -> {}, truths::add);
        return truths;
    }

    @Test
    void whatIsPersonalIsInTheMessagesAndNotInTheTruth() throws IOException {
        String all = MESSAGES.stream()
                .map(message -> new String(message.json(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("\n"));
        String truths = written(TRUTHS.values().stream().toList());

        assertThat(all).containsPattern("\"nik\":\"3171\\d{12}\"").containsPattern("NIK 3171\\d{12}");
        assertThat(all).containsPattern("Hubungi 08\\d\\d-\\d{4}-\\d{4}").contains("@example.org");
        assertThat(truths).doesNotContainPattern("08\\d\\d-\\d{4}").doesNotContain("@", "Santoso");
    }

    @Test
    void theTruthFileHasALineForACaseInTheOrderOfIds() throws IOException {
        List<Truth> reversed = new ArrayList<>(TRUTHS.values());
        reversed.sort(Comparator.comparing(Truth::caseId).reversed());
        List<String> lines = written(reversed).lines().toList();

        assertThat(lines).hasSize(CASES);
        List<String> ids = new ArrayList<>();
        for (String line : lines) {
            ids.add(JSON.readTree(line).path("case_id").asText());
        }
        assertThat(ids).isSorted();
        Truth first = requireNonNull(TRUTHS.get(ids.get(0)));
        JsonNode json = JSON.readTree(lines.get(0));
        assertThat(json.path("holder").asText()).isEqualTo(first.holder());
        assertThat(json.path("submitted_at").asText())
                .isEqualTo(first.submittedAt().toString());
        assertThat(json.path("cycles")).hasSize(first.cycles().size());
        assertThat(json.has("merged_into")).isTrue();
    }

    @Test
    void aPackWithoutPlacesOrCategoriesIsNoCity() {
        ReferencePack empty =
                new ReferencePack("empty-1", START, "root", ZONE, Duration.ofDays(7), List.of(), List.of(), Map.of());

        assertThatThrownBy(() -> CityLife.of(empty).tell(1, 1, MONTH, message -> {}, truth -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty-1 has no territory that is there from 2017-09-02 to 2017-11-30");
        assertThatThrownBy(() -> CITY.tell(1, -1, MONTH, message -> {}, truth -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the number of cases must not be negative, is -1");
        assertThat(CITY.tell(1, 0, MONTH, message -> {}, truth -> {}).messages())
                .isZero();
    }

    private static String written(List<Truth> truths) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TruthFile.write(truths, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String digest(CityLife city, long seed, int cases, YearMonth month) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<Truth> truths = new ArrayList<>();
        city.tell(
                seed,
                cases,
                month,
                message -> {
                    String head = message.channel() + ' ' + message.key() + ' ' + message.sentAtMillis() + ' ';
                    all.writeBytes(head.getBytes(StandardCharsets.UTF_8));
                    all.writeBytes(message.json());
                },
                truths::add);
        try {
            TruthFile.write(truths, all);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return CanonicalForm.digest(all.toByteArray());
    }

    private static String channel(String caseId) {
        return caseId.substring(0, caseId.indexOf(':'));
    }

    private static double shareOfCases(Predicate<Truth> some) {
        return share(TRUTHS.values(), some);
    }

    private static <T> double share(Iterable<T> all, Predicate<T> some) {
        long matching = 0;
        long total = 0;
        for (T one : all) {
            total++;
            if (some.test(one)) {
                matching++;
            }
        }
        return (double) matching / total;
    }
}
