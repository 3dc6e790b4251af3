package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Coroutine;
import dev.asyncio4j.Task;
import dev.asyncio4j.TimeoutException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.h2.tools.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Libraries that block, on coroutines: other tasks go on, a cancel and a timeout end the call, and afterwards no interrupt is
 * left behind.
 */
@Tag("native")
class BlockingLibrariesTest {

    private static final Duration LONG = Duration.ofHours(1);

    /** A call that goes on until it is interrupted, or until what it talks to is closed. */
    enum Library {
        THREAD_SLEEP {
            @Override
            Peer open() {
                return new Peer(
                        () -> {
                            Thread.sleep(LONG);
                            return "never";
                        },
                        () -> {});
            }
        },
        BLOCKING_QUEUE {
            @Override
            Peer open() {
                return new Peer(() -> new ArrayBlockingQueue<String>(1).take(), () -> {});
            }
        },
        LOCK {
            @Override
            Peer open() throws Exception {
                var lock = new ReentrantLock();
                var held = new CountDownLatch(1);
                var release = new CountDownLatch(1);
                var holder = Thread.ofPlatform().start(() -> hold(lock, held, release));
                held.await();
                return new Peer(
                        () -> {
                            lock.lockInterruptibly();
                            return "never";
                        },
                        () -> {
                            release.countDown();
                            holder.join();
                        });
            }
        },
        SOCKET {
            @Override
            Peer open() throws Exception {
                var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                return new Peer(
                        () -> {
                            try (var socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
                                return String.valueOf(socket.getInputStream().read());
                            }
                        },
                        server::close);
            }
        },
        HTTP_CLIENT {
            @Override
            Peer open() throws Exception {
                var release = new CountDownLatch(1);
                var workers = Executors.newVirtualThreadPerTaskExecutor();
                var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                server.setExecutor(workers);
                server.createContext("/", exchange -> {
                    awaitQuietly(release);
                    exchange.close();
                });
                server.start();
                var uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
                return new Peer(
                        () -> {
                            try (var client = HttpClient.newHttpClient()) {
                                var request = HttpRequest.newBuilder(uri).build();
                                try {
                                    return client.send(request, BodyHandlers.ofString())
                                            .body();
                                } finally {
                                    client.shutdownNow();
                                }
                            }
                        },
                        () -> {
                            release.countDown();
                            server.stop(0);
                            workers.close();
                        });
            }
        },
        JDBC {
            @Override
            Peer open() throws Exception {
                Functions.released = new CountDownLatch(1);
                var server = Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-ifNotExists")
                        .start();
                var url = "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:blocking";
                return new Peer(
                        () -> {
                            try (var connection = DriverManager.getConnection(url);
                                    var statement = connection.createStatement()) {
                                statement.execute("CREATE ALIAS IF NOT EXISTS BLOCK FOR \"" + Functions.class.getName()
                                        + ".block\"");
                                statement.execute("CALL BLOCK()");
                                return "never";
                            }
                        },
                        () -> {
                            Functions.released.countDown();
                            server.stop();
                        });
            }
        };

        abstract Peer open() throws Exception;
    }

    /** What the database calls, on a thread of its server's. */
    public static final class Functions {

        static volatile CountDownLatch released = new CountDownLatch(0);

        private Functions() {}

        public static int block() throws InterruptedException {
            released.await();
            return 0;
        }
    }

    /** A call, and what ends its other side. */
    record Peer(Coroutine<String, Exception> call, Close ending) implements AutoCloseable {

        interface Close {
            void run() throws Exception;
        }

