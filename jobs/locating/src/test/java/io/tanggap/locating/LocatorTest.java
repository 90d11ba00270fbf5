package io.tanggap.locating;

import static io.tanggap.locating.Shapes.box;
import static io.tanggap.locating.Shapes.centre;
import static io.tanggap.locating.Shapes.polygon;
import static io.tanggap.locating.Shapes.territory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.tanggap.locating.Territory.Point;
import io.tanggap.locating.Territory.Polygon;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocatorTest {
    private static final double NO_DISTANCE = 0;

    /** A degree of a great circle. */
    private static final double DEGREE_METRES = 111_195.080;

    /** Two neighbours that share the border at longitude 107, and one to the north of both. */
    private static final List<Territory> TOWN = List.of(
            territory("31.b", polygon(box(106, -7, 107, -6))),
            territory("31.a", polygon(box(107, -7, 108, -6))),
            territory("31.c", polygon(box(106, -6, 108, -5))));

    private static Location at(List<Territory> territories, double latitude, double longitude) {
        List<Territory> reversed = new ArrayList<>(territories);
        Collections.reverse(reversed);
        Location location = Locator.of(territories, NO_DISTANCE).locate(null, latitude, longitude);
        assertThat(Locator.of(reversed, NO_DISTANCE).locate(null, latitude, longitude))
                .isEqualTo(location);
        return location;
    }

    @Test
    void aKnownDeclaredUnitWinsOverTheCoordinates() {
        assertThat(Locator.of(TOWN, NO_DISTANCE).locate("31.c", -6.5, 106.5))
                .isEqualTo(new Location("31.c", Method.DECLARED, false, null, null));
        assertThat(Locator.of(TOWN, NO_DISTANCE).locate("31.c", null, Double.NaN))
                .isEqualTo(new Location("31.c", Method.DECLARED, false, null, null));
    }

    @Test
    void anUnknownDeclaredUnitFallsThroughAndIsNoted() {
        Locator locator = Locator.of(TOWN, 200_000);

        assertThat(locator.locate("99.z", -6.5, 106.5))
                .isEqualTo(new Location("31.b", Method.POLYGON, true, null, null));
        assertThat(locator.locate("", -6.5, 106.5)).isEqualTo(new Location("31.b", Method.POLYGON, true, null, null));
        assertThat(locator.locate(" 31.b", -7.5, 106.5))
                .isEqualTo(new Location("31.b", Method.NEAREST, true, 111_195.08, null));
        assertThat(locator.locate("99.z", null, null))
                .isEqualTo(new Location(null, Method.UNLOCATED, true, null, NoPlace.MISSING));
    }

    @ParameterizedTest
    @CsvSource({
        "-6.5, 106.5, 31.b, inside",
        "-6.5, 107, 31.a, on the border of a and b",
        "-6, 107, 31.a, on the corner of all three",
        "-6, 106.5, 31.b, on the border of b and c",
        "-6, 107.5, 31.a, on the border of a and c",
        "-5, 107, 31.c, on the outer border",
        "-7, 106, 31.b, on an outer corner",
        "-6.5, 106.99999996, 31.a, 4 millimetres from the border: rounded onto it",
        "-6.5, 106.9999999, 31.b, 11 millimetres from the border",
        "-6.5, 107.00000000000001, 31.a, a last digit beside the border",
        "-6.5, 106.99999999999999, 31.a, a last digit beside the border on the other side"
    })
    void onABorderTheLeastCodeHasThePoint(double latitude, double longitude, String unit, String where) {
        assertThat(at(TOWN, latitude, longitude))
                .as(where)
                .isEqualTo(new Location(unit, Method.POLYGON, false, null, null));
    }

    @Test
    void inAnOverlapTheLeastCodeHasThePoint() {
        List<Territory> overlapping = List.of(
                territory("9", polygon(box(0, 0, 4, 4))),
                territory("10", polygon(box(2, 2, 6, 6))),
                territory("2", polygon(box(3, 3, 7, 7))));

        assertThat(at(overlapping, 1, 1).unit()).isEqualTo("9");
        assertThat(at(overlapping, 2.5, 2.5).unit()).isEqualTo("10");
        assertThat(at(overlapping, 3.5, 3.5).unit()).isEqualTo("10");
        assertThat(at(overlapping, 6.5, 6.5).unit()).isEqualTo("2");
    }

    @Test
    void aHoleIsOutsideAndItsBorderIsNot() {
        List<Territory> ring = List.of(territory("ring", polygon(box(0, 0, 10, 10), box(4, 4, 6, 6))));

        assertThat(at(ring, 5, 5.5).noPlace()).isEqualTo(NoPlace.ELSEWHERE);
        assertThat(at(ring, 5, 4).unit()).isEqualTo("ring");
        assertThat(at(ring, 4, 4).unit()).isEqualTo("ring");
        assertThat(at(ring, 3.9999999, 5).unit()).isEqualTo("ring");
        assertThat(at(ring, 4.0000001, 5).unit()).isNull();
        assertThat(at(ring, 5, 5))
                .as("the centroid is in the hole")
                .isEqualTo(new Location("ring", Method.NEAREST, false, 0.0, null));
    }

    @Test
    void aUnitInTheHoleOfAnotherHasItsOwnGround() {
        List<Territory> enclave = List.of(
                territory("a-ring", polygon(box(0, 0, 10, 10), box(4, 4, 6, 6))),
                territory("b-enclave", polygon(box(4, 4, 6, 6))));

        assertThat(at(enclave, 5, 5).unit()).isEqualTo("b-enclave");
        assertThat(at(enclave, 5, 4).unit()).isEqualTo("a-ring");
    }

    @Test
    void theIslandsOfAUnitAreAllOfIt() {
        List<Territory> islands = List.of(
                territory(
                        "islands",
                        polygon(box(0, 0, 1, 1)),
                        polygon(box(4, 0, 8, 4), box(5, 1, 7, 3)),
                        // An island in the lagoon of the one before.
                        polygon(box(5.5, 1.5, 6.5, 2.5))),
                territory("sea", polygon(box(-1, -1, 9, 5))));

        assertThat(at(islands, 0.5, 0.5).unit()).isEqualTo("islands");
        assertThat(at(islands, 3.5, 4.5).unit()).isEqualTo("islands");
        assertThat(at(islands, 2, 6).unit()).isEqualTo("islands");
        assertThat(at(islands, 1.2, 5.2).unit()).isEqualTo("sea");
        assertThat(at(islands, 2, 2).unit()).isEqualTo("sea");
    }

    @Test
    void polygonsOfOneUnitThatOverlapDoNotCancelEachOther() {
        List<Territory> unit = List.of(territory("u", polygon(box(0, 0, 2, 2)), polygon(box(1, 1, 3, 3))));

        assertThat(at(unit, 1.5, 1.5).unit()).isEqualTo("u");
    }

    @ParameterizedTest
    @CsvSource({
        ", , MISSING",
        "-6.5, , MISSING",
        ", 106.5, MISSING",
        "NaN, 106.5, NOT_A_NUMBER",
        "-6.5, NaN, NOT_A_NUMBER",
        "Infinity, 106.5, NOT_A_NUMBER",
        "-6.5, -Infinity, NOT_A_NUMBER",
        "0, 0, ZERO",
        "-0.0, 0.0, ZERO",
        "106.5, -6.5, SWAPPED",
        "107, -7, SWAPPED",
        "90.1, 20, OUT_OF_RANGE",
        "20, 180.1, OUT_OF_RANGE",
        "-6500000, 106500000, OUT_OF_RANGE",
        "1e308, -1e308, OUT_OF_RANGE",
        "20, 30, ELSEWHERE",
        "0, 106.5, ELSEWHERE",
        "90, 0, ELSEWHERE",
        "-90, 180, ELSEWHERE",
        "45, -180, ELSEWHERE"
    })
    void whatIsNoPlaceIsUnlocatedWithTheReason(Double latitude, Double longitude, NoPlace reason) {
        assertThat(Locator.of(TOWN, 100).locate(null, latitude, longitude))
                .isEqualTo(new Location(null, Method.UNLOCATED, false, null, reason));
    }

    @Test
    void swappedCoordinatesAreSeenWhereBothOrdersAreInRange() {
        Locator boston = Locator.of(List.of(territory("boston", polygon(box(-71.2, 42.2, -70.9, 42.4)))), 5_000);

        assertThat(boston.locate(null, -71.0, 42.3).noPlace()).isEqualTo(NoPlace.SWAPPED);
        assertThat(boston.locate(null, -71.0, 42.41).noPlace())
                .as("near the centre of it would not do: outside, and too far")
                .isEqualTo(NoPlace.ELSEWHERE);
        assertThat(boston.locate(null, 42.3, -71.0).unit()).isEqualTo("boston");
    }

    @Test
    void outsideAllPolygonsTheNearestCentreWithinTheDistanceHasThePoint() {
        Locator locator = Locator.of(List.of(centre("north", 1, 20), centre("south", -1, 20)), DEGREE_METRES);

        Location north = locator.locate(null, 0.1, 20.0);
        assertThat(north.unit()).isEqualTo("north");
        assertThat(north.method()).isEqualTo(Method.NEAREST);
        assertThat(north.metres()).isCloseTo(0.9 * DEGREE_METRES, offset(0.001));
        assertThat(locator.locate(null, 2.0, 20.0).metres()).isEqualTo(DEGREE_METRES);
        assertThat(locator.locate(null, 2.0000001, 20.0).noPlace()).isEqualTo(NoPlace.ELSEWHERE);
    }

    @Test
    void aPointInAPolygonIsNotThatOfANearerCentre() {
        Locator locator = Locator.of(
                List.of(territory("wide", polygon(box(0, 0, 10, 10))), centre("near", 1, 1)), Double.POSITIVE_INFINITY);

        assertThat(locator.locate(null, 1.0, 1.0).unit()).isEqualTo("wide");
        assertThat(locator.locate(null, -1.0, 1.0).unit()).isEqualTo("near");
    }

    @Test
    void theLeastCodeWinsAmongCentresThatAreEquallyFar() {
        List<Territory> square =
                List.of(centre("d", 1, 20), centre("b", -1, 20), centre("c", 0, 21), centre("a", 0, 19));
        List<Territory> reversed = new ArrayList<>(square);
        Collections.reverse(reversed);

        assertThat(Locator.of(square, 200_000).locate(null, 0.0, 20.0).unit()).isEqualTo("a");
        assertThat(Locator.of(reversed, 200_000).locate(null, 0.0, 20.0).unit()).isEqualTo("a");
        assertThat(Locator.of(square.subList(0, 3), 200_000)
                        .locate(null, 0.0, 20.0)
                        .unit())
                .isEqualTo("b");
        assertThat(Locator.of(List.of(centre("x", 5, 5), centre("w", 5, 5)), 0).locate(null, 5.0, 5.0))
                .isEqualTo(new Location("w", Method.NEAREST, false, 0.0, null));
    }

    @Test
    void acrossTheAntimeridianAndAtThePolesTheShortWayCounts() {
        Locator locator = Locator.of(
                List.of(centre("fiji", -17, 179.5), centre("arctic", 89.5, 0), centre("antarctic", -90, 77)), 100_000);

        Location fiji = locator.locate(null, -17.0, -179.9);
        assertThat(fiji.unit()).isEqualTo("fiji");
        assertThat(fiji.metres()).isCloseTo(63_802.5, offset(1.0));
        assertThat(locator.locate(null, 89.7, 180.0).metres()).isCloseTo(0.8 * DEGREE_METRES, offset(0.001));
        assertThat(locator.locate(null, 90.0, -123.0).metres()).isCloseTo(0.5 * DEGREE_METRES, offset(0.001));
        assertThat(locator.locate(null, -90.0, -180.0).metres()).isCloseTo(0, offset(0.001));
    }

    @Test
    void withoutACentreTheCentroidOfAllPolygonsIsMeant() {
        Locator locator =
                Locator.of(List.of(territory("u", polygon(box(20, 0, 22, 2)), polygon(box(24, 0, 26, 2)))), 200_000);

        assertThat(locator.locate(null, 1.0, 23.0)).isEqualTo(new Location("u", Method.NEAREST, false, 0.0, null));
    }

    @Test
    void aUnitWithoutGroundCanBeDeclaredOnly() {
        Locator locator = Locator.of(List.of(new Territory("virtual", List.of(), null)), Double.POSITIVE_INFINITY);

        assertThat(locator.locate("virtual", null, null).method()).isEqualTo(Method.DECLARED);
        assertThat(locator.locate(null, 1.0, 1.0).noPlace()).isEqualTo(NoPlace.ELSEWHERE);
    }

    @Test
    void withoutTerritoriesNothingIsLocated() {
        assertThat(Locator.of(List.of(), 1_000).locate("x", 1.0, 1.0))
                .isEqualTo(new Location(null, Method.UNLOCATED, true, null, NoPlace.ELSEWHERE));
    }

    @Test
    void aRingThatIsSmallerThanTheGridStillHasItsPoint() {
        List<Territory> speck = List.of(territory("speck", polygon(box(10, 10, 10.00000001, 10.00000001))));

        assertThat(at(speck, 10, 10).unit()).isEqualTo("speck");
        assertThat(at(speck, 10, 10.0000001).unit()).isNull();
    }

    @Test
    void contradictoryTerritoriesAreRefused() {
        assertThatThrownBy(() -> Locator.of(List.of(centre("a", 1, 1), centre("a", 2, 2)), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unit a is listed twice");
        assertThatThrownBy(() -> Locator.of(TOWN, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Locator.of(TOWN, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Point(106.8, -6.2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is it longitude that comes first?");
        assertThatThrownBy(() -> new Point(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
        List<Point> open = box(0, 0, 1, 1).subList(0, 4);
        assertThatThrownBy(() -> new Polygon(open, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Polygon(List.of(), List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Polygon(box(0, 0, 1, 1), List.of(open)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aContradictoryLocationIsRefused() {
        assertThatThrownBy(() -> new Location(null, Method.POLYGON, false, null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Location("a", Method.NEAREST, false, null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Location(null, Method.UNLOCATED, false, null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Location("a", Method.DECLARED, true, null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
