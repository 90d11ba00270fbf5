package io.tanggap.delivery;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Finds the addresses of a host once, and gives out none unless all are on the public internet. The connection goes to what was
 * given out: a name that means something else a moment later leads nowhere else.
 */
final class PublicAddresses implements DnsResolver {
    private final Outside.Names names;
    private final boolean allowPrivate;

    PublicAddresses(Outside.Names names, boolean allowPrivate) {
        this.names = names;
        this.allowPrivate = allowPrivate;
    }

    /** A host that must not be called. */
    static final class Refused extends UnknownHostException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.of(host);
        if (!allowPrivate) {
            for (InetAddress address : addresses) {
                if (!isPublic(address)) {
                    throw new Refused(host + " is at the private address " + address.getHostAddress()
                            + ": use a public one, or let the settings allow private addresses");
                }
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /**
     * By the registries of special-purpose addresses of IANA (RFC 6890). IPv4 addresses that were written as IPv6 ones are IPv4
     * here, because {@link InetAddress} makes them so; other ways to wrap one (6to4, Teredo, NAT64) are not public.
     */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        int third = bytes[2] & 0xff;
        if (address instanceof Inet4Address) {
            return !(first == 0
                    || first == 10
                    || (first == 100 && second >= 64 && second < 128)
                    || first == 127
                    || (first == 169 && second == 254)
                    || (first == 172 && second >= 16 && second < 32)
                    || (first == 192 && second == 0 && (third == 0 || third == 2))
                    || (first == 192 && second == 88 && third == 99)
                    || (first == 192 && second == 168)
                    || (first == 198 && (second == 18 || second == 19))
                    || (first == 198 && second == 51 && third == 100)
                    || (first == 203 && second == 0 && third == 113)
                    || first >= 224);
        }
        int start = first << 8 | second;
        int next = third << 8 | (bytes[3] & 0xff);
        boolean global = first >= 0x20 && first < 0x40;
        boolean protocols = start == 0x2001 && next < 0x200;
        boolean documentation = (start == 0x2001 && next == 0xdb8) || (start == 0x3fff && next < 0x1000);
        boolean sixToFour = start == 0x2002;
        return global && !protocols && !documentation && !sixToFour;
    }
}
