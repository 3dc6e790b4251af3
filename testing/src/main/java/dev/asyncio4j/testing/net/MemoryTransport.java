package dev.asyncio4j.testing.net;

import dev.asyncio4j.net.spi.ByteTransport;
import dev.asyncio4j.net.spi.GatheringTransport;
import dev.asyncio4j.net.spi.TransportListener;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One end of a {@link MemoryLink}, with the rules that a socket's transport follows (TR-3, TR-7, TR-9, TR-13). */
final class MemoryTransport extends GatheringTransport implements ByteTransport {

    /*
     * What is written waits in `unsent` until the window of the direction has room, travels, and waits in `arrived` until
     * it is read. An end of stream travels the same way. Coroutines change the fields and submit this transport;
     * carryOver() does the rest on the bare thread.
     */

    private static final byte[] END = new byte[0];

    private final MemoryLink link;
    private final @Nullable SocketAddress local;
    private final @Nullable SocketAddress remote;

    private @Nullable MemoryTransport peer;
    private @Nullable TransportListener listener;

    private final ArrayDeque<byte[]> unsent = new ArrayDeque<>();

    private final ArrayDeque<byte[]> arrived = new ArrayDeque<>();
    private int inWindow; // bytes towards this end that were sent and not read
    private int journeys; // counts silences: what set out before one never arrives

    private Duration lastArrival = Duration.ZERO; // at the other end, of what was sent last
    private int onTimers; // arrivals that are still to come by a timer

    private boolean endRequested;
    private boolean endSent;

    MemoryTransport(MemoryLink link, @Nullable SocketAddress local, @Nullable SocketAddress remote) {
        this.link = link;
        this.local = local;
        this.remote = remote;
    }

    MemoryLink link() {
        return link;
    }

    void connectTo(MemoryTransport other) {
        peer = other;
    }

    private MemoryTransport peer() {
        return Objects.requireNonNull(peer, "not connected");
    }

    private TransportListener listener() {
        return Objects.requireNonNull(listener, "not announced");
    }

    SocketAddress ownAddress() {
        return Objects.requireNonNull(local, "an end that listens has an address");
    }

    boolean isLost() {
        return lost;
    }

    /** On the bare thread. */
    void announce(TransportListener first) {
        listener = first;
        first.onConnected(this);
        submit();
    }

    /* ---- for its owner ---- */

    @Override
    public void setListener(TransportListener listener) {
        this.listener = listener;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        if (endRequested) {
            throw new IllegalStateException("nothing can be written after writeEof()");
        }
        if (closing || lost || length == 0) {
            return;
        }
        var copy = new byte[length];
        System.arraycopy(source, offset, copy, 0, length);
        unsent.add(copy);
        wrote(length);
    }

    @Override
    public void writeEof() {
        if (!closing) {
            endRequested = true;
            submit();
        }
    }

    @Override
    public boolean canWriteEof() {
        return true;
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return local;
    }

    @Override
    protected void runAfterBatch(Runnable carrying) {
        link.network().submit(carrying);
    }

    @Override
    protected void pauseWriting() {
        listener().onPauseWriting();
    }

    /* ---- on the bare thread ---- */

    @Override
    protected void carryOver() {
        if (aborting) {
            end(failure);
            return;
        }
        send();
        if (!lost && marks.buffered() == 0 && closing) {
            end(null);
        } else if (!lost && !closing) {
            read();
        }
    }

    private void send() {
        int most = link.conditions().mostPerWrite();
        while (!unsent.isEmpty() && most > 0 && peer().room() > 0) {
            byte[] piece = firstUnsent(Math.min(most, peer().room()));
            most -= piece.length;
            marks.remove(piece.length);
            travel(piece);
        }
        if (marks.buffered() == 0 && endRequested && !endSent) {
            endSent = true;
            travel(END);
        }
        if (!unsent.isEmpty() && peer().room() > 0) {
            submit();
        }
        if (marks.endPause()) {
            listener().onResumeWriting();
        }
    }

    private byte[] firstUnsent(int most) {
        byte[] first = unsent.remove();
        if (first.length <= most) {
            return first;
        }
        unsent.addFirst(Arrays.copyOfRange(first, most, first.length));
        return Arrays.copyOf(first, most);
    }

    private int room() {
        return link.conditions().window() - inWindow;
    }

    private void travel(byte[] piece) {
        if (link.isSilent()) {
            return;
        }
        MemoryTransport to = peer();
        to.inWindow += piece.length;
        int journey = to.journeys;
        sendAfter(() -> {
            if (journey == to.journeys) {
                to.arrive(piece);
            }
        });
    }

    /** What was sent first arrives first, whatever the jitter. */
    private void sendAfter(Runnable arrival) {
        Duration now = link.network().loop().time();
        Duration earliest = now.plus(link.delay());
        lastArrival = earliest.compareTo(lastArrival) > 0 ? earliest : lastArrival;
        MemoryNetwork network = link.network();
        if (onTimers == 0 && lastArrival.compareTo(now) <= 0) {
            network.submit(arrival);
        } else {
            onTimers++;
            network.loop()
                    .callAt(
                            lastArrival,
                            () -> network.submit(() -> {
                                onTimers--;
                                arrival.run();
                            }));
        }
    }

    private void arrive(byte[] piece) {
        if (!lost) {
            arrived.add(piece);
            submit();
        } else if (piece != END) {
            peer().broken(new SocketException("Connection reset"));
        }
    }

    private void read() {
        int most = link.conditions().mostPerRead();
        while (!arrived.isEmpty() && isReading()) {
            byte[] piece = arrived.remove();
            if (piece == END) {
                listener().onEof();
                continue;
            }
            if (piece.length > most) {
                arrived.addFirst(Arrays.copyOfRange(piece, most, piece.length));
                piece = Arrays.copyOf(piece, most);
            }
            inWindow -= piece.length;
            listener().onData(ByteBuffer.wrap(piece));
            peer().submit(); // there is room now
            if (!arrived.isEmpty() && piece.length == most) {
                submit();
                return;
            }
        }
    }

    /** Ends this end; the other one hears of it in its turn: of an end, or of a reset if bytes for us are left unread. */
    private void end(@Nullable Throwable cause) {
        boolean unread = arrived.stream().anyMatch(piece -> piece != END);
        lose(cause);
        if (unread) {
            sendAfter(() -> peer().hearOfReset());
        } else if (!endSent) {
            endSent = true;
            travel(END);
        }
    }

    private void hearOfReset() {
        if (!link.isSilent()) {
            broken(new SocketException("Connection reset"));
        }
    }

    /** The connection has broken on the way, or at the other end. */
    void broken(Throwable cause) {
        link.network().submit(() -> {
            if (!lost) {
                lose(failure != null ? failure : cause);
            }
        });
    }

    private void lose(@Nullable Throwable cause) {
        lost = true;
        closing = true;
        unsent.clear();
        arrived.clear();
        marks.remove(marks.buffered());
        inWindow = 0;
        link.network().ended(link);
        if (listener != null) {
            listener.onLost(cause);
        }
    }

    void loseWhatTravels() {
        journeys++;
        inWindow = arrived.stream().mapToInt(piece -> piece.length).sum();
        peer().submit();
    }
}
