/** The main job as a graph, and run over lists. */
@NullMarked
package io.tanggap.app.job;

import org.jspecify.annotations.NullMarked;
