package dev.asyncio4j.net.internal;

import dev.asyncio4j.EventLoop;
import io.netty.util.NetUtil;

/**
 * TLS between a socket and its owner.
 *
 * <p><b>Threads.</b> Made by a coroutine, used on the raw thread.
 */
public final class TlsLayer implements NettyLayer {
    private final EventLoop loop;
    private final TlsSettings settings;

    /**
     * Makes a layer.
     *
     * @param loop the running loop
     * @param settings what it does
     */
    public TlsLayer(EventLoop loop, TlsSettings settings) {
        this.loop = loop;
        this.settings = settings;
    }

    @Override
    public Attached attach(NettyIoDriver driver) {
        return new TlsHandler(loop, driver, settings);
    }

    static boolean isAddress(String host) {
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    }
}
