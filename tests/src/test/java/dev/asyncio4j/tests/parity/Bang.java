package dev.asyncio4j.tests.parity;

/** The exception that scenarios raise beside {@link Boom}. */
final class Bang extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Bang() {}

    Bang(String message) {
        super(message);
    }
}
