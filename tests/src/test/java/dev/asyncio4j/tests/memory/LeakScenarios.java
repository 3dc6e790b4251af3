package dev.asyncio4j.tests.memory;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;

import dev.asyncio4j.Action;
import dev.asyncio4j.AsyncGenerator;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelScope;
import dev.asyncio4j.ContextVar;
import dev.asyncio4j.ExceptionGroup;
import dev.asyncio4j.ExitStack;
import dev.asyncio4j.Future;
import dev.asyncio4j.LoopGroup;
import dev.asyncio4j.TaskGroup;
import dev.asyncio4j.TaskOptions;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.files.AsyncFiles;
import dev.asyncio4j.interop.Futures;
import dev.asyncio4j.interop.Publishers;
import dev.asyncio4j.net.ConnectOptions;
import dev.asyncio4j.net.Connection;
import dev.asyncio4j.net.Datagrams;
import dev.asyncio4j.net.Network;
import dev.asyncio4j.net.Protocol;
import dev.asyncio4j.net.Server;
import dev.asyncio4j.net.ServerOptions;
import dev.asyncio4j.net.Sockets;
import dev.asyncio4j.net.StreamReader;
import dev.asyncio4j.net.StreamReaderProtocol;
import dev.asyncio4j.net.Streams;
import dev.asyncio4j.net.TlsContext;
import dev.asyncio4j.net.TlsException;
import dev.asyncio4j.net.TlsOptions;
import dev.asyncio4j.net.TlsProvider;
import dev.asyncio4j.net.Transport;
import dev.asyncio4j.net.internal.KeysByName;
import dev.asyncio4j.net.internal.TlsEngines;
import dev.asyncio4j.process.SubprocessOptions;
import dev.asyncio4j.process.SubprocessProtocol;
import dev.asyncio4j.process.Subprocesses;
import dev.asyncio4j.sync.Barrier;
import dev.asyncio4j.sync.Channel;
import dev.asyncio4j.sync.Condition;
import dev.asyncio4j.sync.Event;
import dev.asyncio4j.sync.Lock;
import dev.asyncio4j.sync.Queue;
import dev.asyncio4j.sync.Semaphore;
import io.netty.pkitesting.CertificateBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Each public feature once, in success, in failure and cancelled. */
final class LeakScenarios {

    private static final String HOST = "127.0.0.1";
    private static final Duration LONG = Duration.ofHours(1);
    private static final ContextVar<String> NAME = new ContextVar<>("name", "nobody");

    private LeakScenarios() {}

    static Map<String, Action<?>> all() {
        var all = new LinkedHashMap<String, Action<?>>();
        all.put("jobs of the executor", LeakScenarios::executor); // first: it keeps the threads that it has started
        all.put("tasks", LeakScenarios::tasks);
        all.put("timers and callbacks", LeakScenarios::timers);
        all.put("calls of other threads", LeakScenarios::threadsafe);
        all.put("gather, wait, asCompleted", LeakScenarios::several);
        all.put("timeout, waitFor, shield, scopes", LeakScenarios::limits);
        all.put("groups", LeakScenarios::groups);
        all.put("races and bounded maps", LeakScenarios::races);
        all.put("locks and their kin", LeakScenarios::locks);
        all.put("queues", LeakScenarios::queues);
        all.put("generators", LeakScenarios::generators);
        all.put("contexts and exit stacks", LeakScenarios::contexts);
        all.put("futures of the JDK", LeakScenarios::futures);
        all.put("publishers", LeakScenarios::publishers);
        all.put("a loop of its own", LeakScenarios::wholeRun);
        all.put("files", LeakScenarios::files);
        all.put("signals", LeakScenarios::signals);
        all.put("loops side by side", LeakScenarios::loopGroup);
        all.put("streams, client ends", LeakScenarios::clientEnds);
        all.put("streams, server ends", LeakScenarios::serverEnds);
        all.put("streams, aborted and cancelled", LeakScenarios::aborted);
        all.put("connects that fail", LeakScenarios::refused);
        all.put("a server closed under its clients", LeakScenarios::serverCloses);
        all.put("unix sockets", LeakScenarios::unixSockets);
        all.put("tls of the jdk", () -> tls(TlsProvider.JDK));
        if (TlsEngines.whyNotBoringSsl(KeysByName.NONE) == null) {
            all.put("tls of boringssl", () -> tls(TlsProvider.BORINGSSL));
        }
        all.put("protocols", LeakScenarios::protocols);
        all.put("datagrams", LeakScenarios::datagrams);
        all.put("channels of the JDK", LeakScenarios::channels);
        all.put("sockets taken over", LeakScenarios::adoptedSockets);
        all.put("pipes and streams as connections", LeakScenarios::pipes);
        all.put("files over channels", LeakScenarios::sockSendfile);
        all.put("reader protocols", LeakScenarios::readerProtocol);
        all.put("child processes", LeakScenarios::processes);
        all.put("child processes killed", LeakScenarios::killed);
        all.put("child processes and protocols", LeakScenarios::processProtocols);
        return all;
    }

