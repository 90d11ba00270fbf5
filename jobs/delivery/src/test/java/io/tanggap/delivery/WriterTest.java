package io.tanggap.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.Due;
import io.tanggap.core.alert.Alert.Matter;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.notice.Notice;
import io.tanggap.core.notice.Notice.Change;
import io.tanggap.core.notice.Notice.Item;
import io.tanggap.core.notice.Notice.Occasion;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Policy.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriterTest {
    private static final Instant DEADLINE = Instant.parse("2026-03-11T08:00:00Z");

    private final Writer writer = new Writer(new Pages("https://board.example.org"));

    @Test
    void aDigestLiesByWhatChangedAndByWhoHasTheCases() {
        assertThat(writer.letter(Sample.digest("en")).text()).isEqualTo("""
                Dinas Bina Marga
                4 new · 1 taken back · 1 still so · 1 passed on · 1 settled

                What came together since the last digest, and what still stands.

                == New: overdue (2) ==

                -- With Dinas Bina Marga

                * Overdue: resolution
                  Case Q-1 · Qlue
                  Overdue since: 11 Mar 2026 15:00 WIB (16 h 30 min ago)
                  Allowed: 40 h working time
                  Category: Pothole
                  Place: Kelurahan Menteng
                  Submitted: 9 Mar 2026 09:00 WIB
                  https://board.example.org/case?id=qlue%3AQ-1&lang=en

                -- With Dinas Sumber Daya Air

                * Overdue: resolution
                  Case Q-2 · Qlue
                  Overdue since: 11 Mar 2026 15:00 WIB (16 h 30 min ago)
                  Allowed: 40 h working time
                  Category: Pothole
                  Place: Kelurahan Menteng
                  Submitted: 9 Mar 2026 09:00 WIB
                  https://board.example.org/case?id=qlue%3AQ-2&lang=en

                == New: near the deadline (1) ==

                -- With Dinas Bina Marga

                * 75 % of the time used: resolution
                  Case Q-3 · Qlue
                  Due: 12 Mar 2026 13:00 WIB (in 5 h 30 min)
                  Allowed: 40 h working time
                  Category: Pothole
                  Place: Kelurahan Menteng
                  Submitted: 9 Mar 2026 09:00 WIB
                  https://board.example.org/case?id=qlue%3AQ-3&lang=en

                == New: channels silent (1) ==

                * The channel sends nothing
                  Qlue
                  Since: 11 Mar 2026 15:00 WIB

                == Taken back (1) ==
                An earlier message told you of these. It was wrong.

                -- With Dinas Bina Marga

                * Taken back: Overdue: resolution
                  Case Q-7 · Qlue
                  By what is known at 12 Mar 2026 07:30 WIB, it never was so: so much of the time was never used, or this \
                clock is not judged any more. Decided by: e-1, e-2.
                  Category: Pothole
                  Place: Kelurahan Menteng
                  Submitted: 9 Mar 2026 09:00 WIB
                  https://board.example.org/case?id=qlue%3AQ-7&lang=en

                == Still so: overdue (1) ==

                -- With Dinas Bina Marga

                * Overdue: resolution
                  Case Q-4 · Qlue
                  Overdue since: 11 Mar 2026 15:00 WIB (16 h 30 min ago)
                  Allowed: 40 h working time
                  Category: Pothole
                  Place: Kelurahan Menteng
                  Submitted: 9 Mar 2026 09:00 WIB
                  https://board.example.org/case?id=qlue%3AQ-4&lang=en

                == Passed on to another unit (1) ==

                -- With Dinas Sumber Daya Air

                * Overdue: resolution
                  Case Q-5 · Qlue
                  Overdue since: 11 Mar 2026 15:00 WIB (16 h 30 min ago)
                  Allowed: 40 h working time
                  Category: Pothole
                  Place: Kelurahan Menteng
                  Submitted: 9 Mar 2026 09:00 WIB
                  https://board.example.org/case?id=qlue%3AQ-5&lang=en

                == Settled (1) ==

                -- With Dinas Bina Marga

                * Overdue: resolution
                  Case Q-6 · Qlue
                  Deadline: 11 Mar 2026 15:00 WIB
                  Settled: 12 Mar 2026 06:00 WIB
                  Used: 40 h of 40 h working time
                  Category: Pothole
                  Place: Kelurahan Menteng
                  Submitted: 9 Mar 2026 09:00 WIB
                  https://board.example.org/case?id=qlue%3AQ-6&lang=en

                Open the desk: https://board.example.org/desk?unit=dbm&lang=en

                Made 12 Mar 2026 07:30 WIB. Message 0123456789abcdef0123456789abcdef. Do not answer it: nobody reads the answers.
                """);
    }

    @Test
    void anInstantMessageNamesHolderAndWhoAnswers() {
        Matter split = new Matter(
                "qlue:Q-1", "Q-1", null, null, DEADLINE, "kel.menteng", List.of("kel.menteng"), "dbm", "sda");
        String text = writer.letter(Sample.notice(Occasion.INSTANT, List.of(Sample.overdue(Change.RAISED, split))))
                .text();
        assertThat(text)
                .contains(
                        "This does not wait for the next digest.",
                        "  Place: unknown\n",
                        "  Holder: Kelurahan Menteng\n",
                        "  Answers for it: Dinas Bina Marga\n",
                        "  Offered to: Dinas Sumber Daya Air\n")
                .doesNotContain("Category:", "-- With");
    }

    @Test
    void theSubjectSaysTheNumberAndTheWorst() {
        Notice notice = Sample.notice(
                Occasion.DIGEST,
                List.of(
                        Sample.overdue(Change.RAISED, "Q-1"),
                        Sample.overdue(Change.STANDING, "Q-2"),
                        Sample.near("Q-3"),
                        Sample.overdue(Change.CLEARED, "Q-4")));
        assertThat(writer.letter(notice).subject())
                .isEqualTo("2 overdue, 1 near its deadline, 1 settled — Dinas Bina Marga");
    }

    @Test
    void theSubjectOfOneCaseNamesIt() {
        assertThat(writer.letter(Sample.notice(Occasion.INSTANT, List.of(Sample.overdue(Change.RETRACTED, "Q-1"))))
                        .subject())
                .isEqualTo("Taken back: Overdue: resolution, case Q-1 — Dinas Bina Marga");
    }

    @Test
    void anEmptyMessageSaysThatThereIsNothing() {
        Writer.Letter letter = writer.letter(Sample.notice(Occasion.SILENCE_ENDED, List.of()));
        assertThat(letter.subject()).isEqualTo("Nothing to report — Dinas Bina Marga");
        assertThat(letter.text()).contains("It was made because: Maintenance of the CRM.");
    }

    @Test
    void whatIsNotListedIsCounted() {
        Notice whole = Sample.notice(Occasion.STORM, List.of(Sample.overdue(Change.RAISED, "Q-1")));
        Notice part = new Notice(
                whole.id(),
                whole.recipient(),
                whole.unit(),
                whole.unitName(),
                whole.occasion(),
                whole.madeAt(),
                Map.of(Change.RAISED, 1240),
                whole.items(),
                null,
                whole.names(),
                "id",
                whole.zone());
        Writer.Letter letter = writer.letter(part);
        assertThat(letter.subject()).isEqualTo("Sedikitnya 1 lewat tenggat; 1.240 seluruhnya — Dinas Bina Marga");
        assertThat(letter.text()).contains("1.240 baru", "1.239 lagi tidak tercantum di sini: lihat meja kerja.");
        assertThat(letter.html()).contains("1.239 lagi tidak tercantum di sini");
    }

    @Test
    void indonesianIsIndonesian() {
        Writer.Letter letter = writer.letter(Sample.digest("id"));
        assertThat(letter.subject()).isEqualTo("3 lewat tenggat, 1 mendekati tenggat, 1 kanal diam — Dinas Bina Marga");
        assertThat(letter.text())
                .contains(
                        "== Baru: lewat tenggat (2) ==",
                        "* Lewat tenggat: penyelesaian\n  Laporan Q-1 · Qlue\n",
                        "Lewat tenggat sejak: 11 Mar 2026 15:00 WIB (16 jam 30 menit yang lalu)",
                        "Pesan sebelumnya mengabarkan hal-hal ini kepada Anda. Pesan itu keliru.",
                        "&lang=id");
        assertThat(letter.html()).contains("<html lang=\"id\">");
    }

    @Test
    void aProvisionalOneSaysSo() {
        Alert sure = Sample.overdue(Change.RAISED, "Q-1").alert();
        Alert provisional = new Alert(
                sure.id(),
                1,
                sure.kind(),
                sure.state(),
                sure.raisedAt(),
                null,
                sure.channel(),
                sure.matter(),
                sure.due(),
                true,
                sure.evidence(),
                sure.asOf(),
                sure.pack());
        Writer.Letter letter =
                writer.letter(Sample.notice(Occasion.INSTANT, List.of(new Item(Change.RAISED, provisional, "route"))));
        assertThat(letter.text()).contains("Provisional: a late message may still prove that the deadline was kept.");
        assertThat(letter.html()).contains("Provisional: a late message");
    }

    @Test
    void aRetractionSaysWhatIsKnownNow() {
        assertThat(retracted(Sample.due(100, DEADLINE))).contains("the deadline is 11 Mar 2026 15:00 WIB.");
        assertThat(retracted(new Due(Target.RESOLUTION, 1, 1, 100, null, null, null, null, null, null)))
                .contains("so much of the time was never used, or this clock is not judged any more.");
    }

    private String retracted(Due due) {
        Alert alert = Sample.alert(AlertKind.OVERDUE, State.RETRACTED, Sample.matter("Q-1"), due);
        return writer.letter(Sample.notice(Occasion.INSTANT, List.of(new Item(Change.RETRACTED, alert, "route"))))
                .text();
    }

    @Test
    void aClockThatStandsStillHasNoDeadline() {
        Alert alert = Sample.alert(AlertKind.THRESHOLD, State.OPEN, Sample.matter("Q-1"), Sample.due(75, null));
        assertThat(writer.letter(Sample.notice(Occasion.INSTANT, List.of(new Item(Change.RAISED, alert, "route"))))
                        .text())
                .contains("Due: the clock stands still\n");
    }

    @Test
    void timeByTheClockIsSaidInDays() {
        Due due = new Due(Target.DWELL, 1, 1, 150, DEADLINE, Duration.ofDays(4), Duration.ofDays(6), "p", null, "pack");
        Alert stands = Sample.alert(AlertKind.OVERDUE, State.OPEN, Sample.matter("Q-1"), due);
        Alert cleared = Sample.alert(AlertKind.OVERDUE, State.CLEARED, Sample.matter("Q-2"), due);
        assertThat(writer.letter(Sample.notice(
                                Occasion.INSTANT,
                                List.of(
                                        new Item(Change.RAISED, stands, "route"),
                                        new Item(Change.CLEARED, cleared, "route"))))
                        .text())
                .contains(
                        "* Overdue: time with one holder, at 150 % of its time\n",
                        "Allowed: 4 d 0 h\n", "Used: 6 d 0 h of 4 d 0 h\n");
    }

    @Test
    void withoutABoardThereAreNoLinks() {
        Writer.Letter letter = new Writer(new Pages(null)).letter(Sample.digest("en"));
        assertThat(letter.text() + letter.html()).doesNotContain("http", "href", "Open the desk");
    }

    @Test
    void whatOthersWroteIsEscapedAndOnOneLine() {
        Map<String, String> names = new HashMap<>(Sample.NAMES);
        names.put("road.pothole", "<script>alert('x')</script>\r\n* Forged: \u202ereversed & \"quoted\"");
        Writer.Letter letter = writer.letter(
                Sample.notice(Occasion.INSTANT, List.of(Sample.overdue(Change.RAISED, "Q-1\n<b>")), "en", names));
        assertThat(letter.html())
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;", "&quot;quoted&quot;", "Q-1 &lt;b&gt;")
                .doesNotContain("<script", "<b>", "\u202e");
        assertThat(letter.text())
                .contains("  Category: <script>alert('x')</script> * Forged: reversed & \"quoted\"\n")
                .doesNotContain("\r", "\n* Forged");
        assertThat(letter.subject()).isEqualTo("Overdue: resolution, case Q-1 <b> — Dinas Bina Marga");
    }

    @Test
    void aValueThatLooksLikeAPlaceIsNotFilledIn() {
        assertThat(Wording.of("en", Sample.ZONE).text("used", "{1}", "2 h")).isEqualTo("{1} of 2 h");
    }

    @Test
    void thePageLoadsNothingAndRunsNothing() {
        assertThat(writer.letter(Sample.digest("en")).html())
                .doesNotContain("<img", "<link", "<script", "<style", "src=", "url(")
                .contains("max-width:600px", "font-size:16px", "width=device-width");
    }

    @ParameterizedTest
    @EnumSource
    void everyKindIsWrittenInBothLanguages(AlertKind kind) {
        for (Occasion occasion : Occasion.values()) {
            for (String language : List.of("en", "id")) {
                Writer.Letter letter = writer.letter(
                        Sample.notice(occasion, List.of(Sample.of(kind), Sample.of(kind)), language, Sample.NAMES));
                assertThat(letter.subject()).startsWith("2 ");
                assertThat(letter.text()).doesNotContain("{", "null");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTargetHasAName(Target target) {
        for (String language : List.of("en", "id")) {
            assertThat(Wording.of(language, Sample.ZONE).text("target." + target))
                    .isNotBlank();
        }
    }

    @Test
    void bothLanguagesHaveTheSameTextsWithTheSamePlaces() {
        Properties english = Wording.texts("en");
        Properties indonesian = Wording.texts("id");
        Set<String> keys = new TreeSet<>(english.stringPropertyNames());
        keys.removeIf(key -> key.endsWith(".1"));
        assertThat(new TreeSet<>(indonesian.stringPropertyNames())).isEqualTo(keys);
        for (String key : keys) {
            assertThat(places(indonesian.getProperty(key))).as(key).isEqualTo(places(english.getProperty(key)));
        }
    }

    private static Set<String> places(String text) {
        return Pattern.compile("\\{\\d}")
                .matcher(text)
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Notice.MOST_ITEMS})
    void anyNumberOfItemsIsWritten(int number) {
        List<Item> items = Collections.nCopies(number, Sample.overdue(Change.RAISED, "Q-1"));
        String text = writer.letter(Sample.notice(Occasion.STORM, items)).text();
        assertThat(text.split("\\* Overdue", -1)).hasSize(number + 1);
    }
}
