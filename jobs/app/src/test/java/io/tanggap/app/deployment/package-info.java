/** What the folder docker holds, read as strictly as it can be where nothing of it can be run. */
@NullMarked
package io.tanggap.app.deployment;

import org.jspecify.annotations.NullMarked;
