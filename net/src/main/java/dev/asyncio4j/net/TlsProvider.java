package dev.asyncio4j.net;

import java.util.Arrays;
import java.util.Locale;

/**
 * Whose engine encrypts. What a connection does, and which certificates it accepts, is the same with each; BoringSSL's is the
 * faster one, and it is native code.
 */
public enum TlsProvider {
    /**
     * What the system property {@code asyncio4j.tls} asks for ({@code jdk} or {@code boringssl}). Without it BoringSSL, if its
     * natives are on the path, work here and know the context's keys, and else the JDK.
     */
    AUTO,

    /** The JDK's own engine: everywhere. */
    JDK,

    /**
     * BoringSSL, through Netty's {@code netty-tcnative-boringssl-static}, which a program that wants it adds to its
     * dependencies. Its keys are RSA or EC. A connection or server that uses it where it does not work fails with a
     * {@link TlsException} that says why.
     */
    BORINGSSL;

    /** The system property that chooses one for the contexts that leave the choice open. */
    static final String PROPERTY = "asyncio4j.tls";

    /** Returns what is asked for: by this, or else by the system property. */
    TlsProvider asked() throws TlsException {
        var named = System.getProperty(PROPERTY);
        if (this != AUTO || named == null || named.isBlank()) {
            return this;
        }
        return Arrays.stream(values())
                .filter(provider -> provider.name().equals(named.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new TlsException(
                        "-D" + PROPERTY + "=" + named + " names no provider of TLS; use jdk, boringssl or auto"));
    }
}
