package dev.asyncio4j.net.internal;

import dev.asyncio4j.EventLoop;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.TimerHandle;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS on one channel (TLS-1): below it records, above it bytes. Another may lie above it.
 *
 * <p><b>States.</b> New; in the handshake; open; closing, when the farewells are exchanged; ended.
 *
 * <p><b>Threads.</b> The raw thread only; see {@link TlsTasks} for what runs elsewhere.
 */
final class TlsHandler extends ChannelDuplexHandler implements NettyLayer.Attached {
    /*
     * Why not Netty's handler. It encrypts all that is handed to it at once, so that a writer's back-pressure would see
     * none of it; and it touches the engine while a task of the engine runs elsewhere. That task runs trust managers,
     * which are user code, under the engine's lock: the raw thread would wait for user code. Here the engine is never
     * touched while a task is out.
     *
     * Farewell: closing says close_notify and waits for the peer's, or its end of stream (TLS-4). The shutdown timeout
     * counts from the moment the owner closes, so that a peer that takes nothing cannot hold a connection either. An abort
     * does not pass through here: it closes the channel beneath the pipeline.
     */

    private enum State {
        NEW,
        HANDSHAKING,
        OPEN,
        CLOSING,
        ENDED
    }

    private final EventLoop loop;
    private final NettyIoDriver driver;
    private final TlsSettings settings;
    private final TlsTasks tasks;
    private final TlsReceiver receiver;
    private final TlsSender sender;

    private State state = State.NEW;
    private @Nullable TlsEngine engine; // from the handshake to the end
    private @Nullable ChannelHandlerContext context;
    private @Nullable TimerHandle timer; // of the handshake, then of the farewell
    private TlsAgreement agreement = TlsAgreement.NONE;
    private boolean inputDone; // the peer said farewell or ended its stream
    private boolean farewellSent;

    private @Nullable Consumer<@Nullable Throwable> outcome; // hears how the handshake ended
    private boolean decided; // it ended, with or without the failure below
    private @Nullable Throwable failure;

    TlsHandler(EventLoop loop, NettyIoDriver driver, TlsSettings settings) {
        this.loop = loop;
        this.driver = driver;
        this.settings = settings;
        this.tasks = new TlsTasks(loop, driver);
        this.receiver = new TlsReceiver(this, driver.blocks());
        this.sender = new TlsSender(this, driver.blocks());
    }

    /* ---- for the owner of the connection ---- */

    @Override
    public ChannelHandler handler() {
        return this;
    }

    @Override
    public void begin(byte[] received) {
        beginHandshake();
        if (received.length > 0) {
            channelRead(context(), Unpooled.wrappedBuffer(received));
        }
    }

    @Override
    public void whenReady(Consumer<@Nullable Throwable> outcome) {
        if (decided) {
            outcome.accept(failure);
        } else {
            this.outcome = outcome;
        }
    }

    @Override
    public void closing() {
        if (state == State.OPEN && timer == null) {
            startTimer(settings.shutdownTimeout(), this::shutdownTimedOut);
        }
    }

    @Override
    public @Nullable Object extraInfo(String name) {
        return name.equals("tls_provider") ? settings.engines().provider() : agreement.extraInfo(name);
    }

    private void decide(@Nullable Throwable cause) {
        if (decided) {
            return;
        }
        decided = true;
        failure = cause;
        var hearer = outcome;
        outcome = null;
        if (hearer != null) {
            hearer.accept(cause);
        }
    }

    /* ---- for both sides ---- */

    ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    TlsEngine engine() {
        return Objects.requireNonNull(engine);
    }

    boolean maySend() {
        return state == State.OPEN && !tasks.areOut() && context().channel().isActive();
    }

    boolean mayReceive() {
        return !tasks.areOut() && wantsMore();
    }

    /** Tells whether what is received is of use, maybe later. */
    boolean wantsMore() {
        return !inputDone && state != State.NEW && state != State.ENDED;
    }

