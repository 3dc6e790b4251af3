package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules of stream readers, SR-1 to SR-10, fed by hand. */
@Timeout(30)
class StreamReaderTest {

    private static StreamReader readerWith(String fed) {
        var reader = new StreamReader();
        reader.feedData(bytes(fed));
        return reader;
    }

    private static StreamReader endedWith(String fed) {
        var reader = readerWith(fed);
        reader.feedEof();
        return reader;
    }

    /* ---- SR-1: flow control ---- */

    @Test
    void constructor_limitNotPositive_isRefused() {
        Net.run(() -> assertThatIllegalArgumentException().isThrownBy(() -> new StreamReader(0)));
    }

    @Test
    void feedData_aboveTwiceTheLimit_pausesOnce_andReadingBelowTheLimitResumes() throws IOException {
        Net.run(() -> {
            var trail = new ArrayList<String>();
            var reader = new StreamReader(4);
            reader.setTransport(recordingInto(trail));
            reader.feedData(bytes("12345678"));
            assertThat(trail).as("twice the limit is not above it").isEmpty();
            reader.feedData(bytes("9"));
            reader.feedData(bytes("0"));
            assertThat(trail).containsExactly("pause");
            assertThat(text(reader.read(5))).isEqualTo("12345");
            assertThat(trail).as("5 wait, more than the limit").containsExactly("pause");
            assertThat(text(reader.read(1))).isEqualTo("6");
            assertThat(trail).containsExactly("pause", "resume");
        });
    }

    @Test
    void readExactly_ofMoreThanMayWait_resumesAtOnce() throws IOException {
        Net.run(() -> {
            var trail = new ArrayList<String>();
            var reader = new StreamReader(4);
            reader.setTransport(recordingInto(trail));
            reader.feedData(bytes("123456789"));
            Asyncio.getRunningLoop().callSoon(() -> reader.feedData(bytes("0")));
            assertThat(text(reader.readExactly(10))).isEqualTo("1234567890");
            assertThat(trail).startsWith("pause", "resume");
        });
    }

    private static ReadFlow recordingInto(List<String> trail) {
        return new ReadFlow() {
            @Override
            public void pauseReading() {
                trail.add("pause");
            }

            @Override
            public void resumeReading() {
                trail.add("resume");
            }
        };
    }

    /* ---- SR-2: one waiting task ---- */

    @Test
    void read_whileAnotherTaskWaits_isRefused() throws IOException {
        Net.run(() -> {
            var reader = new StreamReader();
            var first = Asyncio.createTask(() -> text(reader.read(1)));
            Net.turn();
            assertThatIllegalStateException().isThrownBy(() -> reader.read(1)).withMessageContaining("read");
            reader.feedData(bytes("a"));
            assertThat(first.await()).isEqualTo("a");
        });
    }

    @Test
    void readExactly_thatBeginsBetweenWakeUpAndResumption_isNotForgotten() {
        Net.run(() -> {
            var reader = new StreamReader();
            var first = Asyncio.createTask(() -> text(reader.read(1)));
            Net.turn();
            var second = Asyncio.createTask(() -> text(reader.readExactly(3)));
            reader.feedData(bytes("a"));
            Net.turn();
            reader.feedData(bytes("bcd"));
            assertThat(first.await() + second.await()).isEqualTo("abcd");
        });
    }

    /* ---- SR-3: read ---- */

    @Test
    void read_returnsWhatIsThere_withoutWaitingForMore() throws IOException {
        Net.run(() -> {
            var reader = readerWith("abc");
            assertThat(text(reader.read(10))).isEqualTo("abc");
        });
    }

    @Test
    void read_ofZero_returnsNothingAtOnce() throws IOException {
        Net.run(() -> assertThat(new StreamReader().read(0)).isEmpty());
    }

    @Test
    void read_toTheEnd_collectsInSteps_beyondTheLimit() throws IOException {
        Net.run(() -> {
            var reader = new StreamReader(2);
            var all = Asyncio.createTask(() -> text(reader.read(-1)));
            for (var piece : List.of("abcdef", "ghi", "j")) {
                reader.feedData(bytes(piece));
                Net.turn();
            }
            reader.feedEof();
            assertThat(all.await()).isEqualTo("abcdefghij");
        });
    }

