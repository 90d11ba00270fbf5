package io.tanggap.core.complaint;

import io.tanggap.core.complaint.Redaction.Finder;
import io.tanggap.core.complaint.Redaction.Kind;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses on the net, number plates, names and the writer's house number in a text. Every repetition in a pattern is
 * bounded or possessive, and what cannot begin in the middle of a word is not tried there, so that all rules are linear.
 */
final class PersonalWords {
    private static final String START = "(?<![\\p{L}\\d])";
    private static final String END = "(?![\\p{L}\\d])";

    /** A blank, or the end of a line that was broken. */
    private static final String GAP = "[ \\n]{1,3}";

    /** A profile is named by its host and path; the scheme is often left out. */
    private static final Pattern PROFILE = Pattern.compile("(?i)" + START
            + "(?:https?://)?(?:[a-z]{1,10}\\.){0,2}(?:(?:facebook|fb|instagram|twitter|tiktok|linkedin|youtube|threads"
            + "|telegram)\\.(?:com|me|net)|x\\.com|t\\.me|wa\\.me)/[^ \\n<>\"\\x00]++");

    private static final Pattern URL = Pattern.compile("(?i)" + START + "(?:https?://|www\\.)[^ \\n<>\"\\x00]++");

    private static final Pattern PERSON_IN_URL = Pattern.compile("(?i)^[a-z]{1,5}://[^/?#@]*+@"
            + "|/(?:~|@(?=\\p{L})|(?:u|user|users|profile|profil|people|member|author)/(?=.))"
            + "|[?&](?:user|username|uid|email|mail|name|nama|phone|hp|telp|nik)=");

    private static final String LABEL = "[\\p{L}\\d-]++";
    private static final String TOP_LEVEL =
            "(?:com|net|org|co|id|go|ac|or|sch|web|my|gov|edu|info|biz|me|uk|us|sg)" + END;
    private static final String DOT = "[ \\n]{0,2}(?:\\.|[(\\[{] ?(?:dot|titik) ?[)\\]}])[ \\n]{0,2}";
    private static final String AT = "(?:@|[(\\[{<] ?(?:at|et) ?[)\\]}>])";

    /**
     * What follows the local part of an e-mail address: as it should be; with blanks or words for its signs, and then with a
     * top level that tells it from "rapat @ kantor"; or spoken. The local part has no bound, so it is sought backwards.
     */
    private static final Pattern MAIL_DOMAIN = Pattern.compile("(?i)@(?=\\p{L}|\\d{1,10}\\.\\p{L})" + LABEL + "(?:\\."
            + LABEL + "|" + DOT + TOP_LEVEL + "){0,6}"
            + "|" + AT + "[ \\n]{0,2}" + LABEL + "(?:\\." + LABEL + "){0,3}?(?:" + DOT + TOP_LEVEL + "){1,2}"
            + "|" + START + "at (?:gmail|yahoo|hotmail|outlook|ymail|icloud)(?: ?\\. ?| (?:dot|titik) )" + TOP_LEVEL);

    /** A domain of one word; after a blank that is a handle. */
    private static final Pattern AT_WORD = Pattern.compile("@" + LABEL);

    private static final Pattern HANDLE = Pattern.compile(START + "@(?=[\\d.]{0,30}[\\p{L}_])([\\p{L}\\d_.]++)");

    private static final Pattern HANDLE_AFTER_CUE = Pattern.compile("(?i)" + START
            + "(?:ig|insta|instagram|twitter|fb|facebook|tiktok|telegram|akun|username)(?: (?:saya|kami|aku|my))?"
            + "[ ]{0,2}[:=][ ]{0,2}([\\p{L}\\d_][\\p{L}\\d_.-]{2}[\\p{L}\\d_.-]*+)");

    /** The letters of Indonesian registration areas, then digits, then up to three letters. */
    private static final Pattern PLATE = Pattern.compile("(?i)" + START
            + "(A[ABDEG]?|B[ABDEGHKLMNPR]?|D[ABCDEGHKLMNPRSTW]?|E[ABD]?|F|G|H|K[BHTU]?|L|M|N|P[ABGSTY]?|R|S|T|W|Z)"
            + "[ \\n.,_-]{0,3}(\\d{1,4})[ \\n.,_-]{0,3}([A-Z]{1,3})" + END);

