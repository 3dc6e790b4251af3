package dev.asyncio4j.net;

import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.net.spi.NetworkDriver;
import dev.asyncio4j.net.spi.NetworkEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Finds what a loop makes its connections with. */
final class Networks {

    private Networks() {}

    static NetworkEngine of(EventLoop loop) {
        if (!(loop instanceof BaseEventLoop base)) {
            throw new UnsupportedOperationException("connections need a BaseEventLoop, not " + loop);
        }
        return base.ioDriver()
                .unwrap(NetworkDriver.class)
                .orElseThrow(() -> new UnsupportedOperationException(
                        "connections need a loop that waits in a NetworkDriver; this one waits in " + base.ioDriver()))
                .network();
    }

    /** Looks a name up; an address needs no looking up (CN-1). */
    static List<InetAddress> resolve(NetworkEngine network, String host) throws IOException {
        return isAddress(host) ? List.of(InetAddress.getByName(host)) : network.resolve(host);
    }

    private static boolean isAddress(String host) {
        if (host.isEmpty() || (host.indexOf(':') < 0 && !Character.isDigit(host.charAt(host.length() - 1)))) {
            return false;
        }
        try {
            InetAddress.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
