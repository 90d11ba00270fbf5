package io.tanggap.app.architecture.bad.app;

import org.locationtech.jts.geom.Coordinate;

final class UsesGeometry {
    final Coordinate point = new Coordinate(106.8, -6.2);
}
