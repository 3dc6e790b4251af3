package dev.asyncio4j.net.internal;

import dev.asyncio4j.spi.IoDriver;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import io.netty.util.internal.ThreadExecutorMap;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Netty's event loop as a passenger: it runs when our loop polls, on our loop's thread, and never by itself.
 *
 * <p><b>Threads.</b> {@link #execute} and {@link #wakeup} any; everything else the loop's own thread only.
 */
final class DrivenEventLoop extends AbstractScheduledEventExecutor implements IoEventLoop, IoHandlerContext {
    /*
     * Two queues. What the loop's thread hands in goes to a plain deque; what other threads hand in goes to a lock-free
     * one. Both are emptied before and after the I/O of a poll and at the end of each batch.
     *
     * Waking is an edge: the state says whether the loop sleeps, and only the first waker of a sleeping loop touches
     * the descriptor. A waker that comes before the sleep leaves SIGNALLED behind, which canBlock reads.
     *
     * Rejected: ManualIoEventLoop. Its deadline is new on each turn, and its owner thread can be set only once.
     */

    private static final InternalLogger LOG = InternalLoggerFactory.getInstance(DrivenEventLoop.class);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Signal signal;
    private final IoHandler handler;
    private final boolean wholeMillis;
    private final Deadline deadline = new Deadline(); // on the ticker's scale, which begins at 0
    private final ArrayDeque<Runnable> ownTasks = new ArrayDeque<>(); // loop thread only
    private final Queue<Runnable> foreignTasks = new ConcurrentLinkedQueue<>(); // added by any thread
    private final Promise<?> termination = new DefaultPromise<Void>(GlobalEventExecutor.INSTANCE);

    private volatile @Nullable Thread owner; // written by the loop's thread, read by any
    private volatile boolean shutDown; // written by the loop's thread, read by any
    private boolean initialized; // loop thread only
    private boolean blocking; // loop thread only: whether the poll under way may wait

    /**
     * Opens the handler's descriptors.
     *
     * @param signal whether the loop sleeps, shared with the driver
     * @param factory makes the handler
     * @param wholeMillis true if the handler waits in whole milliseconds, so that shorter waits are rounded up
     */
    DrivenEventLoop(Signal signal, IoHandlerFactory factory, boolean wholeMillis) {
        this.signal = signal;
        this.wholeMillis = wholeMillis;
        this.handler = newHandler(factory);
    }

    private IoHandler newHandler(IoHandlerFactory factory) {
        return factory.newHandler(this);
    }

    /* ---- driven by the loop ---- */

    /**
     * Handles what is ready, waiting for it at most as long as said.
     *
     * @param timeoutNanos as in {@link IoDriver#poll}
     */
    void poll(long timeoutNanos) {
        bind();
        runTasks();
        blocking = timeoutNanos != 0 && signal.sleep();
        if (blocking) {
            arm(timeoutNanos);
        }
        try {
            handler.run(this);
        } finally {
            blocking = false;
            signal.awake();
        }
        runTasks();
    }

    /** Runs what was handed in since the last poll. */
    void runBatch() {
        if (!ownTasks.isEmpty()) {
            bind();
            runTasks();
        }
    }

    /** Makes a channel live on this loop. */
    void adopt(Channel channel) {
        channel.unsafe().register(this, channel.newPromise());
    }

    /**
     * Closes every channel and releases the handler's descriptors.
     *
     * @param others channels that the handler does not know
     */
    void shutDownNow(Set<? extends Channel> others) {
        bind();
        runTasks();
        others.forEach(channel -> channel.unsafe().close(channel.voidPromise()));
        handler.prepareToDestroy();
        runTasks();
        cancelScheduledTasks();
        shutDown = true;
        runTasks();
        handler.destroy();
        ThreadExecutorMap.setCurrentExecutor(null);
        termination.setSuccess(null);
    }

    private void bind() {
        var thread = Thread.currentThread();
        if (owner != thread) {
            owner = thread;
            ThreadExecutorMap.setCurrentExecutor(this); // lets allocators keep a cache for this thread
        }
        if (!initialized) {
            initialized = true;
            handler.initialize();
        }
    }

    private void arm(long timeoutNanos) {
        var now = ticker().nanoTime();
        var wanted = timeoutNanos == IoDriver.FOREVER ? Deadline.NONE : now + roundUp(timeoutNanos);
        var scheduled = nextScheduledTaskDeadlineNanos();
        deadline.arm(now, earlier(wanted, scheduled));
    }

    private static long earlier(long one, long other) {
        if (one == Deadline.NONE || other == Deadline.NONE) {
            return Math.max(one, other);
        }
        return Math.min(one, other);
    }

    private long roundUp(long nanos) {
        return wholeMillis ? (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI * NANOS_PER_MILLI : nanos;
    }

    private void runTasks() {
        if (hasScheduledTasks()) {
            fetchFromScheduledTaskQueue(ownTasks);
        }
        while (true) {
            var task = ownTasks.poll();
            if (task == null) {
                task = foreignTasks.poll();
            }
            if (task == null) {
                return;
            }
            runSafely(task);
        }
    }

    @SuppressWarnings("ThrowableNotThrown")
    static void runSafely(Runnable task) {
        try {
            runTask(task);
        } catch (Throwable failure) { // reported: an operation that fails must not take the loop with it
            LOG.warn("An operation on the loop's thread failed: {}", task, failure);
        }
    }

    /* ---- what Netty asks while it runs ---- */

    @Override
    public boolean canBlock() {
        return blocking && signal.isAsleep() && ownTasks.isEmpty() && foreignTasks.isEmpty();
    }

    @Override
    public long delayNanos(long currentTimeNanos) {
        if (deadline.armed() == Deadline.NONE) {
            return Long.MAX_VALUE;
        }
        return Math.max(0, deadline.armed() - ticker().nanoTime());
    }

    @Override
    public long deadlineNanos() {
        return deadline.armed();
    }

    /* ---- what Netty's channels ask of their loop ---- */

    /** Makes a poll that sleeps return. Called by {@link Signal} on the edge only. */
    void wakeup() {
        handler.wakeup();
    }

    @Override
    public boolean inEventLoop(Thread thread) {
        return thread == owner;
    }

    @Override
    public void execute(Runnable task) {
        if (inEventLoop()) {
            ownTasks.add(task);
            return;
        }
        if (shutDown) {
            throw new RejectedExecutionException("the event loop is closed");
        }
        foreignTasks.add(task);
        if (signal.wake()) {
            handler.wakeup();
        }
    }

    @Override
    public Future<IoRegistration> register(IoHandle handle) {
        Promise<IoRegistration> promise = newPromise();
        if (inEventLoop()) {
            registerNow(handle, promise);
        } else {
            execute(() -> registerNow(handle, promise));
        }
        return promise;
    }

    private void registerNow(IoHandle handle, Promise<IoRegistration> promise) {
        try {
            var registration = handler.register(handle);
            promise.setSuccess(handler instanceof EpollIoHandler ? new EpollRegistration(registration) : registration);
        } catch (Exception e) {
            promise.setFailure(e);
        }
    }

    @Override
    @Deprecated
    public ChannelFuture register(Channel channel) {
        return register(new DefaultChannelPromise(channel, this));
    }

    @Override
    @Deprecated
    public ChannelFuture register(ChannelPromise promise) {
        promise.channel().unsafe().register(this, promise);
        return promise;
    }

    @Override
    @Deprecated
    public ChannelFuture register(Channel channel, ChannelPromise promise) {
        channel.unsafe().register(this, promise);
        return promise;
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return handler.isCompatible(handleType);
    }

    @Override
    public boolean isIoType(Class<? extends IoHandler> handlerType) {
        return handler.getClass().equals(handlerType);
    }

    @Override
    public DrivenEventLoop next() {
        return this;
    }

    @Override
    public DrivenEventLoop parent() {
        return this;
    }

    /* ---- an executor's life; ours ends with the driver's ---- */

    @Override
    public boolean isShuttingDown() {
        return shutDown;
    }

    @Override
    public boolean isShutdown() {
        return shutDown;
    }

    @Override
    public boolean isTerminated() {
        return termination.isDone();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return termination.await(timeout, unit);
    }

    @Override
    public Future<?> terminationFuture() {
        return termination;
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("closed by the event loop it belongs to");
    }

    @Override
    @Deprecated
    public void shutdown() {
        throw new UnsupportedOperationException("closed by the event loop it belongs to");
    }
}
