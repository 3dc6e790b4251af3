package dev.asyncio4j.net.internal;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.EventLoop;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Keeps name look-ups off the loop: those that a coroutine makes, through whatever library, run on the default executor
 * while the coroutine is suspended. All others run where they are made.
 */
public final class OffLoopResolver extends InetAddressResolverProvider {

    /** Makes a provider. */
    public OffLoopResolver() {}

    @Override
    public String name() {
        return "asyncio4j";
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        return around(configuration.builtinResolver());
    }

    /** Wraps a resolver. */
    static InetAddressResolver around(InetAddressResolver builtin) {
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                return offLoop(() -> builtin.lookupByName(host, policy));
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return offLoop(() -> builtin.lookupByAddress(address));
            }
        };
    }

    private static <T> T offLoop(Callable<T> lookup) throws UnknownHostException {
        if (Asyncio.currentTask().isEmpty() || !locksSuspend(Asyncio.getRunningLoop())) {
            return here(lookup);
        }
        try {
            return Asyncio.getRunningLoop().runInExecutor(null, lookup).await(UnknownHostException.class);
        } catch (IllegalStateException e) { // no wait is possible here: in a static initializer, in an atomic block
            return here(lookup);
        }
    }

    /** The JDK holds a lock while it asks us: the next who asks for that name must not hold the loop with it. */
    private static boolean locksSuspend(EventLoop loop) {
        return loop instanceof BaseEventLoop base && base.runtimeName().equals("native");
    }

    private static <T> T here(Callable<T> lookup) throws UnknownHostException {
        try {
            return lookup.call();
        } catch (UnknownHostException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a look-up throws what it does not declare", e);
        }
    }
}
