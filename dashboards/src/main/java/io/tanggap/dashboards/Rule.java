package io.tanggap.dashboards;

import io.tanggap.dashboards.Board.Rows;
import org.jspecify.annotations.Nullable;

/**
 * A rule of Kibana: it counts documents again and again, and tells when they are too many or too few.
 *
 * @param id by which it is known for good
 * @param time the field by which documents of a window are selected
 * @param window how far back that is, in Kibana's syntax, such as 1d
 * @param below whether it tells of fewer than the limit; otherwise of more
 * @param by a field, for each value of which it counts and tells alone; null counts all together
 * @param every how often it counts, in Kibana's syntax
 * @param message what it writes, with Kibana's variables, such as {@code {{context.value}}}
 */
record Rule(
        String id,
        String name,
        Rows rows,
        String time,
        String window,
        boolean below,
        int limit,
        @Nullable String by,
        String every,
        String message) {}
