package io.tanggap.flink.avro;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An enum of the core and the enum of a contract with the same constants, paired by name. */
final class Twins<C extends Enum<C>, W extends Enum<W>> {
    private final Map<C, W> wires;
    private final Map<W, C> cores;

    /** Fails if one of them has a constant that the other has not. */
    Twins(Class<C> core, Class<W> wire) {
        wires = new EnumMap<>(core);
        cores = new EnumMap<>(wire);
        for (C constant : core.getEnumConstants()) {
            W twin = Enum.valueOf(wire, constant.name());
            wires.put(constant, twin);
            cores.put(twin, constant);
        }
        if (cores.size() != wire.getEnumConstants().length) {
            throw new IllegalArgumentException(wire + " has constants that " + core + " has not");
        }
    }

    W wire(C constant) {
        return known(wires.get(constant));
    }

    C core(W constant) {
        return known(cores.get(constant));
    }

    @Nullable
    W nullableWire(@Nullable C constant) {
        return constant == null ? null : wire(constant);
    }

    @Nullable
    C nullableCore(@Nullable W constant) {
        return constant == null ? null : core(constant);
    }

    private static <E> E known(@Nullable E constant) {
        if (constant == null) {
            throw new IllegalStateException("the constructor pairs every constant");
        }
        return constant;
    }
}
