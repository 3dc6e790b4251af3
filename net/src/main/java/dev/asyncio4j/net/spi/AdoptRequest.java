package dev.asyncio4j.net.spi;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Pipe;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a {@link NetworkEngine} that is to take over what is open already. From then on it belongs to the
 * connection, which closes it.
 *
 * @param source where bytes come from, or null for nowhere: a {@link SocketChannel}, a {@link Pipe.SourceChannel} or an
 *     {@link InputStream}
 * @param sink where bytes go to, or null for nowhere: the same {@link SocketChannel}, a {@link Pipe.SinkChannel} or an
 *     {@link OutputStream}
 */
public record AdoptRequest(
        @Nullable Closeable source, @Nullable Closeable sink) {

    /**
     * Checks the kinds.
     *
     * @throws IllegalArgumentException if there is neither a source nor a sink, or one is of another kind
     */
    public AdoptRequest {
        if (source == null && sink == null) {
            throw new IllegalArgumentException("there is nothing to read from and nothing to write to");
        }
        if (!isSource(source) || !isSink(sink)) {
            throw new IllegalArgumentException("cannot be taken over: " + source + " and " + sink);
        }
        if ((source instanceof SocketChannel || sink instanceof SocketChannel) && source != sink) {
            throw new IllegalArgumentException("a socket is taken over in both directions: " + source + ", " + sink);
        }
    }

    private static boolean isSource(@Nullable Closeable end) {
        return switch (end) {
            case SocketChannel _, Pipe.SourceChannel _, InputStream _ -> true;
            case null -> true;
            default -> false;
        };
    }

    private static boolean isSink(@Nullable Closeable end) {
        return switch (end) {
            case SocketChannel _, Pipe.SinkChannel _, OutputStream _ -> true;
            case null -> true;
            default -> false;
        };
    }

    /**
     * Asks for a socket.
     *
     * @param connected a socket that is connected
     * @return the request
     */
    public static AdoptRequest of(SocketChannel connected) {
        return new AdoptRequest(connected, connected);
    }

    /**
     * Returns what is taken over.
     *
     * @return source and sink, each once
     */
    public List<Closeable> ends() {
        return Stream.of(Optional.ofNullable(source), Optional.ofNullable(sink))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }
}
