package dev.asyncio4j.net.internal;

import dev.asyncio4j.spi.IoDriver;
import dev.asyncio4j.spi.IoDriverProvider;

/** Offers Netty as what a loop waits in. */
public final class NettyIoDriverProvider implements IoDriverProvider {

    /** Makes a provider. */
    public NettyIoDriverProvider() {}

    @Override
    public String name() {
        return "netty";
    }

    @Override
    public int priority() {
        return 100;
    }

    @Override
    public IoDriver open() {
        return new NettyIoDriver();
    }
}
