package dev.asyncio4j.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sending side of a transport whose protocol is a {@link StreamReaderProtocol}. */
record TransportSide(Transport transport, StreamReaderProtocol protocol) implements SendingSide {

    @Override
    public void write(byte[] bytes, int offset, int length) {
        transport.write(
                offset == 0 && length == bytes.length ? bytes : Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Override
    public void writeEof() {
        transport.writeEof();
    }

    @Override
    public boolean canWriteEof() {
        return transport.canWriteEof();
    }

    @Override
    public void close() {
        transport.close();
    }

    @Override
    public void abort() {
        transport.abort();
    }

    @Override
    public boolean isClosing() {
        return transport.isClosing();
    }

    @Override
    public void drain() throws IOException {
        protocol.drain(transport);
    }

    @Override
    public void waitClosed() throws IOException {
        protocol.waitClosed();
    }

    @Override
    public long sendfile(FileChannel file, SendfileOptions options) throws IOException {
        return Network.sendfile(transport, file, options);
    }

    @Override
    public void startTls(TlsOptions options) throws IOException {
        if (!(transport instanceof ProtocolTransport ours)) {
            throw new IllegalArgumentException("TLS cannot be started on " + transport);
        }
        ours.startTls(options, protocol.isServerSide(), protocol.reader()::takeReceived);
    }

    @Override
    public Optional<TlsInfo> tlsInfo() {
        return TlsInfo.of(transport);
    }

    @Override
    public void setWriteBufferLimits(int high, int low) {
        transport.setWriteBufferLimits(high, low);
    }

    @Override
    public long bufferedBytes() {
        return transport.getWriteBufferSize();
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return address("peername");
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return address("sockname");
    }

    private @Nullable SocketAddress address(String name) {
        return transport.getExtraInfo(name).orElse(null) instanceof SocketAddress known ? known : null;
    }
}
