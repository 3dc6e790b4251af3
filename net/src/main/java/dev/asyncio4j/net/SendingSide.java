package dev.asyncio4j.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link StreamWriter} writes to: a connection of ours, or a transport with a {@link StreamReaderProtocol}. The
 * methods promise what those of the writer do.
 *
 * <p><b>Threads.</b> Loop thread only.
 */
interface SendingSide {

    void write(byte[] bytes, int offset, int length);

    void writeEof();

    boolean canWriteEof();

    void close();

    void abort();

    boolean isClosing();

    void drain() throws IOException;

    void waitClosed() throws IOException;

    long sendfile(FileChannel file, SendfileOptions options) throws IOException;

    void startTls(TlsOptions options) throws IOException;

    Optional<TlsInfo> tlsInfo();

    void setWriteBufferLimits(int high, int low);

    long bufferedBytes();

    @Nullable
    SocketAddress remoteAddress();

    @Nullable
    SocketAddress localAddress();
}
