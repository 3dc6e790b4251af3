import org.jspecify.annotations.NullMarked;

/** The event loop, tasks, futures and everything of asyncio that needs no I/O. */
@NullMarked
module dev.asyncio4j {
    requires static jdk.unsupported;
    requires static org.jspecify;

    exports dev.asyncio4j;
    exports dev.asyncio4j.files;
    exports dev.asyncio4j.interop;
    exports dev.asyncio4j.spi;
    exports dev.asyncio4j.sync;

    uses dev.asyncio4j.spi.IoDriverProvider;
}
