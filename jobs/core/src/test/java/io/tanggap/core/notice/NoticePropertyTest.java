package io.tanggap.core.notice;

import static io.tanggap.core.Story.jakarta;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.PackDraft;
import io.tanggap.core.References;
import io.tanggap.core.Seed;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.notice.Box.Entry;
import io.tanggap.core.notice.Box.Memory;
import io.tanggap.core.notice.Followed.Step;
import io.tanggap.core.notice.Notice.Change;
import io.tanggap.core.notice.Notice.Item;
import io.tanggap.core.notice.Notice.Occasion;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Recipient;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.Validity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Alerts, silences and silent feeds at random, some days of them and then some days in which nothing happens, so that all
 * that is to be told has been. Now and then everything stops, goes back to what was kept and hears all since once more,
 * later; what was made since then is not sent, as with a transaction.
 */
class NoticePropertyTest {
    private static final Instant START = jakarta("2024-07-01 00:00");
    private static final Duration ROUND = Duration.ofDays(14);
    private static final int ROUNDS = 4;
    private static final List<Integer> THRESHOLDS = List.of(50, 75, 90, 100, 150, 200);

    private static final Reference REFERENCE = new PackDraft("pack")
            .hours("office", "Mon-Fri 07:30-16:00")
            .holiday("office", "2024-07-17", null, "2024-07-12")
            .recipient("a", "A", "office", "07:30", null, 3, Validity.ALWAYS)
            .recipient("a-quiet", "A", "office", "07:30", "21:00-05:00", 2, Validity.ALWAYS)
            .recipient("b", "B", null, "12:00", null, 1, Validity.ALWAYS)
            .recipient("hall", "hall", "office")
            .route("near", AlertKind.THRESHOLD, null, "holder", false)
            .route("missed", AlertKind.OVERDUE, null, "holder", true)
            .route("missed+1", AlertKind.OVERDUE, 1, "unit:hall")
            .route("stale", AlertKind.STALE, null, "holder", false)
            .route("failed", AlertKind.VALIDATION_FAILED, null, "holder", true)
            .reference();

    private final Random random = Seed.random(this);

    /** Something that comes in. */
    private record Input(Instant at, BiConsumer<World, Instant> arrives) {}

    /** What is followed and what is in the boxes, and the messages that came of it. */
    private static final class World {
        final Map<String, Followed> followed = new TreeMap<>();
        final Map<String, Instant> nextAt = new TreeMap<>();
        final Map<String, MapEntries> entries = new TreeMap<>();
        final Map<String, Memory> memories = new TreeMap<>();
        final Map<String, Silence> silences = new TreeMap<>();
        final Set<String> silentFeeds = new TreeSet<>();
        final List<Notice> notices = new ArrayList<>();

        World copy() {
            World copy = new World();
            copy.followed.putAll(followed);
            copy.nextAt.putAll(nextAt);
            entries.forEach((recipient, kept) -> copy.entries.put(recipient, kept.copy()));
            copy.memories.putAll(memories);
            copy.silences.putAll(silences);
            copy.silentFeeds.addAll(silentFeeds);
            copy.notices.addAll(notices);
            return copy;
        }

        void hear(Alert alert, Instant now) {
            run(alert.id(), Followed.hear(followed.get(alert.id()), alert, Instant.MIN, REFERENCE, now), now);
        }

        private void run(String alert, Step step, Instant now) {
            followed.put(alert, step.followed());
            if (step.nextAt() == null) {
                nextAt.remove(alert);
            } else {
                nextAt.put(alert, step.nextAt());
            }
            for (Errand errand : step.errands()) {
                open(errand.recipient(), now, box -> box.take(errand));
            }
        }

        void tick(Instant now) {
            Map.copyOf(nextAt).forEach((alert, at) -> {
                if (!at.isAfter(now)) {
                    run(alert, requireNonNull(followed.get(alert)).later(REFERENCE, now), now);
                }
            });
            for (Recipient recipient : REFERENCE.knownAt(now).recipients()) {
                open(recipient.id(), now, Box::tick);
            }
        }

        private interface Use {
            void of(Box box) throws Exception;
        }

        private void open(String recipient, Instant now, Use use) {
            MapEntries kept = entries.computeIfAbsent(recipient, any -> new MapEntries());
            Box box = new Box(
                    REFERENCE.recipient(recipient, now).orElseThrow(),
                    REFERENCE,
                    silences.values(),
                    silentFeeds,
                    kept,
                    memories.getOrDefault(recipient, Memory.at(now)),
                    now);
            try {
                use.of(box);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            Memory memory = box.memory();
            memories.put(recipient, memory);
            notices.addAll(box.notices());
            assertThat(memory.due()).isEqualTo((int)
                    kept.byAlert.values().stream().filter(Entry::isDue).count());
            assertThat(memory.dueAtOnce()).isEqualTo((int)
                    kept.byAlert.values().stream().filter(Entry::isDueAtOnce).count());
        }
    }

