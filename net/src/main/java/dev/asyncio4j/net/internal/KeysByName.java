package dev.asyncio4j.net.internal;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a key store, of which a server presents the one whose certificate is for the name that a client asks for
 * (SNI), or else the first that suits.
 *
 * <p><b>Threads.</b> Any.
 */
public final class KeysByName extends X509ExtendedKeyManager {
    /*
     * The JDK has a key manager that heeds names, PKIX, but that decrypts the key anew for each handshake, which takes ten
     * times as long as the handshake. Its other one, SunX509, decrypts once and heeds no names: here is one of those for each
     * key.
     */

    private static final String FACTORY = "SunX509";

    /** No keys. */
    public static final KeysByName NONE = new KeysByName(List.of(), List.of());

    private final List<X509ExtendedKeyManager> keys;
    private final List<String> algorithms; // of each

    private KeysByName(List<X509ExtendedKeyManager> keys, List<String> algorithms) {
        this.keys = keys;
        this.algorithms = algorithms;
    }

    /**
     * Reads keys.
     *
     * @param store holds them
     * @param password their password
     * @return a key manager
     * @throws GeneralSecurityException if they cannot be read
     * @throws IOException if a store for one key cannot be made
     */
    public static KeysByName of(KeyStore store, char[] password) throws GeneralSecurityException, IOException {
        var keys = new ArrayList<X509ExtendedKeyManager>();
        var algorithms = new ArrayList<String>();
        for (var alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                keys.add(one(store, alias, password));
                algorithms.add(store.getCertificate(alias).getPublicKey().getAlgorithm());
            }
        }
        return new KeysByName(List.copyOf(keys), List.copyOf(algorithms));
    }

    /** Returns the algorithms of the keys, in their order. */
    List<String> algorithms() {
        return algorithms;
    }

    private static X509ExtendedKeyManager one(KeyStore store, String alias, char[] password)
            throws GeneralSecurityException, IOException {
        var single = KeyStore.getInstance("PKCS12");
        single.load(null, null);
        single.setKeyEntry(alias, store.getKey(alias, password), password, store.getCertificateChain(alias));
        var factory = KeyManagerFactory.getInstance(FACTORY);
        factory.init(single, password);
        for (var manager : factory.getKeyManagers()) {
            if (manager instanceof X509ExtendedKeyManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("this Java has no key manager for engines");
    }

    /* ---- choosing: an alias of ours has the number of its key in front ---- */

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        var wanted = engine == null ? List.<SNIServerName>of() : wantedNames(engine);
        @Nullable String fallback = null;
        for (var i = 0; i < keys.size(); i++) {
            var key = keys.get(i);
            @Nullable String alias = key.chooseEngineServerAlias(keyType, issuers, engine);
            if (alias != null && isFor(wanted, key.getCertificateChain(alias))) {
                return numbered(i, alias);
            }
            if (alias != null && fallback == null) {
                fallback = numbered(i, alias);
            }
        }
        return fallback;
    }

    private static List<SNIServerName> wantedNames(SSLEngine engine) {
        return engine.getHandshakeSession() instanceof ExtendedSSLSession session
                ? session.getRequestedServerNames()
                : List.of();
    }

    private static boolean isFor(List<SNIServerName> wanted, X509Certificate[] chain) {
        return wanted.stream().anyMatch(name -> name instanceof SNIHostName host && isFor(host, chain[0]));
    }

    private static boolean isFor(SNIHostName host, X509Certificate certificate) {
        try {
            HostNames.check(HostNames.normalized(host.getAsciiName()), certificate);
            return true;
        } catch (CertificateException | IllegalArgumentException e) {
            return false; // it is for others
        }
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return first(key -> key.chooseEngineClientAlias(keyTypes, issuers, engine));
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return first(key -> key.chooseClientAlias(keyTypes, issuers, socket));
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return first(key -> key.chooseServerAlias(keyType, issuers, socket));
    }

    private @Nullable String first(Function<X509ExtendedKeyManager, @Nullable String> choice) {
        for (var i = 0; i < keys.size(); i++) {
            @Nullable String alias = choice.apply(keys.get(i));
            if (alias != null) {
                return numbered(i, alias);
            }
        }
        return null;
    }

    private static String numbered(int number, String alias) {
        return number + ":" + alias;
    }

    /* ---- what was chosen ---- */

    private X509ExtendedKeyManager key(String alias) {
        return keys.get(Integer.parseInt(alias.substring(0, alias.indexOf(':'))));
    }

    private static String inner(String alias) {
        return alias.substring(alias.indexOf(':') + 1);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return key(alias).getCertificateChain(inner(alias));
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return key(alias).getPrivateKey(inner(alias));
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return all(i -> keys.get(i).getClientAliases(keyType, issuers));
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return all(i -> keys.get(i).getServerAliases(keyType, issuers));
    }

    private String @Nullable [] all(IntFunction<String @Nullable []> aliases) {
        var found = new ArrayList<String>();
        for (var i = 0; i < keys.size(); i++) {
            var some = aliases.apply(i);
            for (var alias : some == null ? new String[0] : some) {
                found.add(numbered(i, alias));
            }
        }
        return found.isEmpty() ? null : found.toArray(String[]::new);
    }
}