    @Test
    void read_atTheEnd_returnsNothing() throws IOException {
        Net.run(() -> {
            var reader = endedWith("a");
            assertThat(text(reader.read(5))).isEqualTo("a");
            assertThat(reader.read(5)).isEmpty();
            assertThat(reader.read(5)).isEmpty();
        });
    }

    @Test
    void read_cancelled_leavesTheBytes() throws IOException {
        Net.run(() -> {
            var reader = new StreamReader();
            var task = Asyncio.createTask(() -> reader.readExactly(3));
            Net.turn();
            reader.feedData(bytes("ab"));
            Net.turn();
            task.cancel();
            assertThatExceptionOfType(CancelledError.class).isThrownBy(task::await);
            reader.feedData(bytes("c"));
            assertThat(text(reader.readExactly(3))).isEqualTo("abc");
        });
    }

    @Test
    void read_cancelledWhenDataHasComeAlready_leavesTheBytes() throws IOException {
        Net.run(() -> {
            var reader = new StreamReader();
            var task = Asyncio.createTask(() -> reader.read(3));
            Net.turn();
            reader.feedData(bytes("ab"));
            task.cancel();
            assertThatExceptionOfType(CancelledError.class).isThrownBy(task::await);
            assertThat(text(reader.read(3))).isEqualTo("ab");
        });
    }

    @Test
    void read_arrayGivenOut_isNotTouchedByWhatComesLater() throws IOException {
        Net.run(() -> {
            var reader = readerWith("abc");
            var first = reader.read(3);
            reader.feedData(bytes("xyz"));
            first[0] = '!';
            assertThat(text(reader.read(3))).isEqualTo("xyz");
            assertThat(text(first)).isEqualTo("!bc");
        });
    }

    @Test
    void feedData_copiesTheArray() throws IOException {
        Net.run(() -> {
            var reader = new StreamReader();
            var fed = bytes("abc");
            reader.feedData(fed);
            fed[0] = '!';
            assertThat(text(reader.read(3))).isEqualTo("abc");
        });
    }

    /* ---- SR-4: readLine ---- */

    @Test
    void readLine_returnsTheNewlineToo() throws IOException {
        Net.run(() -> {
            var reader = readerWith("one\ntwo\n");
            assertThat(text(reader.readLine())).isEqualTo("one\n");
            assertThat(text(reader.readLine())).isEqualTo("two\n");
        });
    }

    @Test
    void readLine_ofALineThatComesInPieces_waits() throws IOException {
        Net.run(() -> {
            var reader = new StreamReader();
            var line = Asyncio.createTask(() -> text(reader.readLine()));
            for (var piece : List.of("a", "b", "c\nd")) {
                Net.turn();
                reader.feedData(bytes(piece));
            }
            assertThat(line.await()).isEqualTo("abc\n");
            assertThat(text(reader.read(1))).isEqualTo("d");
        });
    }

    @Test
    void readLine_streamEndsFirst_returnsWhatThereIs() throws IOException {
        Net.run(() -> {
            var reader = endedWith("rest");
            assertThat(text(reader.readLine())).isEqualTo("rest");
            assertThat(reader.readLine()).isEmpty();
        });
    }

    @Test
    void readLine_overTheLimitWithItsNewline_dropsThatLineOnly() throws IOException {
        Net.run(() -> {
            var reader = new StreamReader(3);
            reader.feedData(bytes("12345\nok\n"));
            assertThatExceptionOfType(LimitOverrunException.class).isThrownBy(reader::readLine);
            assertThat(text(reader.readLine())).isEqualTo("ok\n");
        });
    }

    @Test
    void readLine_overTheLimitWithoutItsNewline_dropsAll() throws IOException {
        Net.run(() -> {
            var reader = new StreamReader(3);
            reader.feedData(bytes("12345"));
            assertThatExceptionOfType(LimitOverrunException.class).isThrownBy(reader::readLine);
            reader.feedData(bytes("67\n"));
            assertThat(text(reader.readLine())).isEqualTo("67\n");
        });
    }

    /* ---- SR-5: readUntil ---- */

