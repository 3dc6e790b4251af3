package dev.asyncio4j.net.internal;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.Context;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.Future;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells a loop when channels of the user's are ready: a thread waits for them, and hands each readiness over. */
public final class Readiness {

    /*
     * One selector and one daemon thread for each loop that asks, begun with its first watch and ended with the loop.
     *
     * The loop decides what is watched and the thread alone touches keys: the loop changes an Entry, puts it into `changed`
     * and wakes the thread, which then brings the channel's key in line with the entry as it is by then.
     *
     * A cancelled key stays with its channel until the next select, and as long as it does, a closed channel keeps its
     * descriptor and an open one cannot be registered anew. So the thread selects as soon as it finds one. It may find it a
     * moment too early: close() first makes a key invalid, then waits for a lock to say so to the selector, and on the
     * native runtime the loop goes on meanwhile, so the waking may come before. Such a key is looked at again.
     *
     * Waking takes a lock of the selector's. A task that had to wait for it would be suspended between its watch and its
     * wait: readiness and a cancel could both come meanwhile, and the cancel would cost what was then read. So a callback
     * of the loop's wakes the thread.
     *
     * A selector reports what is ready again and again. So the thread marks a watch as reported, drops its interest, and
     * takes it up again when the loop has run the callback: level-triggered, and never two reports at a time (SO-3).
     */

    /** What can be waited for. */
    public enum Direction {
        /** Bytes, a datagram, or a connection to accept; or the end, or an error. */
        READ(SelectionKey.OP_READ | SelectionKey.OP_ACCEPT, "read"),
        /** Room for bytes, or the outcome of connecting. Both are asked for: what is pending may have changed unseen. */
        WRITE(SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT, "written to");

        private final int ops;
        private final String verb;

        Direction(int ops, String verb) {
            this.ops = ops;
            this.verb = verb;
        }
    }

    /** Those of loops that are open. Any thread. */
    private static final Map<BaseEventLoop, Readiness> OPEN = new ConcurrentHashMap<>();

    private static final long NO_LIMIT = 0;
    private static final long LINGERING_MILLIS = 1;

    private final BaseEventLoop loop;
    private final Selector selector;
    private final Runnable onClose = this::close;

    /** Filled by the loop, emptied by the selecting thread. */
    private final Queue<Entry> changed = new ConcurrentLinkedQueue<>();

    /** Those whose channels keep a cancelled key. The selecting thread's. */
    private final List<Entry> lingering = new ArrayList<>();

    // Loop thread only:
    private final IdentityHashMap<SelectableChannel, Entry> entries = new IdentityHashMap<>();
    private boolean waking;

    private Readiness(BaseEventLoop loop) throws IOException {
        this.loop = loop;
        this.selector = Selector.open();
    }

    private static Readiness of(BaseEventLoop loop) throws IOException {
        Readiness open = OPEN.get(loop);
        return open != null ? open : open(loop);
    }

    private static Readiness open(BaseEventLoop loop) throws IOException {
        var opened = new Readiness(loop);
        Thread.ofPlatform()
                .daemon()
                .inheritInheritableThreadLocals(false)
                .name("asyncio4j-readiness")
                .start(opened::select);
        Readiness before = OPEN.putIfAbsent(loop, opened);
        if (before != null) { // another task of the loop's came while this one waited for a lock
            opened.selector.close();
            return before;
        }
        loop.addCloseAction(opened.onClose);
        return opened;
    }

    /** Ends the thread, and lets go of every channel before it returns. The thread that closes the loop. */
    private void close() {
        OPEN.remove(loop, this);
        try {
            selector.close();
        } catch (IOException e) {
            // Nothing is lost: what it watched was let go of, and it is not used again.
        }
    }

    // ---- on the loop's thread

    /**
     * Runs a callback whenever a channel is ready, instead of the one before it.
     *
     * @throws ClosedChannelException if the channel is closed
     * @throws IOException if the system gives no selector
     */
    public static void add(BaseEventLoop loop, SelectableChannel channel, Direction direction, Runnable callback)
            throws IOException {
        check(channel, direction);
        Readiness readiness = of(loop);
        readiness.put(readiness.new CallbackWatch(channel, direction, callback));
    }

