package io.tanggap.core.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.explain.PackChanges.Part;
import io.tanggap.core.reference.Attribution;
import io.tanggap.core.reference.Policy.Target;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackChangesTest {
    private static Office office() {
        return Office.pack("p")
                .days(Target.RESOLUTION, 3)
                .hours(Target.HANDOVER, 6)
                .free("2024-03-11", "Nyepi", "2023-09-12")
                .pause("CITIZEN_INFO", Duration.ofDays(5))
                .task("roads", "north", "A");
    }

    @Test
    void packsThatSayTheSameDifferInNothing() {
        assertThat(PackChanges.of(office().build(), office().build()).parts()).isEmpty();
    }

    @Test
    void everyPartThatJudgesIsCompared() {
        Office other = Office.pack("q")
                .hours(Target.HANDOVER, 6)
                .days(Target.REDO, 1)
                .hours(Office.week(8 * 60, 15 * 60))
                .free("2024-03-11", "Nyepi", "2024-01-01")
                .free("2024-03-12", "joint leave", "2024-01-01")
                .pause("CITIZEN_INFO", Duration.ofDays(6))
                .pause("WEATHER", Duration.ofDays(1))
                .task("roads", null, "A")
                .attribution(Attribution.CROP);
        assertThat(PackChanges.of(office().build(), other.build()).parts())
                .containsExactly(
                        new Part("policies", List.of("redo-PT24H"), List.of("resolution-PT72H"), List.of()),
                        new Part("calendars", List.of(), List.of(), List.of("office")),
                        new Part("holidays", List.of("office 2024-03-12"), List.of(), List.of("office 2024-03-11")),
                        new Part("pauses", List.of("WEATHER"), List.of(), List.of("CITIZEN_INFO")),
                        new Part("competence", List.of("roads in the city"), List.of("roads in north"), List.of()),
                        new Part("rules", List.of(), List.of(), List.of("attribution CRM -> CROP")));
    }

    @Test
    void theOrderOfPoliciesIsAPartOfThem() {
        Office one = Office.pack("p").days(Target.RESOLUTION, 3).days(Target.RESOLUTION, 4);
        Office other = Office.pack("p").days(Target.RESOLUTION, 4).days(Target.RESOLUTION, 3);
        assertThat(PackChanges.of(one.build(), other.build()).parts())
                .extracting(Part::name)
                .containsExactly("order of policies");
    }
}
