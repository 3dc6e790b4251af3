package dev.asyncio4j.net;

/** The numbers that ports may have. */
final class Ports {
    private static final int MAX = 65_535;

    private Ports() {}

    static void check(int port, int lowest) {
        if (port < lowest || port > MAX) {
            throw new IllegalArgumentException("a port is between " + lowest + " and " + MAX + ", not " + port);
        }
    }
}
