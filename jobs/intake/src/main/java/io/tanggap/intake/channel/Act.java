package io.tanggap.intake.channel;

import io.tanggap.intake.TimeFormats.Moment;
import org.jspecify.annotations.Nullable;

/**
 * That something was done to a case: where, when and by which unit.
 *
 * @param channel the channel of the case
 * @param caseId the channel's number of the case
 * @param sequence the channel's own order among what happened at the same instant; 0 where it has none
 * @param unit who acted; null where the channel does not say
 */
record Act(
        String channel,
        String caseId,
        Moment at,
        long sequence,
        @Nullable String unit) {}
