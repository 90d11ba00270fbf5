package io.tanggap.intake.channel;

import io.tanggap.intake.TimeFormats.Moment;

/** Requests to erase what is personal in a case. */
final class ErasuresAdapter implements ChannelAdapter {
    @Override
    public void tell(Fields message, Telling telling) {
        CaseName name = CaseName.of(message.object("case"));
        Moment at = message.time("requested_at");
        telling.erase(new Act(name.channel(), name.id(), at, 0, null));
    }
}
