package dev.asyncio4j.net;

import dev.asyncio4j.Action;
import dev.asyncio4j.net.internal.NettyTransport;
import dev.asyncio4j.testing.VirtualTime;
import dev.asyncio4j.testing.VirtualTimeOptions;
import dev.asyncio4j.testing.net.LinkConditions;
import dev.asyncio4j.testing.net.MemoryNetwork;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/** What carries the bytes of a contract's test. */
enum Carrier {
    EPOLL,
    NIO,
    IO_URING,
    MEMORY,

    /** Slow, and in small pieces. */
    BAD_MEMORY;

    private static final LinkConditions BAD = LinkConditions.DEFAULT
            .withLatency(Duration.ofMillis(30))
            .withJitter(Duration.ofMillis(20))
            .withMostPerRead(700)
            .withMostPerWrite(1100)
            .withWindow(5000);

    /** Those that work on this machine; where one is missing, its name is printed. */
    static Stream<Carrier> all() {
        return Arrays.stream(values()).filter(Carrier::isThere);
    }

    private boolean isThere() {
        if (isMemory()) {
            return true;
        }
        try {
            run(() -> {});
            return true;
        } catch (IllegalStateException e) {
            System.out.println("the contract is not tested on " + this + ": " + e.getMessage());
            return false;
        }
    }

    private boolean isMemory() {
        return this == MEMORY || this == BAD_MEMORY;
    }

    <X extends Throwable> void run(Action<X> program) throws X {
        if (!isMemory()) {
            Net.run(NettyTransport.valueOf(name()), program);
            return;
        }
        var network = new MemoryNetwork();
        if (this == BAD_MEMORY) {
            network.setConditions(BAD);
        }
        VirtualTime.run(program, VirtualTimeOptions.DEFAULT.withDriver(network).withPendingTasksAllowed(true));
    }
}
