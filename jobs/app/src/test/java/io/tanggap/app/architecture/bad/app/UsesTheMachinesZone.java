package io.tanggap.app.architecture.bad.app;

import java.time.ZoneId;

final class UsesTheMachinesZone {
    final ZoneId zone = ZoneId.systemDefault();
}
