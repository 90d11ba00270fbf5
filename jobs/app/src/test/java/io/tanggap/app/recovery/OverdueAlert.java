package io.tanggap.app.recovery;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.Due;
import io.tanggap.core.alert.Alert.Matter;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Policy.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** That a case was not resolved in time, as the fold would raise it. */
record OverdueAlert(String channel, String number, String category, String holder, Instant deadline) {
    String id() {
        return channel + ":" + number + "/RESOLUTION.1.1.100";
    }

    Alert at(int revision, State state, Instant asOf) {
        return new Alert(
                id(),
                revision,
                AlertKind.OVERDUE,
                state,
                deadline,
                state == State.CLEARED ? asOf.minusMillis(1) : null,
                channel,
                new Matter(
                        channel + ":" + number,
                        number,
                        category,
                        "galur",
                        deadline.minus(Duration.ofDays(1)),
                        holder,
                        List.of(holder, "jakarta"),
                        holder,
                        null),
                new Due(
                        Target.RESOLUTION,
                        1,
                        1,
                        100,
                        deadline,
                        Duration.ofDays(1),
                        Duration.ofDays(1),
                        "waste-24h",
                        null,
                        "pack"),
                false,
                List.of("0123456789abcdef0123456789abcdef"),
                asOf,
                "pack");
    }
}
