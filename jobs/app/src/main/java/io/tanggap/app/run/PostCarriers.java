package io.tanggap.app.run;

import io.tanggap.delivery.Carrier;
import io.tanggap.delivery.Post;
import io.tanggap.delivery.Settings;
import io.tanggap.flink.operator.DeliverNotices.Carriers;
import java.io.IOException;
import java.time.InstantSource;

/** Carries messages out of the house. */
public record PostCarriers(Settings settings) implements Carriers {
    @Override
    public Carrier open() throws IOException {
        return new Post(settings, InstantSource.system());
    }
}
