package io.tanggap.intake.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.PersonalData;
import io.tanggap.core.reference.Channel;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.intake.Pseudonyms;
import io.tanggap.reference.PackDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The examples of CHANNELS.md, the city that they are of, and how what they tell is written down. */
final class ChannelExamples {
    static final Path DOCUMENT = Path.of(System.getProperty("tanggap.root", "../.."), "jobs", "intake", "CHANNELS.md");

    static final Instant SENT = Instant.parse("2017-12-02T00:00:00Z");

    /** An account of the city on X, and one beside its page on Facebook. */
    static final String CITY_ON_X = "36005";

    static final String CITY_ON_FACEBOOK = "77000";

    private static final Pattern BLOCK = Pattern.compile("```json ([a-z0-9-]+)\n(.*?)```", Pattern.DOTALL);

    private static final Reference JAKARTA = Reference.of(List.of(jakarta()));

    private ChannelExamples() {}

    /** By name, in the order of the document; what stands before the first hyphen of a name is the channel. */
    static Map<String, String> all() {
        Map<String, String> examples = new LinkedHashMap<>();
        try {
            BLOCK.matcher(Files.readString(DOCUMENT)).results().forEach(block -> {
                if (examples.put(block.group(1), block.group(2)) != null) {
                    throw new IllegalStateException("two examples are called " + block.group(1));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return examples;
    }

    static String channelOf(String name) {
        return name.contains("-") ? name.substring(0, name.indexOf('-')) : name;
    }

    /** The delivered pack of Jakarta, with accounts of the city. */
    static ReferencePack jakarta() {
        ReferencePack pack = PackDirectory.builtIn("jakarta").pack();
        if (pack == null) {
            throw new IllegalStateException("the built-in pack of Jakarta has errors");
        }
        return with(
                pack,
                pack.id(),
                pack.knownFrom(),
                List.of(
                        new Channel("twitter", null, Set.of(CITY_ON_X)),
                        new Channel("facebook", null, Set.of(CITY_ON_FACEBOOK))));
    }

    static ReferencePack with(ReferencePack pack, String id, Instant knownFrom, List<Channel> channels) {
        return new ReferencePack(
                id,
                knownFrom,
                pack.city(),
                pack.zone(),
                pack.staleAfter(),
                pack.units(),
                pack.targets(),
                pack.categoryGroups(),
                pack.policies(),
                pack.calendars(),
                pack.categories(),
                pack.labels(),
                pack.competences(),
                pack.territories(),
                channels,
                pack.attribution(),
                pack.nearestWithinMetres());
    }

    static Channels channels() {
        return new Channels(JAKARTA, pseudonyms());
    }

    static Pseudonyms pseudonyms() {
        return new Pseudonyms("a key for tests alone, 32 bytes.".getBytes(UTF_8));
    }

    /** What a record tells, a line for each thing. */
    static List<String> lines(Admitted admitted) {
        List<String> lines = new ArrayList<>();
        admitted.events().forEach(event -> lines.add(event.eventId() + " " + line(event)));
        for (PersonalData personal : admitted.personal()) {
            lines.add("personal " + personal.caseId() + " by " + personal.reporter() + ", " + personal.finds() + ": "
                    + personal.text());
        }
        admitted.erased().forEach(caseId -> lines.add("erased " + caseId));
        admitted.refused().forEach(refused -> lines.add("refused " + refused.reason() + ": " + refused.message()));
        admitted.skipped().forEach((kind, count) -> lines.add("skipped " + kind + " " + count));
        admitted.unlisted().forEach((label, count) -> lines.add("unlisted " + label + " " + count));
        return lines;
    }

    /** An event without its id and when it was sent. */
    static String line(CaseEvent event) {
        return event.occurredAt()
                + (event.sourceSequence() == null ? "" : " #" + event.sourceSequence())
                + " " + event.caseId()
                + " " + event.payload()
                + " " + event.actor()
                + (event.orgUnit() == null ? "" : " of " + event.orgUnit())
                + " " + event.visibility()
                + (event.inferred() ? " inferred" : "")
                + " " + event.timeNote();
    }
}
