package dev.asyncio4j.interop;

/** Throws checked exceptions where none is declared: a publisher may fail with any. */
final class Sneaky {

    private Sneaky() {}

    /** Throws the exception; declared to return one so that the compiler knows the code ends there. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <X extends Throwable> RuntimeException sneak(Throwable exception) throws X {
        throw (X) exception;
    }
}
