package io.tanggap.app.recovery;

import io.tanggap.flink.io.EventPublisher;
import io.tanggap.simulation.SeededCity;
import java.time.YearMonth;

/** Publishes a month of the invented city; a process of its own, so that its environment can name it to a broker that asks. */
public final class SecuredFeed {
    private SecuredFeed() {}

    /** @param arguments bootstrap servers, seed, cases, month */
    public static void main(String[] arguments) {
        SeededCity city = SeededCity.jakarta();
        try (EventPublisher publisher = new EventPublisher(arguments[0])) {
            publisher.publish(city.referencePack());
            city.generate(
                    Long.parseLong(arguments[1]),
                    Integer.parseInt(arguments[2]),
                    YearMonth.parse(arguments[3]),
                    publisher::publish);
        }
    }
}
