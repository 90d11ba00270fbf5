package io.tanggap.app.job;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** A sink whose elements a test in the same process reads by its name. */
final class Kept<T> implements Sink<T> {
    private static final long serialVersionUID = 1;
    private static final Map<String, Queue<Object>> ELEMENTS = new ConcurrentHashMap<>();

    private final String name;

    Kept(String name) {
        this.name = name;
    }

    static void clear() {
        ELEMENTS.clear();
    }

    static <T> List<T> of(String name, Class<T> type) {
        return ELEMENTS.getOrDefault(name, new ConcurrentLinkedQueue<>()).stream()
                .map(type::cast)
                .toList();
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        Queue<Object> elements = ELEMENTS.computeIfAbsent(name, key -> new ConcurrentLinkedQueue<>());
        return new SinkWriter<>() {
            @Override
            public void write(T element, Context writing) {
                elements.add(element);
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }
}