    /** Takes a watch back; false if there was none (SO-6). */
    public static boolean remove(BaseEventLoop loop, SelectableChannel channel, Direction direction) {
        Readiness open = OPEN.get(loop);
        Entry entry = open == null ? null : open.entries.get(channel);
        Watch watch = entry == null ? null : entry.get(direction);
        if (watch == null) {
            return false;
        }
        watch.takeBack();
        watch.replaced();
        return true;
    }

    /** Suspends until a channel is ready. If it is closed already, its next operation says so. */
    public static void await(BaseEventLoop loop, SelectableChannel channel, Direction direction) throws IOException {
        check(channel, direction);
        Readiness readiness = of(loop);
        Wait wait = readiness.new Wait(channel, direction);
        readiness.put(wait);
        try (var _ = loop.expectFromOutside(wait.ready.describe())) {
            wait.ready.await();
        } finally {
            wait.takeBack();
        }
    }

    private static void check(SelectableChannel channel, Direction direction) throws ClosedChannelException {
        if ((channel.validOps() & direction.ops) == 0) {
            throw new IllegalArgumentException(channel + " cannot be " + direction.verb);
        }
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        if (channel.isBlocking()) {
            throw new IllegalArgumentException(channel + " is blocking; call configureBlocking(false) first");
        }
    }

    private void put(Watch watch) {
        if (watch.channel.provider() != selector.provider()) {
            throw new IllegalArgumentException(watch.channel + " is not a channel of the JDK's");
        }
        Entry entry = entries.computeIfAbsent(watch.channel, Entry::new);
        Watch before = entry.get(watch.direction);
        entry.set(watch.direction, watch);
        change(entry);
        if (before != null) {
            before.replaced();
        }
    }

    private void change(Entry entry) {
        changed.add(entry);
        if (!waking) {
            waking = true;
            loop.callSoon(this::wake, new Context());
        }
    }

    private void wake() {
        waking = false;
        selector.wakeup();
    }

    /** A channel and who waits for it. */
    private static final class Entry {

        private final SelectableChannel channel;

        // Written by the loop, read by the selecting thread:
        private volatile @Nullable Watch reader;
        private volatile @Nullable Watch writer;

        Entry(SelectableChannel channel) {
            this.channel = channel;
        }

        @Nullable
        Watch get(Direction direction) {
            return direction == Direction.READ ? reader : writer;
        }

        void set(Direction direction, @Nullable Watch watch) {
            if (direction == Direction.READ) {
                reader = watch;
            } else {
                writer = watch;
            }
        }

        Stream<Watch> watches() {
            return Stream.of(Direction.values()).map(this::get).flatMap(Stream::ofNullable);
        }

        boolean isEmpty() {
            return reader == null && writer == null;
        }
    }

    /** One who waits for one direction of a channel. */
    private abstract class Watch {

        final SelectableChannel channel;
        final Direction direction;
        final int ops;
        final Context context = Asyncio.copyContext();

        /** Raised by the selecting thread, taken down by the loop when it has heard. */
        volatile boolean reported;

        Watch(SelectableChannel channel, Direction direction) {
            this.channel = channel;
            this.direction = direction;
            this.ops = direction.ops & channel.validOps();
        }

        /** The channel is ready. A callback of the loop's. */
        abstract void ready();

        /** Another took its place, or it was taken back by somebody else. */
        abstract void replaced();

        /** The channel cannot be watched. A callback of the loop's. */
        abstract void failed(Exception cause);

        private boolean isCurrent() {
            Entry entry = entries.get(channel);
            return entry != null && entry.get(direction) == this;
        }

        final void takeBack() {
            Entry entry = entries.get(channel);
            if (entry == null || entry.get(direction) != this) {
                return;
            }
            entry.set(direction, null);
            if (entry.isEmpty()) {
                entries.remove(channel);
            }
            change(entry);
        }

        final void hear() {
            if (!isCurrent()) {
                return;
            }
            try {
                ready();
            } finally {
                reported = false;
                Entry entry = entries.get(channel);
                if (entry != null && entry.get(direction) == this) {
                    change(entry);
                }
            }
        }

