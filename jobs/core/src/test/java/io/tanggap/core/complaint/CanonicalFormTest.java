package io.tanggap.core.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.Seed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CanonicalFormTest {
    private final Random random = Seed.random(this);

    @Test
    void differentSequencesNeverLookAlike() {
        Map<String, List<@Nullable String>> seen = new HashMap<>();
        String alphabet = "-:1a";
        for (int i = 0; i < 50_000; i++) {
            List<@Nullable String> components = new ArrayList<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                int length = random.nextInt(5) - 1;
                StringBuilder text = new StringBuilder();
                for (int j = 0; j < length; j++) {
                    text.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                components.add(length < 0 ? null : text.toString());
            }
            assertThat(seen.merge(digest(components), components, (old, other) -> old))
                    .isEqualTo(components);
        }
    }

    @Test
    void absenceDiffersFromEmptyAndFromItsMark() {
        assertThat(List.of(digest(Arrays.asList((String) null)), digest(List.of("")), digest(List.of("-"))))
                .doesNotHaveDuplicates();
    }

    @Test
    void instantsCountInMilliseconds() {
        Instant at = Instant.parse("2024-03-04T08:00:00.123Z");

        assertThat(new CanonicalForm().instant(at.plusNanos(5)).digest())
                .isEqualTo(new CanonicalForm().number(at.toEpochMilli()).digest());
        assertThat(new CanonicalForm().instant(null).digest())
                .isEqualTo(new CanonicalForm().number(null).digest());
    }

    @Test
    void aDigestIsThirtyTwoHexadecimalDigits() {
        assertThat(CanonicalForm.digest(new byte[0])).isEqualTo("e3b0c44298fc1c149afbf4c8996fb924");
    }

    private static String digest(List<@Nullable String> components) {
        CanonicalForm form = new CanonicalForm();
        components.forEach(form::text);
        return form.digest();
    }
}
