package dev.asyncio4j.net.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.FileRegion;
import io.netty.channel.nio.AbstractNioByteChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A connection through a Unix domain socket, for the JDK's selector.
 *
 * <p><b>Threads.</b> The raw thread only, once it is registered.
 */
final class NioUnixChannel extends AbstractNioByteChannel implements DuplexChannel {
    /*
     * Netty's own (4.2.18) is closed when the peer ends its side, whatever ALLOW_HALF_CLOSURE says: the class above asks
     * configurations of TCP only. So the end of the stream does not get there: doReadBytes() says that nothing was read,
     * stops reading, and has the end announced when what came before it has been.
     */

    private static final int MOST_BUFFERS = 1024;

    private final ChannelConfig config = new Config();
    private boolean inputEnded;
    private boolean outputEnded;

    /** Takes over a socket, connected or not. */
    NioUnixChannel(@Nullable Channel parent, SocketChannel socket) {
        super(parent, socket);
    }

    /** Makes a socket. */
    static NioUnixChannel open() throws IOException {
        return new NioUnixChannel(null, SocketChannel.open(StandardProtocolFamily.UNIX));
    }

    @Override
    protected SocketChannel javaChannel() {
        return (SocketChannel) super.javaChannel();
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isActive() {
        return javaChannel().isOpen() && javaChannel().isConnected();
    }

    /* ---- connecting and closing ---- */

    @Override
    protected boolean doConnect(SocketAddress remote, @Nullable SocketAddress local) throws IOException {
        return javaChannel().connect(remote); // at once, or not at all
    }

    @Override
    protected void doFinishConnect() throws IOException {
        javaChannel().finishConnect();
    }

    @Override
    protected void doBind(SocketAddress local) throws IOException {
        javaChannel().bind(local);
    }

    @Override
    protected void doDisconnect() throws Exception {
        doClose();
    }

    @Override
    protected void doClose() throws Exception {
        try {
            super.doClose();
        } finally {
            javaChannel().close();
        }
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        try {
            return javaChannel().getLocalAddress();
        } catch (IOException e) { // closed
            return null;
        }
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        try {
            return javaChannel().getRemoteAddress();
        } catch (IOException e) { // closed
            return null;
        }
    }

    /* ---- bytes ---- */

    @Override
    protected int doReadBytes(ByteBuf into) throws IOException {
        var handle = unsafe().recvBufAllocHandle();
        handle.attemptedBytesRead(into.writableBytes());
        var count = into.writeBytes(javaChannel(), handle.attemptedBytesRead());
        if (count < 0 && !inputEnded) {
            inputEnded = true;
            config.setAutoRead(false);
            eventLoop().execute(() -> pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE));
        }
        return Math.max(0, count);
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer out) throws Exception {
        var turns = config.getWriteSpinCount();
        do {
            if (out.isEmpty()) {
                clearOpWrite();
                return;
            }
            var buffers = out.nioBuffers(MOST_BUFFERS, Integer.MAX_VALUE);
            var count = out.nioBufferCount();
            if (count == 0) { // a file
                turns -= doWrite0(out);
                continue;
            }
            var written = javaChannel().write(buffers, 0, count);
            if (written <= 0) {
                incompleteWrite(true);
                return;
            }
            out.removeBytes(written);
            turns--;
        } while (turns > 0);
        incompleteWrite(turns < 0);
    }

    @Override
    protected int doWriteBytes(ByteBuf bytes) throws IOException {
        var written = bytes.getBytes(bytes.readerIndex(), javaChannel(), bytes.readableBytes());
        bytes.readerIndex(bytes.readerIndex() + written); // which tells a Block
        return written;
    }

    @Override
    protected long doWriteFileRegion(FileRegion region) throws IOException {
        return region.transferTo(javaChannel(), region.transferred());
    }

    /* ---- one direction alone ---- */

    @Override
    public boolean isInputShutdown() {
        return inputEnded;
    }

    @Override
    protected boolean isInputShutdown0() {
        return inputEnded;
    }

    @Override
    public boolean isOutputShutdown() {
        return outputEnded;
    }

    @Override
    public boolean isShutdown() {
        return inputEnded && outputEnded;
    }

    @Override
    public ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
        ((AbstractUnsafe) unsafe()).shutdownOutput(promise);
        return promise;
    }

    @Override
    protected void doShutdownOutput() throws IOException {
        outputEnded = true;
        javaChannel().shutdownOutput();
    }

    @Override
    public ChannelFuture shutdownInput() {
        return shutdownInput(newPromise());
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
        try {
            inputEnded = true;
            javaChannel().shutdownInput();
            return promise.setSuccess();
        } catch (IOException e) {
            return promise.setFailure(e);
        }
    }

    @Override
    public ChannelFuture shutdown() {
        return shutdown(newPromise());
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
        var _ = shutdownInput();
        return shutdownOutput(promise);
    }

    private final class Config extends DefaultChannelConfig {

        Config() {
            super(NioUnixChannel.this);
        }

        @Override
        protected void autoReadCleared() {
            clearReadPending();
        }
    }
}
