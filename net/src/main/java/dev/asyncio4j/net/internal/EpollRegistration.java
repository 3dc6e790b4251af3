package dev.asyncio4j.net.internal;

import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoOps;

/**
 * A registration with epoll that lasts while its channel lives.
 *
 * <p><b>Threads.</b> As the registration it wraps.
 */
final class EpollRegistration implements IoRegistration {
    /*
     * A channel that is not read from and whose peer has sent its end waits for nothing. Netty 4.2.18 then takes its
     * descriptor out of epoll, but does not note it, and every later change of mind fails with ENOENT: neither reading nor
     * a write that has to wait works any more. Waiting for edges of nothing keeps the descriptor where it is.
     */

    private final IoRegistration registration;
    private boolean added; // before that, nothing means nothing

    EpollRegistration(IoRegistration registration) {
        this.registration = registration;
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // Netty's own signature
    public <T> T attachment() {
        return registration.attachment();
    }

    @Override
    public long submit(IoOps ops) {
        if (!ops.equals(EpollIoOps.NONE)) {
            added = true;
        }
        return registration.submit(added && ops.equals(EpollIoOps.NONE) ? EpollIoOps.EPOLLET : ops);
    }

    @Override
    public boolean isValid() {
        return registration.isValid();
    }

    @Override
    public boolean cancel() {
        return registration.cancel();
    }
}
