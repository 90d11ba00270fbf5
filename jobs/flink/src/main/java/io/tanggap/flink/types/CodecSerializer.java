package io.tanggap.flink.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;

/**
 * A serializer that is written out by hand for one immutable type. Before each value goes the version of the layout, so
 * that a value outlives the release that wrote it: {@link #write} writes the current layout, {@link #read} reads every
 * one since the first.
 *
 * <p>A concrete serializer is a public class with a public constructor without arguments. Its name is stored in
 * savepoints: it is never renamed or moved. What it needs to work (a codec, a buffer) is created in that constructor in
 * transient fields or lazily, because the serializer travels by Java serialization; {@link #duplicate} gives each thread
 * an instance of its own.
 *
 * <p>To change a layout, raise the version, let {@link #read} tell the versions apart, and keep the golden bytes of the
 * old one.
 */
public abstract class CodecSerializer<T> extends TypeSerializer<T> {

    private transient @Nullable DataOutputSerializer buffer;

    /** The version of the layout that {@link #write} writes; the first is 1, the last that fits is 127. */
    protected abstract int version();

    /** Writes a value in the current layout. */
    protected abstract void write(T value, DataOutputView out) throws IOException;

    /**
     * Reads a value in the layout of a version from 1 to {@link #version()}.
     *
     * @throws IOException if the bytes are no such value
     */
    protected abstract T read(int version, DataInputView in) throws IOException;

    @Override
    public final void serialize(T value, DataOutputView out) throws IOException {
        if (out instanceof DataOutputSerializer) {
            out.writeByte(version());
            write(value, out);
        } else {
            // A snapshot's stream takes a lock for every byte.
            DataOutputSerializer bytes = buffer();
            bytes.clear();
            bytes.writeByte(version());
            write(value, bytes);
            out.write(bytes.getSharedBuffer(), 0, bytes.length());
        }
    }

    private DataOutputSerializer buffer() {
        if (buffer == null) {
            buffer = new DataOutputSerializer(256);
        }
        return buffer;
    }

    @Override
    public final T deserialize(DataInputView in) throws IOException {
        int version = in.readByte();
        if (version < 1 || version > version()) {
            throw new IOException(getClass().getSimpleName() + " reads the layouts 1 to " + version() + ", found "
                    + version + ": a later release wrote this state; go back to that release");
        }
        return read(version, in);
    }

    @Override
    public final T deserialize(T reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public final void copy(DataInputView from, DataOutputView to) throws IOException {
        serialize(deserialize(from), to);
    }

    @Override
    public final T copy(T from) {
        return from;
    }

    @Override
    public final T copy(T from, T reuse) {
        return from;
    }

    @Override
    public final boolean isImmutableType() {
        return true;
    }

    @Override
    public final @Nullable T createInstance() {
        return null; // nothing is ever read into an instance
    }

    @Override
    public final int getLength() {
        return -1;
    }

    @Override
    @SuppressWarnings("unchecked")
    public final CodecSerializer<T> duplicate() {
        return InstantiationUtil.instantiate(getClass());
    }

    @Override
    public final TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new CodecSnapshot<>(this);
    }

    @Override
    @SuppressWarnings("EqualsGetClass") // serializers of one class are equal, of two classes never
    public final boolean equals(@Nullable Object other) {
        return other != null && other.getClass() == getClass();
    }

    @Override
    public final int hashCode() {
        return getClass().hashCode();
    }
}
