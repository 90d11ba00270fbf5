package io.tanggap.intake;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Visibility;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who does what, and who sees it, where a source does not say: the same for mappings and for channels. */
public final class Customary {
    private static final Map<String, EventRule.EventType> TYPES = Arrays.stream(EventRule.EventType.values())
            .collect(Collectors.toUnmodifiableMap(EventRule.EventType::eventName, Function.identity()));

    private Customary() {}

    /** Who acts; what no source can tell, such as an erasure, is the system's. */
    public static Actor actor(Payload payload) {
        EventRule.EventType type = TYPES.get(payload.type());
        return type == null ? Actor.SYSTEM : type.actor();
    }

    /** Who sees it. */
    public static Visibility visibility(Payload payload) {
        EventRule.EventType type = TYPES.get(payload.type());
        return type == null ? Visibility.INTERNAL : type.visibility();
    }
}
