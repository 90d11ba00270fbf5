package io.tanggap.intake;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tanggap.intake.Mapping.Column;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of JSON records, found by name, or by pointer where the name begins with a slash. */
final class JsonColumns implements Row {
    private final List<Column> columns;
    private final List<JsonPointer> pointers = new ArrayList<>();
    private final boolean[] seen;
    private JsonNode record = MissingNode.getInstance();

    JsonColumns(List<Column> columns) {
        this.columns = columns;
        this.seen = new boolean[columns.size()];
        for (Column column : columns) {
            String name = column.name();
            pointers.add(
                    name.startsWith("/")
                            ? JsonPointer.compile(name)
                            : JsonPointer.empty().appendProperty(name));
        }
    }

    JsonColumns of(JsonNode object) {
        record = object;
        for (int i = 0; i < seen.length; i++) {
            seen[i] = seen[i] || !node(i).isMissingNode();
        }
        return this;
    }

    /** The names of the columns that no record had so far, null or not, though the mapping rests on them. */
    Set<String> unseen() {
        Set<String> unseen = new LinkedHashSet<>();
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i] && !columns.get(i).optional()) {
                unseen.add(columns.get(i).name());
            }
        }
        return unseen;
    }

    @Override
    public @Nullable String cell(int column) {
        JsonNode cell = node(column);
        return cell.isMissingNode() || cell.isNull() ? null : cell.asText();
    }

    @Override
    public boolean isValue(int column) {
        return !node(column).isContainerNode();
    }

    private JsonNode node(int column) {
        return record.at(pointers.get(column));
    }
}
