package dev.asyncio4j;

/** Throws checked exceptions where none is declared, since what a task throws its awaiter gets. */
final class Sneaky {

    private Sneaky() {}

    /** Throws the exception; declared to return one so that the compiler knows the code ends there. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <X extends Throwable> RuntimeException sneak(Throwable exception) throws X {
        throw (X) exception;
    }
}
