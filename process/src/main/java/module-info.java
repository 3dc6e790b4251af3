import org.jspecify.annotations.NullMarked;

/** Child processes whose pipes are streams. */
@NullMarked
module dev.asyncio4j.process {
    requires transitive dev.asyncio4j;
    requires transitive dev.asyncio4j.net;
    requires static org.jspecify;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;

    exports dev.asyncio4j.process;
}
