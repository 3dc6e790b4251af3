package dev.asyncio4j.net.spi;

import dev.asyncio4j.spi.IoDriver;

/** An {@link IoDriver} through which its loop can talk to others. */
public interface NetworkDriver extends IoDriver {

    /**
     * Returns what makes connections.
     *
     * <p><b>Threads.</b> The loop's own, coroutines included.
     *
     * @return the network of this driver's loop
     */
    NetworkEngine network();
}
