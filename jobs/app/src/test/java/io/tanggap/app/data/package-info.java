/** The job on real data, read back from Elasticsearch as any client would, and the command as a user meets it. */
@NullMarked
package io.tanggap.app.data;

import org.jspecify.annotations.NullMarked;
