package io.tanggap.intake.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.reference.Label;
import io.tanggap.intake.Pseudonyms.Kind;
import io.tanggap.intake.TimeFormats;
import io.tanggap.intake.TimeFormats.Moment;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Posts on X that mention the city, as its API sends them: a conversation is a case, and where the city began it, each answer to
 * the city is one.
 */
final class TwitterAdapter implements ChannelAdapter {
    private static final String REPLIED_TO = "replied_to";

    @Override
    public List<JsonNode> divide(JsonNode message, Instant sentAt, TimeFormats times) {
        JsonNode data = message.path("data");
        if (!data.isArray() || data.isEmpty()) {
            return List.of(message);
        }
        Map<String, Answer> sentAlong = new HashMap<>();
        for (JsonNode post : sentAlong(message.path("includes"))) {
            Answer answer = Answer.of(post);
            if (answer != null) {
                sentAlong.putIfAbsent(answer.id(), answer);
            }
        }
        return data.valueStream()
                .map(post -> alone(post, sentAlong.get(word(repliedTo(post).path("id")))))
                .toList();
    }

    /** A post as a message, with no more of the others than tells to which case it belongs: the rest may be long. */
    private static JsonNode alone(JsonNode post, @Nullable Answer parent) {
        ObjectNode alone = JsonNodeFactory.instance.objectNode();
        alone.putArray("data").add(post);
        if (parent != null) {
            alone.putObject("includes").putArray("tweets").add(parent.json());
        }
        return alone;
    }

    private static JsonNode sentAlong(JsonNode includes) {
        return includes.path("tweets");
    }

    private static JsonNode repliedTo(JsonNode post) {
        return post.path("referenced_tweets")
                .valueStream()
                .filter(referenced ->
                        Label.compared(word(referenced.path("type"))).equals(REPLIED_TO))
                .findFirst()
                .orElse(JsonNodeFactory.instance.missingNode());
    }

    /** An id or name of a post that is sent along; empty if it is none. */
    private static String word(JsonNode value) {
        String word =
                value.isTextual() || value.isIntegralNumber() ? value.asText().strip() : "";
        return word.length() <= Fields.LONGEST_WORD && Words.isPlain(word) ? word : "";
    }

    /**
     * A post that is sent along because another one answers it, itself an answer.
     *
     * @param original id of its first version
     * @param author empty if it is not sent along
     * @param to id of the post that it answers
     * @param toUser who wrote that one
     */
    private record Answer(String id, String original, String author, String to, String toUser) {
        static @Nullable Answer of(JsonNode post) {
            String id = word(post.path("id"));
            String original = word(post.path("edit_history_tweet_ids").path(0));
            String to = word(repliedTo(post).path("id"));
            String toUser = word(post.path("in_reply_to_user_id"));
            return id.isEmpty() || to.isEmpty() || toUser.isEmpty()
                    ? null
                    : new Answer(id, original.isEmpty() ? id : original, word(post.path("author_id")), to, toUser);
        }

        /** Whether it began a case below a post of the city. */
        boolean isComplaint(String conversation, Set<String> accounts) {
            return to.equals(conversation) && accounts.contains(toUser) && !accounts.contains(author);
        }

        JsonNode json() {
            ObjectNode json = JsonNodeFactory.instance
                    .objectNode()
                    .put("id", id)
                    .put("author_id", author)
                    .put("in_reply_to_user_id", toUser);
            json.putArray("edit_history_tweet_ids").add(original);
            json.putArray("referenced_tweets")
                    .addObject()
                    .put("type", REPLIED_TO)
                    .put("id", to);
            return json;
        }
    }

    @Override
    public void tell(Fields message, Telling telling) {
        Fields post = foundNothing(message) ? null : message.partOrOnlyIfAny("data");
        if (post == null) {
            telling.skip(Telling.EMPTY);
            return;
        }
        String version = post.caseId("id");
        String id = post.firstCaseIdIfAny("edit_history_tweet_ids");
        id = id == null ? version : id;
        String conversation = post.has("conversation_id") ? post.caseId("conversation_id") : id;
        Moment at = post.time("created_at");
        String author = post.word("author_id");
        Set<String> accounts = telling.accounts(at);
        String repliedTo = repliedTo(post);
        String repliedToUser = post.wordIfAny("in_reply_to_user_id");
        boolean begins = conversation.equals(id) || conversation.equals(version);
        boolean answersTheCity =
                conversation.equals(repliedTo) && repliedToUser != null && accounts.contains(repliedToUser);
        if (isRetweet(post)) {
            telling.skip("retweet");
        } else if (!begins && !answersTheCity) {
            telling.tell(
                    telling.act(
                            caseOf(repliedTo, conversation, message.beside("includes"), accounts),
                            at,
                            Words.number(id),
                            null),
                    accounts.contains(author) ? Actor.OFFICER : Actor.CITIZEN,
                    new Payload.PublicReply());
        } else if (accounts.contains(author)) {
            telling.skip(Telling.OWN_POST);
        } else {
            submitted(post, telling.act(id, at, null, null), author, telling);
        }
    }

    /** The case of an answer: that of the complaint that it answers, if one is sent along; else the conversation. */
    private static String caseOf(
            @Nullable String repliedTo, String conversation, JsonNode includes, Set<String> accounts) {
        for (JsonNode post : sentAlong(includes)) {
            Answer answer = Answer.of(post);
            if (answer != null && answer.id().equals(repliedTo)) {
                return answer.isComplaint(conversation, accounts) ? answer.original() : conversation;
            }
        }
        return conversation;
    }

    private static void submitted(Fields post, Act act, String author, Telling telling) {
        telling.submitted(act, Actor.CITIZEN, null, null, null);
        List<Double> point = point(post.objectIfAny("geo"));
        if (point != null) {
            telling.placed(act, null, point.get(1), point.get(0));
        }
        telling.person(act, telling.pseudonym(Kind.ACCOUNT, author), post.textIfAny("text"));
    }

    /** A search without results has no data, and says so. */
    private static boolean foundNothing(Fields message) {
        Fields meta = message.has("data") ? null : message.objectIfAny("meta");
        Long found = meta == null ? null : meta.sequenceIfAny("result_count");
        return found != null && found == 0;
    }

    private static boolean isRetweet(Fields post) {
        return post.objectsIfAny("referenced_tweets").stream()
                .anyMatch(referenced -> referenced.choice("type").equals("retweeted"));
    }

    private static @Nullable String repliedTo(Fields post) {
        return post.objectsIfAny("referenced_tweets").stream()
                .filter(referenced -> referenced.choice("type").equals(REPLIED_TO) && referenced.has("id"))
                .findFirst()
                .map(referenced -> referenced.caseId("id"))
                .orElse(null);
    }

    private static @Nullable List<Double> point(@Nullable Fields geo) {
        Fields geometry = geo == null ? null : geo.objectIfAny("coordinates");
        return geometry == null ? null : geometry.pointIfAny("coordinates");
    }
}
