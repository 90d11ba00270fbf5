package io.tanggap.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.dashboards.Language;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CardFileTest {
    private static final Pattern EXECUTED = Pattern.compile("<(script|style)>(.*?)</\\1>", Pattern.DOTALL);

    @Test
    void itSaysTheFiguresWithTheirIntervalsAndWhatTheyRestOn() {
        String page = words(CardFile.html(SampleCard.named("Jakarta Selatan"), Language.ENGLISH));
        assertThat(page)
                .contains("Jakarta Selatan", "79.0 %", "70.0–86.0 %", "100 targets due", "12,345", "4 days–not reached")
                .contains("6 Nov 2017 79.0 % 70.0–85.8 % 100")
                .contains("2 / 5", "10.0 … 28.0", "not declared", "declared empty", "twitter", "over 2 years")
                .contains("as of 1 Dec 2017 00:00 (Asia/Jakarta", "known at 2 Dec 2017 07:00", "jakarta-1", "abc123");
    }

    @Test
    void theCurveIsToldAtAgesAndNothingIsSaidBeyondTheFollowUp() {
        String page = words(CardFile.html(SampleCard.named("Jakarta Selatan"), Language.ENGLISH));
        assertThat(page)
                .contains("Half are closed within: 5 days.")
                .contains("1 100.0 % 3 75.0 % 12.8–96.1 % 7 75.0 % 12.8–96.1 % 14 37.5 % 1.1–80.8 %")
                .contains("14 37.5 % 1.1–80.8 % 30 – 60 – 90 –");
    }

    @Test
    void inIndonesianItSaysTheSame() {
        String page = words(CardFile.html(SampleCard.named("Jakarta Selatan"), Language.INDONESIAN));
        assertThat(page).contains("79,0 %", "12.345", "tidak tercapai", "per 1 Des 2017 00:00");
    }

    @Test
    void theBrowserRunsWhatIsInItAndNothingElse() throws Exception {
        String page = CardFile.html(SampleCard.named("Jakarta Selatan"), Language.ENGLISH);
        Matcher executed = EXECUTED.matcher(page);
        List<String> hashes = new ArrayList<>();
        while (executed.find()) {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(executed.group(2).getBytes(StandardCharsets.UTF_8));
            hashes.add("sha256-" + Base64.getEncoder().encodeToString(digest));
        }
        assertThat(hashes).hasSize(3).allSatisfy(hash -> assertThat(page.replace("&#x3D;", "="))
                .contains(hash));
        assertThat(EXECUTED.matcher(page).replaceAll("")).doesNotContain("src=", "href=\"http", "href=\"/", " style=");
    }

    @Test
    void aNameIsTextWhateverItHolds() {
        String page = CardFile.html(SampleCard.named("</script><script>alert(1)</script>"), Language.ENGLISH);
        assertThat(page).doesNotContain("<script>alert").contains("&lt;script&gt;alert");
    }

    private static String words(String page) {
        return EXECUTED.matcher(page)
                .replaceAll("")
                .replaceAll("<[^>]*>", " ")
                .replace('\u00a0', ' ')
                .replaceAll("\\s+", " ");
    }
}
