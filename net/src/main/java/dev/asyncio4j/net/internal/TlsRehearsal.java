package dev.asyncio4j.net.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.LoopOptions;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.net.internal.TlsSettings.ClientCertificate;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Begins handshakes with nobody, and has them fail, so that no class is loaded for that on the loop, or when no descriptor
 * is left to load it with: a class that cannot be loaded then is missing for ever.
 *
 * <p><b>Threads.</b> One that may block.
 */
final class TlsRehearsal {
    private static final Set<String> PROVIDERS = ConcurrentHashMap.newKeySet(); // whose rehearsal has been

    private TlsRehearsal() {}

    /** Rehearses once in a process for each provider. */
    static void run(TlsEngines engines) {
        if (PROVIDERS.contains(engines.provider())) {
            return;
        }
        Netty.load();
        var driver = new NettyIoDriver();
        var loop = new BaseEventLoop(LoopOptions.DEFAULT.withDriver(driver));
        try {
            var never = Duration.ofHours(1);
            var settings = new TlsSettings(engines, true, null, List.of(), ClientCertificate.IGNORED, never, never);
            play(new TlsHandler(loop, driver, settings), TlsRehearsal::answerNonsense);
            play(new TlsHandler(loop, driver, settings), TlsRehearsal::leave);
            play(new TlsHandler(loop, driver, settings), _ -> {});
            var _ = new TimeoutException("a rehearsal");
            var _ = TlsFailure.Kind.TIMED_OUT;
        } finally {
            loop.close();
        }
        PROVIDERS.add(engines.provider());
    }

    private static void play(TlsHandler handler, Consumer<EmbeddedChannel> peer) {
        var channel = new EmbeddedChannel(handler);
        handler.whenReady(_ -> {});
        peer.accept(channel);
        channel.finishAndReleaseAll();
    }

    private static void answerNonsense(EmbeddedChannel channel) {
        var _ = channel.writeOneInbound(Unpooled.copiedBuffer("this is no record", US_ASCII));
    }

    private static void leave(EmbeddedChannel channel) {
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
}
