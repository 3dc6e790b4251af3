package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call of the JDK that blocks suspends its task; what lets the call go on is done by another task of the same loop. */
@Tag("native")
class BlockingCallsTest {

    enum Call {
        ARRAY_BLOCKING_QUEUE {
            @Override
            Scenario prepare() {
                var queue = new ArrayBlockingQueue<String>(1);
                return new Scenario(queue::take, () -> queue.put("an element"));
            }
        },
        COUNT_DOWN_LATCH {
            @Override
            Scenario prepare() {
                var latch = new CountDownLatch(1);
                return new Scenario(latch::await, latch::countDown);
            }
        },
        SEMAPHORE {
            @Override
            Scenario prepare() {
                var semaphore = new Semaphore(0);
                return new Scenario(semaphore::acquire, semaphore::release);
            }
        },
        REENTRANT_LOCK {
            @Override
            Scenario prepare() {
                var lock = new ReentrantLock();
                return new Scenario(lock::lock, lock::unlock).onceDone(lock::lock);
            }
        },
        OBJECT_WAIT {
            @Override
            Scenario prepare() {
                var notified = new AtomicBoolean();
                return new Scenario(
                        () -> {
                            synchronized (notified) {
                                while (!notified.get()) {
                                    notified.wait();
                                }
                            }
                        },
                        () -> {
                            synchronized (notified) {
                                notified.set(true);
                                notified.notifyAll();
                            }
                        });
            }
        },
        SYNCHRONIZED {
            @Override
            Scenario prepare() {
                var monitor = new Object();
                var held = new CountDownLatch(1);
                var release = new CountDownLatch(1);
                return new Scenario(
                                () -> {
                                    synchronized (monitor) {
                                        held.await();
                                    }
                                },
                                release::countDown)
                        .onceDone(() -> {
                            Thread.ofPlatform().start(() -> holdUntil(monitor, held, release));
                            held.await();
                        });
            }
        },
        LOCK_SUPPORT {
            @Override
            Scenario prepare() {
                var parked = new Thread[1];
                var let = new boolean[1];
                return new Scenario(
                        () -> {
                            parked[0] = Thread.currentThread();
                            while (!let[0]) {
                                LockSupport.park();
                            }
                        },
                        () -> {
                            let[0] = true;
                            LockSupport.unpark(parked[0]);
                        });
            }
        },
        THREAD_JOIN {
            @Override
            Scenario prepare() {
                var latch = new CountDownLatch(1);
                var thread = Thread.ofPlatform().start(() -> awaitQuietly(latch));
                return new Scenario(thread::join, latch::countDown);
            }
        },
        VIRTUAL_THREAD_JOIN {
            @Override
            Scenario prepare() {
                var latch = new CountDownLatch(1);
                var thread = Thread.startVirtualThread(() -> awaitQuietly(latch));
                return new Scenario(thread::join, latch::countDown);
            }
        },
        FUTURE_GET {
            @Override
            Scenario prepare() {
                var latch = new CountDownLatch(1);
                var executor = Executors.newVirtualThreadPerTaskExecutor();
                var job = executor.submit(() -> awaitQuietly(latch));
                return new Scenario(job::get, latch::countDown);
            }
        },
        SOCKET_READ {
            @Override
            Scenario prepare() throws Exception {
                try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                    var socket = new Socket(server.getInetAddress(), server.getLocalPort());
                    var peer = server.accept();
                    return new Scenario(
                            () -> assertThat(socket.getInputStream().read()).isEqualTo(7), () -> {
                                peer.getOutputStream().write(7);
                                peer.close();
                            });
                }
            }
        },
        SOCKET_ACCEPT {
            @Override
            Scenario prepare() throws Exception {
                var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                return new Scenario(
                        () -> {
                            server.accept().close();
                            server.close();
                        },
                        () -> new Socket(server.getInetAddress(), server.getLocalPort()).close());
            }
        },
        HTTP_CLIENT {
            @Override
            Scenario prepare() throws Exception {
                var answer = new CountDownLatch(1);
                var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                server.createContext("/", exchange -> {
                    awaitQuietly(answer);
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
                server.start();
                var address = URI.create("http://" + server.getAddress().getHostString() + ":"
                        + server.getAddress().getPort() + "/");
                return new Scenario(
                        () -> {
                            try (var client = HttpClient.newHttpClient()) {
                                var request = HttpRequest.newBuilder(address).build();
                                assertThat(client.send(request, BodyHandlers.discarding())
                                                .statusCode())
                                        .isEqualTo(204);
                            } finally {
                                server.stop(0);
                            }
                        },
                        answer::countDown);
            }
        };

        abstract Scenario prepare() throws Exception;
    }

    interface Deed {
        void run() throws Exception;
    }

    /** A call that blocks, what lets it go on, and what makes it block in the first place. */
    record Scenario(Deed call, Deed release, Deed first) {

        Scenario(Deed call, Deed release) {
            this(call, release, () -> {});
        }

        Scenario onceDone(Deed deed) {
            return new Scenario(call, release, deed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void call_thatBlocks_letsOtherTasksRunMeanwhile(Call call) throws Exception {
        var trail = new ArrayList<String>();
        Scenario scenario = Scene.play(call::prepare);

        Scene.run(() -> {
            scenario.first().run();
            Future<Boolean> begun = Asyncio.getRunningLoop().createFuture();
            var task = Asyncio.createTask(() -> {
                trail.add("calls");
                begun.setResult(true);
                scenario.call().run();
                trail.add("returned");
            });
            begun.await();
            for (int turn = 0; turn < 3; turn++) {
                Asyncio.sleep(Duration.ofMillis(1));
                trail.add("another runs");
            }
            scenario.release().run();
            task.await();
        });

        assertThat(trail).containsExactly("calls", "another runs", "another runs", "another runs", "returned");
    }

    @Test
    void threadSleep_inManyTasks_overlaps() throws Exception {
        var trail = new ArrayList<String>();

        Scene.run(() -> {
            var naps = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 100; i++) {
                naps.add(Asyncio.createTask(() -> {
                    trail.add("begins");
                    Thread.sleep(500);
                    trail.add("ends");
                    return true;
                }));
            }
            Asyncio.gather(naps);
        });

        assertThat(trail.indexOf("ends")).isEqualTo(100);
    }

    private static void holdUntil(Object monitor, CountDownLatch held, CountDownLatch release) {
        synchronized (monitor) {
            held.countDown();
            awaitQuietly(release);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
