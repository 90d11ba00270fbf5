package io.tanggap.app.architecture.bad.intake;

import io.tanggap.app.architecture.bad.flink.Neighbour;

final class KnowsFlink {
    final Neighbour neighbour = new Neighbour();
}
