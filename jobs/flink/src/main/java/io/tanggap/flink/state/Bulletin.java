package io.tanggap.flink.state;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.notice.Silence;
import io.tanggap.core.reference.ReferencePack;
import org.jspecify.annotations.Nullable;

/** What everybody who notifies has to know: one of the three, the others are null. */
public record Bulletin(
        @Nullable ReferencePack pack,
        @Nullable Silence silence,
        @Nullable Alert feed) {
    public static Bulletin of(ReferencePack pack) {
        return new Bulletin(pack, null, null);
    }

    public static Bulletin of(Silence silence) {
        return new Bulletin(null, silence, null);
    }

    /** Of a feed that fell silent, or sends again. */
    public static Bulletin of(Alert feed) {
        return new Bulletin(null, null, feed);
    }
}
