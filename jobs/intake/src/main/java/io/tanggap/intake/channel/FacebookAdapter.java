package io.tanggap.intake.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.intake.Pseudonyms.Kind;
import io.tanggap.intake.TimeFormats;
import io.tanggap.intake.TimeFormats.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Webhooks of the city's page: posts of visitors and what is written under them. Each change stands for itself. */
final class FacebookAdapter implements ChannelAdapter {
    private static final Set<String> POSTS = Set.of("status", "post", "photo", "video", "share");

    /** Items and verbs that are counted by their name when they are skipped; others are counted as one, for there may be any. */
    private static final Set<String> TOLD_APART = Set.of(
            "album",
            "edit",
            "edited",
            "event",
            "follow",
            "hide",
            "like",
            "link",
            "mention",
            "note",
            "rating",
            "reaction",
            "remove",
            "story",
            "unhide",
            "update");

    @Override
    public List<JsonNode> divide(JsonNode message, Instant sentAt, TimeFormats times) {
        List<JsonNode> changes = new ArrayList<>();
        try {
            Fields fields = new Fields(message, "", times);
            requirePage(fields);
            fields.list("entry").forEach(entry -> divideEntry(entry, times, changes));
        } catch (Unusable e) {
            return List.of(message);
        }
        return changes.isEmpty() ? List.of(message) : changes;
    }

    private static void requirePage(Fields message) {
        if (!message.word("object").equals("page")) {
            throw message.unlisted("object");
        }
    }

    private static void divideEntry(JsonNode entry, TimeFormats times, List<JsonNode> divided) {
        try {
            Fields fields = new Fields(entry, "", times);
            Envelope envelope = Envelope.of(fields);
            List<JsonNode> changes = fields.list("changes");
            if (changes.size() > 1) {
                changes.forEach(change -> divided.add(message(envelope.around(change))));
                return;
            }
        } catch (Unusable e) {
            // What is wrong with the entry is said when it is told, once for all its changes.
        }
        divided.add(message(entry));
    }

    private static JsonNode message(JsonNode entry) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("object", "page");
        message.putArray("entry").add(entry);
        return message;
    }

    /** What an entry says of all its changes. */
    private record Envelope(String page, @Nullable Moment time) {
        static Envelope of(Fields entry) {
            return new Envelope(entry.word("id"), entry.secondsIfAny("time"));
        }

        /** An entry with one change. Only what is needed of the whole goes with each, for the rest may be long. */
        JsonNode around(JsonNode change) {
            ObjectNode entry = JsonNodeFactory.instance.objectNode().put("id", page);
            if (time != null) {
                entry.put("time", time.instant().getEpochSecond());
            }
            entry.putArray("changes").add(change);
            return entry;
        }
    }

    @Override
    public void tell(Fields message, Telling telling) {
        requirePage(message);
        Fields entry = message.onlyPartIfAny("entry");
        if (entry == null) {
            telling.skip(Telling.EMPTY);
            return;
        }
        Envelope envelope = Envelope.of(entry);
        Fields change = entry.onlyPartIfAny("changes");
        if (change == null) {
            telling.skip(Telling.EMPTY);
        } else if (change.choice("field").equals("feed")) {
            feed(change.part("value"), envelope, telling);
        } else {
            telling.skip("other-field");
        }
    }

    private static void feed(Fields change, Envelope entry, Telling telling) {
        String item = change.choice("item");
        String verb = change.choice("verb");
        boolean isPost = POSTS.contains(item);
        if (!isPost && !item.equals("comment")) {
            telling.skip(TOLD_APART.contains(item) ? item : "other");
        } else if (verb.equals("add") || verb.equals("remove")) {
            Moment created = created(change, verb, entry);
            String author = change.object("from").word("id");
            boolean ofTheCity =
                    author.equals(entry.page()) || telling.accounts(created).contains(author);
            Thing thing = isPost ? post(change, ofTheCity) : comment(change, ofTheCity);
            if (verb.equals("add")) {
                added(thing, change, author, created, telling);
            } else {
                removed(thing, created, telling);
            }
        } else {
            telling.skip(TOLD_APART.contains(verb) ? verb : "other");
        }
    }

    private static Moment created(Fields change, String verb, Envelope entry) {
        Moment created = change.secondsIfAny("created_time");
        created = created == null && verb.equals("remove") ? entry.time() : created;
        return created == null ? change.seconds("created_time") : created;
    }

    /**
     * A post or comment.
     *
     * @param caseId null if it belongs to no case
     * @param begins whether the case begins with it
     */
    private record Thing(@Nullable String caseId, boolean begins, boolean ofTheCity) {}

    private static Thing post(Fields change, boolean ofTheCity) {
        String post = change.caseId("post_id");
        return new Thing(ofTheCity ? null : post, true, ofTheCity);
    }

    private static Thing comment(Fields change, boolean ofTheCity) {
        String post = change.caseId("post_id");
        String comment = change.caseId("comment_id");
        String parent = change.caseId("parent_id");
        Fields under = change.objectIfAny("post");
        String postType = under == null ? null : under.wordIfAny("status_type");
        boolean isTop = parent.equals(post);
        // Where the page does not say whose post it is: the city answers visitors, and visitors answer the city.
        if (postType == null ? isTop && ofTheCity : postType.equals("wall_post")) {
            return new Thing(post, false, ofTheCity);
        }
        if (!isTop) {
            return new Thing(parent, false, ofTheCity);
        }
        return new Thing(ofTheCity ? null : comment, true, ofTheCity);
    }

    private static void added(Thing thing, Fields change, String author, Moment created, Telling telling) {
        if (thing.caseId() == null) {
            telling.skip(Telling.OWN_POST);
            return;
        }
        Act act = telling.act(thing.caseId(), created, null, null);
        if (thing.begins()) {
            telling.submitted(act, Actor.CITIZEN, null, null, null);
            telling.person(act, telling.pseudonym(Kind.ACCOUNT, author), change.textIfAny("message"));
        } else {
            telling.tell(act, thing.ofTheCity() ? Actor.OFFICER : Actor.CITIZEN, new Payload.PublicReply());
        }
    }

    /** The end of what begins a case is its end; one answer less changes nothing. */
    private static void removed(Thing thing, Moment at, Telling telling) {
        if (thing.caseId() == null) {
            telling.skip(Telling.OWN_POST);
        } else if (thing.begins()) {
            telling.tell(
                    telling.act(thing.caseId(), at, null, null), Actor.CITIZEN, new Payload.Closed(Outcome.WITHDRAWN));
        } else {
            telling.skip("remove");
        }
    }
}
