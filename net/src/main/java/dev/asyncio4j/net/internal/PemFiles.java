package dev.asyncio4j.net.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads certificates and keys from PEM files.
 *
 * <p><b>Threads.</b> Any; reads files.
 */
public final class PemFiles {
    private static final Pattern CERTIFICATE = block("CERTIFICATE");
    private static final Pattern KEY = block("PRIVATE KEY");
    private static final Pattern OTHER_KEY = Pattern.compile("-----BEGIN (\\w+ PRIVATE KEY)-----");
    private static final String[] ALGORITHMS = {"RSA", "EC", "EdDSA", "RSASSA-PSS"};

    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");
    private static final byte[] PROBE = {1, 2, 3};

    private PemFiles() {}

    private static Pattern block(String name) {
        return Pattern.compile("-----BEGIN " + name + "-----([^-]*)-----END " + name + "-----");
    }

    /**
     * Reads a key and its certificates.
     *
     * @param chain a file with the key's own certificate first
     * @param key a file with the key
     * @param password what the key is to have as its password in memory
     * @return a key store with one entry
     * @throws IOException if a file cannot be read
     * @throws GeneralSecurityException if a file holds something else
     */
    public static KeyStore keyStore(Path chain, Path key, char[] password)
            throws IOException, GeneralSecurityException {
        var secret = key(key);
        var certificates = certificates(chain);
        if (!isPair(secret, certificates[0].getPublicKey())) {
            throw new InvalidKeyException("the key in " + key + " is not that of the first certificate in " + chain);
        }
        var store = empty();
        store.setKeyEntry("identity", secret, password, certificates);
        return store;
    }

    /** Tries it out: nothing else would notice before the first handshake. */
    private static boolean isPair(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        @Nullable String algorithm = SIGNATURES.get(key.getAlgorithm());
        if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
            return false;
        }
        if (algorithm == null) {
            return true; // of a kind that cannot be tried without parameters
        }
        var signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(PROBE);
        var verifying = Signature.getInstance(algorithm);
        verifying.initVerify(certified);
        verifying.update(PROBE);
        return verifying.verify(signing.sign());
    }

    /**
     * Reads authorities.
     *
     * @param file a file with certificates
     * @return a key store that holds them
     * @throws IOException if the file cannot be read
     * @throws GeneralSecurityException if it holds something else
     */
    public static KeyStore trustStore(Path file) throws IOException, GeneralSecurityException {
        var store = empty();
        var count = 0;
        for (var certificate : certificates(file)) {
            store.setCertificateEntry("authority-" + count++, certificate);
        }
        return store;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Certificate[] certificates(Path file) throws IOException, GeneralSecurityException {
        var factory = CertificateFactory.getInstance("X.509");
        var found = new java.util.ArrayList<Certificate>();
        var blocks = CERTIFICATE.matcher(text(file));
        while (blocks.find()) {
            found.add(factory.generateCertificate(new ByteArrayInputStream(decoded(blocks.group(1), file))));
        }
        if (found.isEmpty()) {
            throw new CertificateException("there is no certificate in " + file);
        }
        return found.toArray(Certificate[]::new);
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        var text = text(file);
        var block = KEY.matcher(text);
        if (!block.find()) {
            throw new InvalidKeyException(noKey(text, file));
        }
        var encoded = new PKCS8EncodedKeySpec(decoded(block.group(1), file));
        @Nullable GeneralSecurityException refused = null;
        for (var algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                refused = e; // of another algorithm
            }
        }
        throw new InvalidKeyException("the key in " + file + " is of no kind known here", refused);
    }

    private static String noKey(String text, Path file) {
        var other = OTHER_KEY.matcher(text);
        return other.find()
                ? "the key in " + file + " is an " + other.group(1) + "; convert it: openssl pkey -in " + file
                        + " -out key.pem"
                : "there is no private key in " + file;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private static byte[] decoded(String base64, Path file) throws CertificateException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new CertificateException(file + " is damaged: " + e.getMessage(), e);
        }
    }
}
