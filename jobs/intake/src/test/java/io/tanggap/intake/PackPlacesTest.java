package io.tanggap.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.Placing;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.reference.Validity;
import io.tanggap.intake.Places.Found;
import io.tanggap.reference.PackDirectory;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PackPlacesTest {
    private static final Instant AT = Instant.parse("2017-11-24T02:00:00Z");

    private static ReferencePack builtIn(String name) {
        ReferencePack pack = PackDirectory.builtIn(name).pack();
        assertThat(pack).as(name).isNotNull();
        return pack;
    }

    @Test
    void aDeclaredUnitGoesFirstThenThePolygonThenTheNearestCentre() {
        ReferencePack boston = builtIn("boston");
        Unit land = boston.units().stream()
                .filter(unit -> unit.id().equals(boston.territories().get(0).unit()))
                .findFirst()
                .orElseThrow();
        double latitude = land.centroid().latitude();
        double longitude = land.centroid().longitude();
        PackPlaces places = new PackPlaces(boston);

        assertThat(places.find(null, latitude, longitude, AT)).isEqualTo(new Found(land.id(), Placing.POLYGON));
        assertThat(places.find(land.id(), 0d, 0d, AT)).isEqualTo(new Found(land.id(), Placing.DECLARED));
        assertThat(places.find("nowhere", latitude, longitude, AT))
                .as("an unknown unit is none")
                .isEqualTo(new Found(land.id(), Placing.POLYGON));
        assertThat(places.find(null, 0d, 0d, AT)).isNull();
        assertThat(places.find(null, null, null, AT)).isNull();
        assertThat(places.told())
                .isEqualTo(
                        "1 by declared unit, 2 by polygon, 0 by the nearest centre, 2 in no unit; 1 named a unit that"
                                + " the pack does not have on that day");
    }

    @Test
    void theCityTakesOnlyWhatDeclaresIt() {
        PackPlaces places = new PackPlaces(builtIn("boston"));

        // In no polygon, and nearer to the centre of the city than to any other.
        Found found = places.find(null, 42.326, -71.073, AT);
        assertThat(found == null ? "" : found.unit()).isNotEqualTo("boston");
        assertThat(places.find("boston", null, null, AT)).isEqualTo(new Found("boston", Placing.DECLARED));
    }

    @Test
    void exchangedCoordinatesAreToldAndNotMended() {
        PackPlaces places = new PackPlaces(builtIn("jakarta"));

        assertThat(places.find(null, 106.83, -6.18, AT)).isNull();
        assertThat(places.told()).contains("1 would be in one with latitude and longitude exchanged");
    }

    @Test
    void everyKelurahanOfJakartaIsNearestToItsOwnCentre() {
        ReferencePack jakarta = builtIn("jakarta");
        PackPlaces places = new PackPlaces(jakarta);
        long kelurahan = 0;
        for (Unit unit : jakarta.units()) {
            if (unit.level().equals("kelurahan")) {
                kelurahan++;
                assertThat(places.find(
                                null,
                                unit.centroid().latitude(),
                                unit.centroid().longitude(),
                                AT))
                        .isEqualTo(new Found(unit.id(), Placing.NEAREST));
            }
        }
        assertThat(kelurahan).isEqualTo(267);
    }

    @Test
    void aUnitTakesPlacesOnTheDaysOnWhichItIsThere() {
        ReferencePack boston = builtIn("boston");
        LocalDate end = LocalDate.parse("2017-11-24");
        String abolished = boston.territories().get(0).unit();
        ReferencePack changed = new ReferencePack(
                "changed",
                boston.knownFrom(),
                boston.city(),
                boston.zone(),
                boston.staleAfter(),
                boston.units().stream()
                        .map(unit -> unit.id().equals(abolished) ? until(unit, end) : unit)
                        .toList(),
                boston.targets(),
                boston.categoryGroups(),
                boston.policies(),
                boston.calendars(),
                boston.categories(),
                boston.labels(),
                boston.competences(),
                boston.territories(),
                boston.channels(),
                boston.attribution(),
                null);
        PackPlaces places = new PackPlaces(changed);
        Instant midnight = end.atStartOfDay(boston.zone()).toInstant();

        assertThat(places.find(abolished, null, null, midnight.minusMillis(1))).isNotNull();
        assertThat(places.find(abolished, null, null, midnight)).isNull();
    }

    @Test
    void aUnitOfWhichThePackDoesNotSayWhatItIsMayBeDeclaredAndAnOfficeNot() {
        ReferencePack boston = builtIn("boston");
        PackPlaces places = new PackPlaces(new ReferencePack(
                "bare",
                boston.knownFrom(),
                "city",
                boston.zone(),
                boston.staleAfter(),
                List.of(new Unit("north", "North", "ward", null)),
                List.of(),
                Map.of()));

        assertThat(places.find("north", null, null, AT)).isEqualTo(new Found("north", Placing.DECLARED));
        assertThat(new PackPlaces(builtIn("jakarta")).find("dbm", null, null, AT))
                .isNull();
    }

    private static Unit until(Unit unit, LocalDate end) {
        return new Unit(
                unit.id(),
                unit.kind(),
                unit.name(),
                unit.nameEn(),
                unit.level(),
                unit.parent(),
                new Validity(unit.validity().from(), end),
                unit.population(),
                unit.centroid(),
                unit.contact());
    }
}
