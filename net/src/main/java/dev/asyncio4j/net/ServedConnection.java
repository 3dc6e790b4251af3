package dev.asyncio4j.net;

import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Context;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.ExitError;
import dev.asyncio4j.TaskOptions;
import dev.asyncio4j.net.spi.ByteTransport;
import org.jspecify.annotations.Nullable;

/** A connection that a server has accepted, and the task that serves it. */
final class ServedConnection extends StreamLink implements ServerClient {
    private final Server server;
    private final Service service;
    private final Context context;

    ServedConnection(EventLoop loop, int limit, Server server, Service service, Context context) {
        super(loop, limit);
        this.server = server;
        this.service = service;
        this.context = context;
    }

    @Override
    public void onConnected(ByteTransport connected) {
        super.onConnected(connected);
        server.attach(this);
        loop().callSoon(this::serve, context);
    }

    private void serve() {
        var connection = new Connection(this);
        loop().createTask(() -> serve(connection), TaskOptions.DEFAULT.withContext(context.copy()));
    }

    /** A handler that fails, in whatever way, leaves no connection open. */
    private void serve(Connection connection) {
        boolean served = false;
        try {
            service.serve(connection);
            served = true;
        } catch (CancelledError | ExitError end) {
            throw end;
        } catch (Exception | Error failure) {
            report(connection, failure);
        } finally {
            if (!served) {
                connection.writer().close();
            }
        }
    }

    private void report(Connection connection, Throwable failure) {
        loop().callExceptionHandler(ExceptionContext.of("the handler of a connection failed")
                .with(ExceptionContext.EXCEPTION, failure)
                .with("connection", connection));
    }

    @Override
    boolean isServerSide() {
        return true;
    }

    @Override
    public void onLost(@Nullable Throwable reason) {
        super.onLost(reason);
        server.detach(this);
    }

    /** What is done with a connection: the two kinds of handlers under one roof. */
    sealed interface Service {

        void serve(Connection connection) throws Exception;
    }

    /** Closes the connection when the handler returns. */
    record Closing(ConnectionHandler handler) implements Service {

        @Override
        public void serve(Connection connection) throws Exception {
            handler.handle(connection);
            connection.close();
        }
    }

    /** Leaves the connection open, as asyncio does. */
    record LeftOpen(StreamHandler handler) implements Service {

        @Override
        public void serve(Connection connection) throws Exception {
            handler.handle(connection.reader(), connection.writer());
        }
    }
}
