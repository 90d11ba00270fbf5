/**
 * The jobs: each a topology on one screen, defined over endpoints so that tests call the same method as production. Jobs
 * know no broker, no index and no environment variable.
 */
@NullMarked
package io.tanggap.app.job;

import org.jspecify.annotations.NullMarked;