    private interface Check {
        void of(World world, Instant now);
    }

    /** Lets all of it come in, and checks at the end of each round. */
    private World run(List<Input> inputs, Check check) {
        World world = new World();
        World kept = world.copy();
        int next = 0;
        int nextKept = 0;
        List<Notice> unsent = new ArrayList<>();
        Instant now = START;
        for (int round = 1; round <= ROUNDS; round++) {
            Instant end = START.plus(ROUND.multipliedBy(round));
            while (now.isBefore(end)) {
                Instant tick = now.plus(Duration.ofMinutes(5 + random.nextInt(40)));
                for (; next < inputs.size() && !inputs.get(next).at().isAfter(tick); next++) {
                    Input input = inputs.get(next);
                    now = input.at().isAfter(now) ? input.at() : now;
                    input.arrives().accept(world, now);
                }
                now = tick;
                world.tick(now);
                if (random.nextInt(15) == 0) {
                    kept = world.copy();
                    nextKept = next;
                } else if (random.nextInt(40) == 0 && now.isBefore(end.minus(Duration.ofDays(5)))) {
                    unsent.addAll(world.notices.subList(kept.notices.size(), world.notices.size()));
                    world = kept.copy();
                    next = nextKept;
                    now = now.plus(Duration.ofMinutes(random.nextInt(random.nextInt(4) == 0 ? 1500 : 10)));
                }
            }
            check.of(world, now);
            kept = world.copy();
            nextKept = next;
        }
        assertThat(next).isEqualTo(inputs.size());
        unsent.addAll(world.notices);
        sameNewsHaveTheSameId(unsent);
        theirNumberIsBounded(world);
        return world;
    }

    private static void sameNewsHaveTheSameId(List<Notice> notices) {
        Map<String, String> ids = new HashMap<>();
        Map<String, String> news = new HashMap<>();
        for (Notice notice : notices) {
            String says = notice.recipient() + notice.occasion() + news(notice);
            String id = ids.putIfAbsent(says, notice.id());
            assertThat(id == null || id.equals(notice.id())).as(says).isTrue();
            String before = news.putIfAbsent(notice.id(), says);
            assertThat(before == null || before.equals(says)).as(says).isTrue();
        }
    }

