package dev.asyncio4j.testing.net;

import dev.asyncio4j.EventLoop;
import dev.asyncio4j.net.spi.NetworkDriver;
import dev.asyncio4j.net.spi.NetworkEngine;
import dev.asyncio4j.spi.IoDriver;
import dev.asyncio4j.spi.ParkingDriver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A network in memory: streams, protocols and servers of a loop that waits in it talk to each other, and nothing leaves the
 * loop. Under a virtual clock latency costs no time, and the same program gives the same run.
 *
 * <p>Names are those of {@link #addHost}, and {@code localhost}; any address can be listened at. What an internet socket
 * does is done here too: a connect nobody listens for is refused, a full window holds its sender back, an end of stream
 * travels, bytes for an end that is gone break the connection.
 *
 * {@snippet class="dev.asyncio4j.tests.behaviour.testing.TestingGuideTest" region="network"}
 *
 * <p><b>Lifetime.</b> A driver serves one loop, and so does this. It is closed with the loop.
 *
 * <p><b>Threads.</b> What is set up may be set up before the run; from then on, loop thread only.
 *
 * <p><b>Errors.</b> What cannot be had in memory, such as TLS, is refused with an {@link UnsupportedOperationException}.
 */
public final class MemoryNetwork implements NetworkDriver {

    /*
     * Everything that listeners hear they hear in poll(), as from sockets: `due` holds what is to be done there. What is
     * added meanwhile waits for the next poll, so that the loop's batch comes in between. What travels is a timer of the
     * loop's, which puts it into `due`.
     */

    private static final int FIRST_PORT = 49_152;

    private final IoDriver parking = new ParkingDriver();
    private final NetworkEngine engine = new MemoryEngine(this);
    private final ArrayDeque<Runnable> due = new ArrayDeque<>();
    private final SplittableRandom random;
    private final Map<String, List<InetAddress>> hosts = new HashMap<>();
    private final Map<SocketAddress, MemoryListener> listeners = new LinkedHashMap<>();
    private final Set<InetAddress> unreachable = new HashSet<>();
    private final List<MemoryLink> links = new ArrayList<>();
    private LinkConditions conditions = LinkConditions.DEFAULT;
    private @Nullable EventLoop loop;
    private int nextPort = FIRST_PORT;

    /** Makes a network without latency. */
    public MemoryNetwork() {
        this(0);
    }

    /**
     * Makes a network.
     *
     * @param seed decides on jitter
     */
    public MemoryNetwork(long seed) {
        random = new SplittableRandom(seed);
        hosts.put("localhost", List.of(InetAddress.ofLiteral("127.0.0.1")));
    }

    /* ---- for tests ---- */

    /**
     * Gives a name its addresses.
     *
     * @param name what is looked up
     * @param addresses literals, the best first
     * @return this
     * @throws IllegalArgumentException if there is none, or one is no literal
     */
    public MemoryNetwork addHost(String name, String... addresses) {
        if (addresses.length == 0) {
            throw new IllegalArgumentException("host " + name + " needs an address");
        }
        hosts.put(name, List.of(addresses).stream().map(InetAddress::ofLiteral).toList());
        return this;
    }

    /**
     * Decides what connections made from now on are like.
     *
     * @param changed the conditions
     * @return this
     */
    public MemoryNetwork setConditions(LinkConditions changed) {
        conditions = Objects.requireNonNull(changed, "conditions");
        return this;
    }

    /**
     * Makes a host answer nothing: connects to it never end. Connections that exist stay; {@link MemoryLink#silence} is
     * for those.
     *
     * @param address a literal
     * @return this
     */
    public MemoryNetwork addUnreachable(String address) {
        unreachable.add(InetAddress.ofLiteral(address));
        return this;
    }

    /**
     * Undoes {@link #addUnreachable}; connects under way do not hear of it.
     *
     * @param address a literal
     */
    public void removeUnreachable(String address) {
        unreachable.remove(InetAddress.ofLiteral(address));
    }

    /**
     * Returns the connections that are not lost at both ends.
     *
     * @return a snapshot, the first made first
     */
    public List<MemoryLink> links() {
        return List.copyOf(links);
    }

    /* ---- for the engine, its ends and listeners ---- */

    void serve(EventLoop running) {
        if (loop == null) {
            loop = running;
        } else if (loop != running) {
            throw new IllegalStateException("a memory network serves one loop");
        }
    }

    List<InetAddress> addressesOf(String host) throws UnknownHostException {
        List<InetAddress> known = hosts.get(host);
        if (known == null) {
            throw new UnknownHostException(host + ": this memory network knows " + hosts.keySet());
        }
        return known;
    }

    boolean answers(SocketAddress address) {
        return !(address instanceof InetSocketAddress internet && unreachable.contains(internet.getAddress()));
    }

    LinkConditions conditions() {
        return conditions;
    }

    /** The listener at an address, or at all addresses with that port. */
    @Nullable
    MemoryListener listenerAt(SocketAddress address) {
        MemoryListener exact = listeners.get(address);
        if (exact != null || !(address instanceof InetSocketAddress internet)) {
            return exact;
        }
        return listeners.values().stream()
                .filter(each -> isWildcard(each, internet.getPort()))
                .findFirst()
                .orElse(null);
    }

    private static boolean isWildcard(MemoryListener listener, int port) {
        return listener.localAddress() instanceof InetSocketAddress own
                && own.getAddress().isAnyLocalAddress()
                && own.getPort() == port;
    }

    /** Returns false if the address is taken. */
    boolean add(MemoryListener listener) {
        return listeners.putIfAbsent(listener.localAddress(), listener) == null;
    }

    void remove(MemoryListener listener) {
        listeners.remove(listener.localAddress(), listener);
    }

    int freePort() {
        return nextPort++;
    }

    void add(MemoryLink link) {
        links.add(link);
    }

    void ended(MemoryLink link) {
        if (link.client().isLost() && link.server().isLost()) {
            links.remove(link);
        }
    }

    Duration drawUpTo(Duration most) {
        return most.isZero() ? most : Duration.ofNanos(random.nextLong(most.toNanos() + 1));
    }

    /** Has something done in the next poll. */
    void submit(Runnable work) {
        due.add(work);
    }

    /** Has something done in the poll after a time. */
    void after(Duration delay, Runnable work) {
        if (delay.isZero()) {
            submit(work);
        } else {
            loop().callLater(delay, () -> submit(work));
        }
    }

    EventLoop loop() {
        return Objects.requireNonNull(loop, "no loop yet");
    }

    /* ---- for the loop ---- */

    @Override
    public void poll(long timeoutNanos) {
        if (due.isEmpty()) {
            parking.poll(timeoutNanos);
        }
        for (int left = due.size(); left > 0; left--) {
            due.remove().run();
        }
    }

    @Override
    public void wakeup() {
        parking.wakeup();
    }

    @Override
    public boolean hasOutstanding() {
        return !due.isEmpty();
    }

    @Override
    public NetworkEngine network() {
        return engine;
    }

    @Override
    public void close() {
        due.clear();
        listeners.clear();
        links.clear();
        parking.close();
    }
}
