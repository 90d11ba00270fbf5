package io.tanggap.flink.io;

import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.avro.Reading.Read;
import io.tanggap.flink.avro.ReferenceCodec;
import io.tanggap.flink.avro.ReferencePart;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The packs that the topic reference holds, for whoever has to know them before a job runs. */
public final class PublishedPacks {
    private final ReferenceCodec codec = new ReferenceCodec();
    private final Map<String, SortedMap<Integer, ReferencePart>> slices = new LinkedHashMap<>();
    private final Map<String, ReferencePack> packs = new LinkedHashMap<>();
    private final Set<String> assembled = new HashSet<>();
    private long unreadable;

    /**
     * What the topic reference holds.
     *
     * @param packs those of {@link #in}
     * @param unusable slices that this version cannot read, or of whose pack others are missing
     */
    public record Found(List<ReferencePack> packs, long unusable) {
        public Found {
            packs = List.copyOf(packs);
        }
    }

    private PublishedPacks() {}

    /**
     * The packs whose slices are all there now, in the order of their last slices; empty if there is no such topic. What
     * makes no pack is passed over here: the job tells it, see {@link ReferenceSource#DEAD_LETTERS}.
     *
     * @throws KafkaException if the broker does not answer
     */
    public static List<ReferencePack> in(String bootstrap) {
        return find(bootstrap).packs();
    }

    /**
     * The packs, and what makes none.
     *
     * @throws KafkaException if the broker does not answer
     */
    public static Found find(String bootstrap) {
        PublishedPacks published = new PublishedPacks();
        try (TopicContent reference = TopicContent.open(bootstrap, Topics.REFERENCE)) {
            reference.forEach(record -> {
                if (published.codec.decode(record.value()) instanceof Read<ReferencePart> read) {
                    published.add(read.value());
                } else {
                    published.unreadable++;
                }
            });
        }
        return new Found(List.copyOf(published.packs.values()), published.unreadable + published.left());
    }

    private long left() {
        return slices.entrySet().stream()
                .filter(pack -> !assembled.contains(pack.getKey()))
                .mapToLong(pack -> pack.getValue().size())
                .sum();
    }

    private void add(ReferencePart part) {
        SortedMap<Integer, ReferencePart> known = slices.computeIfAbsent(part.sha256(), sha256 -> new TreeMap<>());
        known.put(part.part(), part);
        if (known.size() == part.parts()
                && codec.assemble(List.copyOf(known.values())) instanceof Read<ReferencePack> read) {
            assembled.add(part.sha256());
            packs.putIfAbsent(part.packId(), read.value());
        }
    }
}
