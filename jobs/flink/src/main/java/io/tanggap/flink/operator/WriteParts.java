package io.tanggap.flink.operator;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Redaction;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.release.Published;
import io.tanggap.core.release.ReleasedCase;
import io.tanggap.flink.avro.CaseEventCodec;
import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.flink.state.Leaf;
import io.tanggap.intake.Pseudonyms;
import io.tanggap.release.PartWriter;
import io.tanggap.release.TextRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by part: folds each case of it that stands on a rung, in the order of their pseudonyms, and writes it. Emits nothing; what
 * was written is told by accumulators, see {@link ReleaseFacts}. A task that starts again writes its parts anew.
 *
 * <p>In memory: the events of one part, as bytes. A bounded run has one part at a time.
 */
public final class WriteParts
        extends KeyedBroadcastProcessFunction<Integer, Tuple2<Integer, Leaf>, ReferencePack, String> {
    private final ReleasePlan plan;
    private final KeyFile key;

    private transient SortedMap<String, Stored> cases;
    private transient Packs packs;
    private transient Pseudonyms names;
    private transient CaseEventCodec codec;
    private transient Counter released;
    private transient LongCounter writtenCases;
    private transient LongCounter writtenEvents;
    private transient LongCounter writtenVisits;
    private transient LongCounter writtenTexts;
    private transient Map<Redaction.Kind, LongCounter> found;

    public WriteParts(ReleasePlan plan, KeyFile key) {
        this.plan = plan;
        this.key = key;
    }

    /** What is known of a case before it is written. */
    private static final class Stored {
        private final List<byte[]> events = new ArrayList<>();
        private int rung;
        private @Nullable String words;
        private long wordsOffset = -1;
    }

    @Override
    public void open(OpenContext context) throws IOException {
        cases = new TreeMap<>();
        packs = new Packs();
        names = key.required();
        codec = new CaseEventCodec();
        released =
                getRuntimeContext().getMetricGroup().addGroup(MetricNames.GROUP).counter(MetricNames.CASES_RELEASED);
        writtenCases = counter(ReleaseFacts.CASES);
        writtenEvents = counter(ReleaseFacts.EVENTS);
        writtenVisits = counter(ReleaseFacts.VISITS);
        writtenTexts = counter(ReleaseFacts.TEXTS);
        found = new EnumMap<>(Redaction.Kind.class);
        for (Redaction.Kind kind : Redaction.Kind.values()) {
            found.put(kind, counter(ReleaseFacts.found(kind)));
        }
    }

    private LongCounter counter(String name) {
        LongCounter counter = new LongCounter();
        getRuntimeContext().addAccumulator(name, counter);
        return counter;
    }

    @Override
    public void processBroadcastElement(ReferencePack pack, Context context, Collector<String> out) throws Exception {
        packs.add(pack, context.getBroadcastState(Packs.STATE));
    }

    @Override
    public void processElement(Tuple2<Integer, Leaf> parted, ReadOnlyContext context, Collector<String> out)
            throws Exception {
        if (cases.isEmpty()) {
            context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
        }
        Leaf leaf = parted.f1;
        Stored stored = cases.computeIfAbsent(leaf.name(), name -> new Stored());
        if (leaf.event() != null) {
            DataOutputSerializer bytes = new DataOutputSerializer(256);
            codec.write(leaf.event(), bytes);
            stored.events.add(bytes.getCopyOfBuffer());
        } else if (leaf.isWords()) {
            if (leaf.offset() > stored.wordsOffset) {
                stored.wordsOffset = leaf.offset();
                stored.words = leaf.words();
            }
        } else {
            stored.rung = leaf.rung();
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<String> out) throws Exception {
        Reference reference = packs.first(packs.count(context.getBroadcastState(Packs.STATE)));
        Published words = new Published(reference, plan.asOf());
        try (PartWriter writer =
                new PartWriter(Path.of(plan.directory()), context.getCurrentKey(), plan.formats(), plan.texts())) {
            for (Stored stored : cases.values()) {
                if (stored.rung > 0) {
                    write(stored, reference, words, writer);
                }
            }
            writtenCases.add(writer.cases());
            writtenEvents.add(writer.events());
            writtenVisits.add(writer.visits());
        }
        cases.clear();
    }

    private void write(Stored stored, Reference reference, Published words, PartWriter writer) throws IOException {
        List<CaseEvent> events = new ArrayList<>(stored.events.size());
        for (byte[] bytes : stored.events) {
            events.add(codec.read(new DataInputDeserializer(bytes)));
        }
        CaseHistory history = CaseHistory.of(events);
        CaseView view =
                requireNonNull(CaseFold.fold(history, reference, plan.asOf()).view(), "what was placed has a view");
        ReleasedCase written = ReleasedCase.of(
                view, CaseFold.told(history, plan.asOf()), plan.ladder().rung(stored.rung), words, names::ofCase);
        writer.write(written);
        released.inc();
        if (stored.words != null) {
            Redaction redacted = Redaction.of(stored.words);
            writer.write(new TextRow(written.name(), redacted.text()));
            writtenTexts.add(1L);
            count(redacted);
        }
    }

    /** What intake redacted before stands in the text as a mark. */
    private void count(Redaction redacted) {
        for (Redaction.Kind kind : Redaction.Kind.values()) {
            String text = redacted.text();
            String mark = kind.mark();
            long marks = 0;
            for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length())) {
                marks++;
            }
            requireNonNull(found.get(kind)).add(marks);
        }
    }
}
