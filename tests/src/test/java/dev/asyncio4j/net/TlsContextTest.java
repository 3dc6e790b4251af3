package dev.asyncio4j.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of certificates and keys, and what is said of those that cannot be used. */
@Timeout(60)
class TlsContextTest {

    @TempDir
    Path folder;

    private Pki pki;
    private Path chain;
    private Path key;

    @BeforeEach
    void makeCertificate() {
        pki = new Pki(folder);
        var bundle = pki.sign(Pki.server(Net.LOOPBACK));
        chain = pki.chain(bundle);
        key = pki.key(bundle);
    }

    private static void start(TlsContext context) throws IOException {
        Net.run(() -> {
            try (var server = Streams.startServer(
                    (Connection _) -> {}, Net.LOOPBACK, 0, ServerOptions.DEFAULT.withTls(context))) {
                assertThat(server.isServing()).isTrue();
            }
        });
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, US_ASCII);
    }

    private static void refused(TlsContext context, String reason) {
        assertThatExceptionOfType(TlsException.class)
                .isThrownBy(() -> start(context))
                .withMessageContaining(reason);
    }

    @Test
    void load_chainAndKey_alsoWithOtherThingsAround() throws IOException {
        start(TlsContext.server(chain, key));
        var both = file("both.pem", "this is ours\n" + Files.readString(key) + "\n" + Files.readString(chain));
        start(TlsContext.server(both, both));
        var rsa = pki.sign(Pki.server(Net.LOOPBACK).rsa2048());
        start(TlsContext.server(pki.chain(rsa), pki.key(rsa)));
    }

    @Test
    void load_missingFile_saysWhich() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> start(TlsContext.server(folder.resolve("nowhere.pem"), key)))
                .withMessageContaining("nowhere.pem");
    }

    @Test
    void load_otherThings_saysWhatIsMissingWhere() throws IOException {
        refused(TlsContext.server(key, key), "there is no certificate in " + key);
        refused(TlsContext.server(chain, chain), "there is no private key in " + chain);
        refused(TlsContext.server(chain, key).withTrust(key), "there is no certificate in " + key);
        var damaged = file("damaged.pem", Files.readString(key).replaceFirst("M", "="));
        refused(TlsContext.server(chain, damaged), "damaged.pem");
    }

    @Test
    void load_keysOfOtherForms_saysHowToConvertThem() throws IOException {
        var body = Base64.getEncoder().encodeToString(new byte[] {1, 2, 3});
        for (var form : new String[] {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"}) {
            var other = file("other.pem", "-----BEGIN " + form + "-----\n" + body + "\n-----END " + form + "-----\n");
            refused(TlsContext.server(chain, other), form + "; convert it: openssl pkey -in " + other);
        }
    }

    @Test
    void load_keyOfAnotherCertificate_isRefused() {
        var another = pki.sign(Pki.server(Net.LOOPBACK));
        refused(TlsContext.server(chain, pki.key(another)), "is not that of the first certificate in");
        var rsa = pki.sign(Pki.server(Net.LOOPBACK).rsa2048());
        refused(TlsContext.server(chain, pki.key(rsa)), "is not that of the first certificate in");
    }

    @Test
    void load_failsOnce_isTriedAgain() throws IOException {
        var later = folder.resolve("later.pem");
        var context = TlsContext.server(chain, later);
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> start(context));
        Files.copy(key, later);
        start(context);
    }
}
