package dev.asyncio4j.net.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.InvalidPathException;
import org.jspecify.annotations.Nullable;

/** The addresses of Unix domain sockets, in our form and in Netty's. */
final class UnixPaths {

    /** What fits into Linux's {@code sun_path} beside the end mark. Netty cuts off what is longer. */
    private static final int MAX_BYTES = 107;

    private UnixPaths() {}

    /**
     * Refuses a path that does not fit.
     *
     * @param purpose such as "listen on", for the message
     */
    static void check(UnixDomainSocketAddress address, String purpose) throws IOException {
        var path = address.getPath().toString();
        if (path.isEmpty()) {
            throw new IllegalArgumentException("cannot " + purpose + " an empty path");
        }
        var length = path.getBytes(UTF_8).length;
        if (length > MAX_BYTES) {
            throw new IOException("cannot " + purpose + " " + path + ": the path of a socket has at most " + MAX_BYTES
                    + " bytes, and this one " + length);
        }
    }

    static DomainSocketAddress toNetty(UnixDomainSocketAddress address) {
        return new DomainSocketAddress(address.getPath().toString());
    }

    /** Returns null for an end that has no path, or one that no path can say, such as a name of Linux's abstract kind. */
    static @Nullable UnixDomainSocketAddress fromNetty(String path) {
        try {
            return path.isEmpty() ? null : UnixDomainSocketAddress.of(path);
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
