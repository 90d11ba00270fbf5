package io.tanggap.elasticsearch;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriterStateSerializer;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;

/**
 * Documents on their way, in checkpoints. Version 1, for each: whether it is a dead letter (1 byte), its version (8 bytes),
 * then index, id and source, each as its length (4 bytes) and its bytes.
 */
final class WriterStateSerializer extends AsyncSinkWriterStateSerializer<BufferedDocument> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public BufferedRequestState<BufferedDocument> deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException("the savepoint holds documents of the Elasticsearch sink in format " + version
                    + ", and this release reads format " + VERSION + ": restore it with the release that wrote it");
        }
        return super.deserialize(version, serialized);
    }

    @Override
    protected void serializeRequestToStream(BufferedDocument document, DataOutputStream out) throws IOException {
        DocumentWrite write = document.write();
        out.writeBoolean(document.deadLetter());
        out.writeLong(write.version());
        writeBytes(out, write.index().getBytes(StandardCharsets.UTF_8));
        writeBytes(out, write.id().getBytes(StandardCharsets.UTF_8));
        writeBytes(out, write.source());
    }

    @Override
    protected BufferedDocument deserializeRequestFromStream(long size, DataInputStream in) throws IOException {
        boolean deadLetter = in.readBoolean();
        long version = in.readLong();
        String index = new String(readBytes(in), StandardCharsets.UTF_8);
        String id = new String(readBytes(in), StandardCharsets.UTF_8);
        return new BufferedDocument(new DocumentWrite(index, id, version, readBytes(in)), deadLetter);
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }
}
