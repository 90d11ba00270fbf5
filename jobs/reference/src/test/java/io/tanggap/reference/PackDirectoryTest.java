package io.tanggap.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Attribution;
import io.tanggap.core.reference.CaseRules;
import io.tanggap.core.reference.Channel;
import io.tanggap.core.reference.Hierarchy;
import io.tanggap.core.reference.PauseRule;
import io.tanggap.core.reference.Policy;
import io.tanggap.core.reference.Recipient;
import io.tanggap.core.reference.Recipient.Means;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.Route;
import io.tanggap.core.reference.Route.Party;
import io.tanggap.core.reference.Validity;
import io.tanggap.reference.PackDirectory.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PackDirectoryTest {
    private static final Instant IN_2017 = Instant.parse("2017-11-05T00:00:00Z");
    private static final Instant IN_2018 = Instant.parse("2018-11-05T00:00:00Z");

    @TempDir
    Path directory;

    private static List<String> told(List<Problem> problems) {
        return problems.stream().map(Problem::told).toList();
    }

    @Test
    void aGoodPackIsReadWhole() {
        Result result = new SmallPack().read(directory);

        assertThat(result.errors()).isEmpty();
        assertThat(result.warnings()).isEmpty();
        ReferencePack pack = result.pack();
        assertThat(pack.id()).isEqualTo("small-1");
        assertThat(pack.knownFrom()).isEqualTo("2017-10-31T17:00:00Z");
        assertThat(pack.staleAfter()).isEqualTo(Duration.ofDays(14));
        assertThat(pack.attribution()).isEqualTo(Attribution.CRM);
        assertThat(pack.nearestWithinMetres()).isEqualTo(2_000);
        assertThat(pack.units()).hasSize(7);
        assertThat(pack.units().get(0).population()).isEqualTo(914_000L);
        assertThat(pack.units().get(5).kind()).isEqualTo(Kind.AGENCY);
        assertThat(pack.units().get(5).contact()).isEqualTo("112");
        assertThat(pack.policies()).hasSize(5);
        assertThat(pack.policies().get(0).inDays()).isFalse();
        assertThat(pack.policies().get(4))
                .as("days of a calendar are working days")
                .isEqualTo(new Policy(
                        "dwell",
                        Policy.Target.DWELL,
                        null,
                        null,
                        null,
                        Duration.ofDays(5),
                        true,
                        "office",
                        new Validity(LocalDate.of(2017, 1, 1), null)));
        assertThat(pack.pauses())
                .containsExactly(
                        new PauseRule(
                                "CITIZEN_INFO",
                                Policy.Target.RESOLUTION,
                                Duration.ofDays(10),
                                new Validity(null, LocalDate.of(2018, 1, 1))),
                        new PauseRule("CITIZEN_INFO", null, Duration.ofDays(14), Validity.ALWAYS),
                        new PauseRule(
                                "CITIZEN_INFO", Policy.Target.FIRST_RESPONSE, Duration.ofHours(6), Validity.ALWAYS));
        assertThat(pack.rules()).isEqualTo(new CaseRules(Duration.ofDays(3), Duration.ofDays(30), Duration.ofDays(2)));
        assertThat(pack.calendars()).singleElement().satisfies(calendar -> {
            assertThat(calendar.hours()).hasSize(4);
            assertThat(calendar.holidays()).hasSize(3);
        });
        assertThat(pack.categoryGroups()).isEqualTo(Map.of("banjir", "water", "sampah", "waste"));
        assertThat(pack.territories()).hasSize(2);
        assertThat(pack.territories().get(0).polygons().get(0).holes()).hasSize(1);
        assertThat(pack.territories().get(1).polygons()).hasSize(2);
        assertThat(pack.units().get(6).successor()).isEqualTo("sda");
        assertThat(pack.channels())
                .containsExactly(
                        new Channel("twitter", Duration.ofHours(12), Set.of("783214", "17461978"), 2),
                        new Channel("crop", null, Set.of()));
    }

    @Test
    void whoIsToldIsReadAsWritten() {
        ReferencePack pack = new SmallPack().read(directory).pack();
        LocalDate newYear = LocalDate.of(2018, 1, 1);

        assertThat(pack.routes())
                .containsExactly(
                        new Route(
                                "half",
                                AlertKind.THRESHOLD,
                                null,
                                50,
                                0,
                                "banjir",
                                "qlue",
                                Party.HOLDER,
                                null,
                                true,
                                Validity.ALWAYS),
                        new Route(
                                "late",
                                AlertKind.OVERDUE,
                                Policy.Target.RESOLUTION,
                                150,
                                3,
                                null,
                                null,
                                Party.ABOVE,
                                "kota",
                                false,
                                new Validity(null, newYear)),
                        new Route(
                                "late",
                                AlertKind.OVERDUE,
                                Policy.Target.TRIAGE,
                                100,
                                0,
                                null,
                                null,
                                Party.CHARGED,
                                null,
                                false,
                                new Validity(newYear, null)),
                        route("limbo", AlertKind.LIMBO, 100, null, Party.OFFERED_TO, null, false),
                        route("stale", AlertKind.STALE, null, null, Party.TERRITORY, null, false),
                        route("feed", AlertKind.FEED_SILENT, null, "twitter", Party.UNIT, "sda", true));
        assertThat(pack.recipients())
                .containsExactly(
                        new Recipient(
                                "town",
                                "31.71",
                                Means.WEBHOOK,
                                "https://hooks.city.example:8443/town?a=b",
                                "id",
                                LocalTime.of(6, 0),
                                "office",
                                LocalTime.of(22, 0),
                                LocalTime.of(5, 30),
                                3,
                                new Validity(null, newYear)),
                        recipient("town", "31.71", Means.EMAIL, "desk@city.example", "en", new Validity(newYear, null)),
                        recipient("water", "sda", Means.FILE, "dinas-sda", "id", Validity.ALWAYS),
                        recipient("own", "31.72", Means.FILE, "-", "en", Validity.ALWAYS));
    }

    private static Route route(
            String id,
            AlertKind kind,
            @Nullable Integer threshold,
            @Nullable String channel,
            Party party,
            @Nullable String name,
            boolean instant) {
        return new Route(id, kind, null, threshold, 0, null, channel, party, name, instant, Validity.ALWAYS);
    }

    /** One that is told at the customary times. */
    private static Recipient recipient(
            String id, String unit, Means means, String address, String language, Validity validity) {
        return new Recipient(
                id,
                unit,
                means,
                address,
                language,
                LocalTime.of(7, 30),
                null,
                null,
                null,
                Recipient.CUSTOMARY_PER_HOUR,
                validity);
    }

    @Test
    void aPackWithoutRoutesTellsNobody() {
        Result result =
                new SmallPack().without("routes.csv").without("recipients.csv").read(directory);

        assertThat(told(result.errors())).isEmpty();
        assertThat(told(result.warnings())).isEmpty();
        assertThat(result.pack().routes()).isEmpty();
        assertThat(result.pack().recipients()).isEmpty();
    }

    @Test
    void routesWithoutAnyRecipientAreWarnedOfOnce() {
        Result result = new SmallPack().without("recipients.csv").read(directory);

        assertThat(told(result.errors())).isEmpty();
        assertThat(told(result.warnings()))
                .containsExactly("routes.csv:2:33: nobody is told of anything: recipients.csv has no line; add one");
    }

    @Test
    void aRouteIsHeardByWhoeverIsInUseOnSomeOfItsDays() {
        SmallPack pack = new SmallPack().change("recipients.csv", "water,sda,file,dinas-sda,ID,,,,,,,,", """
                        water,sda,file,dinas-sda,ID,,,,,,2018-01-01,,""");

        assertThat(told(pack.read(directory).warnings())).isEmpty();
        pack.change("routes.csv", "unit:sda,Instant,,", "above:dinas,,,2018-01-01");
        pack.change("routes.csv", "feed,feed_silent,,,,,twitter", "feed,stale,,,,,twitter");
        assertThat(told(pack.read(directory).warnings()))
                .singleElement()
                .asString()
                .startsWith("routes.csv:7:24: the line tells nobody")
                .contains("a unit of the level 'dinas' on any of its days");
        pack.change("routes.csv", "above:dinas,,,2018-01-01", "above:dinas,,,2018-01-02");
        assertThat(told(pack.read(directory).warnings())).isEmpty();
    }

    @Test
    void aPasswordInAnAddressIsNotRepeated() {
        Result result = new SmallPack()
                .change("recipients.csv", "https://hooks", "https://desk:s3cret@hooks")
                .read(directory);

        assertThat(told(result.errors()))
                .singleElement()
                .asString()
                .startsWith("recipients.csv:2:20: the URL has a user or a password")
                .doesNotContain("s3cret");
    }

    @Test
    void ofALineThatCannotBeReadAllProblemsAreTold() {
        Result result = new SmallPack()
                .change("routes.csv", "half,threshold,,50,,banjir", "half,threshold,,55,,banjr")
                .change("recipients.csv", "town,31.71,webhook", "town,31.17,webhoook")
                .read(directory);

        assertThat(told(result.errors()))
                .hasSize(4)
                .anyMatch(told -> told.startsWith("routes.csv:2:17: '55' is no threshold"))
                .anyMatch(told -> told.startsWith("routes.csv:2:21: the category 'banjr'"))
                .anyMatch(told -> told.startsWith("recipients.csv:2:6: the unit '31.17'"))
                .anyMatch(told -> told.startsWith("recipients.csv:2:12: 'webhoook' is no means"));
    }

    @Test
    void aCalendarThatIsNotWorkedAnyMoreWhenAPolicyBeginsIsTold() {
        Result result = new SmallPack()
                .with("calendars.csv", "calendar,weekday,from,to,valid_to\noffice,mon,07:30,12:00,2017-01-01\n")
                .read(directory);

        assertThat(told(result.errors()))
                .singleElement()
                .asString()
                .startsWith("policies.csv:6:20: the calendar 'office' has no working hours from 2017-01-01 on");
    }

    @Test
    void theTownsOfJakartaHaveTheResidentsOfTheCity() {
        ReferencePack jakarta = PackDirectory.builtIn("jakarta").pack();
        Hierarchy hierarchy = Reference.of(List.of(jakarta)).hierarchy(IN_2018);

        assertThat(hierarchy.residents("31")).isEqualTo(10_562_088);
        assertThat(jakarta.units().stream()
                        .filter(unit -> unit.kind() == Kind.TERRITORY && "31".equals(unit.parent()))
                        .mapToLong(ReferencePack.Unit::population)
                        .sum())
                .isEqualTo(10_562_088);
        assertThat(hierarchy.residents("31.71.06"))
                .as("of its kelurahan no number is given")
                .isNull();
    }

    @Test
    void whatAPackSaysIsAnsweredByDate() {
        Reference reference =
                Reference.of(List.of(new SmallPack().read(directory).pack()));

        assertThat(reference.path("31.71.01", IN_2017)).containsExactly("31.71.01", "31.71", "31");
        assertThat(reference.path("31.71.01", IN_2018)).containsExactly("31.71.01", "31.72", "31");
        assertThat(reference.competent("sampah", "31.71.01", IN_2017)).contains("dlh");
        assertThat(reference.competent("sampah", "31.71.01", IN_2018)).contains("31.72");
        assertThat(reference.category("qlue", " genangan air ", IN_2017)).contains("banjir");
    }

    @Test
    void filesThatAreOptionalMayBeMissing() {
        SmallPack pack = new SmallPack();
        List.of(
                        "territories.geojson",
                        "competence.csv",
                        "policies.csv",
                        "pauses.csv",
                        "calendars.csv",
                        "holidays.csv",
                        "labels.csv",
                        "channels.csv",
                        "routes.csv",
                        "recipients.csv")
                .forEach(pack::without);
        Result result = pack.without("categories.csv").read(directory);

        assertThat(told(result.errors())).isEmpty();
        assertThat(result.pack().policies()).isEmpty();
        assertThat(result.pack().pauses()).isEmpty();
    }

    @Test
    void aPackThatSaysNothingHasTheDefaultRules() {
        Result result = new SmallPack()
                .change("pack.yaml", "allowed_lateness: P3D\n", "")
                .change("pack.yaml", "reopen_within: P30D\n", "")
                .change("pack.yaml", "offer_lapses_after: P2D\n", "")
                .read(directory);

        assertThat(told(result.errors())).isEmpty();
        assertThat(result.pack().rules()).isEqualTo(CaseRules.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "P14D, office, true, P14D",
        "p2d, office, true, P2D",
        "PT6H, office, false, PT6H",
        "PT336H, office, false, P14D",
        "P14D, , false, P14D",
        "P1DT12H, , false, PT36H"
    })
    void daysOfACalendarAreWorkingDaysAndHoursWorkingHours(
            String written, @Nullable String calendar, boolean inDays, Duration within) {
        Result result = new SmallPack()
                .change("policies.csv", "P5D,office", written + "," + (calendar == null ? "" : calendar))
                .read(directory);

        assertThat(told(result.errors())).isEmpty();
        assertThat(result.pack().policies().get(4))
                .extracting(Policy::inDays, Policy::within)
                .containsExactly(inDays, within);
    }

    /** Hours that begin only later, or on other days than a policy asks for, leave days free and are no error. */
    @Test
    void aCalendarMayHaveNoHoursOnSomeDaysOfAPolicy() {
        Result result = new SmallPack()
                .change("calendars.csv", "office,mon,07:30,12:00,,", "office,mon,07:30,12:00,2017-06-01,2017-12-01")
                .change("calendars.csv", "office,mon,13:00,24:00,,", "office,mon,13:00,24:00,2019-01-01,")
                .change("calendars.csv", "08:00,16:00,2018-01-01,", "08:00,16:00,2018-01-01,2018-02-01")
                .read(directory);

        assertThat(told(result.errors())).isEmpty();
    }

    @Test
    void spreadsheetsMayLeaveTheirTraces() {
        SmallPack pack = new SmallPack();
        pack.with(
                "units.csv", "\uFEFF" + pack.files().get("units.csv").replace("\n", "\r\n") + ",,,,,,,,,,,,,\r\n\r\n");

        assertThat(told(pack.read(directory).errors())).isEmpty();
    }

    static Stream<Arguments> problems() {
        return Stream.of(
                // pack.yaml
                arguments("pack.yaml", "city: \"31\"", "citty: \"31\"", "pack.yaml:3:1: ", "'city'"),
                arguments("pack.yaml", "zone: Asia/Jakarta", "zone: Asia/Jakata", "pack.yaml:4:7: ", "'Asia/Jakarta'"),
                arguments("pack.yaml", "P14D", "14 days", "pack.yaml:5:14: ", "P7D"),
                arguments("pack.yaml", "P14D", "-P14D", "pack.yaml:5:14: ", "no duration"),
                arguments("pack.yaml", "CRM", "CRN", "pack.yaml:6:14: ", "'CRM'"),
                arguments("pack.yaml", "2km", "2 miles", "pack.yaml:7:17: ", "500m"),
                arguments("pack.yaml", "2km", "0m", "pack.yaml:7:17: ", "500m"),
                arguments("pack.yaml", "P3D", "3 days", "pack.yaml:8:19: ", "P7D"),
                arguments("pack.yaml", "P30D", "P13D", "pack.yaml:9:16: ", "P14D or longer"),
                arguments("pack.yaml", "P30D", "P13DT24H", "pack.yaml", null),
                arguments("pack.yaml", "P30D", "P1M", "pack.yaml:9:16: ", "no duration"),
                arguments("pack.yaml", "P2D", "-P2D", "pack.yaml:10:21: ", "longer than zero"),
                arguments("pack.yaml", "reopen_within", "reopen_wihtin", "pack.yaml:9:1: ", "'reopen_within'"),
                arguments("pack.yaml", "T00:00:00+07:00", "", "pack.yaml:2:13: ", "offset"),
                arguments("pack.yaml", "id: small-1", "id:", "pack.yaml:1:4: ", "'id' is needed"),
                arguments("pack.yaml", "id: small-1", "id: [", "pack.yaml:", "not YAML"),
                arguments("pack.yaml", "id: small-1", "id: [a]", "pack.yaml:1:5: ", "one value"),
                arguments("pack.yaml", "id: small-1", "id: a\nid: b", "pack.yaml:2:1: ", "twice"),
                // units.csv
                arguments("units.csv", "latitude", "lattitude", "units.csv:1:66: ", "'latitude'"),
                arguments("units.csv", "name_en", "name", "units.csv:1:9: ", "twice"),
                arguments("units.csv", "kind", "kynd", "units.csv:1: ", "'kind' is missing"),
                arguments("units.csv", "sda,Dinas SDA,", "sda,Dinas SDA", "units.csv:7: ", "13 fields"),
                arguments("units.csv", "sda,Dinas", ",Dinas", "units.csv:7:1: ", "'id' is empty"),
                arguments("units.csv", "Utara,,territory", "Utara,,teritory", "units.csv:5:22: ", "'territory'"),
                arguments("units.csv", "31.72,2018", "31.27,2018", "units.csv:4:44: ", "'31.72'"),
                arguments("units.csv", "31.71,,2018-01-01", "31.71,,2018-02-01", "units.csv:4:1: ", "line 3"),
                arguments(
                        "units.csv", "31.71,2017-01-01", "31.73,2017-01-01", "units.csv:8:28: ", "since|on 2017-01-01"),
                arguments("units.csv", "31.71,,2018-01-01", "31.73,,2018-01-01", "units.csv:3:39: ", "since ever"),
                arguments("units.csv", "31.71,,2018-01-01", "dlh,,2018-01-01", "units.csv:3:39: ", "agency"),
                arguments(
                        "units.csv",
                        "Baru,,territory,kecamatan",
                        "Baru,,agency,kecamatan",
                        "units.csv:4:24: ",
                        "line 3"),
                arguments(
                        "units.csv",
                        "Utara,,territory,kota,",
                        "Utara,,territory,kota,31.71.01",
                        "units.csv:",
                        "from 2018-01-01 on"),
                arguments("units.csv", "2018-01-01,,,-6.2", "2018-13-01,,,-6.2", "units.csv:6:34: ", "no day"),
                arguments(
                        "units.csv", "2017-01-01,2019-01-01", "2019-01-01,2019-01-01", "units.csv:8:45: ", "not after"),
                arguments("units.csv", "914000", "0", "units.csv:2:55: ", "from 1 on"),
                arguments("units.csv", "914000", "914 000", "units.csv:2:55: ", "digits"),
                arguments("units.csv", "-6.13,106.88", "106.88,-6.13", "units.csv:5:41: ", "swapped"),
                arguments("units.csv", "-6.13,106.88", "-6.13,186.88", "units.csv:5:47: ", "longitude"),
                arguments("units.csv", "-6.13,106.88", "-6.13,", "units.csv:5:47: ", "both"),
                arguments("units.csv", ",sda,", ",sdb,", "units.csv:8:60: ", "'sda'"),
                arguments("units.csv", "2019-01-01,,,,,sda", ",,,,,sda", "units.csv:8:50: ", "no valid_to"),
                arguments("units.csv", ",sda,", ",dlh,", "units.csv:8:60: ", "itself"),
                arguments("units.csv", ",sda,", ",31.71,", "units.csv:8:60: ", "another kind"),
                arguments("units.csv", ",sda,", ",31,", "units.csv:8:60: ", "another kind"),
                arguments(
                        "units.csv",
                        "112,,\n",
                        "112,,\nair,Air,,agency,dinas,,,2018-01-01,,,,,dlh,\n",
                        "units.csv:",
                        null),
                arguments(
                        "units.csv",
                        "SDA,,agency,dinas,,,,,,,112,,",
                        "SDA,,agency,dinas,,,2019-01-01,,,,112,dlh,",
                        "units.csv:7:49: ",
                        "not valid on 2019-01-01"),
                arguments("units.csv", "Dinas SDA", "\"Dinas \"SDA", "units.csv:7:5: ", "quote"),
                arguments("units.csv", "Dinas SDA", "\"Dinas SDA", "units.csv:7:5: ", "never closed"),
                arguments("units.csv", "Dinas SDA", "Dinas \"SDA\"", "units.csv:7:5: ", "quote"),
                arguments("units.csv", "31.73,Kota", "31,Kota", "units.csv:", null),
                // territories.geojson
                arguments(
                        "territories.geojson",
                        "\"unit\": \"31.72\"",
                        "\"unit\": \"31.27\"",
                        "territories.geojson:6:",
                        "'31.72'"),
                arguments(
                        "territories.geojson",
                        "\"unit\": \"31.72\"",
                        "\"unit\": \"31.71\"",
                        "territories.geojson:6:",
                        "line 2"),
                arguments(
                        "territories.geojson",
                        "\"unit\": \"31.72\"",
                        "\"unit\": \"sda\"",
                        "territories.geojson:6:",
                        "agency"),
                arguments(
                        "territories.geojson",
                        "\"unit\": \"31.72\"",
                        "\"unti\": \"31.72\"",
                        "territories.geojson:6:",
                        "'unti'"),
                arguments(
                        "territories.geojson",
                        "[106.9, -6.1], [106.8, -6.2]]",
                        "[106.9, -6.1], [106.8, -6.3]]",
                        "territories.geojson:4:",
                        "not closed"),
                arguments(
                        "territories.geojson",
                        "[106.9, -6.1], [106.8, -6.2]]",
                        "[106.8, -6.2]]",
                        "territories.geojson:4:",
                        "fewer than 4"),
                arguments(
                        "territories.geojson",
                        "[[106.8, -6.2], [106.9, -6.2], ",
                        "[[-6.2, 106.8], [106.9, -6.2], ",
                        "territories.geojson:4:",
                        "swapped"),
                arguments(
                        "territories.geojson",
                        "[106.86, -6.18], [106.87, -6.18]",
                        "[206.86, -6.18], [106.87, -6.18]",
                        "territories.geojson:5:",
                        "no place"),
                arguments(
                        "territories.geojson",
                        "[106.86, -6.18], [106.87, -6.18]",
                        "[\"x\", -6.18], [106.87, -6.18]",
                        "territories.geojson:5:",
                        "no point"),
                arguments(
                        "territories.geojson",
                        "\"MultiPolygon\"",
                        "\"Point\"",
                        "territories.geojson:7:",
                        "MultiPolygon"),
                arguments(
                        "territories.geojson",
                        "FeatureCollection",
                        "Feature",
                        "territories.geojson:1:",
                        "FeatureCollection"),
                arguments("territories.geojson", "]]]]}}]}", "]]]]}}]", "territories.geojson:1", "not JSON"),
                arguments("territories.geojson", "]]]]}}]}", "]]]]}}]} {}", "territories.geojson:9:", "follows"),
                // competence.csv
                arguments("competence.csv", "banjir,,sda", "banjr,,sda", "competence.csv:2:1: ", "'banjir'"),
                arguments("competence.csv", "banjir,,sda", "banjir,,sd", "competence.csv:2:9: ", "'sda'"),
                arguments("competence.csv", ",31.72,31.72", ",31.27,31.72", "competence.csv:5:8: ", "'31.72'"),
                arguments("competence.csv", ",31.72,31.72", ",sda,31.72", "competence.csv:5:8: ", "no territory"),
                arguments(
                        "competence.csv",
                        "2017-01-01,2018-01-01",
                        "2017-01-01,2018-01-02",
                        "competence.csv:4:14: ",
                        "line 3"),
                arguments(
                        "competence.csv",
                        "2017-01-01,2018-01-01",
                        "2015-01-01,2016-01-01",
                        "competence.csv:3:14: ",
                        "any of these days"),
                // policies.csv
                arguments("policies.csv", "banjir,qlue", "banjr,qlue", "policies.csv:2:22: ", "'banjir'"),
                arguments("policies.csv", "dinas,PT6H", "dina,PT6H", "policies.csv:5:17: ", "'dinas'"),
                arguments("policies.csv", "PT6H,office", "PT6H,ofice", "policies.csv:5:28: ", "'office'"),
                arguments("policies.csv", "triage,triage", "triage,triag", "policies.csv:5:8: ", "'triage'"),
                arguments("policies.csv", "P7D", "7d", "policies.csv:4:20: ", "P7D"),
                arguments("policies.csv", "P7D", "P1M", "policies.csv:4:20: ", "P7D"),
                arguments("policies.csv", "P7D", "P99999999D", "policies.csv:4:20: ", "100 years"),
                arguments("policies.csv", "rest,resolution", "office,resolution", "policies.csv:4:1: ", "line 3"),
                arguments("policies.csv", "banjir,qlue", ",", "policies.csv:3:1: ", "never applies: line 2"),
                arguments("policies.csv", "P5D,office", "P1DT2H,office", "policies.csv:6:16: ", "P2D .* or PT12H"),
                arguments("policies.csv", "P5D,office", "5 days,office", "policies.csv:6:16: ", "PT6H"),
                arguments("policies.csv", "dwell,dwell", "dwell,dwel", "policies.csv:6:7: ", "'dwell'"),
                arguments(
                        "policies.csv",
                        "P5D,office,2017-01-01",
                        "P5D,summer,2018-01-01",
                        "policies.csv:6:20: ",
                        "'summer' is not in calendars.csv"),
                // pauses.csv
                arguments("pauses.csv", "reason", "raeson", "pauses.csv:1:1: ", "'reason'"),
                arguments("pauses.csv", "CITIZEN_INFO,first_response", ",first_response", "pauses.csv:4:1: ", "empty"),
                arguments("pauses.csv", "first_response", "first_reply", "pauses.csv:4:14: ", "'first_response'"),
                arguments("pauses.csv", "PT6H", "6 hours", "pauses.csv:4:29: ", "PT6H"),
                arguments("pauses.csv", "PT6H", "", "pauses.csv:4:29: ", "'cap' is empty"),
                arguments("pauses.csv", "first_response,PT6H", "redo,PT6H", "pauses.csv:4:1: ", "never .* line 3"),
                arguments("pauses.csv", "first_response,PT6H", ",PT6H", "pauses.csv:4:1: ", "never applies: line 3"),
                arguments("pauses.csv", "resolution,P10D", ",P10D", "pauses.csv", null),
                arguments("pauses.csv", "CITIZEN_INFO,,", "Citizen_Info,resolution,", "pauses.csv", null),
                // calendars.csv
                arguments("calendars.csv", "mon,13:00", "mon,11:00", "calendars.csv:3:12: ", "line 2"),
                arguments("calendars.csv", "mon,13:00", "mo,13:00", "calendars.csv:3:8: ", "'mon'"),
                arguments("calendars.csv", "13:00", "1 pm", "calendars.csv:3:12: ", "07:30"),
                arguments("calendars.csv", "13:00,24:00", "13:00,24:01", "calendars.csv:3:18: ", "24:00"),
                arguments("calendars.csv", "13:00,24:00", "23:00,01:00", "calendars.csv:3:18: ", "two lines"),
                arguments(
                        "calendars.csv",
                        "office,mon,07:30",
                        "idle,,,,,,\noffice,mon,07:30",
                        "calendars.csv:2:1: ",
                        "no working hours"),
                // holidays.csv
                arguments("holidays.csv", "office,2017-11-06", "ofice,2017-11-06", "holidays.csv:2:1: ", "'office'"),
                arguments("holidays.csv", "2017-11-06", "2017-11-31", "holidays.csv:2:8: ", "no day"),
                arguments("holidays.csv", "2017-11-06", "", "holidays.csv:2:8: ", "empty"),
                arguments("holidays.csv", "13:00,14:00", "11:00,14:00", "holidays.csv:4:8: ", "line 3"),
                arguments("holidays.csv", "13:00,14:00", "13:00,", "holidays.csv:4:35: ", "fill in both"),
                // categories.csv, labels.csv
                arguments("categories.csv", "sampah,Sampah", "banjir,Sampah", "categories.csv:3:1: ", "line 2"),
                arguments("categories.csv", "false", "no", "categories.csv:2:27: ", "true"),
                arguments("labels.csv", "Air,banjir", "Air,banjr", "labels.csv:2:20: ", "'banjir'"),
                arguments("labels.csv", ",SAMPAH,sampah", "qlue,genangan AIR,sampah", "labels.csv:3:6: ", "line 2"),
                // channels.csv
                arguments("channels.csv", "crop,", "twitter,", "channels.csv:3:1: ", "line 2"),
                arguments("channels.csv", "crop,,", ",P1D,", "channels.csv:3:1: ", "'channel' is empty"),
                arguments("channels.csv", "crop,", "cr:op,", "channels.csv:3:1: ", "colon"),
                arguments("channels.csv", "PT12H", "12 hours", "channels.csv:2:9: ", "PT6H"),
                arguments("channels.csv", "PT12H", "PT0S", "channels.csv:2:9: ", "longer than zero"),
                arguments("channels.csv", "783214 ", "783214;", "channels.csv:2:15: ", "blanks"),
                arguments("channels.csv", "17461978,2", "17461978,0", "channels.csv:2:32: ", "from 1 to 5"),
                arguments("channels.csv", "17461978,2", "17461978,two", "channels.csv:2:32: ", "from 1 to 5"),
                arguments("channels.csv", "silent_after", "silent_aftre", "channels.csv:1:9: ", "'silent_after'"),
                // routes.csv
                arguments("routes.csv", ",to,", ",two,", "routes.csv:1:62: ", "'to'"),
                arguments("routes.csv", "half,threshold", ",threshold", "routes.csv:2:1: ", "'id' is empty"),
                arguments("routes.csv", "half,threshold", "half,treshold", "routes.csv:2:6: ", "'threshold'"),
                arguments("routes.csv", "overdue,triage", "overdue,triag", "routes.csv:4:14: ", "'triage'"),
                arguments("routes.csv", "threshold,,50", "threshold,,80", "routes.csv:2:17: ", "50, 75, 90, 100"),
                arguments("routes.csv", "threshold,,50", "threshold,,50%", "routes.csv:2:17: ", "digits alone"),
                arguments("routes.csv", "threshold,,50", "threshold,,100", "routes.csv:2:17: ", "below 100"),
                arguments("routes.csv", "threshold,,50", "threshold,,", "routes.csv", null),
                arguments("routes.csv", "threshold,,50", "threshold,resolution,50", "routes.csv", null),
                arguments("routes.csv", "threshold,,50", "threshold,redo,50", "routes.csv:2:16: ", "'resolution'"),
                arguments("routes.csv", "resolution,150", "resolution,90", "routes.csv:3:25: ", "100 or more"),
                arguments("routes.csv", "resolution,150", ",150", "routes.csv", null),
                arguments("routes.csv", "triage,100", "triage,200", "routes.csv:4:21: ", "write 100"),
                arguments("routes.csv", "limbo,,100", "limbo,,150", "routes.csv:5:14: ", "100 alone"),
                arguments("routes.csv", "limbo,,100", "limbo,,", "routes.csv", null),
                arguments("routes.csv", "stale,stale,,", "stale,stale,update,", "routes.csv:6:13: ", "no target"),
                arguments("routes.csv", "stale,stale,,", "stale,stale,,50", "routes.csv:6:14: ", "no threshold"),
                arguments("routes.csv", "150,3", "150,-3", "routes.csv:3:29: ", "from 0 to 9999"),
                arguments("routes.csv", "150,3", "150,three", "routes.csv:3:29: ", "digits"),
                arguments("routes.csv", "banjir,qlue", "banjr,qlue", "routes.csv:2:21: ", "'banjir'"),
                arguments("routes.csv", "above:kota", "above:kotta", "routes.csv:3:33: ", "'kota'"),
                arguments("routes.csv", "above:kota", "above:", "routes.csv:3:33: ", "above:LEVEL"),
                arguments("routes.csv", "above:kota", "holder:kota", "routes.csv:3:33: ", "above:LEVEL"),
                arguments("routes.csv", "above:kota", "kota", "routes.csv:3:33: ", "unit:ID"),
                arguments("routes.csv", "above:kota", "", "routes.csv:3:33: ", "'to' is empty"),
                arguments("routes.csv", "charged", "chaged", "routes.csv:4:28: ", "'charged'"),
                arguments("routes.csv", "unit:sda", "unit:sd", "routes.csv:7:30: ", "'sda'"),
                arguments("routes.csv", "unit:sda", "holder", "routes.csv:7:30: ", "unit:ID"),
                arguments("routes.csv", ",,twitter", ",banjir,twitter", "routes.csv:7:21: ", "no category"),
                arguments("routes.csv", "twitter", "crop", "routes.csv:7:22: ", "no silent_after .*'twitter'"),
                arguments("routes.csv", "holder,instant", "holder,soon", "routes.csv:2:40: ", "digest, instant"),
                arguments("routes.csv", "2018-01-01,,", "2017-12-31,,", "routes.csv:4:1: ", "line 3"),
                // recipients.csv
                arguments("recipients.csv", "water,sda", ",sda", "recipients.csv:4:1: ", "'id' is empty"),
                arguments("recipients.csv", "water,sda", "water,", "recipients.csv:4:7: ", "'unit' is empty"),
                arguments("recipients.csv", "water,sda", "water,sdaa", "recipients.csv:4:7: ", "'sda'"),
                arguments("recipients.csv", "water,sda", "own,sda", "recipients.csv:5:1: ", "line 4"),
                arguments("recipients.csv", "email", "mail", "recipients.csv:3:12: ", "'email'"),
                arguments("recipients.csv", "https:", "ftp:", "recipients.csv:2:20: ", "no http or https"),
                arguments("recipients.csv", "https://hooks", "hooks", "recipients.csv:2:20: ", "in full"),
                arguments("recipients.csv", "/town?", "/the town?", "recipients.csv:2:20: ", "in full"),
                arguments("recipients.csv", ":8443", ":84430", "recipients.csv:2:20: ", "in full"),
                arguments("recipients.csv", "/town?", "/@town?", "recipients.csv", null),
                arguments("recipients.csv", "desk@", "desk.", "recipients.csv:3:18: ", "no mailbox"),
                arguments("recipients.csv", "desk@", "Desk <desk@", "recipients.csv:3:18: ", "no mailbox"),
                arguments("recipients.csv", "desk@", "\"a,desk@", "recipients.csv", "quote"),
                arguments(
                        "recipients.csv", "desk@city.example", "\"a,b@c\"", "recipients.csv:3:18: ", "write one alone"),
                arguments(
                        "recipients.csv", "desk@city.example", "\"a@b\nBcc:c\"", "recipients.csv:3:18: ", "no mailbox"),
                arguments("recipients.csv", "dinas-sda", "../sda", "recipients.csv:4:16: ", "no plain name"),
                arguments("recipients.csv", "dinas-sda", "..", "recipients.csv:4:16: ", "no plain name"),
                arguments("recipients.csv", "dinas-sda", "", "recipients.csv:4:16: ", "'address' is empty"),
                arguments("recipients.csv", "example,en", "example,fr", "recipients.csv:3:36: ", "valid: en, id"),
                arguments("recipients.csv", "06:00", "6 am", "recipients.csv:2:64: ", "07:30"),
                arguments("recipients.csv", "06:00", "24:00", "recipients.csv:2:64: ", "00:00"),
                arguments("recipients.csv", "office", "ofice", "recipients.csv:2:70: ", "'office'"),
                arguments("recipients.csv", "22:00", "", "recipients.csv:2:77: ", "fill in or empty both"),
                arguments("recipients.csv", "05:30", "22:00", "recipients.csv:2:83: ", "correct or empty both"),
                arguments("recipients.csv", "05:30,3", "05:30,0", "recipients.csv:2:89: ", "from 1 to 9999"),
                arguments("recipients.csv", ",2018-01-01,,", ",2017-01-01,,", "recipients.csv:3:1: ", "line 2"));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void aProblemIsToldWithItsPlaceAndWhatToDo(String file, String good, String bad, String place, String hint) {
        Result result = new SmallPack().change(file, good, bad).read(directory);

        if (hint == null) {
            // What looks like a problem and is none.
            assertThat(told(result.errors())).isEmpty();
            return;
        }
        assertThat(result.pack()).isNull();
        assertThat(told(result.errors()))
                .anySatisfy(told -> assertThat(told).startsWith(place).containsPattern(hint));
    }

    static Stream<Arguments> warnings() {
        return Stream.of(
                arguments("competence.csv", "banjir,,sda", "sampah,,sda", "categories.csv:2:1: ", "whose task"),
                arguments("units.csv", "2018-01-01,,,-6.2,106.7", "2018-01-01,,,,", "units.csv:6:1: ", "polygon"),
                arguments("policies.csv", "banjir,qlue", "banjir,glue", "policies.csv:2:29: ", "'qlue'"),
                arguments("policies.csv", "banjir,qlue", "banjir,twiter", "policies.csv:2:29: ", "'twitter'"),
                arguments("pack.yaml", "nearest_within: 2km", "", "units.csv:3:58: ", "nearest_within"),
                arguments("routes.csv", "banjir,qlue", "banjir,glue", "routes.csv:2:28: ", "'qlue'"),
                arguments("routes.csv", "above:kota", "above:kecamatan", "routes.csv:3:33: ", "level 'kecamatan'"),
                arguments("routes.csv", "unit:sda", "unit:31", "routes.csv:7:30: ", "unit '31'"),
                arguments("recipients.csv", "water,sda", "water,31.72", "routes.csv:7:30: ", "unit 'sda'"),
                arguments(
                        "competence.csv",
                        "2017-01-01,2018-01-01",
                        "2016-01-01,2018-01-01",
                        "competence.csv:3:14: ",
                        "2016-01-01"));
    }

    @ParameterizedTest
    @MethodSource("warnings")
    void aWarningLeavesThePackUsable(String file, String good, String bad, String place, String hint) {
        Result result = new SmallPack().change(file, good, bad).read(directory);

        assertThat(told(result.errors())).isEmpty();
        assertThat(result.pack()).isNotNull();
        assertThat(told(result.warnings()))
                .singleElement()
                .satisfies(told -> assertThat(told).startsWith(place).contains(hint));
    }

    @Test
    void coordinatesThatAreSwappedWithinTheirRangesAreFoundByTheCentroids() {
        Result result = new SmallPack()
                .change("units.csv", "-6.18,106.83", "42.33,-71.08")
                .change("territories.geojson", "[[106.8, -6.2], ", "[[42.3, -71.0], ")
                .read(directory);

        assertThat(told(result.errors()))
                .anySatisfy(told ->
                        assertThat(told).startsWith("territories.geojson:4:").contains("swapped"));
    }

    @Test
    void aThirteenthGroupIsToldWhereItBegins() {
        StringBuilder categories = new StringBuilder("id,group\nbanjir,water\nsampah,waste\n");
        for (int i = 3; i <= 13; i++) {
            categories.append("c").append(i).append(",g").append(i).append('\n');
        }
        Result result =
                new SmallPack().with("categories.csv", categories.toString()).read(directory);

        assertThat(told(result.errors()))
                .singleElement()
                .asString()
                .startsWith("categories.csv:14:5: 'g13' is group number 13");
    }

    @Test
    void ofLatitudeAndLongitudeNoneIsThereAlone() {
        Result result = new SmallPack().with("units.csv", """
                        id,name,kind,level,latitude
                        31.71,Jakarta Pusat,territory,kota,-6.18
                        31.72,Jakarta Utara,territory,kota,-6.13
                        """).read(directory);

        assertThat(told(result.errors()))
                .filteredOn(told -> told.startsWith("units.csv"))
                .containsExactly("units.csv:1: the column 'longitude' is missing; add it");
    }

    @Test
    void channelsOfLabelsNeedNoLine() {
        Result result =
                new SmallPack().change("labels.csv", ",SAMPAH", "crm,SAMPAH").read(directory);

        assertThat(told(result.errors())).isEmpty();
        assertThat(told(result.warnings())).isEmpty();
    }

    @Test
    void aUnitThatComesBackMaySucceedItsSuccessor() {
        Result result = new SmallPack()
                .change("units.csv", "112,,\n", "112,,\nx,X,,agency,dinas,,2019-01-01,2020-01-01,,,,,dlh,\n")
                .change("units.csv", ",sda,\n", ",x,\ndlh,Dinas LH,,agency,dinas,,2020-01-01,,,,,,,\n")
                .read(directory);

        assertThat(told(result.errors())).isEmpty();
        assertThat(Reference.of(List.of(result.pack()))
                        .structure(LocalDate.of(2020, 1, 1), IN_2017)
                        .path("x"))
                .containsExactly("dlh", "31");
    }

    @Test
    void twoUnitsThatSucceedEachOtherOnOneDayAreTold() {
        Result result = new SmallPack()
                .change("units.csv", "112,,\n", "112,,\nx,X,,agency,dinas,,,2019-01-01,,,,,dlh,\n")
                .change("units.csv", ",sda,\n", ",x,\n")
                .read(directory);

        assertThat(told(result.errors())).hasSize(2).allSatisfy(told -> assertThat(told)
                .contains("not valid on 2019-01-01"));
    }

    @Test
    void aFileIsNoDirectoryToExportTo() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        for (Path target : List.of(file, file.resolve("below"))) {
            assertThatThrownBy(() -> PackDirectory.export("boston", target))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file + " is a file: name a directory");
        }
    }

    @Test
    void allProblemsAreToldAtOnce() {
        Result result = new SmallPack()
                .change("units.csv", "914000", "many")
                .change("policies.csv", "P7D", "7d")
                .change("labels.csv", "banjir", "banjr")
                .read(directory);

        assertThat(result.errors())
                .extracting(Problem::file)
                .containsExactly("units.csv", "policies.csv", "labels.csv");
    }

    @Test
    void missingMisnamedAndUnreadableFilesAreTold() throws IOException {
        Files.createDirectory(directory.resolve("labels.csv"));
        Result result = new SmallPack()
                .without("pack.yaml")
                .without("units.csv")
                .without("labels.csv")
                .with("policys.csv", "id\n")
                .with("README.md", "for people")
                .read(directory);

        assertThat(told(result.errors()))
                .anySatisfy(told -> assertThat(told).startsWith("pack.yaml: the file is missing"))
                .anySatisfy(told -> assertThat(told).startsWith("units.csv: the file is missing"))
                .anySatisfy(told -> assertThat(told).startsWith("labels.csv: the file cannot be read"))
                .anySatisfy(told -> assertThat(told).startsWith("policys.csv: ").contains("'policies.csv'"))
                .noneMatch(told -> told.startsWith("README"));
        assertThat(PackDirectory.read(directory.resolve("nowhere")).errors())
                .singleElement()
                .satisfies(problem -> assertThat(problem.sentence()).contains("no such directory"));
    }

    @Test
    void aFileThatIsNotUtf8IsToldWithItsLine() throws IOException {
        SmallPack pack = new SmallPack();
        pack.read(directory);
        Files.write(
                directory.resolve("labels.csv"),
                "channel,label,category\nqlue,caf\u00e9,banjir\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(told(PackDirectory.read(directory).errors()))
                .singleElement()
                .asString()
                .startsWith("labels.csv:2: ")
                .contains("UTF-8");
    }

    @Test
    void aFileOfSemicolonsIsToldAsSuch() {
        assertThat(told(new SmallPack()
                        .with("labels.csv", "channel;label;category\n")
                        .read(directory)
                        .errors()))
                .anySatisfy(
                        told -> assertThat(told).startsWith("labels.csv:1:1: ").contains("commas"));
    }

    /** Bytes and lines of a good pack are changed, removed and doubled at random; every reading ends with a result. */
    @Test
    void noContentMakesReadingThrow() throws IOException {
        Random random = new Random(20171105);
        SmallPack pack = new SmallPack();
        pack.read(directory);
        List<String> names = List.copyOf(pack.files().keySet());
        for (int round = 0; round < 2_000; round++) {
            String name = names.get(random.nextInt(names.size()));
            String good = pack.files().get(name);
            byte[] bytes = random.nextBoolean() ? bytesChanged(good, random) : linesChanged(good, random);
            Files.write(directory.resolve(name), bytes);

            Result result = PackDirectory.read(directory);

            assertThat(result.pack() == null)
                    .as("round %d, %s: a pack or errors", round, name)
                    .isEqualTo(!result.errors().isEmpty());
            Files.writeString(directory.resolve(name), good);
        }
    }

    private static byte[] bytesChanged(String good, Random random) {
        byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
        byte[] telling = "\",\n\r:{}[]-0. \u0000e".getBytes(StandardCharsets.UTF_8);
        for (int change = 1 + random.nextInt(4); change > 0; change--) {
            bytes[random.nextInt(bytes.length)] =
                    random.nextInt(4) == 0 ? (byte) random.nextInt(256) : telling[random.nextInt(telling.length)];
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private static byte[] linesChanged(String good, Random random) {
        List<String> lines = new ArrayList<>(good.lines().toList());
        for (int change = 1 + random.nextInt(3); change > 0 && !lines.isEmpty(); change--) {
            int line = random.nextInt(lines.size());
            switch (random.nextInt(3)) {
                case 0 -> lines.remove(line);
                case 1 -> lines.add(random.nextInt(lines.size()), lines.get(line));
                default -> {
                    String[] fields = lines.get(line).split(",", -1);
                    String other = lines.get(random.nextInt(lines.size()));
                    String[] others = other.split(",", -1);
                    fields[random.nextInt(fields.length)] = others[random.nextInt(others.length)];
                    lines.set(line, String.join(",", fields));
                }
            }
        }
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void everyBuiltInPackIsThereAndWithoutProblems() throws IOException {
        try (Stream<Path> packs = Files.list(Path.of("src/main/resources/io/tanggap/reference/packs"))) {
            assertThat(packs.map(pack -> pack.getFileName().toString()).sorted())
                    .containsExactlyElementsOf(PackDirectory.builtInNames());
        }
        for (String name : PackDirectory.builtInNames()) {
            Result result = PackDirectory.builtIn(name);
            assertThat(told(result.errors())).as(name).isEmpty();
            assertThat(told(result.warnings())).as(name).isEmpty();
            assertThat(result.pack().channels()).as(name).isNotEmpty();
            Path exported = directory.resolve(name);
            PackDirectory.export(name, exported);
            assertThat(PackDirectory.read(exported)).isEqualTo(result);
            assertThatThrownBy(() -> PackDirectory.export(name, exported))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is there already");
        }
        assertThatThrownBy(() -> PackDirectory.builtIn("bostn"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'boston'");
    }

    @Test
    void whatJakartasWaterOperatorsDidIsTheCompanysOnTodaysStructure() {
        Reference jakarta =
                Reference.of(List.of(PackDirectory.builtIn("jakarta").pack()));

        assertThat(jakarta.structure(LocalDate.of(2023, 1, 31), IN_2018).path("palyja"))
                .containsExactly("palyja", "31");
        assertThat(jakarta.structure(LocalDate.of(2023, 2, 1), IN_2018).path("palyja"))
                .containsExactly("pam-jaya", "31");
        assertThat(jakarta.channel("ptsp", IN_2018).orElseThrow().silentAfter()).isEqualTo(Duration.ofDays(4));
        assertThat(jakarta.channel("crop", IN_2018).orElseThrow().silentAfter()).isNull();
    }

    @Test
    void ofJakartasTargetsOnlyThoseInWorkingDaysCountThem() {
        ReferencePack jakarta = PackDirectory.builtIn("jakarta").pack();

        assertThat(jakarta.policies())
                .filteredOn(Policy::inDays)
                .extracting(Policy::id)
                .allMatch(id -> id.matches("lapor-.*wd.*"))
                .hasSize(5);
        assertThat(jakarta.pauses())
                .extracting(PauseRule::reason)
                .as("any other reason stops no clock, nor does a wait for which none was said")
                .containsExactly("CITIZEN_INFO", "WEATHER");
        assertThat(jakarta.rules()).isEqualTo(new CaseRules(Duration.ofDays(3), Duration.ofDays(14), null));
        assertThat(jakarta.channels())
                .as("Qlue looks at a bad rating before a case is red again, and says so")
                .extracting(Channel::reopensAtStars)
                .containsOnlyNulls();
    }

    @Test
    void jakartasLadderTellsAtOnceOnlyOfDangerAndOfWhatIsMissed() {
        ReferencePack jakarta = PackDirectory.builtIn("jakarta").pack();

        assertThat(jakarta.routes())
                .filteredOn(route -> route.instant() && route.kind() == AlertKind.THRESHOLD)
                .extracting(Route::category)
                .containsOnly("fire", "flooding", "disaster", "tree-hazard");
        assertThat(jakarta.routes())
                .filteredOn(route -> route.instant() && route.category() == null)
                .allMatch(route -> route.kind() == AlertKind.OVERDUE
                        && route.target() == Policy.Target.RESOLUTION
                        && Integer.valueOf(100).equals(route.threshold()))
                .extracting(Route::party, Route::name)
                .containsExactly(
                        tuple(Party.HOLDER, null), tuple(Party.ABOVE, "kecamatan"), tuple(Party.ABOVE, "dinas"));
        assertThat(jakarta.routes())
                .filteredOn(route -> route.afterWorkingDays() > 0)
                .extracting(Route::afterWorkingDays, Route::name)
                .containsExactly(tuple(1, "kota"), tuple(1, "kabupaten"), tuple(3, "biro-pemerintahan"));
    }

    @Test
    void noBuiltInPackTellsAnybodyOutsideItsOwnFolders() {
        for (String name : PackDirectory.builtInNames()) {
            assertThat(PackDirectory.builtIn(name).pack().recipients())
                    .as(name)
                    .isNotEmpty()
                    .allMatch(recipient -> recipient.means() == Means.FILE);
        }
    }

    @Test
    void bostonsHotlineIsRenamedAtMidnightOfBostonsSummerTime() {
        Reference boston = Reference.of(List.of(PackDirectory.builtIn("boston").pack()));

        assertThat(boston.name("INFO", Instant.parse("2015-08-11T03:59:59Z"))).isEqualTo("Mayor's 24 Hour Hotline");
        assertThat(boston.name("INFO", Instant.parse("2015-08-11T04:00:00Z"))).isEqualTo("BOS:311");
        assertThat(boston.competent("Street Lights", "Roxbury", IN_2017)).contains("PWDx");
        assertThat(boston.competent("Programs", null, IN_2017)).contains("INFO");
    }
}
