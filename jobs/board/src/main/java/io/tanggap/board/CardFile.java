package io.tanggap.board;

import io.tanggap.dashboards.Language;
import io.tanggap.dashboards.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A card as one file that needs nothing else: it is mailed, printed, kept. The browser forbids it to load or send anything. */
public final class CardFile {
    private CardFile() {}

    /** The HTML. */
    public static String html(Card card, Language language) {
        Wording wording = new Wording(Texts.beside(Templates.class, language), card.zone());
        String css = Templates.resource("board.css");
        // An end tag within the library's strings would end the element.
        String library = Templates.resource("echarts.min.js").replace("</script", "<\\/script");
        String script = Templates.resource("board.js");
        Map<String, Object> view = new CardPage(card, wording).view();
        view.put("served", false);
        view.put("file", true);
        view.put("css", css);
        view.put("library", library);
        view.put("script", script);
        view.put(
                "policy",
                "default-src 'none'; style-src " + hash(css) + "; script-src " + hash(library) + " " + hash(script)
                        + "; base-uri 'none'; form-action 'none'");
        return new Templates().page("card", view, wording);
    }

    private static String hash(String content) {
        return "'sha256-" + Templates.digest(content.getBytes(StandardCharsets.UTF_8)) + "'";
    }
}