    // ---- core

    private static void forever() {
        getRunningLoop().createFuture().await();
    }

    private static void fail() {
        throw new IllegalStateException("on purpose");
    }

    private static void tasks() {
        createTask(() -> sleep(ZERO)).await();
        createTask(() -> sleep(ZERO), TaskOptions.DEFAULT.withEagerStart(true)).await();
        var failed = createTask(LeakScenarios::fail);
        Asyncio.wait(List.of(failed));
        failed.exception();
        var waiting = createTask(LeakScenarios::forever);
        sleep(ZERO);
        waiting.cancelAndWait();
        createTask(LeakScenarios::forever).cancelAndWait();
    }

    private static void timers() {
        var loop = getRunningLoop();
        for (int i = 0; i < 100; i++) {
            loop.callLater(LONG, () -> {}).cancel();
        }
        Future<Boolean> ran = loop.createFuture();
        loop.callLater(ofMillis(1), () -> ran.setResult(true));
        loop.callSoon(() -> {}).cancel();
        ran.await();
    }

    private static void threadsafe() {
        var loop = getRunningLoop();
        Asyncio.toThread(() -> {
            loop.callSoonThreadsafe(() -> {});
            Asyncio.runCoroutineThreadsafe(() -> 1, loop).join();
            Asyncio.runCoroutineThreadsafe(LeakScenarios::forever0, loop).cancel(true);
        });
        sleep(ofMillis(2));
    }

    private static int forever0() {
        forever();
        return 0;
    }

    private static void several() {
        Asyncio.gather(() -> sleep(ZERO), () -> sleep(ofMillis(1)));
        Asyncio.gatherOutcomes(() -> 1, () -> {
            throw new IllegalStateException("on purpose");
        });
        var waiting = createTask(LeakScenarios::forever);
        var gathering = createTask(() -> Asyncio.gather(List.of(waiting)));
        sleep(ZERO);
        gathering.cancelAndWait();
        for (var done : Asyncio.asCompleted(() -> 1, () -> Asyncio.sleep(ofMillis(1), 2))) {
            done.await();
        }
    }

    private static void limits() {
        Asyncio.timeout(LONG, () -> sleep(ZERO));
        expired(() -> Asyncio.timeout(ofMillis(1), LeakScenarios::forever));
        expired(() -> Asyncio.waitFor(LeakScenarios::forever, ofMillis(1)));
        var slow = createTask(() -> sleep(ofMillis(3)));
        expired(() -> Asyncio.timeout(ofMillis(1), () -> {
            Asyncio.shield(slow);
        }));
        slow.await();
        CancelScope.moveOnAfter(ofMillis(1), _ -> forever());
        CancelScope.moveOnAfter(LONG, _ -> sleep(ZERO));
        CancelScope.shielded(_ -> sleep(ZERO));
    }

