/** What jobs run on: an embedded Flink session, the endpoints of production, counters, and figures read back. */
@NullMarked
package io.tanggap.app.run;

import org.jspecify.annotations.NullMarked;
