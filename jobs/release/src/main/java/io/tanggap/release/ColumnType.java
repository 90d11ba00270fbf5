package io.tanggap.release;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/** What the values of a column are. */
public enum ColumnType {
    /** Never empty: what would be is null. */
    STRING(String.class),
    INTEGER(Long.class),
    NUMBER(BigDecimal.class),
    BOOLEAN(Boolean.class),
    DATE(LocalDate.class),
    /** To the millisecond. */
    INSTANT(Instant.class);

    private final Class<?> values;

    ColumnType(Class<?> values) {
        this.values = values;
    }

    boolean holds(Object value) {
        return values.isInstance(value);
    }
}
