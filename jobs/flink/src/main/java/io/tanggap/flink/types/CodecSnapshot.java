package io.tanggap.flink.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;

/**
 * What a savepoint keeps of a {@link CodecSerializer}: its class and the version of its layout. State of the same
 * serializer is read as it is, since each value tells its layout; state of a later layout is refused.
 */
public final class CodecSnapshot<T> implements TypeSerializerSnapshot<T> {
    private @Nullable CodecSerializer<T> serializer;
    private int version;

    /** For Flink, which fills it by {@link #readSnapshot}. */
    public CodecSnapshot() {}

    CodecSnapshot(CodecSerializer<T> serializer) {
        this.serializer = serializer;
        this.version = serializer.version();
    }

    private CodecSerializer<T> known() {
        if (serializer == null) {
            throw new IllegalStateException("the snapshot was not read yet");
        }
        return serializer;
    }

    @Override
    public int getCurrentVersion() {
        return 1;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeUTF(known().getClass().getName());
        out.writeInt(version);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader classLoader) throws IOException {
        Class<CodecSerializer<T>> type = InstantiationUtil.resolveClassByName(
                in, classLoader, (Class<CodecSerializer<T>>) (Class<?>) CodecSerializer.class);
        serializer = InstantiationUtil.instantiate(type);
        version = in.readInt();
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
        return known();
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(TypeSerializerSnapshot<T> old) {
        return old instanceof CodecSnapshot<T> before && before.known().equals(serializer) && before.version <= version
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
