package dev.asyncio4j.net.internal;

import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a TLS connection could not be made, or broke. */
public final class TlsFailure extends SSLException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    TlsFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /**
     * Tells whose fault it is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /** Whose fault a failure is. */
    public enum Kind {
        /** One side refused the other, or broke the protocol. */
        REFUSED,
        /** It took too long. */
        TIMED_OUT,
        /** The peer left. */
        RESET
    }
}
