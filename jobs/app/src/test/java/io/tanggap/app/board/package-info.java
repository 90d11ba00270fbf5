/** The board over an invented month: against the indices, and in a browser. */
@NullMarked
package io.tanggap.app.board;

import org.jspecify.annotations.NullMarked;
