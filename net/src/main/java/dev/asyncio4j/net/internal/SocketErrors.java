package dev.asyncio4j.net.internal;

import io.netty.channel.unix.Errors;
import io.netty.util.NetUtil;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** Gives the errors of Netty's transports one shape: those of {@code java.net}, whichever transport is used. */
public final class SocketErrors {

    private static final StackTraceElement[] NO_FRAMES = {};

    private SocketErrors() {}

    /**
     * Tells whether a connection ended because the peer broke it off.
     *
     * @param cause what the transport reported
     * @return true for a reset, and for writing to a peer that is gone
     */
    public static boolean isReset(Throwable cause) {
        if (cause instanceof Errors.NativeIoException e) {
            return e.expectedErr() == Errors.ERRNO_ECONNRESET_NEGATIVE
                    || e.expectedErr() == Errors.ERRNO_EPIPE_NEGATIVE;
        }
        return cause instanceof ClosedChannelException
                || (cause instanceof IOException && says(cause, "reset", "broken pipe"));
    }

    /** Translates what made a connect fail. */
    static IOException connecting(SocketAddress address, Throwable cause) {
        return connecting(address, null, cause);
    }

    /** Translates what made a connect fail, from an address of ours that could not be bound, maybe. */
    static IOException connecting(SocketAddress address, @Nullable SocketAddress local, Throwable cause) {
        if (local != null && isUnbound(cause)) {
            var text = "cannot connect to " + shown(address) + " from " + shown(local) + ": " + reason(cause);
            return initCause(new BindException(text), cause);
        }
        var text = "cannot connect to " + shown(address) + ": " + reason(cause);
        var translated = switch (cause) {
            case NoRouteToHostException _ -> new NoRouteToHostException(text);
            case IOException _ when isMissingFile(cause) -> new FileNotFoundException(text);
            case ConnectException _ -> new ConnectException(text);
            default -> new IOException(text);
        };
        return initCause(translated, cause);
    }

    /** The causes have messages of their own; their frames are those of the loop. */
    private static IOException initCause(IOException translated, Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            each.setStackTrace(NO_FRAMES);
        }
        translated.initCause(cause);
        return translated;
    }

    private static boolean isUnbound(Throwable cause) {
        return cause instanceof BindException || says(cause, "bind(", "cannot assign");
    }

    private static boolean isMissingFile(Throwable cause) {
        return cause instanceof FileNotFoundException || says(cause, "no such file");
    }

    /** Tells whether a Unix domain socket could not be connected because too many wait to be accepted there. */
    static boolean isBacklogFull(IOException translated) {
        var cause = translated.getCause();
        return cause != null && says(cause, "temporarily unavailable");
    }

    /** Translates what made a bind fail. */
    static IOException binding(SocketAddress address, Throwable cause) {
        var text = "cannot listen on " + shown(address) + ": " + reason(cause);
        var translated = says(cause, "in use", "cannot assign", "permission denied")
                ? new BindException(text)
                : new IOException(text);
        return initCause(translated, cause);
    }

    /** Translates what made a socket for datagrams not talk to its peer. */
    static IOException pairing(SocketAddress address, Throwable cause) {
        var translated = new IOException("cannot send to " + shown(address) + ": " + reason(cause));
        translated.initCause(cause);
        return translated;
    }

    /** Translates what happened to a datagram. */
    static IOException sending(Throwable cause) {
        if (cause instanceof PortUnreachableException || says(cause, "refused")) {
            var unreachable = new PortUnreachableException("nobody receives there: the port is unreachable");
            unreachable.initCause(cause);
            return unreachable;
        }
        return new IOException("a datagram could not be sent: " + reason(cause), cause);
    }

    static String shown(SocketAddress address) {
        return address instanceof java.net.InetSocketAddress inet
                ? shown(inet.getAddress()) + ":" + inet.getPort()
                : address.toString();
    }

    /** An IPv6 address is short and in brackets, so that its port can be told from it. */
    private static String shown(InetAddress address) {
        var text = address.getHostAddress();
        if (!(address instanceof Inet6Address)) {
            return text;
        }
        var zone = text.indexOf('%') < 0 ? "" : text.substring(text.indexOf('%'));
        return "[" + NetUtil.toAddressString(address) + zone + "]";
    }

    /** The system's own words, without what Netty and the JDK wrap around them. */
    private static String reason(Throwable cause) {
        var root = cause.getCause() instanceof IOException inner ? inner : cause;
        if (says(root, "refused")) {
            return "connection refused";
        }
        if (says(root, "in use")) {
            return "address already in use";
        }
        if (isMissingFile(root)) {
            return "no such file or directory";
        }
        if (says(root, "permission denied")) {
            return "permission denied";
        }
        var message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }

    private static boolean says(Throwable cause, String... words) {
        @Nullable String message = cause.getMessage();
        if (message == null) {
            return false;
        }
        var text = message.toLowerCase(java.util.Locale.ROOT);
        for (var word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
