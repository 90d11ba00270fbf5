package io.tanggap.flink.avro;

import io.tanggap.core.complaint.PersonalData;
import io.tanggap.core.complaint.Redaction;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** The bytes of the topic case-personal. Not thread-safe: one per operator instance. */
public final class PersonalDataCodec {
    private final Contract<io.tanggap.schema.PersonalData> contract =
            new Contract<>(io.tanggap.schema.PersonalData.class);

    /** A piece of personal data as a record of the topic. */
    public byte[] encode(PersonalData data) {
        return contract.write(wire(data)).toByteArray();
    }

    /** What a record of the topic says. */
    public Reading<PersonalData> decode(byte[] bytes) {
        return contract.read(bytes, bytes.length).map(PersonalDataCodec::core);
    }

    /** Writes a piece where its end must be found again, as on edges. */
    public void write(PersonalData data, DataOutput out) throws IOException {
        contract.write(wire(data)).writeTo(out);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if there is something else
     */
    public PersonalData read(DataInput in) throws IOException {
        return core(contract.read(in));
    }

    private static io.tanggap.schema.PersonalData wire(PersonalData data) {
        Map<String, Integer> finds = new TreeMap<>();
        data.finds().forEach((kind, count) -> finds.put(kind.name(), count));
        return new io.tanggap.schema.PersonalData(data.caseId(), data.reporter(), data.text(), finds);
    }

    private static PersonalData core(io.tanggap.schema.PersonalData wire) {
        Map<Redaction.Kind, Integer> finds = new EnumMap<>(Redaction.Kind.class);
        wire.getFinds().forEach((kind, count) -> finds.put(Redaction.Kind.valueOf(kind), count));
        return new PersonalData(wire.getCaseId(), wire.getReporter(), wire.getText(), finds);
    }
}
