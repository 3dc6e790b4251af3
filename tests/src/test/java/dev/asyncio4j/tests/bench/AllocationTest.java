package dev.asyncio4j.tests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.sync.Queue;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Allocations of the hottest paths, per operation: a cost that grows by accident, and that no noise can hide. */
@Tag("native") // coroutines on other threads than the loop's allocate there
class AllocationTest {

    /* The bounds are what the interpreter allocates, rounded up: compiled code, which may keep objects out of the heap,
     * can only need less. A change that needs more raises the bound in the same commit, and says why. A suspension of
     * interpreted code has the JDK allocate a new place for the stack each time; that of compiled code, none. */

    private static final int OPERATIONS = 2_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final BaseEventLoop loop = new BaseEventLoop();

    @AfterEach
    void closeLoop() {
        loop.close();
    }

    @Test
    void sleepZero_perTurn_allocatesNoMoreThanItDid() {
        assertThat(bytesPerOperation(() -> Asyncio.sleep(Duration.ZERO))).isLessThanOrEqualTo(700);
    }

    @Test
    void createTaskAndAwait_perTask_allocatesNoMoreThanItDid() {
        assertThat(bytesPerOperation(() -> loop.createTask(() -> {}).await())).isLessThanOrEqualTo(640);
    }

    @Test
    void callSoon_perCallback_allocatesNoMoreThanItDid() {
        assertThat(bytesPerOperation(() -> loop.callSoon(() -> {}))).isLessThanOrEqualTo(64);
    }

    @Test
    void callLaterAndCancel_perTimer_allocatesNoMoreThanItDid() {
        Duration delay = Duration.ofSeconds(30);
        assertThat(bytesPerOperation(() -> loop.callLater(delay, () -> {}).cancel()))
                .isLessThanOrEqualTo(112);
    }

    @Test
    void queuePutAndGet_perItemThatIsThere_allocatesNoMoreThanItDid() {
        var queue = new Queue<String>(1);
        assertThat(bytesPerOperation(() -> {
                    queue.put("item");
                    queue.get();
                }))
                .isLessThanOrEqualTo(16);
    }

    @Test
    void queuePutAndGet_perItemWaitedFor_allocatesNoMoreThanItDid() {
        var queue = new Queue<String>(1);
        loop.createTask(() -> {
            while (true) {
                queue.put("item");
            }
        });
        assertThat(bytesPerOperation(queue::get)).isLessThanOrEqualTo(220);
    }

    @Test
    void timeout_perBlock_allocatesNoMoreThanItDid() {
        Duration limit = Duration.ofSeconds(10);
        assertThat(bytesPerOperation(() -> Asyncio.timeout(limit, () -> {}))).isLessThanOrEqualTo(224);
    }

    /** Everything that the loop's thread allocates, on whichever coroutine. The first round grows what has to grow. */
    private long bytesPerOperation(Runnable operation) {
        repeatInTask(operation);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        repeatInTask(operation);
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / OPERATIONS;
    }

    private void repeatInTask(Runnable operation) {
        loop.runUntilComplete(loop.createTask(() -> {
            for (int i = 0; i < OPERATIONS; i++) {
                operation.run();
            }
        }));
    }
}
