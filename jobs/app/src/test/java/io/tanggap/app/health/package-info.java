/** Tests of findings that need no servers. */
@NullMarked
package io.tanggap.app.health;

import org.jspecify.annotations.NullMarked;
