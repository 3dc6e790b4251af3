package dev.asyncio4j.net;

import dev.asyncio4j.EventLoop;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.ExitError;

/** Calls protocols: what they throw goes to the loop's exception handler, and the caller goes on. */
final class ProtocolCalls {

    /** One callback of a protocol. */
    interface Callback {
        void call() throws Exception;
    }

    private ProtocolCalls() {}

    static void guarded(EventLoop loop, BaseTransport transport, String name, Callback callback) {
        try {
            callback.call();
        } catch (ExitError exit) {
            throw exit;
        } catch (Throwable failure) {
            report(loop, transport, name + "() of a protocol failed", failure);
        }
    }

    static void report(EventLoop loop, BaseTransport transport, String message, Throwable failure) {
        loop.callExceptionHandler(ExceptionContext.of(message)
                .with(ExceptionContext.EXCEPTION, failure)
                .with("transport", transport)
                .with("protocol", transport.getProtocol()));
    }
}
