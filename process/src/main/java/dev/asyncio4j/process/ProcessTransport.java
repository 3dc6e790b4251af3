package dev.asyncio4j.process;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.Context;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.ExitError;
import dev.asyncio4j.Future;
import dev.asyncio4j.net.BaseProtocol;
import dev.asyncio4j.net.Network;
import dev.asyncio4j.net.Protocol;
import dev.asyncio4j.net.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process, the transports of its pipes, and the protocol that hears of all of them.
 *
 * <p><b>Threads.</b> Loop thread only.
 */
final class ProcessTransport implements SubprocessTransport {

    /*
     * The process itself is a Subprocess without pipes, which watches it and sends it signals. Each pipe is a transport of
     * its own, whose protocol hands on what it hears.
     *
     * Until all pipes are connected, what they tell waits in `early`, behind connectionMade (SP-2). From then on each call
     * is a callback of its own, as CPython makes them.
     */

    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    private final BaseEventLoop loop;
    private final Context context = Asyncio.copyContext();
    private final Subprocess process;
    private final List<Pipe> pipes;

    private SubprocessProtocol protocol;
    private @Nullable List<Runnable> early = new ArrayList<>();
    private boolean closed;
    private boolean exitAnnounced; // a turn later than the process is known to have ended
    private boolean lossAnnounced;

    private ProcessTransport(BaseEventLoop loop, Subprocess process, SubprocessProtocol protocol, List<Pipe> pipes) {
        this.loop = loop;
        this.process = process;
        this.protocol = protocol;
        this.pipes = pipes;
    }

    /**
     * Connects the pipes of a process that has just been started, and tells the protocol. Suspends. What fails or is cancelled
     * leaves no process behind (SP-7).
     *
     * @param ends what the pipes of the process are to us; who hears of them is set here
     */
    static ProcessTransport of(BaseEventLoop loop, Subprocess process, SubprocessProtocol protocol, List<Pipe> ends)
            throws IOException {
        var transport = new ProcessTransport(loop, process, protocol, ends);
        var complete = false;
        try {
            process.exit().addDoneCallback(_ -> transport.exited(), transport.context);
            for (var pipe : ends) {
                pipe.connect(transport);
            }
            transport.begin();
            complete = true;
            return transport;
        } finally {
            if (!complete) {
                transport.abandon();
            }
        }
    }

    private void begin() {
        loop.callSoon(() -> guarded("connectionMade", () -> protocol.connectionMade(this)), context);
        var waiting = Objects.requireNonNull(early);
        early = null;
        waiting.forEach(this::call);
        Future<@Nullable Void> made = loop.createFuture("the start of a protocol");
        loop.callSoon(() -> {
            if (!made.done()) {
                made.setResult(null);
            }
        });
        made.await();
    }

    /** Ends all that there is. The protocol hears of that if it has heard of the process. */
    private void abandon() {
        abort();
        for (var pipe : pipes) {
            ProcessThreads.EXECUTOR.execute(pipe::closeStream); // it may not have been connected
        }
        Asyncio.awaitEnd(process.exit(), () -> {});
    }

    /* ---- what the process and its pipes tell */

    private void call(Runnable callback) {
        if (early != null) {
            early.add(callback);
        } else {
            loop.callSoon(callback, context);
        }
    }

    private void exited() {
        exitAnnounced = true;
        call(() -> guarded("processExited", () -> protocol.processExited()));
        for (var pipe : pipes) {
            pipe.processExited();
        }
        announceLossIfOver();
    }

    private void announceLossIfOver() {
        if (!lossAnnounced && exitAnnounced && pipes.stream().allMatch(pipe -> pipe.lost)) {
            lossAnnounced = true;
            call(() -> guarded("connectionLost", () -> protocol.connectionLost(null)));
        }
    }

    private interface Callback {
        void call() throws Exception;
    }

    private void guarded(String callback, Callback body) {
        try {
            body.call();
        } catch (ExitError exit) {
            throw exit;
        } catch (Throwable failure) {
            report(callback + "() of a protocol failed", failure);
        }
    }

    private void report(String message, Throwable failure) {
        loop.callExceptionHandler(ExceptionContext.of(message)
                .with(ExceptionContext.EXCEPTION, failure)
                .with("transport", this)
                .with("protocol", protocol));
    }

