package io.tanggap.flink.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.flink.avro.Reading.Read;
import io.tanggap.schema.Heartbeat;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

class ContractTest {
    private static final Schema CURRENT =
            new Schema.Parser().parse(Heartbeat.getClassSchema().toString());

    @Test
    void aRecordOfAnOlderVersionIsReadWithTheCurrentOne() throws Exception {
        Schema older = new Schema.Parser().parse("""
                {"type": "record", "name": "Heartbeat", "namespace": "io.tanggap.schema", "fields": [
                  {"name": "sender", "type": "string"},
                  {"name": "partition", "type": "int"},
                  {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}""");
        GenericRecord record = new GenericRecordBuilder(older)
                .set("sender", "intake")
                .set("partition", 3)
                .set("at", Examples.NOON.toEpochMilli())
                .build();
        ByteBuffer encoded = new BinaryMessageEncoder<GenericRecord>(new GenericData(), older).encode(record);
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);

        Contract<Heartbeat> contract = new Contract<>(Heartbeat.class, List.of(older, CURRENT));

        assertThat(contract.wrote(bytes)).isTrue();
        assertThat(contract.read(bytes, bytes.length)).isEqualTo(new Read<>(new Heartbeat(Examples.NOON, 3)));
        byte[] ofToday = contract.write(new Heartbeat(Examples.NOON, 4)).toByteArray();
        assertThat(contract.read(ofToday, ofToday.length)).isEqualTo(new Read<>(new Heartbeat(Examples.NOON, 4)));
    }

    @Test
    void aCurrentSchemaThatIsNotFrozenIsRefused() {
        assertThatThrownBy(() -> new Contract<>(Heartbeat.class, List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("avro-history/Heartbeat");
    }
}
