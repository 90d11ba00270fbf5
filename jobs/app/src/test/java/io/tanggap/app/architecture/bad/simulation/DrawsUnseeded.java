package io.tanggap.app.architecture.bad.simulation;

import java.util.Random;

final class DrawsUnseeded {
    final int number = new Random().nextInt();
}
