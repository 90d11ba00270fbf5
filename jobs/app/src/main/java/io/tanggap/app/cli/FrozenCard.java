package io.tanggap.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tanggap.core.report.Terms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A report card that was published, with the hash of its content: {@code {"card": …, "sha256": …}}. The hash is the SHA-256 of the
 * canonical text of the card and a line feed.
 */
final class FrozenCard {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final JsonNode card;
    private final String stated;

    private FrozenCard(Path file, JsonNode card, String stated) {
        this.file = file;
        this.card = card;
        this.stated = stated;
    }

    /** Something in which a card and the same card made now differ; null where one of them does not say it. */
    record Difference(
            String what, @Nullable String frozen, @Nullable String now) {}

    /**
     * Writes a card, and returns its hash.
     *
     * @throws UserError if there is such a file
     */
    static String write(Path file, JsonNode card) throws IOException {
        String hash = hash(card);
        try {
            Files.writeString(
                    file,
                    "{\"card\":" + CardJson.canonical(card, true) + ",\n\"sha256\":\"" + hash + "\"}\n",
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new UserError("--freeze " + file
                    + ": there is such a file, and what is frozen is not written over: name" + " another one.");
        }
        return hash;
    }

    /**
     * The card in a file.
     *
     * @throws UserError if it is none
     */
    static FrozenCard read(Path file) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new UserError("--check " + file + ": there is no such file.");
        } catch (JsonProcessingException e) {
            throw new UserError("--check " + file + " is no JSON, line "
                    + e.getLocation().getLineNr() + ": name a file that tanggap report --freeze wrote.");
        }
        JsonNode card = root.path("card");
        JsonNode hash = root.path("sha256");
        if (!card.isObject() || !hash.isTextual()) {
            throw new UserError("--check " + file + " has no card and sha256: name a file that tanggap report --freeze"
                    + " wrote.");
        }
        if (card.path("format").asInt() != CardJson.FORMAT) {
            throw new UserError(
                    "--check " + file + " is of format " + card.path("format").asText()
                            + ", and this version of tanggap writes and checks format " + CardJson.FORMAT
                            + ": use the version that froze it.");
        }
        return new FrozenCard(file, card, hash.textValue());
    }

    static String hash(JsonNode card) {
        try {
            byte[] text = (CardJson.canonical(card, false) + "\n").getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The hash that the file states. */
    String stated() {
        return stated;
    }

    /** The hash that its content has. */
    String hash() {
        return hash(card);
    }

    /**
     * What the card was asked.
     *
     * @throws UserError if the file was changed so that it does not say
     */
    Terms terms() {
        try {
            String known = text("known_at");
            return new Terms(
                    LocalDate.parse(needed("from")),
                    LocalDate.parse(needed("to")),
                    Instant.parse(needed("as_of")),
                    known == null ? null : Instant.parse(known),
                    text("channel"),
                    text("category_group"));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new UserError("--check " + file + " does not say of when it is: " + e.getMessage()
                    + ". The file was changed, and the card cannot be made again.");
        }
    }

    /** A text that every card has. */
    String needed(String member) {
        String text = text(member);
        if (text == null) {
            throw new UserError("--check " + file + " has no " + member
                    + ": the file was changed, and the card cannot be made again.");
        }
        return text;
    }

    private @Nullable String text(String member) {
        JsonNode value = card.path(member);
        return value.isTextual() ? value.textValue() : null;
    }

    /** In what the card made now differs, in the order of the members. */
    List<Difference> differences(JsonNode now) {
        Map<String, String> frozen = CardJson.values(card);
        Map<String, String> made = CardJson.values(now);
        TreeSet<String> all = new TreeSet<>(frozen.keySet());
        all.addAll(made.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String what : all) {
            String before = frozen.get(what);
            String after = made.get(what);
            if (before == null || !before.equals(after)) {
                differences.add(new Difference(what, before, after));
            }
        }
        return differences;
    }

    /** How many values the card has. */
    int size() {
        return CardJson.values(card).size();
    }
}
