package http;

import java.net.IDN;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The address of a page on a plain-HTTP server, taken apart.
 *
 * @param host where to connect to: a name or an address, an IPv6 one without its brackets
 * @param port the port
 * @param authority what the {@code Host} header says
 * @param target what the request line asks for: the path with the query
 */
public record HttpUrl(String host, int port, String authority, String target) {
    private static final int DEFAULT_PORT = 80;
    private static final int MAX_PORT = 65_535;

    /** {@code host}, {@code host:port}, {@code [address]} or {@code [address]:port}; a colon alone is allowed. */
    private static final Pattern AUTHORITY =
            Pattern.compile("(?<host>\\[[^\\[\\]]+]|[^\\[\\]:@]+)(:(?<port>\\d{0,5}))?");

    /** What may follow the address of an IPv6 host that is reached by one network interface only. */
    private static final Pattern ZONE = Pattern.compile("%[^]]*");

    /**
     * Takes a URL apart.
     *
     * @param text the URL, such as {@code http://example.org:8080/a?b=c}
     * @return its parts; what follows a {@code #} is not among them, for servers are not told
     * @throws MalformedURLException if it is none, or not a plain-HTTP one
     */
    public static HttpUrl parse(String text) throws MalformedURLException {
        var uri = uri(text);
        if (!"http".equalsIgnoreCase(uri.getScheme())) {
            throw new MalformedURLException("only URLs that begin with http:// can be fetched");
        }
        var authority = AUTHORITY.matcher(String.valueOf(uri.getRawAuthority()));
        if (uri.getRawAuthority() == null || !authority.matches()) {
            throw new MalformedURLException("malformed URL: expected host or host:port after http://");
        }
        var host = ascii(authority.group("host"));
        var port = port(authority.group("port"));
        var shown = ZONE.matcher(host).replaceFirst("");
        return new HttpUrl(withoutBrackets(host), port, port == DEFAULT_PORT ? shown : shown + ":" + port, target(uri));
    }

    private static URI uri(String text) throws MalformedURLException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new MalformedURLException("malformed URL: " + e.getReason().toLowerCase(Locale.ROOT)
                    + (e.getIndex() < 0 ? "" : " at position " + (e.getIndex() + 1)));
        }
    }

    private static int port(String digits) throws MalformedURLException {
        if (digits == null || digits.isEmpty()) {
            return DEFAULT_PORT;
        }
        var port = Integer.parseInt(digits);
        if (port < 1 || port > MAX_PORT) {
            throw new MalformedURLException("malformed URL: a port is between 1 and " + MAX_PORT + ", not " + port);
        }
        return port;
    }

    private static String ascii(String host) throws MalformedURLException {
        try {
            return host.startsWith("[") ? host : IDN.toASCII(host);
        } catch (IllegalArgumentException e) {
            throw new MalformedURLException("malformed URL: " + host + " is no host name");
        }
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String target(URI uri) {
        var plain = URI.create(uri.toASCIIString());
        var path = plain.getRawPath();
        return (path.isEmpty() ? "/" : path) + (plain.getRawQuery() == null ? "" : "?" + plain.getRawQuery());
    }

    /**
     * Writes the request for this page, which asks the server to close the connection afterwards.
     *
     * @return the bytes to send
     */
    public byte[] request() {
        return """
                GET %s HTTP/1.1\r
                Host: %s\r
                User-Agent: asyncio4j\r
                Accept: */*\r
                Accept-Encoding: identity\r
                Connection: close\r
                \r
                """.formatted(target, authority).getBytes(StandardCharsets.US_ASCII);
    }
}
