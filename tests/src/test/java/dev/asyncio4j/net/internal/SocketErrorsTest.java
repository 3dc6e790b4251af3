package dev.asyncio4j.net.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What errors of sockets say. */
class SocketErrorsTest {

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1:80", "::1, [::1]:80", "2001:db8:0:0:0:0:0:7, [2001:db8::7]:80"})
    void connecting_anyKindOfAddress_portCanBeToldFromIt(String address, String shown) {
        var remote = new InetSocketAddress(InetAddress.ofLiteral(address), 80);
        assertThat(SocketErrors.connecting(remote, new ConnectException("Connection refused")))
                .isInstanceOf(ConnectException.class)
                .hasMessage("cannot connect to " + shown + ": connection refused");
    }
}