    @Test
    void readUntil_includesTheSeparator_evenWhenItComesInPieces() throws IOException {
        Net.run(() -> {
            var reader = new StreamReader();
            var part = Asyncio.createTask(() -> text(reader.readUntil(bytes("\r\n\r\n"))));
            for (var piece : List.of("head\r", "\n", "\r", "\nbody")) {
                Net.turn();
                reader.feedData(bytes(piece));
            }
            assertThat(part.await()).isEqualTo("head\r\n\r\n");
            assertThat(text(reader.read(9))).isEqualTo("body");
        });
    }

    @Test
    void readUntil_limitComparesThePartBeforeTheSeparator() throws IOException {
        Net.run(() -> {
            var reader = new StreamReader(3);
            reader.feedData(bytes("123SEP"));
            assertThat(text(reader.readUntil(bytes("SEP")))).isEqualTo("123SEP");
        });
    }

    @Test
    void readUntil_overTheLimit_keepsTheBytes_andTellsHowManyAreNoSeparator() throws IOException {
        Net.run(() -> {
            var reader = new StreamReader(3);
            reader.feedData(bytes("1234SEP"));
            assertThatExceptionOfType(LimitOverrunException.class)
                    .isThrownBy(() -> reader.readUntil(bytes("SEP")))
                    .matches(e -> e.consumed() == 4);
            assertThat(text(reader.read(9))).isEqualTo("1234SEP");
        });
    }

    @Test
    void readUntil_overTheLimitWithoutSeparator_countsWhatCannotBeginOne() throws IOException {
        Net.run(() -> {
            var reader = new StreamReader(3);
            reader.feedData(bytes("123456SE"));
            assertThatExceptionOfType(LimitOverrunException.class)
                    .isThrownBy(() -> reader.readUntil(bytes("SEP")))
                    .matches(e -> e.consumed() == 6);
        });
    }

    @Test
    void readUntil_streamEndsFirst_givesWhatCameAndEmptiesTheStream() throws IOException {
        Net.run(() -> {
            var reader = endedWith("abc");
            assertThatExceptionOfType(IncompleteReadException.class)
                    .isThrownBy(() -> reader.readUntil(bytes("x")))
                    .matches(e -> text(e.partial()).equals("abc"))
                    .matches(e -> e.expected().isEmpty());
            assertThat(reader.atEof()).isTrue();
        });
    }

    /* ---- SR-6: several separators ---- */

    @Test
    void readUntil_severalSeparators_theOneThatEndsFirstWins() throws IOException {
        Net.run(() -> {
            var reader = readerWith("abc-END.more");
            assertThat(text(reader.readUntil(bytes("END."), bytes("-E")))).isEqualTo("abc-E");
        });
    }

    @Test
    void readUntil_severalSeparatorsInATie_theShorterWins_asTheLimitShows() throws IOException {
        Net.run(() -> {
            var reader = new StreamReader(3);
            reader.feedData(bytes("123ab"));
            assertThatExceptionOfType(LimitOverrunException.class)
                    .isThrownBy(() -> reader.readUntil(bytes("ab"), bytes("b")))
                    .as("with the longer one 3 bytes would precede it, which is within the limit")
                    .matches(e -> e.consumed() == 4);
        });
    }

    @Test
    void readUntil_noSeparator_isRefused() {
        Net.run(() -> {
            var reader = readerWith("abc");
            assertThatIllegalArgumentException().isThrownBy(reader::readUntil);
            assertThatIllegalArgumentException().isThrownBy(() -> reader.readUntil(bytes("")));
            assertThatIllegalArgumentException().isThrownBy(() -> reader.readUntil(bytes("a"), bytes("")));
        });
    }

    /* ---- SR-7: readExactly ---- */

    @Test
    void readExactly_waitsForAll_andLeavesTheRest() throws IOException {
        Net.run(() -> {
            var reader = new StreamReader();
            var part = Asyncio.createTask(() -> text(reader.readExactly(4)));
            for (var piece : List.of("ab", "c", "def")) {
                Net.turn();
                reader.feedData(bytes(piece));
            }
            assertThat(part.await()).isEqualTo("abcd");
            assertThat(text(reader.read(9))).isEqualTo("ef");
        });
    }

    @Test
    void readExactly_ofNothing_returnsAtOnce() throws IOException {
        Net.run(() -> assertThat(new StreamReader().readExactly(0)).isEmpty());
    }

    @Test
    void readExactly_negative_isRefused() {
        Net.run(() -> assertThatIllegalArgumentException().isThrownBy(() -> new StreamReader().readExactly(-1)));
    }

