package io.tanggap.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.intake.Pseudonyms.Kind;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PseudonymsTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Pseudonyms pseudonyms = new Pseudonyms(KEY);

    /** Computed with Python's hmac over {@code 19:tanggap-pseudonym-14:qlue5:PHONE14:+6281234567890}. */
    @Test
    void isTheTruncatedHmacOfTheCanonicalForm() {
        assertThat(pseudonyms.of("qlue", Kind.PHONE, "0812-3456-7890")).isEqualTo("0cb5c6b767d3a601e9fa5e5ede35644a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0812-3456-7890",
                "+62 812 3456 7890",
                "(+62) 812.3456.7890",
                "6281234567890",
                "0062 81234567890",
                "+62 (0)812 34567890",
                "81234567890",
                "０８１２３４５６７８９０",
                "٠٨١٢٣٤٥٦٧٨٩٠",
                "\u200B0812\u200D34567890"
            })
    void aTelephoneNumberIsOnePersonInAnySpelling(String spelling) {
        assertThat(pseudonyms.of("qlue", Kind.PHONE, spelling))
                .isEqualTo(pseudonyms.of("qlue", Kind.PHONE, "081234567890"));
    }

    @ParameterizedTest
    @CsvSource({
        "EMAIL,  Budi.Santoso@Gmail.com, ' budi.santoso@gmail.com'",
        "EMAIL,  budi＠gmail.com,        budi@gmail.com",
        "HANDLE, @Budi_S,                budi_s",
        "NIK,    31.74.01-170890-0001,   3174011708900001",
        "PHONE,  +1 (617) 555-0100,      001 617 5550100",
        "ACCOUNT, ' u-17 ',              u-17"
    })
    void spellingsOfOnePersonAreOne(Kind kind, String one, String other) {
        assertThat(pseudonyms.of("qlue", kind, one)).isEqualTo(pseudonyms.of("qlue", kind, other));
    }

    @ParameterizedTest
    @CsvSource({
        "EMAIL,   budi@gmail.com,   b.udi@gmail.com",
        "EMAIL,   budi@gmail.com,   budi+x@gmail.com",
        "PHONE,   081234567890,     081234567891",
        "PHONE,   +1 617 555 0100,  617 555 0100",
        "ACCOUNT, u-17,             U-17"
    })
    void otherPersonsStayApart(Kind kind, String one, String other) {
        assertThat(pseudonyms.of("qlue", kind, one)).isNotEqualTo(pseudonyms.of("qlue", kind, other));
    }

    @ParameterizedTest
    @CsvSource({
        "PHONE, ''",
        "PHONE, tidak ada",
        "PHONE, 112",
        "PHONE, -",
        "EMAIL, -",
        "EMAIL, tidak ada",
        "HANDLE, @",
        "HANDLE, ' '",
        "NIK, 317401170890",
        "ACCOUNT, '  '"
    })
    void aPlaceholderIsNobody(Kind kind, String identifier) {
        assertThat(pseudonyms.of("qlue", kind, identifier)).isNull();
    }

    @Test
    void channelKindAndKeyKeepPseudonymsApart() {
        byte[] otherKey = KEY.clone();
        otherKey[31] ^= 1;

        assertThat(List.of(
                        pseudonyms.of("qlue", Kind.PHONE, "081234567890"),
                        pseudonyms.of("qlue", Kind.ACCOUNT, "+6281234567890"),
                        pseudonyms.of("jaki", Kind.PHONE, "081234567890"),
                        new Pseudonyms(otherKey).of("qlue", Kind.PHONE, "081234567890")))
                .doesNotHaveDuplicates()
                .allMatch(pseudonym -> pseudonym.matches("[0-9a-f]{32}"));
    }

    @ParameterizedTest
    @EnumSource
    void takesAnyString(Kind kind) {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            char[] chars = new char[random.nextInt(20)];
            for (int j = 0; j < chars.length; j++) {
                chars[j] = (char) random.nextInt(1 << 16);
            }
            String any = new String(chars);
            assertThat(pseudonyms.of("qlue", kind, any)).isEqualTo(pseudonyms.of("qlue", kind, any));
        }
    }

    @Test
    void aShortKeyIsRefusedWithoutShowingIt() {
        byte[] key = "short-secret-of-31-bytes-------".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> new Pseudonyms(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("31 bytes")
                .hasMessageContaining("at least 32")
                .hasMessageNotContaining("secret");
    }

    @Test
    void theKeyIsNeverShownAndNeverLeavesWithTheObject() {
        assertThat(pseudonyms.toString())
                .isEqualTo("Pseudonyms[key hidden]")
                .doesNotContain(HexFormat.of().formatHex(KEY));
        assertThat(pseudonyms).isNotInstanceOf(Serializable.class);
    }

    @Test
    void theKeyIsCopiedAndCanBeErased() {
        byte[] key = KEY.clone();
        Pseudonyms own = new Pseudonyms(key);
        Arrays.fill(key, (byte) 0);
        assertThat(own.of("qlue", Kind.HANDLE, "budi")).isEqualTo(pseudonyms.of("qlue", Kind.HANDLE, "budi"));

        own.erase();
        own.erase();

        assertThat(own.toString()).isEqualTo("Pseudonyms[key erased]");
        assertThatThrownBy(() -> own.of("qlue", Kind.HANDLE, "budi"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the key of these pseudonyms was erased");
    }

    @Test
    void anEventHasAPseudonymOfItsOwnEvenWhereACaseHasItsId() {
        Pseudonyms other = new Pseudonyms("another key, just as long as that".getBytes(StandardCharsets.US_ASCII));
        assertThat(pseudonyms.ofEvent("qlue:1"))
                .matches("[0-9a-f]{32}")
                .isEqualTo(new Pseudonyms(KEY).ofEvent("qlue:1"))
                .isNotEqualTo(pseudonyms.ofCase("qlue:1"))
                .isNotEqualTo(pseudonyms.ofEvent("qlue:2"))
                .isNotEqualTo(other.ofEvent("qlue:1"));
    }
}