    private static void expired(Action<? extends RuntimeException> limited) {
        try {
            limited.run();
        } catch (TimeoutException e) {
            return;
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("was not over in time");
    }

    private static void groups() {
        TaskGroup.run(group -> {
            group.createTask(() -> sleep(ofMillis(1)));
            group.createTask(() -> sleep(ZERO));
        });
        TaskGroup.run(group -> {
            group.createTask(LeakScenarios::forever);
            sleep(ZERO);
            group.cancel();
        });
        try {
            TaskGroup.run(group -> {
                group.createTask(LeakScenarios::forever);
                group.createTask(LeakScenarios::fail);
            });
        } catch (ExceptionGroup e) {
            return;
        }
        throw new AssertionError("the failure was lost");
    }

    private static void races() {
        Asyncio.staggeredRace(
                List.of(
                        () -> {
                            forever();
                            return 1;
                        },
                        () -> 2),
                ofMillis(1));
        Asyncio.mapConcurrent(2, List.of(1, 2, 3, 4), n -> Asyncio.sleep(ofMillis(1), n));
    }

    private static void locks() {
        var lock = new Lock();
        var event = new Event();
        var condition = new Condition();
        var semaphore = new Semaphore(1);
        var barrier = new Barrier(2);
        try (var _ = lock.acquire();
                var _ = semaphore.acquire()) {
            var waiters = List.of(
                    createTask(() -> lock.acquire()),
                    createTask(() -> semaphore.acquire()),
                    createTask(event::await),
                    createTask(() -> {
                        try (var _ = condition.acquire()) {
                            condition.await();
                        }
                    }),
                    createTask(() -> barrier.await()));
            sleep(ZERO);
            waiters.forEach(Future::cancel);
            Asyncio.wait(waiters);
        }
        var met = createTask(event::await);
        sleep(ZERO);
        event.set();
        met.await();
    }

    private static void queues() {
        var queue = new Queue<Integer>(1);
        TaskGroup.run(group -> {
            group.createTask(() -> {
                for (int i = 0; i < 5; i++) {
                    queue.put(i);
                }
            });
            group.createTask(() -> {
                for (int i = 0; i < 5; i++) {
                    queue.get();
                    queue.taskDone();
                }
            });
        });
        queue.join();
        var getter = createTask(() -> queue.get());
        sleep(ZERO);
        getter.cancelAndWait();
        queue.shutdown();
    }

    private static AsyncGenerator<Integer> numbers() {
        return AsyncGenerator.of(yielder -> {
            for (int i = 0; ; i++) {
                sleep(ZERO);
                yielder.yield(i);
            }
        });
    }

    private static void generators() {
        try (var numbers = numbers()) {
            for (int n : numbers) {
                if (n == 3) {
                    break;
                }
            }
        }
        numbers().anext(); // abandoned: collected, and then closed by the loop
    }

    /** Has each thread that the executor may have do something. */
    static void executor() {
        int threads = Math.min(32, Runtime.getRuntime().availableProcessors() + 4);
        var together = new CyclicBarrier(threads);
        Asyncio.gather(IntStream.range(0, threads)
                .mapToObj(_ -> getRunningLoop().runInExecutor(null, () -> {
                    Asyncio.copyContext(); // each thread gets the context that it keeps
                    return together.await();
                }))
                .toList());
    }

    private static void contexts() {
        NAME.set("Ada");
        createTask(() -> NAME.set("Grace")).await();
        ExitStack.run(stack -> {
            stack.callback(() -> sleep(ZERO));
            stack.enter(numbers());
        });
    }

    private static void futures() {
        var loop = getRunningLoop();
        Future<Integer> ours = loop.createFuture();
        CompletableFuture<Integer> theirs = Futures.toCompletableFuture(ours);
        Future<Integer> back = Futures.fromCompletionStage(theirs.thenApply(n -> n + 1));
        ours.setResult(1);
        back.await();
        Futures.toCompletableFuture(loop.createFuture()).cancel(true);
        Futures.fromCompletionStage(new CompletableFuture<>()).cancel();
        sleep(ofMillis(1));
    }

    private static void publishers() {
        try (var items = Publishers.subscribe(Publishers.publish(List.of(1, 2, 3)))) {
            for (int n : items) {
                sleep(ZERO);
                if (n == 2) {
                    break;
                }
            }
        }
        sleep(ZERO);
    }

    private static void wholeRun() throws IOException {
        Asyncio.toThread(() -> Asyncio.run(() -> {
            createTask(LeakScenarios::forever);
            createTask(() -> sleep(LONG));
            numbers().anext();
            Asyncio.toThread(() -> 1);
            echoOnce();
        }));
    }

    private static void files() throws IOException {
        Path file = Files.createTempFile("leaks", ".txt");
        try {
            AsyncFiles.writeString(file, "one\ntwo\n");
            try (var open = AsyncFiles.open(file, StandardOpenOption.READ)) {
                open.size();
            }
            try (var lines = AsyncFiles.lines(file)) {
                lines.iterator().next();
            }
            createTask(() -> AsyncFiles.readString(file)).cancelAndWait();
        } finally {
            AsyncFiles.delete(file);
        }
    }

    private static void signals() {
        getRunningLoop().addSignalHandler("USR2", () -> {});
        getRunningLoop().removeSignalHandler("USR2");
    }

    private static void loopGroup() {
        var channel = new Channel<Integer>(1);
        LoopGroup.run(2, loop -> {
            if (loop == 0) {
                for (int i = 0; i < 10; i++) {
                    channel.send(i);
                }
                channel.close();
                return 0;
            }
            int sum = 0;
            for (int number : channel) {
                sum += number;
            }
            return sum;
        });
        var cancelled = createTask(() -> LoopGroup.run(2, _ -> forever0()));
        sleep(ofMillis(1));
        cancelled.cancelAndWait();
    }

    // ---- streams and servers

    private static void echo(Connection connection) throws IOException {
        for (byte[] got = connection.reader().read(4_096);
                got.length > 0;
                got = connection.reader().read(4_096)) {
            connection.write(got);
        }
    }

    private static int port(Server server) {
        return server.sockets().getFirst().getPort();
    }

    private static void exchange(Connection connection) throws IOException {
        connection.write(new byte[100_000]);
        connection.reader().readExactly(100_000);
    }

    private static void echoOnce() throws IOException {
        try (var server = Streams.startServer(LeakScenarios::echo, HOST, 0);
                var connection = Streams.openConnection(HOST, port(server))) {
            exchange(connection);
        }
    }

    private static void clientEnds() throws IOException {
        for (int i = 0; i < 3; i++) {
            echoOnce();
        }
    }

    private static void serverEnds() throws IOException {
        try (var server = Streams.startServer(connection -> connection.write("bye\n".getBytes(US_ASCII)), HOST, 0)) {
            try (var connection = Streams.openConnection(HOST, port(server))) {
                connection.reader().readLine();
                connection.reader().read();
            }
        }
    }

    private static void aborted() throws IOException {
        var over = new Event();
        try (var server = Streams.startServer(_ -> over.await(), HOST, 0)) {
            try (var connection = Streams.openConnection(HOST, port(server))) {
                var reading = createTask(() -> connection.reader().readLine());
                sleep(ZERO);
                reading.cancelAndWait();
                connection.writer().write(new byte[10_000_000]); // nobody reads it
                connection.writer().abort();
            }
            over.set();
        }
    }

    private static void refused() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (var _ = Streams.openConnection(HOST, port)) {
            throw new AssertionError("nobody listens there");
        } catch (java.net.ConnectException e) {
            sleep(ZERO);
        }
        createTask(() -> Streams.openConnection(HOST, port)).cancelAndWait();
    }

