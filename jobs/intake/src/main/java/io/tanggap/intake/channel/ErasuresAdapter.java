package io.tanggap.intake.channel;

import io.tanggap.intake.TimeFormats.Moment;

/** Requests to erase what is personal in a case. */
final class ErasuresAdapter implements ChannelAdapter {
    @Override
    public void tell(Fields message, Telling telling) {
        Fields named = message.object("case");
        Moment at = message.time("requested_at");
        CaseName name = CaseName.of(named, telling, at);
        telling.erase(new Act(name.channel(), name.id(), at, 0, null));
    }
}
