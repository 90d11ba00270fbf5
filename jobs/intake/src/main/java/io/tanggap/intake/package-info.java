/**
 * Files of any city to case events: mapping files, readers of CSV and JSON that survive bad records, and the dead letters
 * of what could not be understood. Owns the mapping format; knows nothing of topics, of the fold, or of who runs it.
 */
@NullMarked
package io.tanggap.intake;

import org.jspecify.annotations.NullMarked;
