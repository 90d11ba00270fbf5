/**
 * What the tests of several modules share: embedded servers, a reader of what is indexed, seeds, and the way to data that is
 * not part of the sources. For the test scope alone.
 */
@NullMarked
package io.tanggap.testkit;

import org.jspecify.annotations.NullMarked;
