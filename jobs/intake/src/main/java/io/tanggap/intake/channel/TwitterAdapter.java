package io.tanggap.intake.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Payload;
import io.tanggap.intake.Pseudonyms.Kind;
import io.tanggap.intake.TimeFormats;
import io.tanggap.intake.TimeFormats.Moment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Posts on X that mention the city, as its API sends them: a conversation is a case. */
final class TwitterAdapter implements ChannelAdapter {
    @Override
    public List<JsonNode> divide(JsonNode message, Instant sentAt, TimeFormats times) {
        JsonNode data = message.path("data");
        return data.isArray() && !data.isEmpty()
                ? data.valueStream().map(TwitterAdapter::alone).toList()
                : List.of(message);
    }

    private static JsonNode alone(JsonNode post) {
        ObjectNode alone = JsonNodeFactory.instance.objectNode();
        alone.putArray("data").add(post);
        return alone;
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
        boolean ofTheCity = telling.accounts(at).contains(author);
        boolean begins = conversation.equals(id) || conversation.equals(version);
        if (isRetweet(post)) {
            telling.skip("retweet");
        } else if (!begins) {
            telling.tell(
                    telling.act(conversation, at, Words.number(id), null),
                    ofTheCity ? Actor.OFFICER : Actor.CITIZEN,
                    new Payload.PublicReply());
        } else if (ofTheCity) {
            telling.skip(Telling.OWN_POST);
        } else {
            Act act = telling.act(id, at, null, null);
            telling.submitted(act, Actor.CITIZEN, null, null, null);
            List<Double> point = point(post.objectIfAny("geo"));
            if (point != null) {
                telling.placed(act, null, point.get(1), point.get(0));
            }
            telling.person(act, telling.pseudonym(Kind.ACCOUNT, author), post.textIfAny("text"));
        }
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

    private static @Nullable List<Double> point(@Nullable Fields geo) {
        Fields geometry = geo == null ? null : geo.objectIfAny("coordinates");
        return geometry == null ? null : geometry.pointIfAny("coordinates");
    }
}
