package dev.asyncio4j;

import dev.asyncio4j.internal.os.Signals;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The callbacks of one loop for signals (SG-2, SG-3).
 *
 * <p><b>Threads.</b> The loop's own, but {@link #arrived}, which is called on the thread that delivers signals.
 */
final class LoopSignals {

    private final BaseEventLoop loop;
    private final Map<String, Entry> entries = new HashMap<>(2);

    LoopSignals(BaseEventLoop loop) {
        this.loop = loop;
    }

    /** What is to be done at a signal. */
    private final class Entry {
        private final String name;
        private final Runnable callback;
        private final Context context;
        private final Signals.Registration registration;

        Entry(String name, Runnable callback, Context context) {
            this.name = name;
            this.callback = callback;
            this.context = context;
            this.registration = Signals.handle(name, () -> arrived(this));
        }

        /** Calls back, unless it was removed or replaced after the signal came. */
        void run() {
            if (entries.get(name) == this) {
                callback.run();
            }
        }
    }

    private void arrived(Entry entry) {
        try {
            loop.callSoonThreadsafe(entry::run, entry.context);
        } catch (IllegalStateException e) {
            assert loop.isClosed() : e; // nobody is left to be told
        }
    }

    void add(String signal, Runnable callback, Context context) {
        var name = shortName(signal);
        var replaced = entries.put(name, new Entry(name, callback, context));
        if (replaced != null) {
            replaced.registration.restore();
        }
    }

    boolean remove(String signal) {
        var removed = entries.remove(shortName(signal));
        if (removed == null) {
            return false;
        }
        removed.registration.restore();
        return true;
    }

    void removeAll() {
        List.copyOf(entries.keySet()).forEach(this::remove);
    }

    private static String shortName(String signal) {
        var name = signal.toUpperCase(Locale.ROOT);
        return name.startsWith("SIG") ? name.substring("SIG".length()) : name;
    }
}
