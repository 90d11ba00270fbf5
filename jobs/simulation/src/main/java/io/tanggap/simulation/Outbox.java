package io.tanggap.simulation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends what the channels say, as feeds do: late, twice, with fields that nobody documented, now and then damaged, and on
 * one day of the month not at all.
 */
final class Outbox {
    private static final double DAMAGED = 0.0025;
    private static final double UNDOCUMENTED = 0.08;

    private static final long SECOND = 1_000L;
    private static final long HOUR = 3_600 * SECOND;
    private static final long POLL = HOUR / 2;
    /** When the heap comes after a day of silence. */
    private static final long HEAP_AFTER = 6 * HOUR;

    private static final int HEAP_IS_FASTER = 60;

    private final long first;
    private final Silence silence;
    private final Consumer<Message> sink;
    private final Delivery<Sheet> delivery;

    private final ByteArrayOutputStream poll = new ByteArrayOutputStream();
    private @Nullable String polledList;
    private long polledAt;

    private long sent;
    private long damaged;

    /** What is on its way. Of a poll, the one thing that it brings together with others; {@code list} says in which list. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sheet(
            String topic, String key, byte[] json, @Nullable String list, boolean damaged) {}

    /** A feed brings nothing in [from, to), in epoch milliseconds; what it should have brought comes after it. */
    record Silence(String topic, long from, long to) {
        long heard(String feed, long arrival) {
            return feed.equals(topic) && arrival >= from && arrival < to
                    ? to + HEAP_AFTER + (arrival - from) / HEAP_IS_FASTER
                    : arrival;
        }
    }

    /** @param first nothing is delivered before, in epoch milliseconds */
    Outbox(long first, Silence silence, Consumer<Message> sink) {
        this.first = first;
        this.silence = silence;
        this.sink = sink;
        this.delivery = new Delivery<>(first, this::deliver);
    }

    void send(Spoken spoken, String key, long at, Dice dice) {
        if (dice.chance(UNDOCUMENTED)) {
            spoken.core().with("x_client", "4." + dice.below(30));
        }
        long arrival = arrival(spoken, at, dice);
        Sheet sheet = new Sheet(spoken.topic(), key, spoken.json().bytes(), spoken.list(), false);
        delivery.post(arrival, sheet);
        long again = Delivery.again(arrival, dice);
        if (again != Delivery.NEVER) {
            delivery.post(due(spoken, again), sheet);
        }
        if (dice.chance(DAMAGED)) {
            sendDamaged(spoken, key, at, dice);
        }
    }

    /** Sends what nobody will be able to read. */
    void sendDamaged(Spoken spoken, String key, long at, Dice dice) {
        long arrival = arrival(spoken, at, dice);
        delivery.post(arrival, new Sheet(spoken.topic(), key, damaged(spoken, arrival, dice), null, true));
    }

    private long arrival(Spoken spoken, long at, Dice dice) {
        Channel feed = channel(spoken.topic());
        // What is older than the month comes with its first hours.
        long since = at >= first ? at : first + (long) dice.between(0, 2.0 * HOUR);
        return due(spoken, Delivery.arrival(feed, since, dice));
    }

    private long due(Spoken spoken, long arrival) {
        return spoken.list() == null
                ? silence.heard(spoken.topic(), arrival)
                : arrival + POLL - Math.floorMod(arrival, POLL);
    }

    private static Channel channel(String topic) {
        return Arrays.stream(Channel.values())
                .filter(channel -> channel.id.equals(topic))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] damaged(Spoken spoken, long arrival, Dice dice) {
        String verb = spoken.verb();
        double share = dice.unit();
        if (share < 0.4) {
            byte[] whole = spoken.whole(arrival).bytes();
            return Arrays.copyOf(whole, 1 + dice.below(whole.length - 1));
        }
        Object value = spoken.core().get(spoken.required());
        if (share < 0.6) {
            spoken.core().without(spoken.required());
        } else if (share < 0.8 || verb == null) {
            spoken.core().with(spoken.required(), List.of(value));
        } else {
            value = spoken.core().get(verb);
            spoken.core().with(verb, "???");
            byte[] bytes = spoken.whole(arrival).bytes();
            spoken.core().with(verb, value);
            return bytes;
        }
        byte[] bytes = spoken.whole(arrival).bytes();
        spoken.core().with(spoken.required(), value);
        return bytes;
    }

    /** Delivers what is due before the hour of {@code now}: nothing sent from here on may have happened before it. */
    void deliverBefore(long now) {
        delivery.deliverBefore(now);
    }

    void deliverAll() {
        delivery.deliverAll();
        endPoll();
    }

    private void deliver(Sheet sheet, long at) {
        if (polledList != null && (at != polledAt || !polledList.equals(sheet.list()))) {
            endPoll();
        }
        if (sheet.list() == null) {
            pass(new Message(sheet.topic(), sheet.key(), at, sheet.json(), sheet.damaged()));
            return;
        }
        if (polledList == null) {
            polledList = sheet.list();
            polledAt = at;
            String head = "{\"polled_at\":\"" + CityClock.writtenInUtc(at) + "\",\"" + polledList + "\":[";
            poll.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        } else {
            poll.write(',');
        }
        poll.writeBytes(sheet.json());
    }

    private void endPoll() {
        if (polledList != null) {
            poll.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
            String topic = Channel.OPEN311.id;
            pass(new Message(topic, topic + ' ' + polledList, polledAt, poll.toByteArray(), false));
            poll.reset();
            polledList = null;
        }
    }

    private void pass(Message message) {
        sent++;
        if (message.damaged()) {
            damaged++;
        }
        sink.accept(message);
    }

    long sent() {
        return sent;
    }

    long damaged() {
        return damaged;
    }
}