    private static void serverCloses() throws IOException {
        Server server = Streams.startServer(LeakScenarios::echo, HOST, 0);
        try (var one = Streams.openConnection(HOST, port(server));
                var two = Streams.openConnection(HOST, port(server))) {
            exchange(one);
            exchange(two);
            server.close();
            server.closeClients();
            server.waitClosed();
        }
    }

    private static void unixSockets() throws IOException {
        Path folder = Files.createTempDirectory("leaks");
        try {
            Path path = folder.resolve("s");
            try (var _ = Streams.startUnixServer(LeakScenarios::echo, path);
                    var connection = Streams.openUnixConnection(path)) {
                exchange(connection);
            }
        } finally {
            Files.delete(folder);
        }
    }

    /** Sends back what it gets, or waits until it has got something. */
    private static final class Echoing implements Protocol {

        private final Future<Boolean> lost = getRunningLoop().createFuture();
        private final Future<Boolean> got = getRunningLoop().createFuture();
        private final boolean answers;
        private @Nullable Transport transport;

        Echoing(boolean answers) {
            this.answers = answers;
        }

        @Override
        public void connectionMade(Transport made) {
            transport = made;
        }

        @Override
        public void dataReceived(byte[] bytes) {
            Transport to = transport;
            if (answers && to != null) {
                to.write(bytes);
            } else if (!got.done()) {
                got.setResult(true);
            }
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            lost.setResult(true);
        }
    }

