package dev.asyncio4j.tests.memory;

import dev.asyncio4j.Action;
import dev.asyncio4j.Asyncio;
import io.netty.buffer.ByteBufAllocator;
import java.io.FileInputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Scenarios that leave something behind, each named after the figure that must tell. */
final class PlantedLeaks {

    private static final List<Object> KEPT = new ArrayList<>();

    private PlantedLeaks() {}

    static Map<String, Action<?>> all() {
        var all = new LinkedHashMap<String, Action<?>>();
        all.put("tasks", () -> {
            Asyncio.createTask(() -> Asyncio.getRunningLoop().createFuture().await());
            Asyncio.sleep(Duration.ZERO);
        });
        all.put("timers", () -> Asyncio.getRunningLoop().callLater(Duration.ofHours(1), () -> {}));
        all.put("handles", () -> KEPT.add(Asyncio.getRunningLoop().callSoon(() -> {})));
        all.put("objects", () -> KEPT.add(Asyncio.getRunningLoop().createFuture()));
        all.put("descriptors", () -> KEPT.add(new FileInputStream("/dev/null")));
        all.put("threads", () -> {
            var thread = new Thread(PlantedLeaks::waitForever);
            thread.setDaemon(true);
            thread.start();
        });
        all.put("direct bytes", () -> KEPT.add(ByteBuffer.allocateDirect(4_096)));
        all.put("leak reports", () -> ByteBufAllocator.DEFAULT.directBuffer(64).writeByte(1));
        return all;
    }

    private static void waitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
