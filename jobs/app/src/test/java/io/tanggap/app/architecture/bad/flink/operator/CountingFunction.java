package io.tanggap.app.architecture.bad.flink.operator;

import org.apache.flink.api.common.functions.MapFunction;

final class CountingFunction implements MapFunction<String, String> {
    static int calls;

    @Override
    public String map(String value) {
        calls++;
        return value;
    }
}
