package io.tanggap.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes in the feed of the city's page: a visitor's post, or a comment under a post of the city, and what follows it. */
final class FacebookVoice implements Voice {
    static final String PAGE = "1170845";

    private static final long SECOND = 1_000;

    private final Complaint complaint;
    private final Dice words;
    private final boolean isComment;
    private final String post;

    FacebookVoice(Complaint complaint, Dice words) {
        this.complaint = complaint;
        this.words = words;
        this.isComment = !complaint.number().startsWith(PAGE);
        // The city's own posts of a month are few, and many comment on the same.
        this.post = isComment ? PAGE + "_" + (9_000 + words.below(20)) : complaint.number();
    }

    /** The number of a complaint: of a post, or of a comment. */
    static String number(String serial, boolean isComment) {
        return isComment ? "9" + serial + "_1" : PAGE + "_" + serial;
    }

    @Override
    public Spoken submission() {
        JsonObject value =
                isComment ? comment(complaint.number(), post, complaint.at()) : change("status", "add", complaint.at());
        return spoken(
                from(value, complaint.reporter().id(), complaint.reporter().name())
                        .with("message", complaint.text()),
                complaint.at());
    }

    @Override
    public @Nullable Spoken tell(Act act) {
        return switch (act.kind()) {
            case REPLY -> spoken(from(answer(act), PAGE, "Pemprov").with("message", Persons.answer(words)), act.at());
            case CITIZEN_REPLY ->
                spoken(
                        from(
                                        answer(act),
                                        complaint.reporter().id(),
                                        complaint.reporter().name())
                                .with("message", Persons.question(words)),
                        act.at());
            case WITHDRAWN ->
                isComment
                        ? null
                        : spoken(
                                // Made when the post was, as the page says it; gone when the entry says.
                                from(
                                        change("status", "remove", complaint.at()),
                                        complaint.reporter().id(),
                                        complaint.reporter().name()),
                                act.at());
            default -> null;
        };
    }

    /** Something that happens on the page every day and is no part of any case. */
    Spoken reaction(long at, String visitor) {
        return spoken(
                from(change(words.chance(0.5) ? "like" : "reaction", "add", at), visitor, "Pengunjung")
                        .with("reaction_type", "like"),
                at);
    }

    private JsonObject answer(Act act) {
        return comment(complaint.serial() + "_" + (100 + act.number()), complaint.number(), act.at());
    }

    private JsonObject comment(String id, String parent, long at) {
        JsonObject value = change("comment", "add", at).with("comment_id", id).with("parent_id", parent);
        if (!isComment) {
            value.with("post", new JsonObject().with("id", post).with("status_type", "wall_post"));
        }
        return value;
    }

    private JsonObject change(String item, String verb, long at) {
        return new JsonObject()
                .with("item", item)
                .with("verb", verb)
                .with("post_id", post)
                .with("created_time", at / SECOND);
    }

    private static JsonObject from(JsonObject value, String id, String name) {
        return value.with("from", new JsonObject().with("id", id).with("name", name));
    }

    private Spoken spoken(JsonObject value, long at) {
        JsonObject json = new JsonObject()
                .with("object", "page")
                .with(
                        "entry",
                        List.of(new JsonObject()
                                .with("id", PAGE)
                                .with("time", at / SECOND)
                                .with(
                                        "changes",
                                        List.of(new JsonObject()
                                                .with("field", "feed")
                                                .with("value", value)))));
        return new Spoken(complaint.channel().id, json, value, "post_id", null, null);
    }
}
