package dev.asyncio4j;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A future that can say which others must end before it can. */
final class DependentFuture<T extends @Nullable Object> extends Future<T> {

    private final Supplier<? extends Set<? extends Future<?>>> dependencies;

    DependentFuture(BaseEventLoop loop, String label, Supplier<? extends Set<? extends Future<?>>> dependencies) {
        super(loop, label);
        this.dependencies = dependencies;
    }

    @Override
    public Set<Future<?>> dependencies() {
        return done() ? Set.of() : new LinkedHashSet<>(dependencies.get());
    }
}
