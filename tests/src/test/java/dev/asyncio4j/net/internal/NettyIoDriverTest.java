package dev.asyncio4j.net.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.asyncio4j.spi.IoDriver;
import dev.asyncio4j.spi.IoDriverProvider;
import io.netty.channel.socket.ServerSocketChannel;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The driver by itself: waiting, waking, operations. Dormant, and with a listening socket, so that Netty is in use. */
@Timeout(30)
class NettyIoDriverTest {
    private static final long A_MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    @Test
    void serviceLoader_findsTheProvider() {
        assertThat(ServiceLoader.load(IoDriverProvider.class).stream()
                        .map(provider -> provider.get().name()))
                .contains("netty");
    }

    private interface Scene {
        void play(NettyIoDriver driver) throws Exception;
    }

    private static void playAwake(NettyTransport transport, Scene scene) throws Exception {
        try (var driver = new NettyIoDriver(transport)) {
            driver.submit(() -> listen(driver));
            driver.poll(0);
            assertThat(driver.openChannels()).isEqualTo(1);
            scene.play(driver);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a bind on the loop's own thread is done when it returns
    private static ServerSocketChannel listen(NettyIoDriver driver) {
        var address = new InetSocketAddress("127.0.0.1", 0);
        var server = (ServerSocketChannel) driver.transport().newServerSocket(address);
        driver.register(server, false);
        server.bind(address);
        return server;
    }

    private static void playDormant(Scene scene) throws Exception {
        try (var driver = new NettyIoDriver()) {
            scene.play(driver);
        }
    }

    @Test
    void poll_dormant_waitsAndIsWoken() throws Exception {
        playDormant(NettyIoDriverTest::waitsAndIsWoken);
    }

    @ParameterizedTest
    @EnumSource(NettyTransport.class)
    void poll_withChannels_waitsAndIsWoken(NettyTransport transport) throws Exception {
        if (transport.whyUnavailable() == null) {
            playAwake(transport, NettyIoDriverTest::waitsAndIsWoken);
        }
    }

    private static void waitsAndIsWoken(NettyIoDriver driver) throws InterruptedException {
        var begun = System.nanoTime();
        driver.poll(5 * A_MILLISECOND);
        assertThat(System.nanoTime() - begun).as("it waited").isGreaterThan(4 * A_MILLISECOND);

        driver.wakeup();
        driver.poll(IoDriver.FOREVER);
        driver.wakeup();
        driver.wakeup();
        driver.poll(IoDriver.FOREVER);

        for (var i = 0; i < 2000; i++) {
            var waker = Thread.ofPlatform().start(driver::wakeup);
            driver.poll(IoDriver.FOREVER);
            waker.join();
        }
    }

    @ParameterizedTest
    @EnumSource(NettyTransport.class)
    void wakeup_afterEveryHandOver_losesNone(NettyTransport transport) throws Exception {
        if (transport.whyUnavailable() == null) {
            playAwake(transport, NettyIoDriverTest::losesNone);
        }
    }

    @Test
    void wakeup_dormant_losesNone() throws Exception {
        playDormant(NettyIoDriverTest::losesNone);
    }

    /** Two threads play ping-pong through the driver; a lost wake-up would leave both waiting. */
    private static void losesNone(NettyIoDriver driver) throws InterruptedException {
        var rounds = 20_000;
        var ball = new java.util.concurrent.atomic.AtomicInteger();
        var other = Thread.ofPlatform().start(() -> {
            for (var i = 1; i < 2 * rounds; i += 2) {
                while (ball.get() != i) {
                    Thread.onSpinWait();
                }
                ball.incrementAndGet();
                driver.wakeup();
            }
        });
        for (var i = 0; i < 2 * rounds; i += 2) {
            ball.incrementAndGet();
            while (ball.get() != i + 2) {
                driver.poll(IoDriver.FOREVER);
            }
        }
        other.join();
    }

    @ParameterizedTest
    @EnumSource(NettyTransport.class)
    void poll_shorterAfterLonger_doesNotWaitForTheLongerOne(NettyTransport transport) throws Exception {
        if (transport.whyUnavailable() == null) {
            playAwake(transport, driver -> {
                driver.submit(() -> {});
                driver.wakeup();
                driver.poll(TimeUnit.HOURS.toNanos(1));
                var begun = System.nanoTime();
                driver.poll(A_MILLISECOND);
                driver.poll(A_MILLISECOND);
                assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(20));
            });
        }
    }

    @Test
    void submit_runsAfterTheBatch_inOrder_andAFailureStopsNothing() throws Exception {
        playDormant(driver -> {
            var trail = new ArrayList<String>();
            driver.submit(() -> trail.add("one"));
            driver.submit(() -> {
                throw new IllegalStateException("on purpose");
            });
            driver.submit(() -> trail.add("two"));
            assertThat(trail).isEmpty();
            driver.afterBatch();
            assertThat(trail).containsExactly("one", "two");
        });
    }

    @Test
    void poll_byAnotherThreadThanBefore_works() throws Exception {
        playAwake(NettyTransport.NIO, driver -> {
            var polled = new CountDownLatch(1);
            var thread = Thread.ofPlatform().start(() -> {
                driver.submit(() -> listen(driver));
                driver.poll(0);
                polled.countDown();
            });
            thread.join();
            assertThat(polled.getCount()).isZero();
            assertThat(driver.openChannels()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @EnumSource(NettyTransport.class)
    void close_closesEveryChannel_andLateWakeUpsAreHarmless(NettyTransport transport) throws Exception {
        if (transport.whyUnavailable() != null) {
            return;
        }
        var driver = new NettyIoDriver(transport);
        var servers = new ArrayList<ServerSocketChannel>();
        driver.submit(() -> servers.add(listen(driver)));
        driver.poll(0);
        var address = servers.getFirst().localAddress();
        try (var client = SocketChannel.open(address)) {
            driver.close();
            driver.close();
            assertThat(servers).noneMatch(ServerSocketChannel::isOpen);
            assertThatNoException().isThrownBy(driver::wakeup);
            assertThat(client.isOpen()).isTrue();
        }
    }

    @Test
    void choose_ofANameThatIsNone_saysWhatThereIs() {
        var before = System.getProperty(NettyTransport.PROPERTY);
        System.setProperty(NettyTransport.PROPERTY, "pigeon");
        try {
            assertThatIllegalStateException()
                    .isThrownBy(NettyTransport::choose)
                    .withMessage("-Dasyncio4j.transport=pigeon names no transport; use epoll, nio or io_uring");
        } finally {
            if (before == null) {
                System.clearProperty(NettyTransport.PROPERTY);
            } else {
                System.setProperty(NettyTransport.PROPERTY, before);
            }
        }
    }

    @Test
    void delay_armedEarlierThanWanted_staysArmed() {
        var deadlines = new Deadline();
        assertThat(List.of(
                        deadlines.arm(0, 100),
                        deadlines.arm(10, 200),
                        deadlines.arm(20, 90),
                        deadlines.arm(50, Deadline.NONE),
                        deadlines.arm(95, Deadline.NONE),
                        deadlines.arm(96, 300)))
                .containsExactly(100L, 100L, 90L, 90L, Deadline.NONE, 300L);
    }
}
