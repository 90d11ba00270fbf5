package io.tanggap.dashboards;

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
