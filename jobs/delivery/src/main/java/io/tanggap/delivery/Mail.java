package io.tanggap.delivery;

import io.tanggap.core.notice.Answer;
import io.tanggap.core.notice.Notice;
import io.tanggap.core.reference.Recipient;
import io.tanggap.delivery.Settings.Security;
import io.tanggap.delivery.Settings.Smtp;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Sends messages as e-mail: in plain text and in HTML, of which the reader's program shows one. */
final class Mail {
    private static final int MOST_SAID = 1024;

    private final @Nullable Smtp smtp;
    private final @Nullable String password;
    private final Writer writer;
    private final Outside outside;
    private final Session session;

    /** @param smtp null: there is no server, and nothing is sent */
    Mail(@Nullable Smtp smtp, @Nullable String password, Writer writer, Outside outside) {
        this.smtp = smtp;
        this.password = password;
        this.writer = writer;
        this.outside = outside;
        session = Session.getInstance(smtp == null ? new Properties() : properties(smtp, outside));
    }

    private static Properties properties(Smtp smtp, Outside outside) {
        String connect = Long.toString(outside.connect().toMillis());
        String attempt = Long.toString(outside.attempt().toMillis());
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", smtp.host());
        properties.setProperty("mail.smtp.port", Integer.toString(smtp.port()));
        properties.setProperty("mail.smtp.auth", Boolean.toString(smtp.user() != null));
        properties.setProperty("mail.smtp.from", smtp.sender().getAddress());
        properties.setProperty("mail.smtp.connectiontimeout", connect);
        properties.setProperty("mail.smtp.timeout", attempt);
        properties.setProperty("mail.smtp.writetimeout", attempt);
        properties.setProperty("mail.smtp.quitwait", "false");
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(smtp.security() == Security.TLS));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        String starttls = Boolean.toString(smtp.security() == Security.STARTTLS);
        properties.setProperty("mail.smtp.starttls.enable", starttls);
        properties.setProperty("mail.smtp.starttls.required", starttls);
        SSLContext tls = outside.tls();
        if (tls != null) {
            properties.put("mail.smtp.ssl.socketFactory", tls.getSocketFactory());
            // Else a connection that it refuses is tried once more with another factory.
            properties.setProperty("mail.smtp.socketFactory.fallback", "false");
        }
        return properties;
    }

    Answer carry(Notice notice, Recipient recipient) {
        if (smtp == null) {
            return Answer.retry("no e-mail can be sent to " + recipient.id() + ": the settings name no SMTP server");
        }
        InternetAddress to;
        try {
            to = mailbox(recipient.address());
        } catch (AddressException e) {
            return Answer.refused(
                    "the address of " + recipient.id() + " is not one mailbox: write one such as desk@example.org");
        }
        // Mail looks up what it is made of by the loader of the thread, which in a worker of Flink need not know it.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Mail.class.getClassLoader());
        try {
            MimeMessage message = message(notice, smtp.sender(), to);
            Transport transport = session.getTransport("smtp");
            try {
                transport.connect(smtp.user(), password);
                transport.sendMessage(message, message.getAllRecipients());
            } finally {
                leave(transport);
            }
            return Answer.delivered(smtp.host() + " took it");
        } catch (MessagingException e) {
            return judged(smtp, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** A server that took a message has it, even if it does not say good-bye. */
    private static void leave(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            // The connection is gone either way.
        }
    }

    private MimeMessage message(Notice notice, InternetAddress from, InternetAddress to) throws MessagingException {
        Writer.Letter letter = writer.letter(notice);
        MimeMessage message = new Identified(
                session,
                notice.id() + from.getAddress().substring(from.getAddress().lastIndexOf('@')));
        message.setFrom(from);
        message.setRecipient(Message.RecipientType.TO, to);
        message.setSubject(letter.subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(outside.clock().instant()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Tanggap-Notice", notice.id());
        message.setContentLanguage(new String[] {notice.language()});
        MimeMultipart alternatives = new MimeMultipart("alternative");
        // The last one that a reader's program understands is shown.
        alternatives.addBodyPart(part(letter.text(), "plain"));
        alternatives.addBodyPart(part(letter.html(), "html"));
        message.setContent(alternatives);
        message.saveChanges();
        return message;
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, StandardCharsets.UTF_8.name(), subtype);
        return part;
    }

    /** The same message has the same id, so that a mailbox that gets it twice can tell. */
    private static final class Identified extends MimeMessage {
        private final String id;

        Identified(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + ">");
        }
    }

    /** What a server has against a message or its address stays; what it has against us, somebody may set right. */
    private static Answer judged(Smtp smtp, MessagingException e) {
        if (e instanceof AuthenticationFailedException) {
            return Answer.retry(smtp.host() + " does not take the user " + smtp.user() + " and the password: " + said(e)
                    + "; set the user right, or smtp.password in the file of secrets");
        }
        for (Exception cause = e; cause instanceof MessagingException one; cause = one.getNextException()) {
            int code = code(one);
            if (code >= 500) {
                return Answer.refused(smtp.host() + " refused it: " + said(one));
            }
            if (code >= 400) {
                return Answer.retry(smtp.host() + " does not take it now: " + said(one));
            }
        }
        return Answer.retry("no e-mail could be sent by " + smtp.host() + ":" + smtp.port() + ": " + said(e)
                + "; see that the server runs there, and whether it wants " + smtp.security());
    }

    /** What the server answered; -1 if that is not why. */
    private static int code(MessagingException e) {
        if (e instanceof SMTPAddressFailedException of) {
            return of.getReturnCode();
        }
        if (e instanceof SMTPSenderFailedException of) {
            return of.getReturnCode();
        }
        return e instanceof SMTPSendFailedException of ? of.getReturnCode() : -1;
    }

    /** What it was, and what was behind it: "could not connect" alone leads nobody on. */
    private static String said(MessagingException e) {
        Throwable behind = e;
        while (behind.getCause() != null) {
            behind = behind.getCause();
        }
        String all = behind == e ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + behind.getMessage();
        return OneLine.of(all, MOST_SAID);
    }

    /** One mailbox, with or without a name, of the letters that every server knows. */
    static InternetAddress mailbox(String text) throws AddressException {
        // It would go on as a header of its own.
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)
                || text.chars().anyMatch(Character::isISOControl)) {
            throw new AddressException("letters that a mailbox has not");
        }
        InternetAddress address = new InternetAddress(text, true);
        if (address.isGroup() || address.getAddress().indexOf('@') < 0) {
            throw new AddressException("not one mailbox of a host");
        }
        return address;
    }
}
