package dev.asyncio4j.net.internal;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a certificate is for a host, by RFC 9525: by its alternative names alone, never by its common name.
 *
 * <p><b>Threads.</b> Any.
 */
public final class HostNames {
    private static final int DNS = 2;
    private static final int IP = 7;

    private HostNames() {}

    /**
     * Brings a name into the form in which certificates and handshakes have it.
     *
     * @param host a name, possibly with letters beyond ASCII or a dot at its end, or an address
     * @return the name in ASCII and small letters, or the address
     * @throws IllegalArgumentException if it is no name
     */
    public static String normalized(String host) {
        if (TlsLayer.isAddress(host)) {
            var zone = host.indexOf('%');
            return zone < 0 ? host : host.substring(0, zone);
        }
        var name = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /**
     * Refuses a certificate that is not for a host.
     *
     * @param host a normalized name, or an address
     * @param certificate what the peer presented
     * @throws CertificateException if it is for others only
     */
    static void check(String host, X509Certificate certificate) throws CertificateException {
        var names = names(certificate);
        var matched = TlsLayer.isAddress(host)
                ? names.stream().anyMatch(name -> isAddress(name, host))
                : !endsInNumber(host) && names.stream().anyMatch(name -> isName(name, host));
        if (!matched) {
            throw new CertificateException("the certificate is for " + shown(names) + ", not for " + host);
        }
    }

    private static Collection<List<?>> names(X509Certificate certificate) throws CertificateParsingException {
        @Nullable Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names == null ? List.of() : names;
    }

    private static boolean isAddress(List<?> name, String address) {
        return Integer.valueOf(IP).equals(name.get(0))
                && name.get(1) instanceof String text
                && Arrays.equals(
                        NetUtil.createByteArrayFromIpAddressString(text),
                        NetUtil.createByteArrayFromIpAddressString(address));
    }

    private static boolean isName(List<?> name, String host) {
        return Integer.valueOf(DNS).equals(name.get(0))
                && name.get(1) instanceof String text
                && matches(text.toLowerCase(Locale.ROOT), host);
    }

    /** A wildcard is the whole first label, stands for exactly one label, and has at least two behind it. */
    private static boolean matches(String pattern, String host) {
        if (!pattern.startsWith("*.")) {
            return pattern.indexOf('*') < 0 && pattern.equals(host);
        }
        var suffix = pattern.substring(1);
        var dot = host.indexOf('.');
        return dot > 0
                && suffix.indexOf('*') < 0
                && suffix.indexOf('.', 1) > 0
                && !suffix.endsWith(".")
                && suffix.equals(host.substring(dot));
    }

    /** Such a name is an address that is written oddly, or nothing. */
    private static boolean endsInNumber(String host) {
        var last = host.substring(host.lastIndexOf('.') + 1);
        return last.isEmpty() || last.chars().allMatch(letter -> letter >= '0' && letter <= '9');
    }

    private static String shown(Collection<List<?>> names) {
        var known = names.stream()
                .filter(name -> Integer.valueOf(DNS).equals(name.get(0))
                        || Integer.valueOf(IP).equals(name.get(0)))
                .map(name -> String.valueOf((Object) name.get(1)))
                .limit(10)
                .toList();
        return known.isEmpty() ? "no host" : String.join(", ", known);
    }
}
