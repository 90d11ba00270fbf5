package io.tanggap.app.architecture.bad.cycle.first;

import io.tanggap.app.architecture.bad.cycle.second.Second;

public final class First {
    Second second;
}
