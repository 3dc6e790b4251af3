package dev.asyncio4j.tests.parity;

/** The exception that scenarios raise. */
final class Boom extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Boom() {}

    Boom(String message) {
        super(message);
    }
}
