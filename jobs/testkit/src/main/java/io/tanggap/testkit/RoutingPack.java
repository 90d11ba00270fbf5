package io.tanggap.testkit;

import io.tanggap.core.reference.CaseRules;
import io.tanggap.core.reference.Recipient;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** A pack that says who is told of alerts, known from the beginning, and nothing else. */
public final class RoutingPack {
    private RoutingPack() {}

    /**
     * The pack.
     *
     * @param city its name
     * @param zone of its days
     * @param routes who is told of what
     * @param recipients how those are told
     */
    public static ReferencePack of(String city, ZoneId zone, List<Route> routes, List<Recipient> recipients) {
        return new ReferencePack(
                "pack",
                Instant.EPOCH,
                city,
                zone,
                Duration.ofDays(9),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                List.of(),
                CaseRules.DEFAULT,
                routes,
                recipients);
    }
}
