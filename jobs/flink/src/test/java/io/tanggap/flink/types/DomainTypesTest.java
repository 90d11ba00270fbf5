package io.tanggap.flink.types;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.flink.avro.Examples;
import io.tanggap.flink.avro.Incoming;
import io.tanggap.flink.avro.RawRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DomainTypesTest {
    @Test
    void caseEvents() throws Exception {
        SerializerContract.check(DomainTypes.CASE_EVENT, Examples.events());
    }

    @Test
    void incomingRecords() throws Exception {
        List<Incoming> values = new ArrayList<>();
        values.add(Incoming.of(Examples.events().get(0)));
        values.add(Incoming.of(Examples.NOON));
        for (DeadLetter letter : Examples.deadLetters()) {
            values.add(Incoming.of(letter));
        }
        SerializerContract.check(DomainTypes.INCOMING, values);
    }

    @Test
    void deadLetters() throws Exception {
        SerializerContract.check(DomainTypes.DEAD_LETTER, Examples.deadLetters());
    }

    @Test
    void referencePacks() throws Exception {
        SerializerContract.check(DomainTypes.REFERENCE_PACK, Examples.packs());
    }

    @Test
    void rawRecords() throws Exception {
        SerializerContract.check(
                DomainTypes.RAW_RECORD,
                List.of(new RawRecord("reference-0@42", new byte[] {1, -2, 3}), new RawRecord("", new byte[0])));
    }

    @Test
    void channelDeclarations() throws Exception {
        SerializerContract.check(DomainTypes.CHANNEL_DECLARATION, Examples.declarations());
    }

    @Test
    void everyTypeOfTheCatalogueIsCheckedAbove() {
        assertThat(DomainTypes.ALL)
                .containsExactlyInAnyOrder(
                        DomainTypes.CASE_EVENT,
                        DomainTypes.INCOMING,
                        DomainTypes.DEAD_LETTER,
                        DomainTypes.REFERENCE_PACK,
                        DomainTypes.RAW_RECORD,
                        DomainTypes.CHANNEL_DECLARATION);
    }
}
