/**
 * What several cases have in common: one problem in the city, reported more than once and merged by somebody. Knows views of
 * cases and nothing of how they come about.
 */
@NullMarked
package io.tanggap.core.problem;

import org.jspecify.annotations.NullMarked;
