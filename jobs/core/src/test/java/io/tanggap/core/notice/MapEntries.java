package io.tanggap.core.notice;

import io.tanggap.core.notice.Box.Entry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries in a map, which counts how often it is asked. */
final class MapEntries implements Box.Entries {
    final Map<String, Entry> byAlert = new HashMap<>();
    int looksAtOne;
    int looksAtAll;

    /** As a checkpoint keeps it. */
    MapEntries copy() {
        MapEntries copy = new MapEntries();
        copy.byAlert.putAll(byAlert);
        return copy;
    }

    @Override
    public @Nullable Entry get(String alert) {
        looksAtOne++;
        return byAlert.get(alert);
    }

    @Override
    public void put(String alert, Entry entry) {
        byAlert.put(alert, entry);
    }

    @Override
    public void remove(String alert) {
        byAlert.remove(alert);
    }

    @Override
    public Collection<Entry> all() {
        looksAtAll++;
        return List.copyOf(byAlert.values());
    }
}