        final void hearFailure(Exception cause) {
            if (isCurrent()) {
                takeBack();
                failed(cause);
            }
        }
    }

    private final class CallbackWatch extends Watch {

        private final Runnable callback;

        CallbackWatch(SelectableChannel channel, Direction direction, Runnable callback) {
            super(channel, direction);
            this.callback = callback;
        }

        @Override
        void ready() {
            callback.run();
        }

        @Override
        void replaced() {}

        @Override
        void failed(Exception cause) {
            loop.callExceptionHandler(ExceptionContext.of(channel + " cannot be watched any more")
                    .with(ExceptionContext.EXCEPTION, cause));
        }
    }

    private final class Wait extends Watch {

        private final Future<Boolean> ready;

        Wait(SelectableChannel channel, Direction direction) {
            super(channel, direction);
            ready = loop.createFuture(channel + " to be ready to be " + direction.verb);
        }

        @Override
        void ready() {
            takeBack();
            if (!ready.done()) {
                ready.setResult(true);
            }
        }

        @Override
        void replaced() {
            if (!ready.done()) {
                ready.setException(new IllegalStateException(
                        "another wait has taken the place of this one: only one at a time can wait until " + channel
                                + " can be " + direction.verb));
            }
        }

        @Override
        void failed(Exception cause) {
            if (!ready.done()) {
                ready.setException(cause);
            }
        }
    }

    // ---- on the selecting thread

    private void select() {
        try {
            while (true) {
                selector.select(this::report, lingering.isEmpty() ? NO_LIMIT : LINGERING_MILLIS);
                changed.addAll(lingering);
                lingering.clear();
                for (Entry entry = changed.poll(); entry != null; entry = changed.poll()) {
                    apply(entry);
                }
            }
        } catch (ClosedSelectorException e) {
            // The loop was closed.
        } catch (IOException e) {
            post(new Context(), () -> giveUp(e));
        }
    }

    private void report(SelectionKey key) {
        try {
            int ready = key.readyOps();
            int heard = ((Entry) key.attachment())
                    .watches()
                    .filter(watch -> (watch.ops & ready) != 0)
                    .mapToInt(this::report)
                    .sum();
            key.interestOpsAnd(~heard);
        } catch (CancelledKeyException e) {
            // The channel was closed by its owner.
        }
    }

    /** Returns the interests that are to be dropped; those of two directions have nothing in common. */
    private int report(Watch watch) {
        if (!watch.reported) {
            watch.reported = true;
            post(watch.context, watch::hear);
        }
        return watch.ops;
    }

    private void apply(Entry entry) throws IOException {
        SelectionKey key = entry.channel.keyFor(selector);
        if (key != null && isToGo(key, entry)) {
            key.cancel();
            selector.selectNow(this::report);
            key = entry.channel.keyFor(selector);
            if (key != null) {
                lingering.add(entry);
                return;
            }
        }
        if (!entry.isEmpty()) {
            watch(entry, key);
        }
    }

    /** Not the key of an entry that came after this one. */
    private static boolean isToGo(SelectionKey key, Entry entry) {
        return !key.isValid() || (entry.isEmpty() && key.attachment() == entry);
    }

    private void watch(Entry entry, @Nullable SelectionKey key) {
        try {
            int ops = entry.watches()
                    .filter(watch -> !watch.reported)
                    .mapToInt(watch -> watch.ops)
                    .sum();
            if (key == null) {
                entry.channel.register(selector, ops, entry);
            } else {
                key.interestOps(ops);
            }
        } catch (ClosedChannelException | CancelledKeyException | IllegalBlockingModeException e) {
            entry.watches().forEach(watch -> post(watch.context, () -> watch.hearFailure(e)));
        }
    }

    private void post(Context context, Runnable onLoop) {
        try {
            loop.callSoonThreadsafe(onLoop, context);
        } catch (IllegalStateException e) {
            // The loop was closed, and nobody waits any more.
        }
    }

    /** A selector that fails is of no use any more; the next watch opens another. On the loop. */
    private void giveUp(IOException cause) {
        loop.removeCloseAction(onClose);
        close();
        entries.values().stream().flatMap(Entry::watches).toList().forEach(watch -> watch.hearFailure(cause));
    }
}