    private static String news(Notice notice) {
        return notice.items().stream()
                .filter(item -> item.change() != Change.STANDING)
                .map(item -> item.alert().id() + item.change() + item.alert().asOf())
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static void theirNumberIsBounded(World world) {
        Map<String, List<Notice>> byRecipient =
                world.notices.stream().collect(Collectors.groupingBy(Notice::recipient));
        byRecipient.forEach((id, notices) -> {
            Recipient recipient = REFERENCE.recipient(id, START).orElseThrow();
            List<Instant> singles = madeAt(notices, Occasion.INSTANT);
            for (int i = recipient.perHour(); i < singles.size(); i++) {
                assertThat(singles.get(i))
                        .isAfterOrEqualTo(singles.get(i - recipient.perHour()).plus(Box.HOUR));
            }
            List<Instant> storms = madeAt(notices, Occasion.STORM);
            for (int i = 1; i < storms.size(); i++) {
                assertThat(storms.get(i)).isAfterOrEqualTo(storms.get(i - 1).plus(Box.HOUR));
            }
            assertThat(madeAt(notices, Occasion.DIGEST)).hasSizeLessThanOrEqualTo((int) (ROUNDS * ROUND.toDays()));
            assertThat(madeAt(notices, Occasion.SILENCE_ENDED)).hasSizeLessThanOrEqualTo(world.silences.size());
            for (Notice notice : notices) {
                LocalTime time = LocalTime.ofInstant(notice.madeAt(), References.JAKARTA);
                assertThat(id.equals("a-quiet") && (time.getHour() >= 21 || time.getHour() < 5))
                        .isFalse();
            }
        });
    }

    private static List<Instant> madeAt(List<Notice> notices, Occasion occasion) {
        return notices.stream()
                .filter(notice -> notice.occasion() == occasion)
                .map(Notice::madeAt)
                .toList();
    }

    /** A time in the first days of a round. */
    private Instant early(int round) {
        return START.plus(ROUND.multipliedBy(round)).plus(Duration.ofMinutes(random.nextInt(3 * 24 * 60)));
    }

    private List<Instant> early(int round, int number) {
        return random.ints(number, 0, 1)
                .mapToObj(any -> early(round))
                .distinct()
                .sorted()
                .toList();
    }

    /** It comes a while later, and sometimes twice. */
    private void arrives(Alert alert, List<Input> inputs) {
        for (int i = random.nextInt(10) == 0 ? 2 : 1; i > 0; i--) {
            inputs.add(
                    new Input(alert.asOf().plusSeconds(random.nextInt(1800)), (world, now) -> world.hear(alert, now)));
        }
    }

    private void silencesAndFeeds(int round, List<Input> inputs) {
        for (int i = 0; i < 3; i++) {
            Instant from = early(round);
            Instant until = from.plus(Duration.ofMinutes(1 + random.nextInt(3000)));
            String id = "s" + round + i;
            String unit = random.nextBoolean() ? "A" : random.nextBoolean() ? "B" : null;
            AlertKind kind = unit == null || random.nextInt(3) == 0 ? AlertKind.OVERDUE : null;
            Silence silence = new Silence(id, from, until, "reason " + id, "boss", unit, kind, null, null, null);
            Instant told = from.plus(Duration.ofMinutes(random.nextInt(300) - 200L));
            inputs.add(new Input(told, (world, now) -> world.silences.put(id, silence)));
            if (random.nextInt(3) == 0) {
                inputs.add(new Input(
                        until.minusSeconds(60 * random.nextInt(1000)),
                        (world, now) -> world.silences.computeIfPresent(id, (any, made) -> made.endedAt(now))));
            }
            String channel = random.nextBoolean() ? "jaki" : "qlue";
            inputs.add(new Input(from, (world, now) -> world.silentFeeds.add(channel)));
            inputs.add(new Input(until, (world, now) -> world.silentFeeds.remove(channel)));
        }
        inputs.sort(Comparator.comparing(Input::at));
    }

    private static Set<String> recipientsOf(AlertKind kind, String holder) {
        Set<String> recipients = new TreeSet<>(holder.equals("A") ? Set.of("a", "a-quiet") : Set.of("b"));
        if (kind == AlertKind.OVERDUE) {
            recipients.add("hall");
        }
        return recipients;
    }

    private AlertDraft anyAlert(String caseId, Instant raisedAt) {
        AlertDraft draft =
                switch (random.nextInt(4)) {
                    case 0 -> AlertDraft.stale(caseId, raisedAt);
                    case 1 -> AlertDraft.validationFailed(caseId, raisedAt);
                    default -> AlertDraft.resolution(caseId, 100, raisedAt);
                };
        return draft.channel(random.nextBoolean() ? "jaki" : "qlue");
    }

    @Test
    void whatStandsIsToldOnceToEachWhoIsToBeToldAndSoIsItsEnd() {
        int messages = 0;
        for (int run = 0; run < 6; run++) {
            List<Input> inputs = new ArrayList<>();
            Map<String, AlertDraft> drafts = new TreeMap<>();
            // What is so at the end of each round.
            List<Map<String, Alert>> truths = new ArrayList<>();
            Map<String, Alert> truth = new TreeMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < 30; i++) {
                    String caseId = "c" + i;
                    for (Instant at : early(round, random.nextInt(6))) {
                        AlertDraft draft = drafts.get(caseId);
                        if (draft == null) {
                            draft = anyAlert(caseId, at);
                            drafts.put(caseId, draft);
                        } else {
                            State state = random.nextInt(3) > 0
                                    ? State.OPEN
                                    : random.nextBoolean() ? State.CLEARED : State.RETRACTED;
                            draft.then(state, at);
                        }
                        String holder = random.nextInt(3) > 0 ? "A" : "B";
                        Alert alert = draft.heldBy(holder, "city").alert();
                        truth.put(alert.id(), alert);
                        arrives(alert, inputs);
                    }
                }
                truths.add(new TreeMap<>(truth));
                silencesAndFeeds(round, inputs);
            }
            messages += run(inputs, (world, now) -> {
                        Set<String> expected = new TreeSet<>();
                        truths.get((int) Duration.between(START, now).dividedBy(ROUND) - 1).values().stream()
                                .filter(alert -> alert.state().stands())
                                .forEach(alert -> recipientsOf(
                                                alert.kind(),
                                                requireNonNull(alert.matter()).holder())
                                        .forEach(recipient -> expected.add(recipient + " " + alert.id())));
                        assertThat(told(world.notices)).isEqualTo(expected);
                    })
                    .notices
                    .size();
        }
        assertThat(messages).isGreaterThan(500);
    }

