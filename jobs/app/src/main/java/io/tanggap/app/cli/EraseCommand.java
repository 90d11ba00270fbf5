package io.tanggap.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.flink.io.DeadLetterLog;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.PublishedPacks;
import io.tanggap.flink.io.StoredLetter;
import io.tanggap.flink.io.Topics;
import io.tanggap.intake.channel.Channels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tanggap erase}: what is personal in a case, out of everything that keeps it. */
@Command(
        name = "erase",
        description = {
            "Erases what is personal in cases: the pseudonym of the reporter and the redacted words, and dead letters that"
                    + " name the case. Figures, events and documents hold nothing personal and stay.",
            "Running intake carries it out, at once or when it is next started; sending the complaint again does not bring"
                    + " it back. Dead letters can come back if intake is started without --resume: erase them again then."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class EraseCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    @Parameters(
            arity = "1..*",
            paramLabel = "CASE",
            description = "Ids of cases: the channel, a colon and the channel's number, such as qlue:Q-118233.")
    private List<String> cases = List.of();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--dry-run", description = "Say what would be erased, and erase nothing.")
    private boolean dryRun;

    /**
     * A case as it is named on the command line.
     *
     * @param asValue the number as a value of a record in JSON
     * @param inRow the number by itself in a row of a file
     */
    private record Named(String channel, String number, Pattern asValue, Pattern inRow) {
        static Named of(String id) {
            int colon = id.indexOf(':');
            if (colon < 1 || colon == id.length() - 1) {
                throw new UserError(
                        "'" + id + "' is no id of a case: give the channel, a colon and the channel's number,"
                                + " such as qlue:Q-118233.");
            }
            String channel = id.substring(0, colon).toLowerCase(Locale.ROOT);
            String number = id.substring(colon + 1);
            String quoted = Pattern.quote(asCharacters(number.getBytes(StandardCharsets.UTF_8)));
            return new Named(
                    channel,
                    number,
                    // A record that was cut may end within the value.
                    Pattern.compile(":\\s*(?:\"" + quoted + "(?:\"|$)|" + quoted + "\\s*(?:[,}\\]]|$))"),
                    Pattern.compile("(?<![A-Za-z0-9])" + quoted + "(?![A-Za-z0-9])"));
        }

        String id() {
            return channel + ":" + number;
        }

        boolean isIn(DeadLetter letter) {
            String bytes = asCharacters(letter.bytes());
            if (letter.stage() == DeadLetter.Stage.REPLAY) {
                return inRow.matcher(bytes).find();
            }
            boolean couldBe = letter.origin().startsWith(Topics.ofChannel(channel) + "-")
                    || letter.origin().startsWith(Topics.ofChannel("crm") + "-");
            return couldBe && asValue.matcher(bytes).find();
        }

        /** Bytes as characters, whatever they are. */
        private static String asCharacters(byte[] bytes) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }

        byte[] request(Instant at) throws IOException {
            ObjectNode request = JSON.createObjectNode();
            request.putObject("case").put("channel", channel).put("id", number);
            request.put("requested_at", at.toString());
            return JSON.writeValueAsBytes(request);
        }
    }

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.system();
        List<Named> named = cases.stream().distinct().map(Named::of).toList();
        requireKnownChannels(named);
        List<StoredLetter> letters = lettersAbout(named);
        Instant now = Feed.now();
        if (!dryRun) {
            Topics.create(kafka.bootstrap, Topics.partitions(kafka.bootstrap, Topics.CASE_EVENTS));
            try (EventPublisher publisher = new EventPublisher(kafka.bootstrap)) {
                for (Named each : named) {
                    publisher.publish(Topics.ERASURES, each.id(), each.request(now));
                }
                letters.forEach(stored -> publisher.erase(stored.letter()));
                publisher.flush();
            }
        }
        terminal.say(String.format(
                Locale.ROOT,
                "%s    %,d requests to erase what is personal in the case, which intake carries out",
                dryRun ? "Would be " : "Written  ",
                named.size()));
        terminal.say(String.format(
                Locale.ROOT,
                "%s    %,d dead letters that name it",
                dryRun ? "Would go " : "Erased   ",
                letters.size()));
        letters.forEach(stored -> terminal.say("             " + stored.id() + "  "
                + LetterText.printable(stored.letter().origin()) + "  "
                + stored.letter().reason()));
        terminal.say(String.format(
                Locale.ROOT,
                "Expires      what the channels sent, by itself: at the latest %d days after it was sent",
                Topics.CHANNELS_KEPT.plusDays(1).toDays()));
        return 0;
    }

    /** Intake would refuse the request, and nobody would carry it out. */
    private void requireKnownChannels(List<Named> named) {
        Set<String> known = new HashSet<>(Channels.IDS);
        PublishedPacks.in(kafka.bootstrap).forEach(pack -> pack.channels().forEach(channel -> known.add(channel.id())));
        for (Named each : named) {
            if (!known.contains(each.channel())) {
                throw new UserError("'" + each.channel() + "' is no channel that intake knows: its channels are "
                        + String.join(", ", Channels.IDS)
                        + " and those of channels.csv; of others nothing personal is kept.");
            }
        }
    }

    /** A letter is about a case if a record of its channel, of officers or of a file has the number by itself in it. */
    private List<StoredLetter> lettersAbout(List<Named> named) {
        List<StoredLetter> found = new ArrayList<>();
        try (DeadLetterLog log = DeadLetterLog.open(kafka.bootstrap)) {
            log.forEach(stored -> {
                if (named.stream().anyMatch(each -> each.isIn(stored.letter()))) {
                    found.add(stored);
                }
            });
        }
        return found;
    }
}
