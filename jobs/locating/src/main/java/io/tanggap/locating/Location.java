package io.tanggap.locating;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The territorial unit of a complaint, and how it was found.
 *
 * @param unit null where the method is {@link Method#UNLOCATED}, and only there
 * @param declaredUnknown a unit was declared that no territory has, and the coordinates decided instead
 * @param metres great-circle distance to the unit's centre, to the millimetre; null unless the method is
 *     {@link Method#NEAREST}
 * @param noPlace why there is no unit; null where there is one
 */
public record Location(
        @Nullable String unit,
        Method method,
        boolean declaredUnknown,
        @Nullable Double metres,
        @Nullable NoPlace noPlace) {

    public Location {
        requireNonNull(method, "method");
        if ((method == Method.UNLOCATED) != (unit == null)
                || (method == Method.UNLOCATED) != (noPlace != null)
                || (method == Method.NEAREST) != (metres != null)
                || (method == Method.DECLARED && declaredUnknown)) {
            throw new IllegalArgumentException("contradictory location: " + method + ", unit " + unit
                    + ", declared unknown " + declaredUnknown + ", metres " + metres + ", no place " + noPlace);
        }
    }

    static Location declared(String unit) {
        return new Location(unit, Method.DECLARED, false, null, null);
    }

    static Location inside(String unit, boolean declaredUnknown) {
        return new Location(unit, Method.POLYGON, declaredUnknown, null, null);
    }

    static Location nearest(String unit, double metres, boolean declaredUnknown) {
        return new Location(unit, Method.NEAREST, declaredUnknown, metres, null);
    }

    static Location none(NoPlace reason, boolean declaredUnknown) {
        return new Location(null, Method.UNLOCATED, declaredUnknown, null, reason);
    }
}
