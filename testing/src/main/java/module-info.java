import org.jspecify.annotations.NullMarked;

/** A loop with a virtual clock, seeded scheduling, a deadlock report and a JUnit extension. */
@NullMarked
module dev.asyncio4j.testing {
    requires transitive dev.asyncio4j;
    requires static dev.asyncio4j.net;
    requires static org.jspecify;
    requires static org.junit.jupiter.api;

    exports dev.asyncio4j.testing;
    exports dev.asyncio4j.testing.net;
}