        @Override
        public void close() {
            try {
                ending.run();
            } catch (Exception e) {
                throw new IllegalStateException("the other side did not end", e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancel_ofATaskInACallThatBlocks_endsItCancelledAndTellsWhatTheCallThrew(Library library) throws Exception {
        var trail = new ArrayList<String>();

        try (var peer = library.open()) {
            Scene.run(() -> {
                var task = Blocking.start(peer.call());
                task.cancel("enough");
                var cancelled = catchThrowable(task::await);
                trail.add(cancelled.getClass().getSimpleName() + " " + cancelled.getMessage());
                assertThat(cancelled).hasCauseInstanceOf(Exception.class);
            });
        }

        assertThat(trail).containsExactly("CancelledError enough");
    }

    @ParameterizedTest
    @EnumSource
    void timeout_overACallThatBlocks_isATimeoutExceptionAndLeavesNothingBehind(Library library) throws Exception {
        var trail = new ArrayList<String>();

        try (var peer = library.open()) {
            Scene.run(() -> {
                var thrown = catchThrowable(() -> Asyncio.timeout(Duration.ofMillis(300), peer.call()));
                trail.add(thrown.getClass().getName());
                trail.add("flag " + Thread.currentThread().isInterrupted());
                trail.add("cancelling " + Asyncio.currentTask().orElseThrow().cancelling());
                Thread.sleep(1);
                Asyncio.sleep(Duration.ofMillis(1));
            });
        }

        assertThat(trail).containsExactly(TimeoutException.class.getName(), "flag false", "cancelling 0");
    }

    /** No interrupt ends the wait for a monitor: the cancel comes at the first wait that can be ended. */
    @Test
    void cancel_ofATaskThatWaitsForAMonitor_comesWhenItHasIt() throws Exception {
        var trail = new ArrayList<String>();
        var monitor = new Object();
        var held = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var holder = Thread.ofPlatform().start(() -> {
            synchronized (monitor) {
                held.countDown();
                awaitQuietly(release);
            }
        });
        held.await();

        Scene.run(() -> {
            var task = Blocking.start(() -> {
                synchronized (monitor) {
                    trail.add("has it");
                }
                Asyncio.sleep(LONG);
                return "never";
            });
            task.cancel("enough");
            Asyncio.sleep(Duration.ofMillis(5));
            trail.add("released");
            release.countDown();
            trail.add(catchThrowable(task::await).getClass().getSimpleName());
        });
        holder.join();

        assertThat(trail).containsExactly("released", "has it", CancelledError.class.getSimpleName());
    }

    /** The item is the task's: the cancel comes at its next wait, and until then it can be put where it is not lost. */
    @Test
    void cancel_thatMeetsAnItemTakenFromAQueue_comesAfterTheItem() throws Exception {
        var trail = new ArrayList<String>();

        Scene.run(() -> {
            var queue = new ArrayBlockingQueue<String>(1);
            var task = Blocking.start(() -> {
                trail.add(queue.take());
                Asyncio.sleep(LONG);
                return "never";
            });
            queue.put("an item");
            task.cancel("enough");
            trail.add(catchThrowable(task::await).getMessage());
        });

        assertThat(trail).containsExactly("an item", "enough");
    }

    /** As with asyncio, a task that a cancel has met ends cancelled, whatever it was about to return. */
    @Test
    void cancel_thatMeetsTheLastCallOfATask_dropsWhatItReturns() throws Exception {
        var trail = new ArrayList<String>();

        Scene.run(() -> {
            var queue = new ArrayBlockingQueue<String>(1);
            var task = Blocking.start(queue::take);
            queue.put("an item");
            task.cancel("enough");
            trail.add(catchThrowable(task::await).getMessage());
            trail.add("left in the queue: " + queue.size());
        });

        assertThat(trail).containsExactly("enough", "left in the queue: 0");
    }

    /** A task that runs a call, and the thread it runs on. */
    static final class Blocking<T> {

        private final Task<T> task;
        private volatile Thread thread;

        Blocking(Coroutine<T, ?> call, Function<Coroutine<T, ?>, Task<T>> starter) {
            task = starter.apply(() -> {
                thread = Thread.currentThread();
                return call.run();
            });
        }

        /** Starts a task and lets others run until it blocks. */
        static <T> Task<T> start(Coroutine<T, ?> call) {
            return new Blocking<T>(call, Asyncio::createTask).untilItBlocks();
        }

        Task<T> untilItBlocks() {
            while (!isBlocked()) {
                Asyncio.sleep(Duration.ofMillis(1));
            }
            return task;
        }

        Task<T> task() {
            return task;
        }

        Thread thread() {
            return thread;
        }

        boolean isBlocked() {
            return thread != null
                    && switch (thread.getState()) {
                        case BLOCKED, WAITING, TIMED_WAITING -> true;
                        default -> false;
                    };
        }
    }

    private static void hold(ReentrantLock lock, CountDownLatch held, CountDownLatch release) {
        lock.lock();
        try {
            held.countDown();
            awaitQuietly(release);
        } finally {
            lock.unlock();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
