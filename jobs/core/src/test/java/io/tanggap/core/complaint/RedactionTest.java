package io.tanggap.core.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.Redaction.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # identity numbers
            NIK saya 3174011708900001 mohon dicek                   | NIK saya [NIK] mohon dicek
            NIK 3174 0117 0890 0001                                 | NIK [NIK]
            KK: 31.74.01.57.08.90.0001.                             | KK: [NIK].
            ktp 317401-170890-0001                                  | ktp [NIK]
            RT 05 3174 0117 0890 0001                               | RT [PHONE]
            kartu 4000 1234 5678 9010                               | kartu [NIK]
            317401170890000117 salah ketik                          | [NIK] salah ketik
            NIK 3174 0117 0890 00015 salah ketik                    | NIK [NIK] salah ketik
            NIK: 3174011708900001 HP: 081234567890                  | NIK: [NIK] HP: [PHONE]
            # telephone numbers
            hp 0812-3456-7890 atau +62 812 3456 7890 ya             | hp [PHONE] atau [PHONE] ya
            (021) 555-1234, 62812345678                             | [PHONE], [PHONE]
            021 5551234 / 021 5559999                               | [PHONE] / [PHONE]
            +62 (0)812-3456-7890                                    | [PHONE]
            81234567890 dan 812-3456-7890                           | [PHONE] dan [PHONE]
            0 8 1 2 3 4 5 6 7 8 9                                   | [PHONE]
            o8l2-345O-6789                                          | [PHONE]
            hp0812345678                                            | hp[PHONE]
            (0812345678)                                            | ([PHONE])
            call +1 (617) 555-0100 or 617-555-0100                  | call [PHONE] or [PHONE]
            from abroad 0044 20 7946 0958                           | from abroad [PHONE]
            telp 5551234 jam 08.00-16.00                            | telp [PHONE] jam 08.00-16.00
            17-08-2017 0812-3456-7890                               | 17-08-2017 [PHONE]
            # contacts on the net
            email budi.santoso@gmail.com.                           | email [EMAIL].
            budi (at) yahoo (dot) co.id                             | [EMAIL]
            budi [at] yahoo.com                                     | [EMAIL]
            budi @ gmail . com                                      | [EMAIL]
            budi at gmail dot com                                   | [EMAIL]
            081234567890@contoh.co.id                               | [EMAIL]
            budi@localhost                                          | [EMAIL]
            mention @budi_s. Lalu @DKIJakarta!                      | mention [HANDLE]. Lalu [HANDLE]!
            IG: budi.s99, twitter saya = budi_s                     | IG: [HANDLE], twitter saya = [HANDLE]
            lihat https://www.instagram.com/budi.s/, fb.com/budi    | lihat [URL], [URL]
            wa.me/6281234567890                                     | [URL]
            http://budi:rahasia@contoh.id/x                         | [URL]
            https://contoh.id/lapor?email=x&no=5                    | [URL]
            https://contoh.id/users/budi                            | [URL]
            # plates
            plat B 1234 XYZ, b1234xyz dan AB-5678-CD                | plat [PLATE], [PLATE] dan [PLATE]
            mobil DK 12 AB parkir liar                              | mobil [PLATE] parkir liar
            # accounts
            rek BCA 1234567890 a.n. Budi                            | rek BCA [ACCOUNT] a.n. [NAME]
            transfer ke BRI 0123-01-012345-50-6                     | transfer ke BRI [ACCOUNT]
            account number is 12345678                              | account number is [ACCOUNT]
            # names
            Bapak Budi Santoso dan Ibu Siti Aminah, S.H.            | Bapak [NAME] dan Ibu [NAME], S.H.
            pak budi bilang jalan rusak                             | pak [NAME] bilang jalan rusak
            Pak/Bu Andi Wijaya yth                                  | Pak/Bu [NAME] yth
            H. Agus Salim, dr. Tirta, Hj. Aminah binti Ahmad        | H. [NAME], dr. [NAME], Hj. [NAME]
            Sdr. Joko, Sdri. Ani, Mr. Smith, Mrs O'Hara             | Sdr. [NAME], Sdri. [NAME], Mr. [NAME], Mrs [NAME]
            nama saya budi santoso ingin lapor                      | nama saya [NAME] ingin lapor
            Nama: Siti Aminah, NIK belum ada                        | Nama: [NAME], NIK belum ada
            a.n. Siti Nurhaliza, atas nama Agus                     | a.n. [NAME], atas nama [NAME]
            My name is John Smith and I live here                   | My name is [NAME] and I live here
            Perkenalkan, saya Rina dari Menteng                     | Perkenalkan, saya [NAME] dari Menteng
            BAPAK BUDI MELAPOR                                      | BAPAK [NAME] MELAPOR
            # the writer's house
            rumah saya di Jl. Melati No. 12 RT 01/RW 02             | rumah saya di Jl. Melati No. [ADDRESS] RT 01/RW 02
            I live at 12 Elm Street                                 | I live at [ADDRESS] Elm Street
            """)
    void personalDataIsReplaced(String text, String redacted) {
        assertThat(Redaction.of(text).text()).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Biaya Rp 1.234.567 atau Rp1.500.000.000,00, IDR 250000000, USD 12,500.50",
                "Harga 12.500, 15.000, 20.000 naik 5% dari 2016 ke 2017",
                "Sejak 17-08-2017 pukul 10.30, 08-12-2017 10.30, 2017-08-12T10:30:00Z, 8/12/2017",
                "tanggal 08-12-2017 25 rumah, 17/08/2017-18/08/2017, 2019 2020 2021 2022",
                "pukul 08.30 17-08-2017 5 orang, jam 08.00-16.00",
                "Jl. Sudirman No. 12 RT 01/RW 02 Kel. Karet, Jakarta 12190",
                "RT 01, 02, 03, 04, 05, 06 banjir 30 cm",
                "Blok B 12 No 5, BLOK B 12 NO 5, jalan A 100 m, tiang 3 x 4",
                "Jl. Ir. H. Juanda, Jalan Dr. Sutomo, Gang H. Saman, Jl. Prof. Dr. Satrio, Pasar Bu Kartini",
                "kasus 101000295613, #20170812345, JK2401150123, INC0010023, no. laporan 2017-0812-345678",
                "lokasi -6.175392, 106.827153 dan 42.3601, -71.0589",
                "https://maps.google.com/?q=-6.2,106.8 dan https://www.google.com/maps/@-6.17,106.82,15z",
                "Pak RT dan Bu Lurah, ibu hamil, Ibu Kota, Bapak/Ibu sekalian, bapak-bapak, Pak Gubernur Jakarta",
                "hubungi 112 atau 110, nama jalan belum ada, atas nama warga RT 05",
                "Kumpul @ 10.30, 5 @ 2000, dr Jakarta ke Bogor",
                "Please fix the streetlight at 45 Beacon Street, zip 02108, route 128, bus 39"
            })
    void whatCasesAreAboutStays(String text) {
        assertThat(Redaction.of(text)).isEqualTo(new Redaction(text, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "０８１２３４５６７８９０",
                "٠٨١٢٣٤٥٦٧٨٩٠",
                "०८१२३४५६७८९०",
                "0\u200B8\u200D1\u20602\uFEFF3\u00AD4567890",
                "0️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣9️⃣",
                "⓪⑧①②③④⑤⑥⑦⑧⑨",
                "0812–3456—7890",
                "0812\u00A03456\u20097890",
                "0812\n3456\r\n7890",
                "0812 - 3456 _ 7890",
                "0̲8̲1̲2̲3̲4̲5̲6̲7̲8̲",
                "\u202E0812\u202C34567890"
            })
    void unicodeDoesNotHideANumber(String number) {
        assertThat(Redaction.of("telepon " + number + " ya").text().replaceAll("[\\p{Cf}]", ""))
                .isEqualTo("telepon [PHONE] ya");
    }

    @ParameterizedTest
    @CsvSource({
        "budi＠gmail.com, [EMAIL]",
        "budi﹫gmail.com, [EMAIL]",
        "budi\u200B@\u200Bgmail.com, [EMAIL]",
        "ｂｕｄｉ＠ｇｍａｉｌ．ｃｏｍ, [EMAIL]",
        "Вараk Budi, Вараk [NAME]",
        "В 1234 ХУ, [PLATE]"
    })
    void lookAlikesDoNotHideWords(String text, String redacted) {
        assertThat(Redaction.of(text).text()).isEqualTo(redacted);
    }

    @Test
    void lineBreaksDoNotHideContactsAndNames() {
        assertThat(Redaction.of("budi@\ngmail.com\nBapak\nBudi\nSantoso\nHormat saya,\n\nRina")
                        .text())
                .isEqualTo("[EMAIL]\nBapak\n[NAME]\nHormat saya,\n\n[NAME]");
    }

    @Test
    void findsAreCountedByKind() {
        Redaction redaction = Redaction.of("Pak Budi, Bu Ani, hp 081234567890, [EMAIL]");

        assertThat(redaction.text()).isEqualTo("Pak [NAME], Bu [NAME], hp [PHONE], [EMAIL]");
        assertThat(redaction.counts()).containsExactly(Map.entry(Kind.PHONE, 1), Map.entry(Kind.NAME, 2));
    }

    @Test
    void marksAreLeftAlone() {
        for (Kind kind : Kind.values()) {
            String text = "Bapak " + kind.mark() + " nama saya " + kind.mark() + kind.mark() + " hp " + kind.mark();
            assertThat(Redaction.of(text)).isEqualTo(new Redaction(text, Map.of()));
        }
    }

    @Test
    void anEmptyTextStaysEmpty() {
        assertThat(Redaction.of("")).isEqualTo(new Redaction("", Map.of()));
    }
}