    /** Sessions are kept by the JDK until the context is collected: one context for all rounds. */
    private static void tls(TlsProvider provider) throws Exception {
        var ours = TlsContext.DEFAULT
                .withCertificate(Certificate.STORE, Certificate.PASSWORD)
                .withProvider(provider);
        var theirs = ConnectOptions.DEFAULT.withTls(
                TlsContext.DEFAULT.withTrust(Certificate.STORE).withProvider(provider));
        var stranger = ConnectOptions.DEFAULT.withTls(TlsContext.DEFAULT.withProvider(provider));
        try (var server =
                Streams.startServer(LeakScenarios::echo, HOST, 0, ServerOptions.DEFAULT.withTls(TlsOptions.of(ours)))) {
            for (var ended = 0; ended < 2; ended++) {
                try (var connection = Streams.openConnection(HOST, port(server), theirs)) {
                    connection.write(new byte[100_000]);
                    connection.reader().readExactly(100_000);
                    if (ended == 1) {
                        connection.writer().abort();
                    }
                }
            }
            try {
                Streams.openConnection(HOST, port(server), stranger).close();
            } catch (TlsException refused) {
                assert refused.getMessage() != null; // it is not to be trusted
            }
            var connecting = createTask(() -> Streams.openConnection(HOST, port(server), theirs));
            sleep(ZERO);
            sleep(ZERO);
            connecting.cancelAndWait();
        }
        try (var plain = Streams.startServer(
                        connection -> {
                            connection.startTls(TlsOptions.of(ours));
                            echo(connection);
                        },
                        HOST,
                        0);
                var connection = Streams.openConnection(HOST, port(plain))) {
            connection.startTls(TlsOptions.of(
                            TlsContext.DEFAULT.withTrust(Certificate.STORE).withProvider(provider))
                    .withServerHostname(HOST));
            connection.write(new byte[10]);
            connection.reader().readExactly(10);
        }
    }

    /** For this host, and by nobody. */
    private static final class Certificate {
        static final char[] PASSWORD = "secret".toCharArray();
        static final KeyStore STORE = store();

        private static KeyStore store() {
            try {
                var bundle = new CertificateBuilder()
                        .subject("CN=leaks")
                        .ecp256()
                        .addSanIpAddress(HOST)
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
                var store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry("key", bundle.getKeyPair().getPrivate(), PASSWORD, bundle.getCertificatePath());
                store.setCertificateEntry("trusted", bundle.getCertificate());
                return store;
            } catch (Exception e) {
                throw new IllegalStateException("no certificate could be made", e);
            }
        }
    }

    private static void protocols() throws IOException {
        try (var server = Network.createServer(() -> new Echoing(true), HOST, 0)) {
            var connection = Network.createConnection(() -> new Echoing(false), HOST, port(server));
            connection.transport().write(new byte[1_000]);
            connection.protocol().got.await();
            connection.transport().close();
            connection.protocol().lost.await();
        }
    }

    private static void datagrams() throws IOException {
        try (var server = Datagrams.bind(HOST, 0);
                var client = Datagrams.connect(HOST, ((InetSocketAddress) server.localAddress()).getPort())) {
            client.send(new byte[100]);
            server.receive();
            createTask(() -> server.receive()).cancelAndWait();
        }
    }

    // ---- channels of the JDK

    private static void channels() throws IOException {
        var pipe = Pipe.open();
        try (var source = pipe.source();
                var sink = pipe.sink();
                var listening = ServerSocketChannel.open()) {
            source.configureBlocking(false);
            sink.configureBlocking(false);
            listening.bind(new InetSocketAddress(HOST, 0)).configureBlocking(false);
            var reading = createTask(() -> Sockets.sockRecv(source, 10));
            var accepting = createTask(() -> Sockets.sockAccept(listening));
            sleep(ZERO);
            Sockets.sockSendAll(sink, new byte[1]);
            reading.await();
            accepting.cancelAndWait();
            Sockets.addReader(source, () -> {});
            Sockets.addWriter(sink, () -> {});
            sleep(ZERO);
            Sockets.removeReader(source);
            Sockets.removeWriter(sink);
        }
    }

