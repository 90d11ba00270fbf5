/** What happens to the job when its world is disturbed: workers killed, savepoints, an index away, time that stands still. */
@NullMarked
package io.tanggap.app.recovery;

import org.jspecify.annotations.NullMarked;
