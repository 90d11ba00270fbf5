package io.tanggap.flink.operator;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.flink.state.Leaf;
import io.tanggap.intake.Pseudonyms;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Puts the pseudonym of its case to each event. The key is read where the operator runs. */
public final class NameEvents extends RichMapFunction<CaseEvent, Leaf> {
    private final KeyFile key;

    private transient Pseudonyms names;

    public NameEvents(KeyFile key) {
        this.key = key;
    }

    @Override
    public void open(OpenContext context) throws IOException {
        names = key.required();
    }

    @Override
    public Leaf map(CaseEvent event) {
        return Leaf.event(names.ofCase(event.caseId()), event);
    }
}
