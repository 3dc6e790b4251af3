package dev.asyncio4j.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packages form a ladder, each importing lower rungs only. This is the ladder. */
class LadderTest {

    private static final String CORE = "dev.asyncio4j";
    private static final String COROUTINE = CORE + ".internal.coroutine";
    private static final String LOOP = CORE + ".internal.loop";
    private static final String OS = CORE + ".internal.os";
    private static final String SPI = CORE + ".spi";
    private static final String SYNC = CORE + ".sync";
    private static final String FILES = CORE + ".files";
    private static final String INTEROP = CORE + ".interop";
    private static final String NET = CORE + ".net";
    private static final String NET_SPI = NET + ".spi";
    private static final String NET_INTERNAL = NET + ".internal";
    private static final String PROCESS = CORE + ".process";
    private static final String TESTING = CORE + ".testing";
    private static final String TESTING_NET = TESTING + ".net";
    private static final String CLI = CORE + ".cli";
    private static final String CLI_PROGRAM = CLI + ".program";
    private static final String CLI_BENCH = CLI + ".bench";

    /* Lowest first. A room sees only the rooms named in its row, and itself. Rooms outside core never see internals:
     * what they need from core is public, or it is missing from core. */
    private static final Ladder LADDER = new Ladder()
            .room(SPI)
            .room(COROUTINE)
            .room(LOOP)
            .room(OS)
            .room(CORE, SPI, COROUTINE, LOOP, OS)
            .room(SYNC, CORE)
            .room(FILES, CORE)
            .room(INTEROP, CORE)
            .room(NET_SPI, CORE, SPI)
            .room(NET_INTERNAL, CORE, SPI, SYNC, NET_SPI)
            .room(NET, CORE, SPI, SYNC, NET_SPI, NET_INTERNAL)
            .room(PROCESS, CORE, NET)
            .room(TESTING, CORE, SPI, SYNC)
            .room(TESTING_NET, CORE, SPI, NET_SPI)
            .room(CLI_PROGRAM, CORE)
            .room(CLI_BENCH)
            .room(CLI, CORE, SPI, SYNC, NET, TESTING, CLI_PROGRAM, CLI_BENCH);

    @Test
    void everyClass_ofAllModules_importsLowerRoomsOnly() {
        assertThat(LADDER.violations(Product.classes())).isEmpty();
    }

    @Test
    void violations_importOfARoomThatIsNotInTheRow_namesBothRooms() {
        var here = LadderTest.class.getPackageName();
        var ladder = new Ladder().room(here);
        assertThat(ladder.violations(planted())).singleElement().asString().contains(here + " must not import " + SPI);
    }

    @Test
    void violations_roomWithoutARow_asksForOne() {
        assertThat(new Ladder().violations(planted()))
                .singleElement()
                .asString()
                .contains("has no row");
    }

    @Test
    void room_importOfAHigherRoom_isRefused() {
        assertThatThrownBy(() -> new Ladder().room("low", "high").room("high"))
                .hasMessageContaining("low may not import high");
    }

    private static List<JavaClass> planted() {
        return List.of(new ClassFileImporter().importClass(ImportsUpward.class));
    }

    /** A violation, kept to show that it is seen. */
    @SuppressWarnings("unused")
    private interface ImportsUpward {
        dev.asyncio4j.spi.IoDriverProvider provider();
    }
}
