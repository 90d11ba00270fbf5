package io.tanggap.flink.io;

import io.tanggap.core.release.DailyEvent;
import io.tanggap.flink.types.ReleaseTypes.DailyEventSerializer;
import io.tanggap.release.DailyFeed;
import io.tanggap.release.RowWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.sink.compactor.FileCompactStrategy;
import org.apache.flink.connector.file.sink.compactor.OutputStreamBasedFileCompactor;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/**
 * The daily feed on a file system: {@code day=2017-11-05/compacted-events-….parquet}.
 *
 * <p>Rows are written one after the other first, into a small file for each day and checkpoint; every few checkpoints those of a day
 * become one file of Parquet, and go.
 *
 * <p>Each row is in exactly one finished file. This rests on the offsets of case-events, the files that are written and those that become
 * one being in one checkpoint: a file ends with a checkpoint and gets its name when that is complete, or when a job that goes on from it
 * begins. What comes after the last checkpoint is read again, into other files. So it holds only for a job that goes on from the last
 * one, and needs a file system whose writers can be recovered, as Flink's local ones and those of flink-s3-fs-hadoop.
 *
 * <p>An event that stands in case-events twice has two rows, with one {@code event:id} by which readers drop copies: to drop them here
 * would take the ids of all events for ever.
 *
 * <p>Until a file is finished its name begins with a dot, and that of the small files does always. Readers that do not pass over such
 * names have to ask for {@code compacted-*}.
 *
 * @param directory where the feed is
 */
public record DailyFiles(URI directory) implements Serializable {
    /** Chosen: of rows as they are written first; Parquet makes a file of it that opens in any tool. */
    private static final long ROWS_BYTES = 512L << 20;

    private static final int END = -1;

    private static final String DAY = "day=";

    /**
     * Whether some day was written, or begun.
     *
     * @throws IOException if no file system knows the scheme, or it cannot be read
     */
    public boolean hasDays() throws IOException {
        FileSystem files = FileSystem.get(directory);
        Path root = new Path(directory);
        if (!files.exists(root)) {
            return false;
        }
        for (FileStatus entry : files.listStatus(root)) {
            if (entry.getPath().getName().startsWith(DAY)) {
                return true;
            }
        }
        return false;
    }

    /** Puts {@link DailyFeed#NOTICE} where the feed is. */
    public void label() throws IOException {
        FileSystem files = FileSystem.get(directory);
        Path root = new Path(directory);
        files.mkdirs(root);
        try (OutputStream out = files.create(new Path(root, DailyFeed.NOTICE), FileSystem.WriteMode.OVERWRITE)) {
            out.write(DailyFeed.notice().getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * What writes the feed.
     *
     * @param checkpoints after so many the small files of each day become one, which readers see from then on
     */
    public FileSink<DailyEvent> sink(int checkpoints) {
        return FileSink.<DailyEvent>forRowFormat(new Path(directory), new Rows())
                .withBucketAssigner(new Days())
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .withOutputFileConfig(OutputFileConfig.builder()
                        .withPartPrefix("events")
                        .withPartSuffix(".parquet")
                        .build())
                .enableCompact(
                        FileCompactStrategy.Builder.newBuilder()
                                .enableCompactionOnCheckpoint(checkpoints)
                                .setSizeThreshold(ROWS_BYTES)
                                .build(),
                        new ToParquet())
                .build();
    }

    private static final class Days implements BucketAssigner<DailyEvent, String> {
        @Override
        public String getBucketId(DailyEvent event, Context context) {
            return DAY + event.day();
        }

        @Override
        public SimpleVersionedSerializer<String> getSerializer() {
            return SimpleVersionedStringSerializer.INSTANCE;
        }
    }

    /** One after the other, as they lie on edges: an open file holds nothing in memory, and there is one for each day. */
    private static final class Rows implements Encoder<DailyEvent> {
        private final DailyEventSerializer serializer = new DailyEventSerializer();

        @Override
        public void encode(DailyEvent event, OutputStream out) throws IOException {
            serializer.serialize(event, new DataOutputViewStreamWrapper(out));
        }
    }

    private static final class ToParquet extends OutputStreamBasedFileCompactor {
        @Override
        protected void doCompact(List<Path> small, OutputStream out) throws IOException {
            DailyEventSerializer serializer = new DailyEventSerializer();
            try (RowWriter<DailyEvent> rows = DailyFeed.write(out)) {
                for (Path path : small) {
                    try (PushbackInputStream in = new PushbackInputStream(
                            new BufferedInputStream(path.getFileSystem().open(path)))) {
                        DataInputView events = new DataInputViewStreamWrapper(in);
                        for (int first = in.read(); first != END; first = in.read()) {
                            in.unread(first);
                            rows.write(serializer.deserialize(events));
                        }
                    }
                }
            }
        }
    }
}
