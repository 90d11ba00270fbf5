/**
 * What is told about a complaint: events, who sent them, and the records that could not be understood. Owns identity
 * (event ids, case ids), the vocabulary of Open311 and ISO 10002, and what is personal in a text; knows nothing of deadlines, measures or transport.
 */
@NullMarked
package io.tanggap.core.complaint;

import org.jspecify.annotations.NullMarked;
