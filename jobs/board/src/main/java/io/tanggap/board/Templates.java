package io.tanggap.board;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.tanggap.dashboards.Texts;
import java.io.StringReader;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The templates beside this class. Texts between {@code {{#t}}} and {@code {{/t}}} are English, and become the language of the
 * page; everything else is escaped, but for what the templates themselves take as it is.
 */
final class Templates {
    private final Mustache.Compiler compiler =
            Mustache.compiler().nullValue("").withLoader(name -> new StringReader(resource(name + ".html")));
    private final Map<String, Template> templates = new ConcurrentHashMap<>();

    /** A page. */
    String page(String name, Map<String, ?> view, Wording wording) {
        Map<String, Object> whole = new HashMap<>(view);
        whole.put("t", (Mustache.Lambda) (text, out) -> out.write(wording.text(text.decompile())));
        whole.put("lang", wording.language().code());
        return templates
                .computeIfAbsent(name, any -> compiler.compile(resource(any + ".html")))
                .execute(whole);
    }

    /** SHA-256 as Base64. */
    static String digest(byte[] content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A text beside this class. */
    static String resource(String name) {
        return Texts.resource(Templates.class, name);
    }
}