    /** Does what the engine wants to be done, until it wants to read. */
    void proceed() throws SSLException {
        var engine = engine();
        while (state != State.ENDED && !tasks.areOut()) {
            var wish = engine.wish();
            if (wish == HandshakeStatus.NEED_TASK) {
                startTasks();
            } else if (wish == HandshakeStatus.NEED_WRAP) {
                if (!sender.sendControl() && engine.wish() == wish) {
                    return;
                }
            } else if (state != State.HANDSHAKING || !lookAgain()) {
                return;
            }
        }
    }

    /** Tells whether the engine has a wish after all. */
    private boolean lookAgain() throws SSLException {
        if (engine().lookAgain() == HandshakeStatus.FINISHED) {
            handshakeDone();
        }
        return engine().hasWish();
    }

    /** Looks at what the engine has come to. */
    void settle(SSLEngineResult result) throws SSLException {
        var status = result.getHandshakeStatus();
        if (state == State.HANDSHAKING) {
            var ended = status == HandshakeStatus.FINISHED
                    || (status == HandshakeStatus.NOT_HANDSHAKING && result.getStatus() == Status.OK);
            if (ended && result.getStatus() != Status.CLOSED) {
                handshakeDone();
            }
        } else if (status == HandshakeStatus.NEED_TASK) {
            throw new SSLException("the peer asked for another handshake, which is refused");
        }
    }

    void deliver(Block bytes) {
        if (bytes.isReadable() && state == State.OPEN) {
            context().fireChannelRead(bytes);
        } else {
            bytes.release();
        }
    }

    void farewellReceived() throws SSLException {
        if (state == State.HANDSHAKING) {
            throw new SSLException("the peer ended the handshake");
        }
        if (!inputDone) {
            inputDone();
        }
    }

    void sendOn() {
        step(() -> {});
    }

    /** Something that may find fault with the peer. */
    private interface Step {
        void run() throws SSLException;
    }

    private void step(Step step) {
        if (state == State.ENDED) {
            return;
        }
        try {
            step.run();
            sender.send();
        } catch (SSLException | RuntimeException e) {
            fail(TlsFailure.Kind.REFUSED, reason(e), e);
        }
        if (context().channel().isActive()) {
            context().flush();
        }
    }

    /* ---- handshake ---- */

    private void beginHandshake() {
        if (state == State.NEW) {
            state = State.HANDSHAKING;
            startTimer(settings.handshakeTimeout(), this::handshakeTimedOut);
            step(() -> {
                engine = settings.engines().newEngine(settings, peerPort(), driver.blocks());
                engine.begin();
                proceed();
            });
        }
    }

    private int peerPort() {
        return context().channel().remoteAddress() instanceof InetSocketAddress address ? address.getPort() : 0;
    }

    private void handshakeDone() throws SSLException {
        agreement = TlsAgreement.of(engine().engine());
        agreement.checkName(settings.client() ? settings.host() : null);
        stopTimer();
        state = State.OPEN;
        decide(null);
    }

    /** Meanwhile nothing is read: what comes could only pile up. */
    private void startTasks() {
        context().channel().config().setAutoRead(false);
        tasks.start(engine(), this::tasksDone);
    }

    private void tasksDone(@Nullable Throwable thrown) {
        if (state == State.ENDED) {
            return;
        }
        if (thrown != null) {
            fail(TlsFailure.Kind.REFUSED, reason(thrown), thrown);
            return;
        }
        context().channel().config().setAutoRead(true); // before its owner hears of the connection and decides
        step(() -> {
            proceed();
            receiver.receive(Unpooled.EMPTY_BUFFER);
        });
    }

    private void handshakeTimedOut() {
        if (state == State.HANDSHAKING) {
            var millis = settings.handshakeTimeout().toMillis();
            fail(TlsFailure.Kind.TIMED_OUT, "not finished within " + millis + " ms", null);
        }
    }

    /* ---- the end ---- */

    private void inputDone() {
        inputDone = true;
        if (state == State.OPEN) {
            context().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        } else {
            closeIfDone();
        }
    }

