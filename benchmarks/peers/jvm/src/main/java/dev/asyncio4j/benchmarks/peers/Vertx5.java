package dev.asyncio4j.benchmarks.peers;

import static dev.asyncio4j.benchmarks.peers.Turns.timed;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/** The workloads that Vert.x has something for: callbacks and sockets, on one of its event loops. */
final class Vertx5 {

    private static final Vertx VERTX =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    private static final Context LOOP = VERTX.getOrCreateContext();

    private Vertx5() {}

    public static void main(String[] args) throws Exception {
        Turns.take(
                Map.of(
                        "call_soon", onLoop(Vertx5::callSoon),
                        "call_soon_threadsafe", timed(Vertx5::callSoonThreadsafe),
                        "call_later_cancel", onLoop(Vertx5::callLaterCancel),
                        "timers", onLoop(Vertx5::timers),
                        "echo_streams", timed(Vertx5::echo),
                        "echo_server_streams", Vertx5::serve),
                args[0]);
    }

    /** Starts something on the event loop; it completes the future. */
    @FunctionalInterface
    interface Start {
        void run(int count, CompletableFuture<Boolean> over);
    }

    private static Turns.Workload onLoop(Start start) {
        return timed(count -> {
            var over = new CompletableFuture<Boolean>();
            LOOP.runOnContext(_ -> start.run(count, over));
            over.get();
        });
    }

    private static void callSoon(int count, CompletableFuture<Boolean> over) {
        var batch = Math.min(count, 1000);
        for (var i = 1; i < batch; i++) {
            LOOP.runOnContext(_ -> {});
        }
        LOOP.runOnContext(_ -> {
            if (count > batch) {
                callSoon(count - batch, over);
            } else {
                over.complete(true);
            }
        });
    }

    private static void callSoonThreadsafe(int count) throws Exception {
        var over = new CompletableFuture<Boolean>();
        for (var i = 1; i < count; i++) {
            LOOP.runOnContext(_ -> {});
        }
        LOOP.runOnContext(_ -> over.complete(true));
        over.get();
    }

    private static void callLaterCancel(int count, CompletableFuture<Boolean> over) {
        for (var i = 0; i < count; i++) {
            VERTX.cancelTimer(VERTX.setTimer(30_000, _ -> {}));
        }
        over.complete(true);
    }

    private static void timers(int count, CompletableFuture<Boolean> over) {
        var left = new int[] {count};
        for (var i = 0; i < count; i++) {
            var delay = 1 + (long) (ThreadLocalRandom.current().nextDouble() * count * 100e-6);
            VERTX.setTimer(delay, _ -> {
                if (--left[0] == 0) {
                    over.complete(true);
                }
            });
        }
    }

    private static int listen() throws Exception {
        var server = VERTX.createNetServer().connectHandler(socket -> socket.handler(socket::write));
        return server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get().actualPort();
    }

    private static void echo(int count) throws Exception {
        var over = new CompletableFuture<Boolean>();
        VERTX.createNetClient()
                .connect(listen(), "127.0.0.1")
                .onSuccess(socket -> new Caller(socket, count, over).call());
        over.get();
    }

    /** Sends a message, and the next when the answer is whole. */
    private static final class Caller {
        private static final Buffer MESSAGE = Buffer.buffer(new byte[1024]);
        private final NetSocket socket;
        private final CompletableFuture<Boolean> over;
        private int left;
        private int missing;

        Caller(NetSocket socket, int count, CompletableFuture<Boolean> over) {
            this.socket = socket;
            this.left = count;
            this.over = over;
            socket.handler(this::answered);
        }

        void call() {
            missing = MESSAGE.length();
            socket.write(MESSAGE);
        }

        private void answered(Buffer data) {
            missing -= data.length();
            if (missing > 0) {
                return;
            }
            if (--left > 0) {
                call();
            } else {
                socket.close();
                over.complete(true);
            }
        }
    }

    private static long serve(int count) throws Exception {
        System.out.println(listen());
        Thread.sleep(Long.MAX_VALUE);
        return 0;
    }
}
