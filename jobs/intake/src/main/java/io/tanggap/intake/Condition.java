package io.tanggap.intake;

import java.util.Set;

/**
 * A question to one cell of a record.
 *
 * @param values texts that hold; empty: any text holds
 * @param negated whether the answer is turned round: the cell is absent, or is none of the texts
 * @param orAbsent whether an absent cell holds
 */
record Condition(int column, Set<String> values, boolean negated, boolean orAbsent) {

    boolean holds(RecordReader reader) {
        String text = reader.text(column);
        if (text == null && orAbsent) {
            return true;
        }
        boolean found = text != null && (values.isEmpty() || values.contains(text));
        return found != negated;
    }
}