    private void sayFarewell() {
        try {
            sender.sendFarewell(() -> {
                farewellSent = true;
                closeIfDone();
            });
        } catch (SSLException e) {
            fail(TlsFailure.Kind.REFUSED, reason(e), e);
        }
    }

    private void closeIfDone() {
        if (state == State.CLOSING && farewellSent && inputDone) {
            end();
            var _ = context().close();
        }
    }

    private void shutdownTimedOut() {
        if (state == State.OPEN || state == State.CLOSING) {
            var text = "TLS: " + peer() + " did not take what was sent, or did not end the connection, within "
                    + settings.shutdownTimeout().toMillis() + " ms";
            end();
            context().fireExceptionCaught(new TimeoutException(text));
        }
    }

    private void fail(TlsFailure.Kind kind, String reason, @Nullable Throwable cause) {
        if (state == State.ENDED) {
            return;
        }
        var handshaking = state == State.HANDSHAKING;
        var what = handshaking ? "TLS handshake with " : "TLS with ";
        var thrown = new TlsFailure(kind, what + peer() + " failed: " + reason, cause);
        if (engine != null && !tasks.areOut() && context().channel().isActive()) {
            sender.sendAlert();
        }
        end();
        if (handshaking) {
            decide(thrown);
        } else {
            context().fireExceptionCaught(thrown);
        }
    }

    private void end() {
        state = State.ENDED;
        stopTimer();
        sender.drop();
        receiver.drop();
        if (engine != null) {
            engine.end();
        }
    }

    private String peer() {
        var host = settings.host();
        var remote = context().channel().remoteAddress();
        var address = remote == null ? "a peer" : SocketErrors.shown(remote);
        return host == null || TlsLayer.isAddress(host) ? address : host + " at " + address;
    }

    /** The words of whoever found the fault: the innermost message. */
    private static String reason(Throwable thrown) {
        var reason = thrown;
        for (var depth = 0; depth < 16 && reason.getCause() != null; depth++) {
            reason = reason.getCause();
        }
        @Nullable String message = reason.getMessage();
        return message == null ? reason.toString() : message;
    }

    private void startTimer(Duration delay, Runnable expired) {
        stopTimer();
        timer = loop.callLater(delay, () -> driver.submit(expired));
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /* ---- what Netty tells ---- */

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        end();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        beginHandshake();
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var received = (ByteBuf) message;
        try {
            step(() -> receiver.receive(received));
        } finally {
            received.release();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof ChannelInputShutdownEvent)) {
            context.fireUserEventTriggered(event);
        } else if (state == State.HANDSHAKING) {
            fail(TlsFailure.Kind.RESET, "the peer left", null);
        } else if (!inputDone && state != State.ENDED) {
            inputDone();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (state == State.ENDED || state == State.CLOSING) {
            ((ByteBuf) message).release();
        } else {
            sender.add((ByteBuf) message);
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        if (state == State.ENDED) {
            context.flush();
        } else {
            sendOn();
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // whoever closes waits for channelInactive
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (state != State.OPEN && state != State.CLOSING) {
            end();
            context.close(promise);
            return;
        }
        if (!promise.isVoid()) {
            context.channel().closeFuture().addListener(_ -> promise.trySuccess());
        }
        if (state == State.OPEN) {
            closing();
            state = State.CLOSING;
            sender.drop();
            sayFarewell();
            context.channel().config().setAutoRead(true); // for the peer's farewell
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var reset = SocketErrors.isReset(cause);
        if (state == State.HANDSHAKING) {
            fail(reset ? TlsFailure.Kind.RESET : TlsFailure.Kind.REFUSED, reason(cause), cause);
        } else if (state == State.CLOSING && reset) { // all was sent, and nothing more is expected
            end();
            context.channel().unsafe().close(context.channel().voidPromise());
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (state == State.HANDSHAKING) {
            fail(TlsFailure.Kind.RESET, "the peer left", null);
        }
        end();
        context.fireChannelInactive();
    }
}
