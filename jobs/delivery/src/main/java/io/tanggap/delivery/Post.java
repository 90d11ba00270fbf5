package io.tanggap.delivery;

import io.tanggap.core.notice.Answer;
import io.tanggap.core.notice.Notice;
import io.tanggap.core.reference.Recipient;
import java.io.IOException;
import java.time.InstantSource;
import java.util.regex.Pattern;

/** The carrier to all recipients: each by its means. */
public final class Post implements Carrier {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private final Webhook webhook;
    private final Mail mail;
    private final Folder folder;

    /**
     * @param clock dates what is sent
     * @throws IOException if the file of secrets cannot be read, others can read it, or a line of it is wrong
     */
    public Post(Settings settings, InstantSource clock) throws IOException {
        this(settings, Outside.world(clock));
    }

    Post(Settings settings, Outside outside) throws IOException {
        Secrets secrets = Secrets.in(settings.secrets());
        Settings.Smtp smtp = settings.smtp();
        if (smtp != null && smtp.user() != null && secrets.smtpPassword() == null) {
            throw new IOException("the SMTP server is given the user " + smtp.user()
                    + ", whose password is not known: put the line smtp.password=... into "
                    + (settings.secrets() == null ? "a file of secrets, and name it" : settings.secrets()));
        }
        Pages pages = new Pages(settings.board());
        Writer writer = new Writer(pages);
        webhook = new Webhook(secrets, new NoticeJson(pages), settings.allowPrivate(), outside);
        mail = new Mail(smtp, secrets.smtpPassword(), writer, outside);
        folder = new Folder(settings.folder(), writer, outside.out());
    }

    @Override
    public Answer carry(Notice notice, Recipient recipient, int attempt) {
        // It becomes a part of headers and of the names of files.
        if (!ID.matcher(notice.id()).matches()) {
            return Answer.refused("the id of the message is not made of 32 hexadecimal digits");
        }
        return switch (recipient.means()) {
            case WEBHOOK -> webhook.carry(notice, recipient, attempt);
            case EMAIL -> mail.carry(notice, recipient);
            case FILE -> folder.carry(notice, recipient);
        };
    }

    @Override
    public void close() {
        webhook.close();
    }
}
