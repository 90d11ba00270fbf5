package io.tanggap.core;

import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.ResolutionTarget;
import io.tanggap.core.reference.ReferencePack.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Small references for tests. */
public final class References {
    public static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");
    public static final Duration STALE_AFTER = Duration.ofDays(2);
    public static final Reference WITHOUT_POLICY = Reference.of(List.of(pack("plain", Instant.EPOCH, JAKARTA)));

    private References() {}

    public static ReferencePack pack(String id, Instant knownFrom, ZoneId zone, ResolutionTarget... targets) {
        return new ReferencePack(
                id,
                knownFrom,
                "city",
                zone,
                STALE_AFTER,
                List.of(
                        new Unit("north", "North", "kota", null),
                        new Unit("kelurahan", "Kelurahan", "kelurahan", "north"),
                        new Unit("A", "Unit A", "dinas", null)),
                List.of(targets),
                Map.of("roads", "streets"));
    }

    public static Reference of(ReferencePack... packs) {
        return Reference.of(List.of(packs));
    }

    /** A target for everything. */
    public static ResolutionTarget within(String id, Duration duration) {
        return new ResolutionTarget(id, null, null, duration, null, null);
    }
}
