package io.tanggap.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tanggap.core.reference.ReferencePack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingTest {
    private static final String VALID = """
            records:
              format: csv
            nulls: ["?"]
            zone: Asia/Jakarta
            times: [iso]
            channel: {constant: web}
            case: id
            events:
              - type: Submitted
                at: opened
                category: kind
              - type: Closed
                at: closed
                when: {column: closed, present: true}
                outcome: {column: result, map: {done: FIXED}, otherwise: UNKNOWN}
            reference:
              city: jakarta
              stale_after: 14d
              targets:
                - {id: lamps, category: lamp, within: 36h, from: 2020-01-01, to: 2021-01-01}
              groups:
                street: [lamp, hole]
              units:
                - {id: a, level: kecamatan}
                - {id: b, name: Bee, level: kelurahan, parent: a}
            """;

    @TempDir
    Path directory;

    private Mapping mapping(String yaml) throws IOException {
        return Replayed.mapping(directory, yaml);
    }

    private List<String> problems(String yaml) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> mapping(yaml));
        assertThat(refusal).as("the mapping is refused").isNotNull();
        return refusal.problems();
    }

    @ParameterizedTest
    @ValueSource(strings = {"boston-311", "open311-json", "servicenow-incidents"})
    void everyShippedMappingIsValid(String name) {
        Mapping mapping = Mapping.shipped(name);

        assertThat(Mapping.shippedNames()).contains(name);
        assertThat(mapping.name()).isEqualTo(name);
        assertThat(mapping.referencePack().id()).matches(name + "-[0-9a-f]{8}");
        assertThat(mapping.referencePack().knownFrom()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void anUnknownShippedNameIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> Mapping.shipped("boston311"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("'boston311'")
                .hasMessageContaining("nearest valid name: 'boston-311'");
    }

    @Test
    void aFileThatIsNotThereOrNoTextIsRefused() throws IOException {
        Path latin = Files.write(directory.resolve("latin.yaml"), "zone: é".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> Mapping.read(directory.resolve("none.yaml")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("none.yaml");
        assertThatThrownBy(() -> Mapping.read(latin))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void theReferenceIsReadWhole() throws IOException {
        ReferencePack pack = mapping(VALID).referencePack();

        assertThat(pack.city()).isEqualTo("jakarta");
        assertThat(pack.zone()).isEqualTo(ZoneId.of("Asia/Jakarta"));
        assertThat(pack.staleAfter()).isEqualTo(Duration.ofDays(14));
        assertThat(pack.targets())
                .containsExactly(new ReferencePack.ResolutionTarget(
                        "lamps",
                        "lamp",
                        null,
                        Duration.ofHours(36),
                        Instant.parse("2019-12-31T17:00:00Z"),
                        Instant.parse("2020-12-31T17:00:00Z")));
        assertThat(pack.categoryGroups()).containsEntry("lamp", "street").containsEntry("hole", "street");
        assertThat(pack.units())
                .containsExactly(
                        new ReferencePack.Unit("a", "a", "kecamatan", null),
                        new ReferencePack.Unit("b", "Bee", "kelurahan", "a"));
    }

    @Test
    void anotherZoneIsAnotherPackWithOtherDays() throws IOException {
        Mapping mapping = mapping(VALID);
        Mapping moved = mapping.withZone(ZoneId.of("Asia/Makassar"));

        assertThat(moved.zone()).isEqualTo(ZoneId.of("Asia/Makassar"));
        assertThat(moved.referencePack().zone()).isEqualTo(ZoneId.of("Asia/Makassar"));
        assertThat(moved.referencePack().id())
                .isNotEqualTo(mapping.referencePack().id());
        assertThat(moved.referencePack().targets().get(0).validFrom()).isEqualTo(Instant.parse("2019-12-31T16:00:00Z"));
        assertThat(mapping(VALID).referencePack()).isEqualTo(mapping.referencePack());
    }

    /** One change of the valid mapping, and what is said about it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "records:                | recods:              | mapping.yaml:1:1: | unknown key 'recods'            | 'records'",
                "format: csv             | format: cvs          | mapping.yaml:2:11: | 'cvs'                           | 'CSV'",
                "format: csv             | delimitr: ';'        | mapping.yaml:2:3: | unknown key 'delimitr'           | 'delimiter'",
                "format: csv             | {format: csv, quote: ab} | mapping.yaml:2:24: | 'ab'                     | one ASCII",
                "format: csv             | {format: csv, array: /a} | mapping.yaml:2:17: | 'array'                  | remove",
                "format: csv             | {format: csv, encoding: utf-16} | mapping.yaml:2:27: | 'utf-16'         | iso-8859-1",
                "format: csv             | {format: csv, encoding: latin-x} | mapping.yaml:2:27: | 'latin-x'       | utf-8",
                "Asia/Jakarta            | Asia/Jakata          | mapping.yaml:4:7: | 'Asia/Jakata'                    | 'Asia/Jakarta'",
                "times: [iso]            | times: [is]          | mapping.yaml:5:9: | 'is'                             | iso",
                "times: [iso]            | times: iso           | mapping.yaml:5:8: | expected a list                  | list",
                "constant: web           | constant: 'we b'     | mapping.yaml:6:10: | 'we b'                          | we-b",
                "constant: web           | colum: web           | mapping.yaml:6:11: | unknown key 'colum'             | 'column'",
                "case: id                | cases: id            | mapping.yaml:7:1: | unknown key 'cases'              | 'case'",
                "type: Submitted         | type: Submited       | mapping.yaml:9:11: | 'Submited'                      | 'Submitted'",
                "at: opened              | att: opened          | mapping.yaml:10:5: | unknown key 'att'               | 'at'",
                "category: kind          | outcome: kind        | mapping.yaml:11:5: | Submitted has no outcome        | category",
                "category: kind          | deadline: {column: a} | mapping.yaml:11:15: | expected one value            | block",
                "category: kind          | sequence: first      | mapping.yaml:11:15: | 'first'                        | {column: NAME}",
                "category: kind          | actor: officr        | mapping.yaml:11:12: | 'officr'                       | 'OFFICER'",
                "category: kind          | inferred: maybe      | mapping.yaml:11:15: | 'maybe'                        | true",
                "category: kind          | category: {column: a, otherwise: keep} | mapping.yaml:11:27: | 'otherwise' | remove",
                "category: kind          | category: {constant: a, absent: b} | mapping.yaml:11:29: | 'absent'        | remove",
                "present: true           | presnt: true         | mapping.yaml:14:28: | unknown key 'presnt'           | 'present'",
                "present: true           | or_absent: true      | mapping.yaml:14:11: | asks one of                    | present",
                "present: true           | in: []               | mapping.yaml:14:32: | empty                          | name at least one",
                "done: FIXED             | done: FIXT           | mapping.yaml:15:43: | 'FIXT'                         | 'FIXED'",
                "otherwise: UNKNOWN      | otherwise: UNKNWON   | mapping.yaml:15:62: | 'UNKNWON'                      | 'UNKNOWN'",
                "stale_after: 14d        | stale_after: 2 weeks | mapping.yaml:18:16: | '2 weeks'                      | 30d",
                "city: jakarta           | city: ''             | mapping.yaml:17:9: | empty                           | needed",
                "from: 2020-01-01        | from: January        | mapping.yaml:20:54: | 'January'                      | day",
                "[lamp, hole]            | [lamp, lamp]         | mapping.yaml:22:20: | 'lamp'                         | 'street'",
                "parent: a               | parent: c            | mapping.yaml:25:52: | 'c' is neither a listed unit   | 'a'",
                "id: lamps, category: lamp | id: lamps, channel: wep | mapping.yaml:20:28: | channel 'wep'             | 'web'",
                "at: opened              | at: []               | mapping.yaml:10:9: | empty                           | [Date, Time]",
                "parent: a               | parent: b            | mapping.yaml:17:3: | its own ancestor                | b",
            })
    void aWrongMappingIsRefusedWithItsPlaceAndTheNearestName(
            String from, String to, String place, String problem, String remedy) {
        assertThat(VALID).contains(from);

        assertThat(problems(VALID.replace(from, to)))
                .anySatisfy(text ->
                        assertThat(text).startsWith(place).contains(problem).contains(remedy));
    }

    @Test
    void categoriesThatNoEventCanHaveAreRefusedWhereTheMapSaysAllOfThem() throws IOException {
        String closed =
                VALID.replace("category: kind", "category: {column: kind, map: {L: lamp, H: hoel}, absent: bin}");

        assertThat(problems(closed))
                .singleElement()
                .asString()
                .startsWith("mapping.yaml:22:20: no event of this mapping has the category 'hole'")
                .contains("nearest valid name: 'hoel' (valid: bin, hoel, lamp)");
        assertThat(problems(closed.replace("hoel", "hole").replace("category: lamp,", "category: lam,")))
                .singleElement()
                .asString()
                .startsWith("mapping.yaml:20:29: ")
                .contains("'lam'", "'lamp'");
        assertThat(mapping(closed.replace("absent: bin", "otherwise: keep")).name())
                .isEqualTo("mapping");
    }

    @Test
    void aUnitMayStandUnderTheCity() throws IOException {
        assertThat(mapping(VALID.replace("parent: a", "parent: jakarta"))
                        .referencePack()
                        .units())
                .last()
                .extracting(ReferencePack.Unit::parent)
                .isEqualTo("jakarta");
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThat(problems(VALID.replace("Submitted", "Submited")
                        .replace("FIXED", "FIXT")
                        .replace("city", "town")))
                .hasSize(4)
                .anyMatch(text -> text.contains("Submited"))
                .anyMatch(text -> text.contains("FIXT"))
                .anyMatch(text -> text.contains("unknown key 'town'"))
                .anyMatch(text -> text.contains("reference needs the key 'city'"));
    }

    @Test
    void keysThatAreMissingAreNamed() {
        assertThat(problems("records: {format: csv}\n"))
                .extracting(text -> text.replaceAll(".*needs the key", ""))
                .containsExactlyInAnyOrder(" 'zone'", " 'channel'", " 'case'", " 'events'", " 'reference'");
        assertThat(problems(VALID.replace("    outcome:", "    unit:")))
                .anySatisfy(text -> assertThat(text).startsWith("mapping.yaml:12:5: Closed needs outcome"));
    }

    @Test
    void aKeyTwiceIsRefused() {
        assertThat(problems(VALID + "zone: UTC\n")).singleElement().asString().contains(":26:1:", "'zone'", "twice");
    }

    @Test
    void whatIsNotYamlIsRefusedWithItsPlace() {
        assertThat(problems("records: {format: csv\nzone: ["))
                .singleElement()
                .asString()
                .contains("mapping.yaml:2:");
        assertThat(problems("")).singleElement().asString().contains("empty");
        assertThat(problems("- a")).anyMatch(text -> text.startsWith("mapping.yaml:1:1: the mapping must be a block"));
    }

    @Test
    void moreThanTwelveGroupsAreRefused() {
        StringBuilder groups = new StringBuilder("groups:\n");
        for (int i = 0; i < 13; i++) {
            groups.append("    g").append(i).append(": [c").append(i).append("]\n");
        }
        assertThat(problems(VALID.replace("groups:\n    street: [lamp, hole]\n", groups)))
                .singleElement()
                .asString()
                .contains("13 category groups");
    }

    @Test
    void columnsOfAFileWithoutHeaderAreCheckedInTheMapping() {
        assertThat(problems(VALID.replace("format: csv", "{format: csv, columns: [id, opened, closed, kind, resul]}")))
                .singleElement()
                .asString()
                .startsWith("mapping.yaml:15:23: column 'result'")
                .contains("'resul'");
    }

    @Test
    void aPositionIsNoMemberOfJson() {
        assertThat(problems(VALID.replace("format: csv", "format: json").replace("case: id", "case: '#1'")))
                .singleElement()
                .asString()
                .contains("mapping.yaml:7:7", "'#1'");
    }
}
