package io.tanggap.release;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * Writes a table as Parquet, compressed by Zstandard. Instants are timestamps in milliseconds, adjusted to UTC; numbers are
 * doubles, which hold seconds with milliseconds so that they print as they were. Keeps the rows of one group in memory.
 */
public final class ParquetTable<R> implements RowWriter<R> {
    private static final long ROW_GROUP_BYTES = 32L << 20;
    private static final int MAGIC_BYTES = 4;

    private final ParquetWriter<R> writer;
    private final Counted file;

    /**
     * Begins a file.
     *
     * @param out at the beginning of the file
     */
    public ParquetTable(Table<R> table, OutputStream out) throws IOException {
        this(table, out, Map.of(), ROW_GROUP_BYTES);
    }

    /**
     * Begins a file that says something of itself.
     *
     * @param out at the beginning of the file
     * @param notes keys and values of the footer
     */
    ParquetTable(Table<R> table, OutputStream out, Map<String, String> notes) throws IOException {
        this(table, out, notes, ROW_GROUP_BYTES);
    }

    ParquetTable(Table<R> table, OutputStream out, long rowGroupBytes) throws IOException {
        this(table, out, Map.of(), rowGroupBytes);
    }

    private ParquetTable(Table<R> table, OutputStream out, Map<String, String> notes, long rowGroupBytes)
            throws IOException {
        file = new Counted(out);
        writer = new Builder<>(table, notes, new Output(file))
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new Zstandard())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withRowGroupSize(rowGroupBytes)
                .build();
    }

    @Override
    public void write(R row) throws IOException {
        writer.write(row);
    }

    @Override
    public void close() throws IOException {
        file.holdBack();
        writer.close();
        file.writeHeld();
    }

    /**
     * The end of a file with its footer in one order. Parquet lists the encodings of a column in the order of a set of constants,
     * which is another one in every process.
     */
    private static byte[] inOrder(byte[] end) throws IOException {
        int lengthAt = end.length - MAGIC_BYTES - Integer.BYTES;
        int length = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt(lengthAt);
        FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(end, lengthAt - length, length));
        footer.getRow_groups().stream()
                .flatMap(group -> group.getColumns().stream())
                .map(ColumnChunk::getMeta_data)
                .forEach(column -> {
                    column.getEncodings().sort(Comparator.naturalOrder());
                    if (column.getEncoding_stats() != null) {
                        column.getEncoding_stats().sort(Comparator.naturalOrder());
                    }
                });
        ByteArrayOutputStream ordered = new ByteArrayOutputStream(end.length);
        ordered.write(end, 0, lengthAt - length);
        Util.writeFileMetaData(footer, ordered);
        int written = ordered.size() - (lengthAt - length);
        ordered.write(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(written)
                .array());
        ordered.write(end, lengthAt + Integer.BYTES, MAGIC_BYTES);
        return ordered.toByteArray();
    }

    private static <R> MessageType schema(Table<R> table) {
        return new MessageType(
                table.name(), table.fields().stream().map(ParquetTable::column).toList());
    }

    private static Type column(Field<?> field) {
        Type.Repetition repetition = field.nullable() ? Type.Repetition.OPTIONAL : Type.Repetition.REQUIRED;
        return switch (field.type()) {
            case STRING ->
                Types.primitive(PrimitiveTypeName.BINARY, repetition)
                        .as(stringType())
                        .named(field.name());
            case INTEGER -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(field.name());
            case NUMBER -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(field.name());
            case BOOLEAN ->
                Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(field.name());
            case DATE ->
                Types.primitive(PrimitiveTypeName.INT32, repetition)
                        .as(dateType())
                        .named(field.name());
            case INSTANT ->
                Types.primitive(PrimitiveTypeName.INT64, repetition)
                        .as(timestampType(true, TimeUnit.MILLIS))
                        .named(field.name());
        };
    }

    private static final class Builder<R> extends ParquetWriter.Builder<R, Builder<R>> {
        private final Table<R> table;
        private final Map<String, String> notes;

        Builder(Table<R> table, Map<String, String> notes, OutputFile file) {
            super(file);
            this.table = table;
            this.notes = notes;
        }

        @Override
        protected Builder<R> self() {
            return this;
        }

        @Override
        protected WriteSupport<R> getWriteSupport(@Nullable ParquetConfiguration settings) {
            return new Rows<>(table, notes);
        }

        /** Never called: the settings are Parquet's own. */
        @Override
        @SuppressWarnings("deprecation") // abstract, so it has to be there
        protected WriteSupport<R> getWriteSupport(@Nullable Configuration hadoop) {
            return new Rows<>(table, notes);
        }
    }

    /** Hands over rows, cell by cell. */
    private static final class Rows<R> extends WriteSupport<R> {
        private final Table<R> table;
        private final Map<String, String> notes;

        @SuppressWarnings("NullAway.Init") // Parquet hands it over before the first row
        private RecordConsumer out;

        Rows(Table<R> table, Map<String, String> notes) {
            this.table = table;
            this.notes = notes;
        }

        @Override
        public WriteContext init(ParquetConfiguration settings) {
            return new WriteContext(schema(table), notes);
        }

        /** Never called: the settings are Parquet's own. */
        @Override
        @SuppressWarnings("deprecation") // abstract, so it has to be there
        public WriteContext init(Configuration hadoop) {
            return new WriteContext(schema(table), notes);
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            out = consumer;
        }

        @Override
        public void write(R row) {
            out.startMessage();
            List<Field<R>> fields = table.fields();
            for (int at = 0; at < fields.size(); at++) {
                Field<R> field = fields.get(at);
                Object value = field.of(row);
                if (value != null) {
                    out.startField(field.name(), at);
                    cell(value);
                    out.endField(field.name(), at);
                }
            }
            out.endMessage();
        }

        private void cell(Object value) {
            if (value instanceof String text) {
                out.addBinary(Binary.fromString(text));
            } else if (value instanceof Long whole) {
                out.addLong(whole);
            } else if (value instanceof BigDecimal number) {
                out.addDouble(number.doubleValue());
            } else if (value instanceof Boolean flag) {
                out.addBoolean(flag);
            } else if (value instanceof LocalDate day) {
                out.addInteger(Math.toIntExact(day.toEpochDay()));
            } else {
                out.addLong(((Instant) value).toEpochMilli());
            }
        }
    }

    /** A stream as what Parquet writes to: it asks for the position, once for each page. */
    private record Output(Counted file) implements OutputFile {
        @Override
        public PositionOutputStream create(long blockSizeHint) {
            return file;
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) {
            return create(blockSizeHint);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }

    private static final class Counted extends PositionOutputStream {
        private final OutputStream stream;
        private @Nullable ByteArrayOutputStream held;
        private long position;

        Counted(OutputStream stream) {
            this.stream = stream;
        }

        /** Keeps what comes from now on: the last row group, and the footer. */
        void holdBack() {
            held = new ByteArrayOutputStream();
        }

        void writeHeld() throws IOException {
            if (held != null) {
                stream.write(inOrder(held.toByteArray()));
                held = null;
                stream.flush();
            }
        }

        private OutputStream now() {
            return held == null ? stream : held;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int value) throws IOException {
            now().write(value);
            position++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            now().write(bytes, from, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            stream.flush();
        }

        /** Leaves the stream to whoever opened it. */
        @Override
        public void close() throws IOException {
            stream.flush();
        }
    }

    /** Compresses in Java, so that bytes are the same on every machine, and without the codecs of Hadoop. */
    private static final class Zstandard implements CompressionCodecFactory {
        @Override
        public BytesInputCompressor getCompressor(CompressionCodecName codec) {
            ZstdCompressor compressor = new ZstdCompressor();
            return new BytesInputCompressor() {
                @Override
                public BytesInput compress(BytesInput plain) throws IOException {
                    ByteArrayOutputStream page = new ByteArrayOutputStream(Math.toIntExact(plain.size()));
                    plain.writeAllTo(page);
                    byte[] bytes = page.toByteArray();
                    byte[] packed = new byte[compressor.maxCompressedLength(bytes.length)];
                    int length = compressor.compress(bytes, 0, bytes.length, packed, 0, packed.length);
                    return BytesInput.from(packed, 0, length);
                }

                @Override
                public CompressionCodecName getCodecName() {
                    return codec;
                }

                @Override
                public void release() {}
            };
        }

        @Override
        public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
            throw new UnsupportedOperationException("files are written only");
        }

        @Override
        public void release() {}
    }
}