    /** Before these letters a number is one of a house: looked for only where all else says plate. */
    private static final Pattern BLOCK_BEFORE =
            Pattern.compile("(?i)(?:blok|block|lantai|gedung|kav|tower|unit|kelas|gate|pintu)[ .:]{1,2}\\z");

    /** What follows a number in a sentence, and is no plate's last part. */
    private static final Set<String> AFTER_NUMBERS = Set.of(
            "no", "rt", "rw", "km", "kg", "cm", "mm", "ml", "m", "l", "x", "v", "w", "va", "kv", "mw", "kwh", "di",
            "ke", "dan", "dr", "yg", "itu", "ini", "ada", "org", "pak", "bu", "ibu", "rb", "jt", "tdk", "gak", "blm",
            "sdh", "utk", "dgn", "jl", "gg", "am", "pm", "wib", "of", "and", "the", "to", "in", "on", "at", "is", "per",
            "pcs", "hp", "wa", "lt", "jam", "kali");

    private static final Set<String> ALWAYS_AFTER_NUMBERS =
            Set.of("no", "rt", "rw", "km", "kg", "cm", "jl", "gg", "kwh");

    private static final String HOME = "(?i)" + START
            + "(?:(?:rumah|alamat|kos|kost|kontrakan|kediaman|tempat tinggal)[ \\n](?:saya|kami|aku|sy|gue)"
            + "|(?:saya|kami|sy) (?:ber)?tinggal|alamat(?= ?:)|my (?:house|home|address)|i live)" + END;

    private static final Pattern HOUSE_NUMBER = Pattern.compile(HOME
            + "[^\\n\\x00]{0,80}?"
            + "(?:" + START + "(?:no|nomor|nomer|blok|number)[ .:]{0,3}([a-z]{0,2}[ /-]?\\d{1,4}[a-z]?(?:[/-]\\d{1,4})?"
            + "(?:[ ,]{1,3}(?:no|nomor)[ .:]{0,3}\\d{1,4}[a-z]?)?)" + END
            + "|" + START + "(?:at|is|in|on) (\\d{1,5})(?= \\p{L}))");

    private static final String STREET =
            "(?i:jl|jln|jalan|gang|gg|jembatan|pasar|masjid|mushola|rs|rsu|rsud|rumah sakit"
                    + "|taman|kampung|kp|kelurahan|kel|terminal|bandara|stadion|sekolah|sd|smp|sma|smk|universitas|street|road|avenue"
                    + "|simpang|perempatan|pertigaan|lapangan|gedung|museum|makam|gor|flyover|underpass|tol|stasiun|pelabuhan|waduk"
                    + "|situ|komplek|kompleks|perumahan|apotek|klinik|toko|warung|rumah makan|bengkel)";

    private static final String TITLE =
            "(?:(?i:bapak|bpk|pak|ibu|bu|sdr|sdri|saudara|saudari|tuan|tn|nyonya|nona|mas|mbak|mba"
                    + "|bang|kang|haji|hajjah|hj|ustadz?|ustadzah|kh|drs|dra|drg|prof|mr|mrs|ms|miss|mister)"
                    // In small letters and without a full stop these are words or parts of words: dr Jakarta, ny.
                    + "|(?:H|Ny|Nn|Ir|Dr|DR)|(?:ir|dr|ny|nn|h)(?=\\.))(?:\\.[ \\n]{0,3}|[ \\n/]{1,3})";

