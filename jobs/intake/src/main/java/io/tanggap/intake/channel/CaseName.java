package io.tanggap.intake.channel;

import io.tanggap.core.complaint.CaseEvent;

/** A case of any channel, named by a message of another one. */
record CaseName(String channel, String id) {
    static CaseName of(Fields named) {
        return new CaseName(named.channelId("channel"), named.caseId("id"));
    }

    /** The case that a field names beside the one that the act is about. */
    static String other(Fields message, String name, Act act) {
        CaseName other = of(message.object(name));
        if (other.channel().equals(act.channel()) && other.id().equals(act.caseId())) {
            throw message.sameCase(name);
        }
        return CaseEvent.caseIdOf(other.channel(), other.id());
    }
}
