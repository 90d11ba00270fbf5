package io.tanggap.locating;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.index.ItemVisitor;
import org.locationtech.jts.index.strtree.STRtree;

/** Which territory has a point, among territories in the order of their units. */
final class Areas {
    static final int NONE = Integer.MAX_VALUE;

    private static final GeometryFactory FACTORY = new GeometryFactory();

    private final STRtree tree = new STRtree();

    /** One polygon; of a territory with several, each is one. */
    private record Part(int rank, IndexedPointInAreaLocator area) {
        boolean has(Coordinate point) {
            return area.locate(point) != Location.EXTERIOR;
        }
    }

    Areas(List<Territory> ordered) {
        for (int rank = 0; rank < ordered.size(); rank++) {
            for (Territory.Polygon polygon : ordered.get(rank).polygons()) {
                Polygon flat = flat(polygon);
                Part part = new Part(rank, new IndexedPointInAreaLocator(flat));
                // Both indices are built at their first use; that is here, and not among many threads.
                part.has(flat.getExteriorRing().getCoordinateN(0));
                tree.insert(box(flat), part);
            }
        }
        tree.build();
    }

    /**
     * @param point on the grid
     * @return the least rank of a territory that covers the point or touches it; {@link #NONE} where none does
     */
    int rankAt(Coordinate point) {
        First first = new First(point);
        tree.query(new Envelope(point), first);
        return first.rank;
    }

    /** The centroid of the area; null without polygons. */
    static Territory.@Nullable Point centroid(List<Territory.Polygon> polygons) {
        if (polygons.isEmpty()) {
            return null;
        }
        Geometry[] parts = polygons.stream().map(Areas::flat).toArray(Geometry[]::new);
        return Grid.point(FACTORY.createGeometryCollection(parts).getCentroid().getCoordinate());
    }

    /** Around all rings: JTS looks at the shell alone, and a hole may lie beyond it against all rules. */
    private static Envelope box(Polygon polygon) {
        Envelope box = new Envelope();
        for (Coordinate corner : polygon.getCoordinates()) {
            box.expandToInclude(corner);
        }
        return box;
    }

    private static Polygon flat(Territory.Polygon polygon) {
        LinearRing[] holes = polygon.holes().stream().map(Areas::flat).toArray(LinearRing[]::new);
        return FACTORY.createPolygon(flat(polygon.shell()), holes);
    }

    private static LinearRing flat(List<Territory.Point> ring) {
        return FACTORY.createLinearRing(ring.stream().map(Grid::coordinate).toArray(Coordinate[]::new));
    }

    /** The tree brings its items in an order of its own; the least rank does not depend on it. */
    private static final class First implements ItemVisitor {
        private final Coordinate point;
        private int rank = NONE;

        First(Coordinate point) {
            this.point = point;
        }

        @Override
        public void visitItem(Object item) {
            Part part = (Part) item;
            if (part.rank() < rank && part.has(point)) {
                rank = part.rank();
            }
        }
    }
}