    /** Words that follow a form of address or a self-introduction and are no name: offices, relations, verbs, particles. */
    private static final String NO_NAME =
            "(?!(?i:gubernur|wagub|wakil|wali|walikota|camat|lurah|kades|kepala|ketua|rt|rw|presiden"
                    + "|menteri|bupati|sekda|kadis|kapolsek|kapolres|kapolda|kapolri|polisi|polantas|satpol|satpam|tni|babinsa|hakim"
                    + "|jaksa|dewan|dprd|anggota|petugas|admin|operator|dokter|guru|dosen|pejabat|direktur|manajer|sopir|supir|driver"
                    + "|pengemudi|tukang|pengurus|kota|negara|pertiwi|rumah|hamil|menyusui|tangga|tua|angkat|tiri|kandung|bapak|bpk|ibu"
                    + "|pak|bu|sdr|sdri|saudara|saudari|mas|mbak|mba|bang|kang|dan|atau|serta|yang|yg|di|ke|dari|dr|untuk|utk|dengan"
                    + "|dgn|pada|ini|itu|tersebut|tsb|saya|sy|aku|kami|kita|anda|kalian|dia|mereka|tolong|mohon|minta|harap|sudah|sdh"
                    + "|belum|blm|akan|sedang|lagi|masih|tidak|tdk|gak|nggak|ga|bukan|jangan|ada|adalah|jadi|juga|jg|bisa|dapat|mau"
                    + "|ingin|harus|perlu|kalau|kalo|jika|bila|karena|krn|kenapa|mengapa|apa|apakah|siapa|dimana|kapan|bagaimana|gimana"
                    + "|segera|cepat|selalu|sering|terima|terimakasih|makasih|selamat|pagi|siang|sore|malam|assalamualaikum|salam"
                    + "|hormat|semua|sekalian|terhormat|yth|dong|sih|ya|deh|nih|kok|warga|keluarga|seluruh|masyarakat|forum|pt|cv"
                    + "|jalan|jl|jln|gang|gg|lampu|banjir|sampah|macet|no|nomor|nik|ktp|kk|hp|wa|telp|email|alamat|tinggal|melapor"
                    + "|melaporkan|lapor|menyampaikan|mengadu|and|or|the|of|from|i|we|my|is|please|at|in|on|to|not|a|an|here|very"
                    + "|sorry|writing|nip|polres|dinas|kelurahan|kecamatan)" + END + ")";

    private static final String CAPITALISED = NO_NAME + "(?:\\p{Lu}[\\p{L}'-]{1,30}|\\p{Lu}\\.?)" + END;
    private static final String WORD = NO_NAME + "\\p{L}[\\p{L}'-]{1,30}" + END;
    private static final String MORE =
            "(?:(?:\\.?" + GAP + "|\\.)(?:(?i:bin|binti|alias|van|de|al)" + GAP + ")?" + CAPITALISED + "){0,4}";

    private static final Pattern ADDRESSED = Pattern.compile(START + "(?:(" + STREET + "\\.?[ \\n]{0,2}))?(?:" + TITLE
            + "){1,4}((?:" + CAPITALISED
            + "|(?<=(?i:pak|bpk|ibu|bu|sdr|sdri|saudara|saudari|mas|mbak|mba|mr|mrs|ms|miss)"
            + "[. \\n]{1,4})" + NO_NAME + "\\p{Ll}[\\p{L}'-]{2,30}" + END + ")" + MORE + ")");

    private static final String COLON =
            "[ \\n]{0,3}(?:(?:adalah|ialah|is)[ \\n])?[:=,.-]{0,2}[ \\n]{0,3}(?:" + TITLE + "){0,3}";

    /** The writer's own name, with or without capitals. */
    private static final Pattern INTRODUCED = Pattern.compile(START
            + "(?i:nama" + GAP + "(?:saya|sy|aku|gue|ku|lengkap|pelapor|pengadu|panggilan)|namaku|nama(?= ?[:=])"
            + "|a ?[./] ?n|saya bernama|my name(?:'s| is)?)" + END + COLON + "(" + WORD + "(?:" + GAP + WORD + "){0,2}"
            + MORE + ")");

    /** After these an ordinary word is as likely as a name, and only capitals tell. */
    private static final Pattern SIGNED = Pattern.compile(START
            + "(?i:atas nama|perkenalkan,? (?:saya|aku)|pelapor|pengirim|hormat saya|salam hormat|ttd|regards|sincerely"
            + "|i am|i'm|this is)" + END + COLON + "(" + CAPITALISED + MORE + ")");

    private PersonalWords() {}

