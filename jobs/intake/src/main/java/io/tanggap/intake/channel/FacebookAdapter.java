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
    /** Type of a post that a visitor wrote on the page. */
    private static final String OF_A_VISITOR = "wall_post";

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
        } else if (verb.equals("add")) {
            added(change, isPost, entry, telling);
        } else if (verb.equals("remove")) {
            removed(change, isPost, entry, telling);
        } else {
            telling.skip(TOLD_APART.contains(verb) ? verb : "other");
        }
    }

    private static boolean isOfTheCity(String account, Envelope entry, Moment at, Telling telling) {
        return account.equals(entry.page()) || telling.accounts(at).contains(account);
    }

    /**
     * A post or comment.
     *
     * @param begins whether the case begins with it
     */
    private record Thing(String caseId, boolean begins) {
        static Thing of(Fields change, boolean isPost, boolean ofTheCity) {
            return isPost ? new Thing(change.caseId("post_id"), true) : comment(change, ofTheCity);
        }

        private static Thing comment(Fields change, boolean ofTheCity) {
            String post = change.caseId("post_id");
            String comment = change.caseId("comment_id");
            String parent = change.caseId("parent_id");
            String postType = postType(change);
            boolean isTop = parent.equals(post);
            // Where the page does not say whose post it is: the city answers visitors, and visitors answer the city.
            if (postType == null ? isTop && ofTheCity : postType.equals(OF_A_VISITOR)) {
                return new Thing(post, false);
            }
            return isTop ? new Thing(comment, true) : new Thing(parent, false);
        }
    }

    private static @Nullable String postType(Fields change) {
        Fields post = change.objectIfAny("post");
        return post == null ? null : post.wordIfAny("status_type");
    }

    private static void added(Fields change, boolean isPost, Envelope entry, Telling telling) {
        Moment created = change.seconds("created_time");
        String author = change.object("from").word("id");
        boolean ofTheCity = isOfTheCity(author, entry, created, telling);
        Thing thing = Thing.of(change, isPost, ofTheCity);
        Act act = telling.act(thing.caseId(), created, null, null);
        if (!thing.begins()) {
            telling.tell(act, ofTheCity ? Actor.OFFICER : Actor.CITIZEN, new Payload.PublicReply());
        } else if (ofTheCity) {
            telling.skip(Telling.OWN_POST);
        } else {
            telling.submitted(act, Actor.CITIZEN, null, null, null);
            telling.person(act, telling.pseudonym(Kind.ACCOUNT, author), change.textIfAny("message"));
        }
    }

    /** The end of what begins a case is its end; one answer less changes nothing. */
    private static void removed(Fields change, boolean isPost, Envelope entry, Telling telling) {
        Moment created = change.secondsIfAny("created_time");
        Moment at = entry.time() == null ? created : entry.time();
        if (at == null) {
            throw change.missing("created_time");
        }
        Fields from = change.objectIfAny("from");
        String remover = from == null ? null : from.wordIfAny("id");
        boolean byTheCity = remover != null && isOfTheCity(remover, entry, at, telling);
        Thing thing = Thing.of(change, isPost, byTheCity);
        Act act = telling.act(thing.caseId(), at, null, null);
        if (!thing.begins()) {
            telling.skip("remove");
        } else if (remover == null) {
            telling.tell(act, Actor.SYSTEM, new Payload.Closed(Outcome.UNKNOWN));
        } else if (!byTheCity) {
            telling.tell(act, Actor.CITIZEN, new Payload.Closed(Outcome.WITHDRAWN));
        } else if (isPost && !OF_A_VISITOR.equals(postType(change))) {
            telling.skip(Telling.OWN_POST);
        } else {
            telling.tell(act, Actor.OFFICER, new Payload.Rejected());
        }
    }
}
