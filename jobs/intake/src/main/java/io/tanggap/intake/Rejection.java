package io.tanggap.intake;

import org.jspecify.annotations.Nullable;

/**
 * Why a record cannot be used.
 *
 * @param reason stable code of the dead letter
 * @param column the column's name in the mapping; null if the record as a whole is wrong
 * @param problem what is wrong and what to do, without any text of the record
 */
record Rejection(String reason, @Nullable String column, String problem) {}