    /** Finds what has its own form and could hold digits: before numbers are looked for. */
    static void findContacts(FoldedText text, Finder finder) {
        findUrls(PROFILE, text, finder);
        findUrls(URL, text, finder);
        findMails(text, finder);
        findGroup(HANDLE_AFTER_CUE, text, finder, Kind.HANDLE);
        Matcher handles = HANDLE.matcher(text);
        while (handles.find()) {
            finder.found(handles.start(), trimmed(text, handles.start(1), handles.end()), Kind.HANDLE);
        }
    }

    /** Finds plates, house numbers and names: after numbers were found. */
    static void findPeople(FoldedText text, Finder finder) {
        Matcher plates = PLATE.matcher(text);
        while (plates.find()) {
            CharSequence before = text.subSequence(Math.max(0, plates.start() - 10), plates.start());
            if (isPlate(plates) && !BLOCK_BEFORE.matcher(before).find()) {
                finder.found(plates.start(), plates.end(), Kind.PLATE);
            }
        }
        Matcher houses = HOUSE_NUMBER.matcher(text);
        while (houses.find()) {
            int group = houses.start(1) >= 0 ? 1 : 2;
            finder.found(houses.start(group), houses.end(group), Kind.ADDRESS);
        }
        Matcher addressed = ADDRESSED.matcher(text);
        while (addressed.find()) {
            // Jl. Ir. H. Juanda is a place.
            if (addressed.start(1) < 0) {
                finder.found(addressed.start(2), addressed.end(2), Kind.NAME);
            }
        }
        findGroup(INTRODUCED, text, finder, Kind.NAME);
        findGroup(SIGNED, text, finder, Kind.NAME);
    }

    private static void findGroup(Pattern pattern, FoldedText text, Finder finder, Kind kind) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            finder.found(matcher.start(1), trimmed(text, matcher.start(1), matcher.end(1)), kind);
        }
    }

    private static void findUrls(Pattern pattern, FoldedText text, Finder finder) {
        Matcher urls = pattern.matcher(text);
        while (urls.find()) {
            int end = trimmed(text, urls.start(), urls.end());
            if (pattern == PROFILE
                    || PERSON_IN_URL
                            .matcher(text.subSequence(urls.start(), end))
                            .find()) {
                finder.found(urls.start(), end, Kind.URL);
            }
        }
    }

    private static void findMails(FoldedText text, Finder finder) {
        Matcher domains = MAIL_DOMAIN.matcher(text);
        while (domains.find()) {
            int end = domains.start();
            for (int blanks = 0; blanks < 2 && end > 0 && isBlank(text.charAt(end - 1)); blanks++) {
                end--;
            }
            int start = end;
            while (start > 0 && isLocal(text.charAt(start - 1))) {
                start--;
            }
            boolean apart =
                    end < domains.start() && AT_WORD.matcher(domains.group()).matches();
            if (start < end && !apart) {
                finder.found(start, trimmed(text, domains.start(), domains.end()), Kind.EMAIL);
            }
        }
    }

    private static boolean isPlate(Matcher plate) {
        String suffix = plate.group(3).toLowerCase(Locale.ROOT);
        boolean longNumber = plate.group(2).length() >= 3;
        if (isUpper(plate.group(1)) && isUpper(plate.group(3))) {
            return (longNumber || suffix.length() >= 2) && !ALWAYS_AFTER_NUMBERS.contains(suffix);
        }
        return longNumber && !AFTER_NUMBERS.contains(suffix);
    }

    private static boolean isUpper(String letters) {
        return letters.equals(letters.toUpperCase(Locale.ROOT));
    }

    /** The end of a find without the punctuation of the sentence around it. */
    private static int trimmed(FoldedText text, int start, int end) {
        int trimmed = end;
        while (trimmed > start + 1 && ".,;:!?)]}'".indexOf(text.charAt(trimmed - 1)) >= 0) {
            trimmed--;
        }
        return trimmed;
    }

    private static boolean isLocal(char c) {
        return Character.isLetterOrDigit(c) || "._%+-'".indexOf(c) >= 0;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n';
    }
}
