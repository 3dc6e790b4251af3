package dev.asyncio4j.net.internal;

import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the engines of one context, the JDK's or BoringSSL's.
 *
 * <p><b>Threads.</b> Made on threads that may block, used on the raw thread.
 */
public abstract sealed class TlsEngines permits JdkEngines, BoringSslEngines {

    TlsEngines() {}

    /**
     * Makes engines of the JDK.
     *
     * @param keys what to present; empty for a client that presents nothing
     * @param trust decides whom to trust
     * @return what makes engines
     * @throws GeneralSecurityException if keys or authorities cannot be used
     */
    public static TlsEngines jdk(KeysByName keys, NameCheckingTrustManager trust) throws GeneralSecurityException {
        var engines = JdkEngines.of(keys, trust);
        TlsRehearsal.run(engines);
        return engines;
    }

    /**
     * Tells why BoringSSL cannot be used. Loads native code.
     *
     * @param keys what is to be presented
     * @return the reason, or null if it can be used
     */
    public static @Nullable String whyNotBoringSsl(KeysByName keys) {
        return BoringSslEngines.whyNot(keys);
    }

    /**
     * Makes engines of BoringSSL, which must be there.
     *
     * @param keys what to present; empty for a client that presents nothing
     * @param trust decides whom to trust
     * @param applicationProtocols what may be spoken inside, the preferred first
     * @return what makes engines
     * @throws SSLException if keys or authorities cannot be used
     */
    public static TlsEngines boringSsl(
            KeysByName keys, NameCheckingTrustManager trust, List<String> applicationProtocols) throws SSLException {
        var engines = BoringSslEngines.of(keys, trust, applicationProtocols);
        TlsRehearsal.run(engines);
        return engines;
    }

    /** Returns the name of the provider, as its public enumeration has it. */
    abstract String provider();

    /**
     * Makes the engine of one connection.
     *
     * @param settings what it does
     * @param port the peer's; a client resumes sessions with the same host and port
     * @param blocks where memory is taken from
     * @return an engine that has not begun, and has to be ended
     * @throws SSLException if there is no memory for one
     */
    abstract TlsEngine newEngine(TlsSettings settings, int port, BlockPool blocks) throws SSLException;
}