    private static void adoptedSockets() throws IOException {
        try (var listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(HOST, 0)).configureBlocking(false);
            var one = SocketChannel.open();
            one.configureBlocking(false);
            Sockets.sockConnect(one, listening.getLocalAddress());
            var made = Network.connectAcceptedSocket(LostNoted::new, Sockets.sockAccept(listening));
            try (var connection = Streams.openConnection(one)) {
                made.transport().write(new byte[100_000]);
                connection.reader().readExactly(100_000);
                var reading = createTask(() -> connection.reader().read());
                sleep(ZERO);
                reading.cancelAndWait();
            }
            made.protocol().lost.await();
        }
    }

    private static void sockSendfile() throws IOException {
        var path = Files.createTempFile("leaks", ".bin");
        var pipe = Pipe.open();
        try (var source = pipe.source();
                var sink = pipe.sink();
                var file = FileChannel.open(Files.write(path, new byte[1_000_000]))) {
            source.configureBlocking(false);
            sink.configureBlocking(false);
            var sending = createTask(() -> Sockets.sockSendfile(sink, file));
            Sockets.sockRecv(source, 1000);
            sending.cancelAndWait();
        } finally {
            Files.delete(path);
        }
    }

    private static void readerProtocol() throws IOException {
        var server = Network.createServer(
                () -> new StreamReaderProtocol(new StreamReader(), (reader, writer) -> {
                    writer.write(reader.readLine());
                    writer.close();
                }),
                HOST,
                0);
        try (server;
                var connection = Streams.openConnection(HOST, port(server))) {
            connection.write(new byte[] {'\n'});
            connection.reader().read();
        }
    }

    private static void pipes() throws IOException {
        var pipe = Pipe.open();
        try (var reading = Streams.openReadPipe(pipe.source());
                var writing = Streams.openWritePipe(pipe.sink())) {
            writing.writer().write(new byte[100_000]);
            reading.reader().readExactly(100_000);
        }
        var aborted = Pipe.open();
        var writer = Network.connectWritePipe(LostNoted::new, aborted.sink());
        var reader = Network.connectReadPipe(LostNoted::new, aborted.source());
        writer.transport().write(new byte[1_000_000]);
        writer.transport().abort();
        writer.protocol().lost.await();
        reader.protocol().lost.await();
        var out = new ByteArrayOutputStream();
        try (var streams = Streams.openPipes(new ByteArrayInputStream(new byte[1000]), out)) {
            streams.write(streams.reader().read());
        }
    }

    /** Tells when it is lost. */
    private static final class LostNoted implements Protocol {
        private final Future<Boolean> lost = getRunningLoop().createFuture();

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            lost.setResult(true);
        }
    }

    // ---- child processes

    private static void processes() throws IOException {
        var pipes = SubprocessOptions.PIPES;
        try (var cat = Subprocesses.createSubprocessExec(List.of("cat"), pipes)) {
            cat.communicate(new byte[100_000]);
        }
        try (var child = Subprocesses.createSubprocessShell("exit 3")) {
            child.await();
        }
    }

    private static void processProtocols() throws IOException {
        final class Ending implements SubprocessProtocol {
            private final Future<Boolean> lost = getRunningLoop().createFuture();

            @Override
            public void connectionLost(@Nullable Throwable cause) {
                lost.setResult(true);
            }
        }
        var cat = Subprocesses.subprocessExec(Ending::new, List.of("cat"));
        var input = cat.transport().getPipeTransport(0).orElseThrow();
        input.write(new byte[100_000]);
        input.writeEof();
        cat.protocol().lost.await();
        var sleeping = Subprocesses.subprocessExec(Ending::new, List.of("sleep", "60"));
        sleeping.transport().close();
        sleeping.protocol().lost.await();
        createTask(() -> Subprocesses.subprocessExec(Ending::new, List.of("sleep", "60")))
                .cancelAndWait();
    }

    private static void killed() throws IOException {
        try (var child = Subprocesses.createSubprocessExec(List.of("sleep", "60"))) {
            child.kill();
            child.await();
        }
        try (var _ = Subprocesses.createSubprocessExec(List.of("sleep", "60"))) {
            sleep(ZERO); // close() ends it
        }
    }
}