    /** One of the pipes. */
    abstract static class Pipe implements Protocol {
        private final int fd;
        private final Closeable stream;

        private @Nullable ProcessTransport process; // null before it is connected
        private @Nullable Transport transport; // null before it is made
        private boolean lost;

        Pipe(int fd, Closeable stream) {
            this.fd = fd;
            this.stream = stream;
        }

        /** Makes a transport of the stream, with this as its protocol. Suspends. */
        abstract void connect() throws IOException;

        private void connect(ProcessTransport to) throws IOException {
            process = to;
            connect();
        }

        private ProcessTransport process() {
            return Objects.requireNonNull(process);
        }

        /** Not on the loop's thread. */
        private void closeStream() {
            try {
                stream.close();
            } catch (IOException e) {
                // The process has been killed: nobody reads or writes any more.
            }
        }

        /** Nobody reads standard input any more. What it has not taken decides how it ends (PI-2). */
        private void processExited() {
            if (fd == 0 && transport != null) {
                transport.close();
            }
        }

        @Override
        public void connectionMade(Transport made) {
            transport = made;
        }

        @Override
        public void dataReceived(byte[] bytes) {
            var to = process();
            to.call(() -> to.guarded("pipeDataReceived", () -> to.protocol.pipeDataReceived(fd, bytes)));
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            lost = true;
            var to = process();
            to.call(() -> to.guarded("pipeConnectionLost", () -> to.protocol.pipeConnectionLost(fd, cause)));
            to.announceLossIfOver();
        }

        @Override
        public void pauseWriting() throws Exception {
            process().protocol.pauseWriting();
        }

        @Override
        public void resumeWriting() throws Exception {
            process().protocol.resumeWriting();
        }
    }

    /** Standard input. */
    static final class Input extends Pipe {
        private final PipeOutput stream;

        Input(PipeOutput stream) {
            super(0, stream);
            this.stream = stream;
        }

        @Override
        void connect() throws IOException {
            Network.connectWritePipe(() -> this, stream);
        }
    }

    /** Standard output or standard error. */
    static final class Output extends Pipe {
        private final InputStream stream;

        Output(int fd, InputStream stream) {
            super(fd, stream);
            this.stream = stream;
        }

        @Override
        void connect() throws IOException {
            Network.connectReadPipe(() -> this, stream);
        }
    }

    /* ---- asked by its owner */

    @Override
    public long getPid() {
        return process.pid();
    }

    @Override
    public OptionalInt getReturncode() {
        return process.returncode();
    }

    @Override
    public Optional<Transport> getPipeTransport(int fd) {
        return pipes.stream()
                .filter(pipe -> pipe.fd == fd)
                .findFirst()
                .flatMap(pipe -> Optional.ofNullable(pipe.transport));
    }

    @Override
    public void sendSignal(int number) {
        switch (number) {
            case SIGTERM -> terminate();
            case SIGKILL -> kill();
            default ->
                process.sendSignalSoon(number).addDoneCallback(sent -> {
                    var failure = sent.cancelled() ? null : sent.exception();
                    if (failure != null) {
                        report("a signal could not be sent to a process", failure);
                    }
                });
        }
    }

    @Override
    public void terminate() {
        process.terminate();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public boolean isClosing() {
        return closed;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            forEachPipe(Transport::close);
            process.kill();
        }
    }

    @Override
    public void abort() {
        closed = true;
        forEachPipe(Transport::abort);
        process.kill();
    }

    private void forEachPipe(Consumer<Transport> action) {
        for (var pipe : pipes) {
            if (pipe.transport != null) {
                action.accept(pipe.transport);
            }
        }
    }

    @Override
    public Optional<Object> getExtraInfo(String name) {
        return name.equals("subprocess") ? Optional.of(process.handle()) : Optional.empty();
    }

    @Override
    public void setProtocol(BaseProtocol<?> next) {
        if (!(next instanceof SubprocessProtocol ours)) {
            throw new IllegalArgumentException("a process calls a SubprocessProtocol, not " + next);
        }
        protocol = ours;
    }

    @Override
    public BaseProtocol<?> getProtocol() {
        return protocol;
    }

    @Override
    public String toString() {
        return "SubprocessTransport[" + process + (closed ? ", closing" : "") + "]";
    }
}
