package dev.asyncio4j.benchmarks.peers;

import static dev.asyncio4j.benchmarks.peers.Turns.timed;
import static java.util.Map.entry;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/** The workloads on the JDK's own virtual threads and their scheduler, which uses all processors. */
final class VirtualThreads {

    private VirtualThreads() {}

    public static void main(String[] args) throws Exception {
        Turns.take(
                Map.ofEntries(
                        entry("async_tree_none", inThread(new Tree(() -> {})::run)),
                        entry("async_tree_io", inThread(new Tree(VirtualThreads::callDatabase)::run)),
                        entry("async_tree_memoization", inThread(new Tree(VirtualThreads::lookUp)::run)),
                        entry("async_tree_cpu_io_mixed", inThread(new Tree(VirtualThreads::computeOrLookUp)::run)),
                        entry("sleep_zero", inThread(VirtualThreads::sleepZero)),
                        entry("sleep_zero_1000", inThread(VirtualThreads::sleepZeroInTurns)),
                        entry("create_await", inThread(VirtualThreads::createAwait)),
                        entry("future_switch", inThread(VirtualThreads::exchange)),
                        entry("queue_1", inThread(count -> handOver(count, new ArrayBlockingQueue<>(1)))),
                        entry("queue_100", inThread(count -> handOver(count, new ArrayBlockingQueue<>(100)))),
                        entry("task_memory", VirtualThreads::memory),
                        entry("sleepers", inThread(count -> inThreads(count, () -> Thread.sleep(10_000)))),
                        entry("live_tasks", inThread(count -> inThreads(count, Thread::yield))),
                        entry("tcp_bulk", inThread(VirtualThreads::bulk)),
                        entry("echo_streams", inThread(VirtualThreads::echo)),
                        entry("echo_server_streams", VirtualThreads::serve)),
                args[0]);
    }

    @FunctionalInterface
    interface Job {
        void run() throws Exception;
    }

    private static Turns.Workload inThread(Turns.Body body) {
        var timed = timed(body);
        return count -> {
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                return executor.submit(() -> timed.measure(count)).get();
            }
        };
    }

    private static Thread start(Job job) {
        return Thread.startVirtualThread(() -> {
            try {
                job.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void inThreads(int count, Job job) throws InterruptedException {
        var threads = new ArrayList<Thread>(count);
        for (var i = 0; i < count; i++) {
            threads.add(start(job));
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    // ---- pyperformance's async_tree: six levels of threads, each waiting for six below it

    private record Tree(Job leaf) {
        void run(int count) throws Exception {
            for (var i = 0; i < count; i++) {
                recurse(6);
            }
        }

        private void recurse(int level) throws Exception {
            if (level == 0) {
                leaf.run();
            } else {
                inThreads(6, () -> recurse(level - 1));
            }
        }
    }

    private static final Set<Integer> CACHE = ConcurrentHashMap.newKeySet();

    private static void callDatabase() throws InterruptedException {
        Thread.sleep(50);
    }

    private static void lookUp() throws InterruptedException {
        var key = ThreadLocalRandom.current().nextInt(1, 101);
        if (key > 90 || CACHE.add(key)) {
            callDatabase();
        }
    }

    private static void computeOrLookUp() throws InterruptedException {
        if (ThreadLocalRandom.current().nextBoolean()) {
            product(1, 500);
        } else {
            lookUp();
        }
    }

    private static BigInteger product(int first, int last) {
        if (last - first < 8) {
            var small = BigInteger.valueOf(first);
            for (var i = first + 1; i <= last; i++) {
                small = small.multiply(BigInteger.valueOf(i));
            }
            return small;
        }
        var middle = (first + last) >>> 1;
        return product(first, middle).multiply(product(middle + 1, last));
    }

    // ---- threads that start, wait, and go on

    private static void sleepZero(int count) {
        for (var i = 0; i < count; i++) {
            Thread.yield();
        }
    }

    private static void sleepZeroInTurns(int count) throws InterruptedException {
        inThreads(1000, () -> sleepZero(count / 1000));
    }

    private static void createAwait(int count) throws InterruptedException {
        for (var i = 0; i < count; i++) {
            start(() -> {}).join();
        }
    }

    private static void exchange(int count) throws InterruptedException {
        var exchanger = new Exchanger<Boolean>();
        var other = start(() -> meet(exchanger, count / 2));
        meet(exchanger, count / 2);
        other.join();
    }

    private static void meet(Exchanger<Boolean> exchanger, int count) throws InterruptedException {
        for (var i = 0; i < count; i++) {
            exchanger.exchange(true);
        }
    }

    private static void handOver(int count, BlockingQueue<Integer> queue) throws InterruptedException {
        start(() -> {
            for (var i = 0; i < count; i++) {
                queue.put(i);
            }
        });
        for (var i = 0; i < count; i++) {
            queue.take();
        }
    }

    private static long memory(int count) throws InterruptedException {
        var before = Turns.liveHeap();
        var threads = new ArrayList<Thread>(count);
        for (var i = 0; i < count; i++) {
            threads.add(start(VirtualThreads::sleepForLong));
        }
        Thread.sleep(1000);
        var after = Turns.liveHeap();
        threads.forEach(Thread::interrupt);
        for (var thread : threads) {
            thread.join();
        }
        return after - before;
    }

    private static void sleepForLong() {
        try {
            Thread.sleep(3_600_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- sockets

    private static ServerSocket listen(EachConnection serve) throws IOException {
        var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(() -> {
            while (!server.isClosed()) {
                Socket connection;
                try {
                    connection = server.accept();
                } catch (IOException closed) {
                    return;
                }
                start(() -> serve.run(connection));
            }
        });
        return server;
    }

    @FunctionalInterface
    interface EachConnection {
        void run(Socket connection) throws IOException;
    }

    private static Socket connect(ServerSocket server) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static void echoAll(Socket connection) throws IOException {
        try (connection) {
            connection.setTcpNoDelay(true);
            var buffer = new byte[65_536];
            for (var n = connection.getInputStream().read(buffer);
                    n > 0;
                    n = connection.getInputStream().read(buffer)) {
                connection.getOutputStream().write(buffer, 0, n);
            }
        }
    }

    private static void echo(int count) throws IOException {
        try (var server = listen(VirtualThreads::echoAll);
                var connection = connect(server)) {
            var message = new byte[1024];
            for (var i = 0; i < count; i++) {
                connection.getOutputStream().write(message);
                connection.getInputStream().readNBytes(message, 0, message.length);
            }
        }
    }

    private static void bulk(int count) throws IOException {
        var chunk = new byte[10 * 1024 * 1024];
        for (var i = 0; i < count; i++) {
            try (var server = listen(connection -> sendAll(connection, chunk));
                    var connection = connect(server)) {
                var buffer = new byte[10 * 1024 * 1024];
                var received = 0L;
                for (var n = 0; n >= 0; n = connection.getInputStream().read(buffer)) {
                    received += n;
                }
                if (received != 100L * chunk.length) {
                    throw new AssertionError(received + " bytes came through");
                }
            }
        }
    }

    private static void sendAll(Socket connection, byte[] chunk) throws IOException {
        try (connection) {
            for (var i = 0; i < 100; i++) {
                connection.getOutputStream().write(chunk);
            }
        }
    }

    private static long serve(int count) throws Exception {
        System.out.println(listen(VirtualThreads::echoAll).getLocalPort());
        Thread.sleep(Long.MAX_VALUE);
        return 0;
    }
}
