import org.jspecify.annotations.NullMarked;

/** The launcher's commands. */
@NullMarked
module dev.asyncio4j.cli {
    requires dev.asyncio4j.net;
    requires dev.asyncio4j.process;
    requires dev.asyncio4j.testing;
    requires static org.jspecify;
    requires info.picocli;
    requires java.compiler;
    requires jdk.compiler;
    requires org.jline.reader;
    requires org.jline.terminal;

    exports dev.asyncio4j.cli;

    uses dev.asyncio4j.spi.IoDriverProvider;

    opens dev.asyncio4j.cli to
            info.picocli;
}
