package dev.asyncio4j.internal.coroutine;

/** Fibers on the JDK's own scheduler. Works everywhere; blocking calls of the JDK hold the loop. */
final class PortableRuntime extends FiberRuntime {

    private final String reason;

    PortableRuntime(String reason) {
        this.reason = reason;
    }

    @Override
    public Fiber newFiber(Carrier carrier, Fiber.Host host) {
        return new PortableFiber(carrier, host);
    }

    @Override
    public String name() {
        return "portable";
    }

    @Override
    public String shortcoming() {
        return reason;
    }
}
