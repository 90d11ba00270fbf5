package io.tanggap.dashboards;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the texts of sources, which are English, are in one language. Remembers for which it has no word, and which it never needed. */
public final class Texts {
    private final Language language;
    private final Map<String, String> words = new HashMap<>();
    private final SortedSet<String> missing = new TreeSet<>();
    private final SortedSet<String> unused;

    /** @param source YAML, English to the language; empty for English itself */
    public Texts(Language language, String source) {
        this.language = language;
        Object entries = new Yaml(new SafeConstructor(new LoaderOptions())).load(source);
        if (entries instanceof Map<?, ?> map) {
            map.forEach((english, word) -> words.put(
                    String.valueOf(english).strip(), String.valueOf(word).strip()));
        }
        unused = new TreeSet<>(words.keySet());
    }

    /** The texts of a language in {@code texts.<its code>.yaml} beside a class; English needs no file. */
    public static Texts beside(Class<?> place, Language language) {
        String source = language == Language.ENGLISH ? "" : resource(place, "texts." + language.code() + ".yaml");
        return new Texts(language, source);
    }

    /** A file of text beside a class. */
    public static String resource(Class<?> place, String name) {
        try (InputStream in = place.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path, beside " + place.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Language language() {
        return language;
    }

    /** A text in the language; in English where there is no word for it. */
    public String of(String english) {
        unused.remove(english);
        String word = words.get(english);
        if (word == null && language != Language.ENGLISH && !english.isEmpty()) {
            missing.add(english);
        }
        return word == null ? english : word;
    }

    /** What was asked for and is not translated. */
    public SortedSet<String> missing() {
        return missing;
    }

    /** What is translated and was not asked for. */
    public SortedSet<String> unused() {
        return unused;
    }
}
