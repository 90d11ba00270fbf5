package io.tanggap.app.cli;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.flink.io.DeadLetterLog;
import io.tanggap.flink.io.StoredLetter;
import io.tanggap.flink.io.WayBack;
import io.tanggap.flink.io.WaysBack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tanggap dead-letters show}: everything about one. */
@Command(
        name = "show",
        description = "Shows one dead letter: what is wrong, where it was read, and whether it can be sent back.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ShowDeadLetter implements Runnable {
    @Parameters(paramLabel = "ID", description = "As tanggap dead-letters list shows it, for example 0-42.")
    private String id = "";

    @Mixin
    private LetterBox box = new LetterBox();

    @Option(
            names = "--bytes",
            description = "Show the record too, as text or else in hexadecimal. It may hold personal data.")
    private boolean bytes;

    @Override
    public void run() {
        Terminal terminal = Terminal.system();
        try (DeadLetterLog log = box.open()) {
            StoredLetter stored = box.letter(log, id);
            DeadLetter letter = stored.letter();
            terminal.say("Id          " + stored.id());
            terminal.say("Reason      " + LetterText.printable(letter.reason()));
            terminal.say("Message     " + LetterText.printable(letter.message()));
            terminal.say("Stage       " + letter.stage());
            terminal.say("Origin      " + LetterText.printable(letter.origin()));
            terminal.say("Time        " + AsOf.show(letter.firstSeenAt(), box.zone()));
            terminal.say("Replay      " + replay(new WaysBack().of(stored)));
            terminal.say("Bytes       " + letter.bytes().length
                    + (bytes ? "" : ", not shown, for they may hold personal data; --bytes shows them"));
            if (bytes) {
                terminal.complain("The bytes may hold personal data: pass them on to nobody who may not see it.");
                terminal.say(LetterText.bytes(letter.bytes()));
            }
        }
    }

    private static String replay(WayBack way) {
        if (way instanceof WayBack.None none) {
            return "no; one " + LetterText.instead(none.obstacle());
        }
        WayBack.ToTopic to = (WayBack.ToTopic) way;
        return "goes to " + to.topic()
                + (to.key() == null ? ", where it still cannot be read" : ", to " + LetterText.printable(to.key()));
    }
}
