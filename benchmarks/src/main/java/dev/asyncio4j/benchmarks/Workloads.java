package dev.asyncio4j.benchmarks;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.TaskFactory;
import java.util.Map;

/** All workloads that asyncio4j has, by the names that {@code workloads.txt} gives them. */
final class Workloads {

    static final Map<String, Workload> BY_NAME = Map.ofEntries(
            Map.entry("async_tree_none", inLoop(new AsyncTree(AsyncTree.NONE)::runOften)),
            Map.entry("async_tree_tg", inLoop(new AsyncTree(AsyncTree.NONE).withTaskGroups()::runOften)),
            Map.entry("async_tree_eager", inEagerLoop(new AsyncTree(AsyncTree.NONE)::runOften)),
            Map.entry("async_tree_eager_tg", inEagerLoop(new AsyncTree(AsyncTree.NONE).withTaskGroups()::runOften)),
            Map.entry("async_tree_io", inLoop(new AsyncTree(AsyncTree.IO)::runOften)),
            Map.entry("async_tree_memoization", inLoop(new AsyncTree(AsyncTree.MEMOIZATION)::runOften)),
            Map.entry("async_tree_cpu_io_mixed", inLoop(new AsyncTree(AsyncTree.CPU_IO_MIXED)::runOften)),
            Map.entry("coroutines", inLoop(Fibonacci::run)),
            Map.entry("async_generators", inLoop(TreeOfNumbers::run)),
            Map.entry("sleep_zero", inLoop(Switches::sleepZero)),
            Map.entry("sleep_zero_1000", inLoop(Switches::sleepZeroInTurns)),
            Map.entry("create_await", inLoop(Switches::createAwait)),
            Map.entry("create_await_eager", inEagerLoop(Switches::createAwait)),
            Map.entry("future_switch", inLoop(Switches::futureSwitch)),
            Map.entry("queue_1", inLoop(Queues::one)),
            Map.entry("queue_100", inLoop(Queues::hundred)),
            Map.entry("call_soon", inLoop(Callbacks::callSoon)),
            Map.entry("call_soon_threadsafe", inLoop(Callbacks::callSoonThreadsafe)),
            Map.entry("call_later_cancel", inLoop(Callbacks::callLaterCancel)),
            Map.entry("timers", inLoop(Callbacks::timers)),
            Map.entry("timer_lateness", count -> Asyncio.run(() -> Lateness.measure(count))),
            Map.entry("timeout", inLoop(Limits::timeout)),
            Map.entry("wait_for", inLoop(Limits::waitFor)),
            Map.entry("task_memory", Sleepers::memory),
            Map.entry("sleepers", inLoop(Sleepers::gather)),
            Map.entry("live_tasks", inLoop(Sleepers::liveTasks)),
            Map.entry("tcp_bulk", inLoop(Tcp::bulk)),
            Map.entry("echo_streams", inLoop(Tcp::echo)),
            Map.entry("echo_protocol", inLoop(Tcp::echoByProtocol)),
            Map.entry("echo_server_streams", Tcp::serve),
            Map.entry("echo_server_protocol", Tcp::serveByProtocol));

    private Workloads() {}

    /** The clock runs inside the loop: making and closing it are not measured, as in pyperformance. */
    private static Workload inLoop(Workload.Body body) {
        return count -> Asyncio.run(() -> time(body, count));
    }

    private static Workload inEagerLoop(Workload.Body body) {
        return count -> Asyncio.run(() -> {
            Asyncio.getRunningLoop().setTaskFactory(TaskFactory.EAGER);
            return time(body, count);
        });
    }

    private static long time(Workload.Body body, int count) throws Exception {
        var start = System.nanoTime();
        body.run(count);
        return System.nanoTime() - start;
    }
}
