package io.tanggap.simulation;

import io.tanggap.simulation.Act.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Posts of a conversation that begins with a mention. */
final class TwitterVoice implements Voice {
    private final Complaint complaint;
    private final List<String> accounts;
    private final Dice words;

    TwitterVoice(Complaint complaint, Town town, Dice words) {
        this.complaint = complaint;
        this.accounts = town.accounts(complaint.channel().id);
        this.words = words;
    }

    @Override
    public Spoken submission() {
        JsonObject post = post(0, complaint.at(), complaint.reporter().id(), complaint.text());
        if (complaint.point() != null) {
            post.with(
                    "geo",
                    new JsonObject()
                            .with(
                                    "coordinates",
                                    new JsonObject()
                                            .with("type", "Point")
                                            .with(
                                                    "coordinates",
                                                    List.of(
                                                            complaint.point().longitude(),
                                                            complaint.point().latitude()))));
        }
        return spoken(post);
    }

    @Override
    public @Nullable Spoken tell(Act act) {
        if (act.kind() == Kind.CITIZEN_REPLY) {
            return spoken(answer(act, complaint.reporter().id(), Persons.question(words)));
        }
        if (act.kind() == Kind.REPLY && !accounts.isEmpty()) {
            return spoken(answer(act, accounts.get(0), Persons.answer(words)));
        }
        return null;
    }

    private JsonObject answer(Act act, String author, String text) {
        return post(act.number(), act.at(), author, text)
                .with(
                        "referenced_tweets",
                        List.of(new JsonObject().with("type", "replied_to").with("id", complaint.number())));
    }

    /** The number of a complaint: as long as the ids of posts have grown, and its end free for the answers. */
    static String number(String serial) {
        return "19" + serial + "000000";
    }

    /** A post of somebody else that repeats the complaint, and tells nothing about the case. */
    Spoken retweet(long at, String author) {
        String id = idOf(999);
        JsonObject post = post(999, at, author, "RT: " + complaint.text())
                .with("conversation_id", id)
                .with(
                        "referenced_tweets",
                        List.of(new JsonObject().with("type", "retweeted").with("id", complaint.number())));
        return spoken(post);
    }

    private JsonObject post(int number, long at, String author, String text) {
        String id = idOf(number);
        return new JsonObject()
                .with("id", id)
                .with("conversation_id", complaint.number())
                .with("author_id", author)
                .with("created_at", CityClock.writtenInUtc(at))
                .with("text", text)
                .with("edit_history_tweet_ids", List.of(id));
    }

    private String idOf(int number) {
        return complaint.number().substring(0, 16)
                + String.valueOf(1_000 + number).substring(1);
    }

    private Spoken spoken(JsonObject post) {
        JsonObject json = new JsonObject();
        if (words.chance(0.1)) {
            json.with("data", List.of(post));
        } else {
            json.with("data", post);
        }
        json.with(
                "includes",
                new JsonObject()
                        .with(
                                "users",
                                List.of(new JsonObject()
                                        .with("id", complaint.reporter().id())
                                        .with("username", complaint.reporter().handle())
                                        .with("name", complaint.reporter().name()))));
        return new Spoken(complaint.channel().id, json, post, "author_id", null, null);
    }
}