    @Test
    void readExactly_streamEndsFirst_givesWhatCame() {
        Net.run(() -> {
            var reader = endedWith("abc");
            assertThatExceptionOfType(IncompleteReadException.class)
                    .isThrownBy(() -> reader.readExactly(5))
                    .matches(e -> text(e.partial()).equals("abc"))
                    .matches(e -> e.expected().orElseThrow() == 5);
        });
    }

    /* ---- SR-8: failures ---- */

    @Test
    void setException_everyLaterReadThrows_thoughBytesWait() {
        Net.run(() -> {
            var reader = readerWith("abc\n");
            reader.setException(new ConnectionResetException("gone"));
            for (var read : List.<ThrowingRead>of(
                    () -> reader.read(1),
                    () -> reader.read(),
                    () -> reader.readExactly(1),
                    reader::readLine,
                    () -> reader.readUntil(bytes("b")))) {
                assertThatExceptionOfType(ConnectionResetException.class)
                        .isThrownBy(read::read)
                        .withMessage("gone");
            }
        });
    }

    private interface ThrowingRead {
        byte[] read() throws IOException;
    }

    @Test
    void setException_wakesTheWaitingTask() {
        Net.run(() -> {
            var reader = new StreamReader();
            var task = Asyncio.createTask(() -> reader.read(1));
            Net.turn();
            reader.setException(new IOException("gone"));
            assertThatExceptionOfType(IOException.class).isThrownBy(task::await).withMessage("gone");
        });
    }

    @Test
    void setException_thrownTwice_isTwoInstances() {
        Net.run(() -> {
            var reader = new StreamReader();
            reader.setException(new IOException("gone"));
            var first = org.assertj.core.api.Assertions.catchThrowable(() -> reader.read(1));
            var second = org.assertj.core.api.Assertions.catchThrowable(() -> reader.read(1));
            assertThat(first).isNotSameAs(second);
            assertThatNoException().isThrownBy(() -> first.addSuppressed(second));
        });
    }

    /* ---- SR-9: the end ---- */

    @Test
    void feedData_afterTheEnd_isRefused() {
        Net.run(() -> {
            var reader = endedWith("a");
            assertThatIllegalStateException().isThrownBy(() -> reader.feedData(bytes("b")));
        });
    }

    @Test
    void atEof_needsTheEndAndNothingLeft() throws IOException {
        Net.run(() -> {
            var reader = readerWith("a");
            assertThat(reader.atEof()).isFalse();
            reader.feedEof();
            assertThat(reader.atEof()).isFalse();
            reader.read(1);
            assertThat(reader.atEof()).isTrue();
        });
    }

    /* ---- SR-10: iteration ---- */

    @Test
    void iterator_givesLinesUntilTheEnd() {
        Net.run(() -> {
            var lines = new ArrayList<String>();
            for (var line : endedWith("a\nb\nc")) {
                lines.add(text(line));
            }
            assertThat(lines).containsExactly("a\n", "b\n", "c");
        });
    }

    @Test
    void iterator_pastTheEnd_throws() {
        Net.run(() -> {
            var lines = endedWith("").iterator();
            assertThat(lines.hasNext()).isFalse();
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(lines::next);
        });
    }

    /* ---- the buffer ---- */

    @Test
    void everything_inEveryCutOfPieces_comesOutInOrder() throws IOException {
        Net.run(() -> {
            for (var fed = 1; fed <= 9; fed++) {
                for (var taken = 1; taken <= 9; taken++) {
                    assertThat(throughInPieces(fed, taken))
                            .as("%d in, %d out", fed, taken)
                            .isTrue();
                }
            }
        });
    }

    private static boolean throughInPieces(int fed, int taken) throws IOException {
        var reader = new StreamReader();
        byte next = 0;
        byte expected = 0;
        for (var round = 0; round < 200; round++) {
            var piece = new byte[fed];
            for (var i = 0; i < fed; i++) {
                piece[i] = next++;
            }
            reader.feedData(piece);
            for (var got : reader.read(taken)) {
                if (got != expected++) {
                    return false;
                }
            }
        }
        reader.feedEof();
        for (var got : reader.read()) {
            if (got != expected++) {
                return false;
            }
        }
        return expected == next;
    }
}
