package io.tanggap.bench;

import io.tanggap.locating.Territory;
import java.util.ArrayList;
import java.util.List;

/**
 * An invented map of the size of Jakarta's: 267 units of 53 vertices, 14,151 together (the kelurahan have 13,976), side by
 * side with winding borders that neighbours share.
 */
final class InventedMap {
    private static final int UNITS = 267;
    private static final int COLUMNS = 16;
    private static final int VERTICES_PER_SIDE = 13;

    private static final double SOUTH = -6.37;
    private static final double WEST = 106.69;

    /** About two kilometres, so that a city comes to the size of Jakarta. */
    private static final double SIDE_DEGREES = 0.018;

    private InventedMap() {}

    static List<Territory> territories() {
        List<Territory> territories = new ArrayList<>();
        for (int unit = 0; unit < UNITS; unit++) {
            Territory.Polygon polygon = new Territory.Polygon(ring(unit % COLUMNS, unit / COLUMNS), List.of());
            territories.add(new Territory("unit-" + unit, List.of(polygon), null));
        }
        return territories;
    }

    private static List<Territory.Point> ring(int column, int row) {
        List<Territory.Point> ring = new ArrayList<>();
        for (int side = 0; side < 4; side++) {
            for (int i = 0; i < VERTICES_PER_SIDE; i++) {
                double along = (double) i / VERTICES_PER_SIDE;
                ring.add(
                        switch (side) {
                            case 0 -> warped(column + along, row);
                            case 1 -> warped(column + 1, row + along);
                            case 2 -> warped(column + 1 - along, row + 1);
                            default -> warped(column, row + 1 - along);
                        });
            }
        }
        ring.add(ring.get(0));
        return ring;
    }

    /** One bending of the whole plane bends the borders of all units alike. */
    private static Territory.Point warped(double x, double y) {
        double bentX = x + 0.2 * StrictMath.sin(2.3 * y) + 0.05 * StrictMath.sin(17 * y);
        double bentY = y + 0.2 * StrictMath.sin(1.9 * x) + 0.05 * StrictMath.sin(19 * x);
        return new Territory.Point(SOUTH + SIDE_DEGREES * bentY, WEST + SIDE_DEGREES * bentX);
    }
}
