/** Records that the operators keep in state or send to each other; their layouts are in the types package. */
@NullMarked
package io.tanggap.flink.state;

import org.jspecify.annotations.NullMarked;
