package dev.asyncio4j.snippets;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asyncio4j.LoopGroup;
import dev.asyncio4j.TaskFactory;
import dev.asyncio4j.net.ServerOptions;
import dev.asyncio4j.net.Streams;
import dev.asyncio4j.sync.Channel;
import java.util.List;

/** What {@link dev.asyncio4j.EventLoop} and what belongs to it show. */
final class Loops {

    private Loops() {}

    static void show() {
        // @start region="taskFactory"
        getRunningLoop().setTaskFactory(TaskFactory.EAGER);
        createTask(() -> IO.println("first: a task starts at once, and not when its creator waits"));
        IO.println("second");
        // @end
    }

    static List<Long> sums() {
        // @start region="channel"
        var numbers = new Channel<Integer>(16);
        List<Long> sums = LoopGroup.run(4, loop -> {
            if (loop == 0) {
                for (int i = 1; i <= 1000; i++) {
                    numbers.send(i);
                }
                numbers.close();
            }
            long sum = 0;
            for (int number : numbers) { // until it is closed and empty
                sum += number;
            }
            return sum;
        });
        // @end
        return sums;
    }

    static void serve(int port) {
        // @start region="loop-group"
        LoopGroup.run(LoopGroup.cores(), loop -> {
            var options = ServerOptions.DEFAULT.withReusePort(true);
            try (var server =
                    Streams.startServer(client -> client.write("hi\n".getBytes(UTF_8)), "127.0.0.1", port, options)) {
                IO.println("loop " + loop + " listens on " + server.sockets());
                server.serveForever();
            }
            return null;
        });
        // @end
    }
}
