package io.tanggap.board;

import io.tanggap.dashboards.Language;
import io.tanggap.dashboards.Texts;

/** What the English of templates is in a language. */
final class BoardTexts {
    private BoardTexts() {}

    static Texts of(Language language) {
        return new Texts(
                language, language == Language.ENGLISH ? "" : Templates.resource("texts." + language.code() + ".yaml"));
    }
}
