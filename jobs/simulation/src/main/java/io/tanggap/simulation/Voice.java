package io.tanggap.simulation;

import org.jspecify.annotations.Nullable;

/** How a channel tells one case. */
interface Voice {
    /** How it tells the complaint itself. */
    Spoken submission();

    /** How it tells an act; null where it has no words for it, so that officers use CRM. */
    @Nullable
    Spoken tell(Act act);

    /** The voice of a channel. */
    static Voice of(Complaint complaint, Town town, CrmVoice crm, Dice words) {
        return switch (complaint.channel()) {
            case QLUE, JAKI -> new AppVoice(complaint, town, words);
            case PTSP -> new PtspVoice(complaint, town);
            case TWITTER -> new TwitterVoice(complaint, town, words);
            case FACEBOOK -> new FacebookVoice(complaint, words);
            case LAPOR -> new LaporVoice(complaint, town, words);
            case CRM -> crm;
            case OPEN311 -> new Open311Voice(complaint, words);
            case CROP -> new CropVoice(complaint, town);
        };
    }
}
