package dev.asyncio4j.internal.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where other threads leave what the loop is to do. Lock-free: a stack that the loop takes whole and turns over.
 *
 * <p><b>Threads.</b> {@link #add} and {@link #isEmpty} from any; {@link #drainTo} loop thread only.
 *
 * <p><b>Order.</b> First in, first out; entries of one thread never overtake each other.
 *
 * @param <E> what is handed in
 */
public final class Inbox<E> {

    private static final VarHandle TOP;

    static {
        try {
            TOP = MethodHandles.lookup().findVarHandle(Inbox.class, "top", Node.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final class Node<E> {
        final E entry;

        @Nullable
        Node<E> below;

        Node(E entry) {
            this.entry = entry;
        }
    }

    private volatile @Nullable Node<E> top;

    /** Makes an empty inbox. */
    public Inbox() {}

    /**
     * Hands something in.
     *
     * @param entry what the loop is to find
     */
    public void add(E entry) {
        var node = new Node<>(entry);
        Node<E> seen;
        do {
            seen = top;
            node.below = seen;
        } while (!TOP.compareAndSet(this, seen, node));
    }

    /**
     * Tells whether nothing has been handed in since the last draining.
     *
     * @return true if there is nothing
     */
    public boolean isEmpty() {
        return top == null;
    }

    /**
     * Takes everything out.
     *
     * @param receiver is given each entry, the oldest first
     */
    public void drainTo(Consumer<? super E> receiver) {
        if (top == null) {
            return;
        }
        @SuppressWarnings("unchecked")
        var taken = (Node<E>) TOP.getAndSet(this, null);
        for (Node<E> node = turnedOver(taken); node != null; node = node.below) {
            receiver.accept(node.entry);
        }
    }

    private static <E> @Nullable Node<E> turnedOver(@Nullable Node<E> stack) {
        Node<E> oldest = null;
        Node<E> node = stack;
        while (node != null) {
            Node<E> below = node.below;
            node.below = oldest;
            oldest = node;
            node = below;
        }
        return oldest;
    }
}
