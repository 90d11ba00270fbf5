package io.tanggap.flink.operator;

import io.tanggap.flink.state.Leaf;
import io.tanggap.intake.Pseudonyms;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.java.tuple.Tuple3;

/** Puts the pseudonym of its case to each record of a reporter's words. The key is read where the operator runs. */
public final class NameWords extends RichMapFunction<Tuple3<String, String, Long>, Leaf> {
    private final KeyFile key;

    private transient Pseudonyms names;

    public NameWords(KeyFile key) {
        this.key = key;
    }

    @Override
    public void open(OpenContext context) throws IOException {
        names = key.required();
    }

    @Override
    public Leaf map(Tuple3<String, String, Long> words) {
        return Leaf.words(names.ofCase(words.f0), words.f1, words.f2);
    }
}
