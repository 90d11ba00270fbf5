package io.tanggap.simulation;

import java.util.List;
import java.util.Locale;

/**
 * Invented citizens and what they write. Names are common ones put together by lot; numbers have the structure of real ones
 * and belong to nobody on purpose: redaction must find them all the same.
 */
final class Persons {
    private static final List<String> FIRST = List.of(
            "Budi", "Siti", "Agus", "Rina", "Dewi", "Joko", "Sri", "Andi", "Wati", "Hendra", "Maya", "Rudi", "Lestari",
            "Yusuf", "Ratna", "Bambang");
    private static final List<String> LAST = List.of(
            "Santoso", "Aminah", "Wijaya", "Kusuma", "Hartono", "Rahayu", "Saputra", "Nugroho", "Lubis", "Siregar",
            "Hidayat", "Permata");
    private static final List<String> OPENINGS = List.of(
            "Mohon ditindaklanjuti", "Tolong dicek", "Sudah tiga hari", "Selamat pagi, saya melapor", "Lapor min");
    private static final List<String> PLACES =
            List.of("depan rumah saya", "dekat pasar", "samping sekolah", "di gang", "di jalan utama");
    private static final List<String> ANSWERS = List.of(
            "Terima kasih atas laporannya, kami teruskan.",
            "Petugas kami sudah menuju lokasi.",
            "Mohon menunggu, sedang kami kerjakan.",
            "Sudah kami tangani, terima kasih.");
    private static final List<String> QUESTIONS = List.of(
            "Bagaimana kelanjutannya?",
            "Sampai hari ini belum ada petugas.",
            "Terima kasih banyak!",
            "Masih sama saja.");

    private Persons() {}

    /** @param nik with the structure of an identity number: area, day of birth (40 more for women), month, year, serial */
    record Person(String id, String name, String phone, String nik, String email, String handle) {}

    static Person invented(Dice dice) {
        String first = FIRST.get(dice.below(FIRST.size()));
        String last = LAST.get(dice.below(LAST.size()));
        String phone = String.format(
                Locale.ROOT, "08%02d-%04d-%04d", 11 + dice.below(80), dice.below(10_000), dice.below(10_000));
        String nik = String.format(
                Locale.ROOT,
                "3171%02d%02d%02d%02d%04d",
                1 + dice.below(8),
                1 + dice.below(28) + (dice.chance(0.5) ? 40 : 0),
                1 + dice.below(12),
                60 + dice.below(40),
                1 + dice.below(9_999));
        String handle = (first + '_' + last.charAt(0)).toLowerCase(Locale.ROOT) + dice.below(1_000);
        String id = String.valueOf(100_000_000 + dice.below(900_000_000));
        return new Person(id, first + ' ' + last, phone, nik, handle + "@example.org", handle);
    }

    /** What a person writes about a problem near a place; often with what should not be read by everybody. */
    static String complaint(Person person, String problem, String place, Dice dice) {
        String text = OPENINGS.get(dice.below(OPENINGS.size())) + ": " + problem + ' '
                + PLACES.get(dice.below(PLACES.size())) + ", " + place + '.';
        double share = dice.unit();
        if (share < 0.15) {
            return text + " Hubungi " + person.phone() + '.';
        } else if (share < 0.22) {
            return text + " Saya " + person.name() + ", NIK " + person.nik() + '.';
        } else if (share < 0.27) {
            return text + " Balas ke " + person.email() + '.';
        } else if (share < 0.31) {
            return text + " cc @" + person.handle();
        }
        return text;
    }

    static String answer(Dice dice) {
        return ANSWERS.get(dice.below(ANSWERS.size()));
    }

    static String question(Dice dice) {
        return QUESTIONS.get(dice.below(QUESTIONS.size()));
    }
}
