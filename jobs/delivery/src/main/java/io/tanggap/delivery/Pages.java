package io.tanggap.delivery;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where the board shows what a message is about.
 *
 * @param board null: nowhere
 */
record Pages(@Nullable String board) {
    /** How a case was judged. */
    @Nullable
    String ofCase(String caseId, String language) {
        return page("/case?id=", caseId, language);
    }

    /** The cases that a unit has to act on. */
    @Nullable
    String ofDesk(String unit, String language) {
        return page("/desk?unit=", unit, language);
    }

    private @Nullable String page(String path, String id, String language) {
        return board == null
                ? null
                : board + path + URLEncoder.encode(id, StandardCharsets.UTF_8) + "&lang=" + language;
    }
}
