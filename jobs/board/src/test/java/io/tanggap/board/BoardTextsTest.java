package io.tanggap.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.dashboards.Language;
import io.tanggap.dashboards.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing that a reader sees is in one language alone, and nothing is translated that nobody sees. */
class BoardTextsTest {
    private static final Path MAIN = Path.of("src/main");
    private static final Pattern IN_TEMPLATE = Pattern.compile("\\{\\{#t}}(.*?)\\{\\{/t}}");
    private static final Pattern ASKED = Pattern.compile("text\\(\\s*\"([^\"]+)\"\\)");
    private static final Pattern LITERAL = Pattern.compile("\"([^\"\n]*)\"");

    @Test
    void everyTextHasAnIndonesianOne() throws IOException {
        Texts texts = Texts.beside(Templates.class, Language.INDONESIAN);
        in("resources", ".html", IN_TEMPLATE).forEach(texts::of);
        in("java", ".java", ASKED).forEach(texts::of);
        new CardPage(
                        SampleCard.named("Jakarta Selatan"),
                        new Wording(texts, SampleCard.named("").zone()))
                .view();
        assertThat(texts.missing()).isEmpty();
    }

    @Test
    void everyIndonesianTextIsOfSomething() throws IOException {
        Texts texts = Texts.beside(Templates.class, Language.INDONESIAN);
        in("resources", ".html", IN_TEMPLATE).forEach(texts::of);
        in("java", ".java", LITERAL).forEach(texts::of);
        assertThat(texts.unused()).containsExactly("Last 30 days", "Last 7 days", "Last 90 days");
    }

    private static Set<String> in(String folder, String ending, Pattern pattern) throws IOException {
        Set<String> texts = new TreeSet<>();
        try (Stream<Path> files = Files.walk(MAIN.resolve(folder))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(ending)).toList()) {
                pattern.matcher(Files.readString(file)).results().forEach(found -> texts.add(found.group(1)));
            }
        }
        return texts;
    }
}
