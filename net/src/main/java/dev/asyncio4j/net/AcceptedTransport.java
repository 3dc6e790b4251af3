package dev.asyncio4j.net;

import dev.asyncio4j.Context;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.ExitError;
import dev.asyncio4j.net.spi.ByteTransport;
import java.util.function.Supplier;

/** A connection that a server has accepted for a protocol. */
final class AcceptedTransport extends ProtocolTransport implements ServerClient {
    private final Server server;
    private final Supplier<? extends BaseProtocol<Transport>> factory;

    AcceptedTransport(
            EventLoop loop, Context context, Server server, Supplier<? extends BaseProtocol<Transport>> factory) {
        super(loop, context);
        this.server = server;
        this.factory = factory;
    }

    @Override
    public void onConnected(ByteTransport connected) {
        super.onConnected(connected);
        server.attach(this);
        loop().callSoon(this::makeProtocol, context());
    }

    private void makeProtocol() {
        try {
            begin(factory.get());
        } catch (ExitError exit) {
            throw exit;
        } catch (Throwable failure) {
            abort();
            loop().callExceptionHandler(ExceptionContext.of("a server could not make a protocol for a connection")
                    .with(ExceptionContext.EXCEPTION, failure)
                    .with("transport", this));
        }
    }

    @Override
    void gone() {
        server.detach(this);
    }
}