    /** What recipients believe to stand; each change of it was a change. */
    private static Set<String> told(List<Notice> notices) {
        Set<String> told = new TreeSet<>();
        for (Notice notice : notices) {
            for (Item item : notice.items()) {
                String what = notice.recipient() + " " + item.alert().id();
                assertThat(told.contains(what))
                        .as(what + " " + item.change() + " at " + notice.madeAt())
                        .isEqualTo(item.change() != Change.RAISED);
                if (item.change() == Change.RAISED) {
                    told.add(what);
                } else if (item.change() != Change.STANDING) {
                    told.remove(what);
                }
            }
        }
        return told;
    }

    /** A clock that passes thresholds, is put back, stops and runs again, and whose case is passed on. */
    private final class Ticking {
        private final String caseId;
        private final String channel = random.nextBoolean() ? "jaki" : "qlue";
        private final Instant startedAt;
        private final Map<Integer, AlertDraft> raised = new TreeMap<>();
        private int passed = -1;
        private boolean runs = true;
        private String holder = "A";

        Ticking(String caseId, Instant startedAt) {
            this.caseId = caseId;
            this.startedAt = startedAt;
        }

        void goOn(Instant at, List<Input> inputs) {
            switch (random.nextInt(7)) {
                case 0 -> passed = Math.max(-1, passed - 1 - random.nextInt(2));
                case 1 -> runs = !runs;
                case 2 -> holder = holder.equals("A") ? "B" : "A";
                default -> passed = Math.min(THRESHOLDS.size() - 1, passed + 1 + random.nextInt(2));
            }
            for (int i = 0; i < THRESHOLDS.size(); i++) {
                int threshold = THRESHOLDS.get(i);
                State state = i > passed
                        ? State.RETRACTED
                        : !runs ? State.CLEARED : i == passed ? State.OPEN : State.SUPERSEDED;
                AlertDraft draft = raised.get(threshold);
                if (draft == null && state != State.OPEN) {
                    continue;
                }
                if (draft == null) {
                    draft = AlertDraft.resolution(caseId, threshold, startedAt.plusSeconds(threshold))
                            .channel(channel)
                            .revision(0);
                    raised.put(threshold, draft);
                }
                arrives(draft.then(state, at).heldBy(holder, "city").alert(), inputs);
            }
        }

        @Nullable
        String open() {
            return runs && passed >= 0 ? caseId + "/RESOLUTION.1.1." + THRESHOLDS.get(passed) : null;
        }

        Set<String> recipients() {
            return recipientsOf(THRESHOLDS.get(passed) < 100 ? AlertKind.THRESHOLD : AlertKind.OVERDUE, holder);
        }
    }

    @Test
    void ofEachClockTheHighestThresholdThatStandsIsKnownInTheEnd() {
        int standing = 0;
        for (int run = 0; run < 6; run++) {
            List<Input> inputs = new ArrayList<>();
            List<Ticking> clocks = new ArrayList<>();
            List<Map<String, Set<String>>> truths = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                clocks.add(new Ticking("c" + i, START));
            }
            for (int round = 0; round < ROUNDS; round++) {
                Map<String, Set<String>> truth = new TreeMap<>();
                for (Ticking clock : clocks) {
                    early(round, random.nextInt(6)).forEach(at -> clock.goOn(at, inputs));
                    if (clock.open() != null) {
                        truth.put(clock.open(), clock.recipients());
                    }
                }
                truths.add(truth);
                standing += truth.size();
                silencesAndFeeds(round, inputs);
            }
            run(inputs, (world, now) -> {
                Map<String, Change> last = new HashMap<>();
                for (Notice notice : world.notices) {
                    for (Item item : notice.items()) {
                        last.put(notice.recipient() + " " + item.alert().id(), item.change());
                    }
                }
                Map<String, Set<String>> truth =
                        truths.get((int) Duration.between(START, now).dividedBy(ROUND) - 1);
                truth.forEach((alert, recipients) -> {
                    for (String recipient : recipients) {
                        Entry entry = requireNonNull(world.entries.get(recipient))
                                .byAlert
                                .get(alert);
                        assertThat(entry).as(recipient + " " + alert).isNotNull();
                        assertThat(entry.told() && entry.pending() == null)
                                .as(recipient + " " + alert)
                                .isTrue();
                        assertThat(last.get(recipient + " " + alert)).isIn(Change.RAISED, Change.STANDING);
                    }
                });
                world.entries.forEach((recipient, kept) -> kept.byAlert.keySet().forEach(alert -> {
                    String clock = alert.substring(0, alert.lastIndexOf('.') + 1);
                    assertThat(truth.keySet()).as(recipient + " " + alert).anyMatch(open -> open.startsWith(clock));
                }));
            });
        }
        assertThat(standing).isGreaterThan(100);
    }
}
