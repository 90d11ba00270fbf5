package io.tanggap.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.core.complaint.CanonicalForm;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.reference.Policy;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
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
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SeededCityTest {
    private static final long SEED = 42;
    private static final int CASES = 12_000;
    private static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");
    private static final Instant START = Instant.parse("2017-10-31T17:00:00Z");
    private static final Instant END = Instant.parse("2017-11-30T17:00:00Z");

    private static final SeededCity CITY = SeededCity.jakarta();
    private static final List<CaseEvent> DELIVERED = new ArrayList<>();
    private static final Map<String, List<CaseEvent>> HISTORIES = new HashMap<>();

    @BeforeAll
    static void generateOneMonth() {
        DELIVERED.addAll(month(CITY, SEED, CASES));
        Set<String> seen = new HashSet<>();
        for (CaseEvent event : DELIVERED) {
            if (seen.add(event.eventId())) {
                HISTORIES
                        .computeIfAbsent(event.caseId(), id -> new ArrayList<>())
                        .add(event);
            }
        }
        HISTORIES.values().forEach(history -> history.sort(CaseEvent.ORDER));
    }

    @Test
    void oneSeedGivesTheSameEventsOnEveryMachine() {
        assertThat(digest(month(SeededCity.jakarta(), 1, 2_000))).isEqualTo("a608f80d569c2433b164f4b201d69487");
    }

    @Test
    void anotherSeedOrMonthGivesOtherEvents() {
        List<CaseEvent> october = new ArrayList<>();
        CITY.generate(1, 50, YearMonth.of(2017, 10), october::add);

        assertThat(digest(month(CITY, 1, 50)))
                .isNotEqualTo(digest(month(CITY, 2, 50)))
                .isNotEqualTo(digest(october));
        assertThat(october).extracting(CaseEvent::occurredAt).allMatch(at -> at.isBefore(START));
    }

    @Test
    void everyCaseIsSubmittedOnceAndFirst() {
        assertThat(HISTORIES).hasSize(CASES);
        assertThat(HISTORIES.values()).allSatisfy(history -> {
            assertThat(history.get(0).payload()).isInstanceOf(Payload.Submitted.class);
            assertThat(history.stream().filter(event -> event.payload() instanceof Payload.Submitted))
                    .hasSize(1);
            assertThat(history.subList(1, history.size()))
                    .allMatch(event -> event.occurredAt().isAfter(history.get(0).occurredAt()));
        });
    }

    @Test
    void anIdComesTwiceOnlyForTheSameEvent() {
        Map<String, CaseEvent> first = new HashMap<>();
        long repeated = 0;
        for (CaseEvent event : DELIVERED) {
            CaseEvent earlier = first.putIfAbsent(event.eventId(), event);
            if (earlier != null) {
                repeated++;
                assertThat(event)
                        .usingRecursiveComparison()
                        .ignoringFields("ingestedAt")
                        .isEqualTo(earlier);
                assertThat(event.ingestedAt()).isAfter(earlier.ingestedAt());
            }
        }
        assertThat((double) repeated / first.size()).isBetween(0.015, 0.025);
    }

    @Test
    void deliveryFollowsIngestionAndATwentiethIsLate() {
        assertThat(DELIVERED).isSortedAccordingTo(Comparator.comparing(CaseEvent::ingestedAt));
        assertThat(DELIVERED)
                .allMatch(event -> event.ingestedAt().isAfter(event.occurredAt())
                        && event.ingestedAt().isBefore(END.plus(Duration.ofDays(9))));
        assertThat(share(
                        DELIVERED,
                        event -> Duration.between(event.occurredAt(), event.ingestedAt())
                                        .compareTo(Duration.ofMinutes(15))
                                > 0))
                .isBetween(0.05, 0.09);

        Map<String, Instant> latest = new HashMap<>();
        long overtaken = 0;
        for (CaseEvent event : DELIVERED) {
            Instant before =
                    latest.merge(event.caseId(), event.occurredAt(), (known, at) -> known.isAfter(at) ? known : at);
            if (before.isAfter(event.occurredAt())) {
                overtaken++;
            }
        }
        assertThat(overtaken).as("events overtaken by one of their own case").isGreaterThan(500);
    }

    @Test
    void nothingOccursOutsideTheMonth() {
        assertThat(DELIVERED).extracting(CaseEvent::occurredAt).allMatch(at -> !at.isBefore(START) && at.isBefore(END));
        assertThat(DELIVERED).anyMatch(event -> event.ingestedAt().isAfter(END));
    }

    @Test
    void casesHaveSevenToEightEventsOnAverage() {
        double average =
                HISTORIES.values().stream().mapToInt(List::size).average().orElseThrow();

        assertThat(average).isBetween(7.0, 8.0);
        assertThat(share(HISTORIES.values(), history -> history.size() >= 6 && history.size() <= 10))
                .isGreaterThan(0.5);
    }

    @Test
    void everyKindOfEventAndEndHappens() {
        Set<String> types = new TreeSet<>();
        Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
        for (CaseEvent event : DELIVERED) {
            types.add(event.type());
            if (event.payload() instanceof Payload.Closed closed) {
                outcomes.add(closed.outcome());
            }
        }

        assertThat(types)
                .containsExactly(
                        "Assigned",
                        "Closed",
                        "HandoverAccepted",
                        "HandoverDeclined",
                        "HandoverOffered",
                        "ProgressUpdated",
                        "PublicReply",
                        "Reopened",
                        "ResolutionClaimed",
                        "ResolutionRejected",
                        "Submitted");
        assertThat(outcomes).containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Outcome.UNKNOWN)));
        assertThat(share(HISTORIES.values(), history -> count(history, Payload.HandoverAccepted.class) >= 3))
                .as("cases that went back and forth")
                .isBetween(0.002, 0.05);
        assertThat(share(
                        HISTORIES.values(),
                        history -> history.get(history.size() - 1).payload() instanceof Payload.HandoverOffered))
                .as("cases that wait for an answer to an offer")
                .isBetween(0.01, 0.10);
    }

    @Test
    void someEventsOfACaseShareTheirTimeStamp() {
        long withSequence = 0;
        long without = 0;
        for (List<CaseEvent> history : HISTORIES.values()) {
            for (int i = 1; i < history.size(); i++) {
                if (history.get(i).occurredAt().equals(history.get(i - 1).occurredAt())) {
                    if (history.get(i).sourceSequence() == null) {
                        without++;
                    } else {
                        withSequence++;
                    }
                }
            }
        }
        assertThat(withSequence).isGreaterThan(100);
        assertThat(without).isGreaterThan(100);
    }

    @Test
    void channelsHaveHabits() {
        Map<String, List<CaseEvent>> submissions = new HashMap<>();
        HISTORIES.values().forEach(history -> submissions
                .computeIfAbsent(history.get(0).channel(), channel -> new ArrayList<>())
                .add(history.get(0)));

        assertThat(submissions).containsOnlyKeys("qlue", "ptsp", "twitter", "facebook", "lapor", "crm");
        assertThat(submissions.get("ptsp")).allSatisfy(event -> {
            ZonedDateTime local = event.occurredAt().atZone(ZONE);
            assertThat(local.getHour()).isBetween(8, 15);
            assertThat(local.getDayOfWeek()).isNotIn(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
        });
        assertThat(share(submissions.get("twitter"), SeededCityTest::hasNoPlace))
                .isBetween(0.5, 0.7);
        assertThat(share(submissions.get("facebook"), SeededCityTest::hasNoPlace))
                .isBetween(0.5, 0.75);
        assertThat(share(submissions.get("qlue"), SeededCityTest::hasNoPlace)).isZero();
        assertThat(share(submissions.get("qlue"), event -> {
                    int hour = event.occurredAt().atZone(ZONE).getHour();
                    return hour >= 17 && hour < 21;
                }))
                .as("qlue in four hours of the evening")
                .isGreaterThan(0.3);
        assertThat(share(submissions.get("lapor"), event -> submitted(event).resolutionDeadline() != null))
                .isBetween(0.25, 0.35);
        assertThat(submissions.get("qlue").size())
                .isGreaterThan(4 * submissions.get("facebook").size());
    }

    @Test
    void aFloodMakesAnUnusualDay() {
        Map<Integer, Integer> floods = new HashMap<>();
        HISTORIES.values().stream()
                .map(history -> history.get(0))
                .filter(event -> "Banjir".equals(submitted(event).category()))
                .forEach(event -> floods.merge(event.occurredAt().atZone(ZONE).getDayOfMonth(), 1, Integer::sum));
        List<Integer> byDay = floods.values().stream().sorted().toList();

        assertThat(byDay.get(byDay.size() - 1)).isGreaterThan(5 * byDay.get(byDay.size() / 2));
    }

    @Test
    void someCasesStayOpenAndSomeAreForgotten() {
        List<List<CaseEvent>> open = HISTORIES.values().stream()
                .filter(history -> closedAt(history) == null)
                .toList();

        assertThat((double) open.size() / CASES).isBetween(0.15, 0.35);
        assertThat(open.stream()
                        .filter(history ->
                                history.get(history.size() - 1).occurredAt().isBefore(END.minus(Duration.ofDays(7)))))
                .as("cases without activity for a week")
                .hasSizeGreaterThan(CASES / 20);
    }

    @Test
    void unitsAreVeryUnequal() {
        Map<String, List<List<CaseEvent>>> byPlace = new HashMap<>();
        for (List<CaseEvent> history : HISTORIES.values()) {
            String place = submitted(history.get(0)).territory();
            if (place != null && history.get(0).occurredAt().isBefore(END.minus(Duration.ofDays(7)))) {
                byPlace.computeIfAbsent(place, id -> new ArrayList<>()).add(history);
            }
        }
        List<Double> closedInAWeek = byPlace.values().stream()
                .filter(histories -> histories.size() >= 50)
                .map(histories -> share(histories, SeededCityTest::closedInAWeek))
                .sorted()
                .toList();
        List<Integer> volumes =
                byPlace.values().stream().map(List::size).sorted().toList();

        assertThat(closedInAWeek.get(0)).as("the worst kelurahan").isLessThan(0.60);
        assertThat(closedInAWeek.get(closedInAWeek.size() - 1))
                .as("the best kelurahan")
                .isGreaterThan(0.82);
        assertThat(volumes.get(volumes.size() - 1)).isGreaterThan(20 * volumes.get(0));
    }

    @Test
    void theReferenceKnowsEveryUnitThatActs() {
        ReferencePack pack = CITY.referencePack();
        Map<String, List<Unit>> byLevel = new HashMap<>();
        pack.units().forEach(unit -> byLevel.computeIfAbsent(unit.level(), level -> new ArrayList<>())
                .add(unit));
        Set<String> known = new HashSet<>(pack.units().stream().map(Unit::id).toList());

        assertThat(byLevel.get("kota")).hasSize(6);
        assertThat(byLevel.get("kecamatan")).hasSize(44);
        assertThat(byLevel.get("kelurahan")).hasSize(94);
        assertThat(byLevel.get("dinas")).hasSize(11);
        assertThat(byLevel.get("provinsi")).hasSize(1);
        assertThat(pack.units()).allMatch(unit -> unit.parent() == null || known.contains(unit.parent()));
        for (CaseEvent event : DELIVERED) {
            assertThat(unitsOf(event)).allMatch(known::contains);
        }
    }

    @Test
    void theReferenceSetsTargetsAndGroups() {
        ReferencePack pack = CITY.referencePack();
        Reference reference = Reference.of(List.of(pack));

        assertThat(pack.id()).isEqualTo("jakarta-demo-1");
        assertThat(pack.knownFrom()).isEqualTo(Instant.parse("2016-12-31T17:00:00Z"));
        assertThat(pack.staleAfter()).isEqualTo(Duration.ofDays(7));
        assertThat(reference.path("31.71.01.1001", START))
                .containsExactly("31.71.01.1001", "31.71.01", "31.71", "jakarta");
        assertThat(within(reference, "Banjir")).isEqualTo(Duration.ofHours(24));
        assertThat(within(reference, "Parkir liar")).isEqualTo(Duration.ofDays(3));
        assertThat(within(reference, "Jalan rusak")).isEqualTo(Duration.ofDays(7));
        assertThat(within(reference, "never heard of")).isEqualTo(Duration.ofDays(7));
        assertThat(pack.categoryGroups().values().stream().distinct()).hasSizeBetween(10, ReferencePack.MOST_GROUPS);
        assertThat(pack.targets().stream().map(target -> target.id()).distinct())
                .hasSameSizeAs(pack.targets());
    }

    @Test
    void aCityCanHaveAnySize() {
        SeededCity city = SeededCity.ofSize(500, 70);
        Set<String> places = new HashSet<>();
        Set<String> categories = new HashSet<>();
        for (CaseEvent event : month(city, SEED, 20_000)) {
            if (event.payload() instanceof Payload.Submitted submitted) {
                places.add(String.valueOf(submitted.territory()));
                categories.add(String.valueOf(submitted.category()));
            }
        }

        assertThat(places.size()).isGreaterThan(480);
        assertThat(categories).hasSize(71).contains("null");
        assertThat(Reference.of(List.of(city.referencePack())).path("kel-499", START))
                .containsExactly("kel-499", "kec-83", "kota-11", "jakarta");
        assertThat(month(SeededCity.ofSize(1, 1), SEED, 10)).isNotEmpty();
        assertThat(month(city, SEED, 0)).isEmpty();
    }

    @Test
    void anImpossibleSizeIsRefused() {
        assertThatThrownBy(() -> SeededCity.ofSize(0, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a city has at least one kelurahan and one category, not 0 and 5");
        assertThatThrownBy(() -> month(CITY, SEED, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the number of cases must not be negative, is -1");
    }

    private static List<CaseEvent> month(SeededCity city, long seed, int cases) {
        List<CaseEvent> events = new ArrayList<>();
        city.generate(seed, cases, SeededCity.DEFAULT_MONTH, events::add);
        return events;
    }

    private static String digest(List<CaseEvent> events) {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(event).append('\n'));
        return CanonicalForm.digest(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Duration within(Reference reference, String category) {
        return reference
                .allowance(Policy.Target.RESOLUTION, category, "qlue", null, START, START)
                .orElseThrow()
                .within();
    }

    private static Payload.Submitted submitted(CaseEvent event) {
        return (Payload.Submitted) event.payload();
    }

    private static boolean hasNoPlace(CaseEvent submission) {
        return submitted(submission).territory() == null;
    }

    private static long count(List<CaseEvent> history, Class<? extends Payload> kind) {
        return history.stream()
                .filter(event -> kind.isInstance(event.payload()))
                .count();
    }

    private static Instant closedAt(List<CaseEvent> history) {
        Instant closed = null;
        for (CaseEvent event : history) {
            if (event.payload() instanceof Payload.Closed) {
                closed = event.occurredAt();
            } else if (event.payload() instanceof Payload.Reopened) {
                closed = null;
            }
        }
        return closed;
    }

    private static boolean closedInAWeek(List<CaseEvent> history) {
        Instant closed = closedAt(history);
        return closed != null && !closed.isAfter(history.get(0).occurredAt().plus(Duration.ofDays(7)));
    }

    private static List<String> unitsOf(CaseEvent event) {
        List<String> units = new ArrayList<>();
        if (event.orgUnit() != null) {
            units.add(event.orgUnit());
        }
        Payload payload = event.payload();
        if (payload instanceof Payload.Submitted submitted) {
            if (submitted.territory() != null) {
                units.add(submitted.territory());
            }
            if (submitted.holder() != null) {
                units.add(submitted.holder());
            }
        } else if (payload instanceof Payload.Assigned assigned) {
            units.add(assigned.holder());
        } else if (payload instanceof Payload.HandoverOffered offered) {
            units.add(offered.to());
        } else if (payload instanceof Payload.HandoverAccepted accepted) {
            units.add(accepted.by());
        } else if (payload instanceof Payload.HandoverDeclined declined) {
            units.add(declined.by());
        }
        return units;
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
