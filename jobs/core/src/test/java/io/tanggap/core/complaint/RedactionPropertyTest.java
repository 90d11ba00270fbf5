package io.tanggap.core.complaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tanggap.core.Seed;
import io.tanggap.core.complaint.Redaction.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionPropertyTest {
    private static final List<String> WORDS = List.of(
            "jalan",
            "rusak",
            "sejak",
            "minggu",
            "lalu",
            "tolong",
            "segera",
            "diperbaiki",
            "karena",
            "banyak",
            "kendaraan",
            "lewat",
            "Lampu",
            "mati",
            "di",
            "depan",
            "sekolah",
            "sampah",
            "menumpuk",
            "street",
            "light",
            "broken",
            "please",
            "\u00E9cole",
            "\uD83D\uDE21",
            "banjir!",
            "(lagi)",
            "RT 05",
            "Rp 1.234.567",
            "17-08-2017",
            "No. 12");

    private static final List<String> LETTERS = List.of(
            "jalan", "rusak", "sejak", "tolong", "segera", "kendaraan", "lewat", "banyak", "Lampu", "sampah", "broken");

    private static final List<String> SEPARATORS = List.of(
            " ",
            "-",
            ".",
            "/",
            "_",
            "  ",
            " - ",
            ", ",
            "\n",
            "\r\n",
            "\t",
            "\u200B",
            "\u00A0",
            "\u2013",
            "\u2060",
            "\u00AD",
            ") (",
            "\u2022",
            "\uFF0D",
            "\uFE0F",
            " \u200B ",
            "'",
            ":",
            "\u2212",
            "*");

    /** The zeros of scripts whose digits follow each other; the last ones are outside the basic plane. */
    private static final int[] ZEROS = {'0', '0', '0', '0', '0', '0', 0xFF10, 0x660, 0x6F0, 0x966, 0x1D7CE, 0x1D7F6};

    /** What is dressed exactly as something else stays, as the class says. */
    private static final Pattern DRESSED = Pattern.compile("\\d{1,2}([-/.])\\d{1,2}\\1(?:19|20)\\d\\d"
            + "|(?:19|20)\\d\\d([-/.])\\d{1,2}\\2\\d{1,2}"
            + "|\\d{1,3}\\.\\d{4,}[, ]+\\d{1,3}\\.\\d{4,}"
            + "|^\\+?\\d{1,3}[.,]\\d{3}"
            + "|^\\d{1,2}[:.]\\d\\d"
            + "|^\\d{1,2}([-/.])\\d{1,2}\\3\\d\\d(?!\\3)");

    private final Random random = Seed.random(this);

    @Test
    void noIdentityNumberSurvives() {
        for (int i = 0; i < 60_000; i++) {
            hideNumber(identity(), Kind.NIK);
        }
    }

    @Test
    void noTelephoneNumberSurvives() {
        for (int i = 0; i < 60_000; i++) {
            hideNumber(telephone(), Kind.PHONE);
        }
    }

    @Test
    void noContactPlateOrNameSurvives() {
        for (int i = 0; i < 60_000; i++) {
            String before = sentence(WORDS);
            String after = sentence(LETTERS);
            switch (random.nextInt(4)) {
                case 0 -> assertHidden(before, mail(), "[EMAIL]", after);
                case 1 -> assertHidden(before, "@" + word(3) + "_" + word(4), "[HANDLE]", after);
                case 2 -> assertHidden(before, plate(), "[PLATE]", after);
                default -> {
                    String title = pick(
                            List.of("Bapak", "Bpk.", "Ibu", "Pak", "Bu", "Sdr.", "Hj.", "dr.", "Mr.", "Mrs", "Ny."));
                    String name = name() + (random.nextBoolean() ? " " + name() : "");
                    assertHidden(before + "dengan " + title + " ", name, "[NAME]", after);
                }
            }
        }
    }

    /** Beside other numbers a personal number may take them along, but never leaves five of its digits in a row. */
    @Test
    void neighboursDoNotProtectANumber() {
        for (int i = 0; i < 60_000; i++) {
            String digits = random.nextBoolean() ? identity() : telephone();
            String hidden = separated(digits, SEPARATORS);
            String seen = new FoldedText(hidden).toString();
            if (DRESSED.matcher(seen).find()) {
                continue;
            }
            String before =
                    pick(List.of("RT 05 ", "7 ", "17-08-2017 ", "10.30 ", "no 12 / ", "Rp 5.000, ", "2017 ", "(3) "));
            String after = pick(List.of(" 5 orang", " 17-08-2017", ", 10.30", " / 2", " Rp 5.000", " 2017"));
            String redacted = Redaction.of(before + hidden + after).text();
            String left = new FoldedText(redacted)
                    .toString()
                    .replaceAll("\\[[A-Z]+]", "#")
                    .replaceAll("[^\\d#]", "");
            String secret = digits.replace("+", "");
            for (int at = 0; at + 5 <= secret.length(); at++) {
                assertThat(left.replace("17082017", "#").replace("5000", "#"))
                        .as("%s%s%s -> %s", before, seen, after, redacted)
                        .doesNotContain(secret.substring(at, at + 5));
            }
        }
    }

    @Test
    void anyStringIsRedactedOnceAndForAll() {
        List<String> pieces = List.of(
                "@",
                "a@b",
                ".com",
                "0812",
                "3456",
                "7890",
                "+62",
                "Pak ",
                "Budi",
                " ",
                "\n",
                "-",
                ".",
                "[NAME]",
                "[NIK",
                "]",
                "nama saya ",
                "a.n. ",
                "B ",
                "1234",
                " XY",
                "https://",
                "fb.com/",
                "?email=",
                "rek ",
                "BCA ",
                "17-08-2017",
                "Jl. ",
                "H. ",
                "rumah saya ",
                "No. 5",
                "\uD800",
                "\uDC00",
                "\u200B",
                "\u00BD",
                "\u0301",
                "(at)",
                " dot ",
                "IG: ",
                "1.234.567",
                "Rp ",
                "telp ",
                "10.30",
                "-6.175392, 106.827153",
                "O",
                "l",
                "/",
                ",",
                "\0",
                "ya",
                "Ibu ");
        for (int i = 0; i < 60_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(16); n > 0; n--) {
                switch (random.nextInt(8)) {
                    case 0 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
                    case 1 -> text.append((char) random.nextInt(1 << 16));
                    default -> text.append(pick(pieces));
                }
            }
            String redacted = Redaction.of(text.toString()).text();
            assertThat(Redaction.of(redacted)).as("%s", text).isEqualTo(new Redaction(redacted, Map.of()));
        }
    }

    /** A megabyte takes seconds; what is quadratic in it takes hours. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a@",
                "@a",
                "a.",
                "1",
                "0 ",
                "01.01.2001 ",
                "10.30 ",
                "1.234.",
                "+6",
                "Pak B",
                "H. ",
                "nama saya ",
                "rumah saya ",
                "rek no ",
                "B 1",
                "https://a?",
                "fb.com/",
                "[",
                "[NAME]@a",
                "at gmail ",
                " ",
                "\u00BD",
                "\uD800",
                "1\u0301",
                "1-",
                "Jl. H. ",
                "3174011708900001"
            })
    void timeGrowsWithTheLength(String piece) {
        String text = piece.repeat(1_000_000 / piece.length());

        assertTimeoutPreemptively(Duration.ofMinutes(5), () -> Redaction.of(text));
    }

    private void hideNumber(String digits, Kind kind) {
        String hidden = separated(digits, SEPARATORS);
        if (!DRESSED.matcher(new FoldedText(hidden).toString()).find()) {
            assertHidden(sentence(WORDS) + pick(LETTERS) + " ", hidden, kind.mark(), sentence(LETTERS));
        }
    }

    private static void assertHidden(String before, String hidden, String mark, String after) {
        assertThat(Redaction.of(before + hidden + " " + after).text()).isEqualTo(before + mark + " " + after);
    }

    /** 16 digits as a NIK or KK has them. */
    private String identity() {
        int day = 1 + random.nextInt(31) + (random.nextBoolean() ? 40 : 0);
        return String.format(
                Locale.ROOT,
                "%02d%02d%02d%02d%02d%02d%04d",
                11 + random.nextInt(81),
                1 + random.nextInt(79),
                1 + random.nextInt(40),
                day,
                1 + random.nextInt(12),
                random.nextInt(100),
                1 + random.nextInt(9999));
    }

    private String telephone() {
        String mobile = pick(List.of("81", "82", "83", "85", "87", "88", "89")) + digits(7 + random.nextInt(4));
        String fixed = pick(List.of("21", "22", "31", "24", "274", "361", "411", "751")) + digits(7);
        return switch (random.nextInt(7)) {
            case 0, 1, 2 -> "0" + mobile;
            case 3 -> "+62" + mobile;
            case 4 -> "62" + mobile;
            case 5 -> "0" + fixed;
            default -> "+" + (1 + random.nextInt(9)) + digits(9 + random.nextInt(4));
        };
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    /** The digits in random scripts, with separators nowhere, somewhere or everywhere. */
    private String separated(String number, List<String> separators) {
        int chance = random.nextInt(4);
        int zero = ZEROS[random.nextInt(ZEROS.length)];
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if (i > 0 && number.charAt(i - 1) != '+' && random.nextInt(3) < chance) {
                text.append(pick(separators));
            }
            text.appendCodePoint(c == '+' ? c : zero + (c - '0'));
        }
        return text.toString();
    }

    private String mail() {
        String at = pick(List.of("@", "@", "\uFF20", " @ ", "(at)", " [at] ", "\u200B@", "@\n"));
        String dot = pick(List.of(".", ".", " . ", "(dot)", " [dot] "));
        return word(3)
                + pick(List.of("", ".", "_", "+"))
                + word(3)
                + random.nextInt(100)
                + at
                + word(5)
                + dot
                + pick(List.of("com", "co.id", "net", "go.id"));
    }

    private String plate() {
        String prefix = pick(List.of("B", "D", "F", "AB", "AD", "BK", "DK", "KT", "L", "N", "Z"));
        String suffix = pick(List.of("XYZ", "AB", "CDE", "QR", "ZZ"));
        String gap = pick(List.of("", " ", "-", ".", "  ", "\u00A0", "\u200B"));
        String plate = prefix + gap + (1000 + random.nextInt(9000)) + gap + suffix;
        return random.nextInt(3) == 0 ? plate.toLowerCase(Locale.ROOT) : plate;
    }

    private String name() {
        return pick(List.of(
                "Budi", "Siti", "Agus", "Wahyu", "Dewi", "O'Hara", "Nur-Aini", "Jos\u00E9", "Rahmat", "Kusumawati"));
    }

    private String word(int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    private String sentence(List<String> words) {
        StringBuilder sentence = new StringBuilder();
        for (int n = random.nextInt(6); n > 0; n--) {
            sentence.append(pick(words)).append(' ');
        }
        return sentence.toString();
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
