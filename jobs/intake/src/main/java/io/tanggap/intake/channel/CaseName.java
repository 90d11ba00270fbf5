package io.tanggap.intake.channel;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.intake.TimeFormats.Moment;

/** A case of any channel, named by a message of another one. */
record CaseName(String channel, String id) {
    /** @param at the channel is one of those that the city knows then */
    static CaseName of(Fields named, Telling telling, Moment at) {
        return new CaseName(telling.channelId(named, "channel", at), named.caseId("id"));
    }

    /** The case that a field names beside the one that the act is about. */
    static String other(Fields message, String name, Act act, Telling telling) {
        CaseName other = of(message.object(name), telling, act.at());
        if (other.channel().equals(act.channel()) && other.id().equals(act.caseId())) {
            throw message.sameCase(name);
        }
        return CaseEvent.caseIdOf(other.channel(), other.id());
    }
}
