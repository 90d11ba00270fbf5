package io.tanggap.app.architecture.bad.cycle.second;

import io.tanggap.app.architecture.bad.cycle.first.First;

public final class Second {
    First first;
}
