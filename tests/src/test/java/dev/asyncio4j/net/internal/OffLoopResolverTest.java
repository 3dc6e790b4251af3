package dev.asyncio4j.net.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.asyncio4j.Asyncio;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A coroutine's look-up suspends the coroutine and not the loop. */
@Timeout(30)
class OffLoopResolverTest {

    /** Answers only when a test lets it, and notes who asked. */
    private static final class SlowResolver implements InetAddressResolver {
        private final CountDownLatch gate = new CountDownLatch(1);
        private Thread asker = Thread.currentThread();

        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            asker = Thread.currentThread();
            if (host.endsWith(".invalid")) {
                throw new UnknownHostException(host);
            }
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Stream.of(InetAddress.getLoopbackAddress());
        }

        @Override
        public String lookupByAddress(byte[] address) {
            return "loopback";
        }
    }

    private static InetAddressResolver offLoop(InetAddressResolver builtin) {
        return OffLoopResolver.around(builtin);
    }

    private static final InetAddressResolver.LookupPolicy ANY =
            InetAddressResolver.LookupPolicy.of(InetAddressResolver.LookupPolicy.IPV4);

    @Test
    @Tag("native") // elsewhere the next who asks for the same name would hold the loop with the JDK's lock
    void lookup_onACoroutine_letsTheLoopGoOn() throws UnknownHostException {
        var builtin = new SlowResolver();
        Asyncio.run(() -> {
            Asyncio.getRunningLoop().callSoon(builtin.gate::countDown);
            assertThat(offLoop(builtin).lookupByName("host", ANY)).hasSize(1);
            assertThat(offLoop(builtin).lookupByAddress(new byte[4])).isEqualTo("loopback");
        });
    }

    @Test
    void lookup_ofAnUnknownHostOnACoroutine_throwsThat() {
        Asyncio.run(() -> assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> offLoop(new SlowResolver()).lookupByName("x.invalid", ANY)));
    }

    @Test
    void lookup_elsewhere_runsWhereItIsMade() throws UnknownHostException {
        var builtin = new SlowResolver();
        builtin.gate.countDown();
        assertThat(offLoop(builtin).lookupByName("host", ANY)).hasSize(1);
        assertThat(builtin.asker).isSameAs(Thread.currentThread());
    }
}
