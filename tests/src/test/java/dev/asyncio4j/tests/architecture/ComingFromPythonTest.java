package dev.asyncio4j.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page for those who come from Python names everything that asyncio has, and nothing that we have not.
 *
 * <p>Below its heading "Names", a row of a table has three cells: names of asyncio; our counterparts, or {@code not yet}, or
 * {@code none}; a note, which {@code none} must have. The names stand in {@code tests/parity/asyncio-names.txt}.
 */
class ComingFromPythonTest {

    private static final Path PAGE = Product.ROOT.resolve("docs/coming-from-python.md");
    private static final Path NAMES = Product.ROOT.resolve("tests/parity/asyncio-names.txt");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern ROW = Pattern.compile("\\| (.+?) \\| (.+?) \\|(.*)\\|");

    @Test
    void everyName_ofAsyncio_standsInThePageOnce() throws IOException {
        var named = rows(Files.readAllLines(PAGE)).stream()
                .flatMap(row -> row.names().stream())
                .toList();
        assertThat(named).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(named)).isEqualTo(new TreeSet<>(asyncioNames()));
    }

    private static List<String> asyncioNames() throws IOException {
        return Files.readAllLines(NAMES).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    @Test
    void everyCounterpart_inThePage_exists() throws IOException {
        assertThat(problems(rows(Files.readAllLines(PAGE)))).isEmpty();
    }

    @Test
    void problems_plantedOnes_areAllSeen() {
        var page = """
                | `x` | `Before.the` | heading |
                ## Names
                | asyncio | asyncio4j | notes |
                | --- | --- | --- |
                | `good` | `Asyncio.run`, `Future`, `AsyncGenerator.Yielder`, `TaskFactory.EAGER` | |
                | `inherited` | `Task.result` | |
                | `planned` | not yet | |
                | `a` | `NoSuchClass` | |
                | `b` | `Asyncio.noSuchMethod` | |
                | `c` | `BaseEventLoop.runOnce` | not public |
                | `d` | none | |
                | `e` | soon | a note |
                """;
        assertThat(problems(rows(page.lines().toList())))
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("NoSuchClass"),
                        problem -> assertThat(problem).contains("Asyncio.noSuchMethod"),
                        problem -> assertThat(problem).contains("BaseEventLoop.runOnce"),
                        problem -> assertThat(problem).contains("[d]", "reason"),
                        problem -> assertThat(problem).contains("[e]", "soon"));
    }

    /**
     * A row of a table.
     *
     * @param names what asyncio calls it
     * @param counterpart the second cell
     * @param note the third
     */
    private record Row(List<String> names, String counterpart, String note) {

        List<String> counterparts() {
            return codes(counterpart);
        }
    }

    private static List<Row> rows(List<String> page) {
        var rows = new ArrayList<Row>();
        for (String line : page.subList(page.indexOf("## Names"), page.size())) {
            var row = ROW.matcher(line);
            if (row.matches() && row.group(1).startsWith("`")) {
                rows.add(new Row(codes(row.group(1)), row.group(2), row.group(3).strip()));
            }
        }
        return rows;
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell)
                .results()
                .map((MatchResult code) -> code.group(1))
                .toList();
    }

    private static List<String> problems(List<Row> rows) {
        return rows.stream().flatMap(ComingFromPythonTest::problems).toList();
    }

    private static Stream<String> problems(Row row) {
        return switch (row.counterpart()) {
            case "not yet" -> Stream.empty();
            case "none" -> row.note().isEmpty() ? Stream.of(row.names() + " needs a reason") : Stream.empty();
            default ->
                row.counterparts().isEmpty()
                        ? Stream.of(row.names() + " has neither a counterpart nor one of the two words: "
                                + row.counterpart())
                        : row.counterparts().stream()
                                .filter(name -> !exists(name))
                                .map(name -> row.names() + ": there is no public " + name);
        };
    }

    private static boolean exists(String name) {
        return types(name).findAny().isPresent() || isMember(name);
    }

    private static boolean isMember(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0
                && types(name.substring(0, dot))
                        .flatMap(type -> type.getAllMembers().stream())
                        .filter(member -> isPublic(member.getModifiers()))
                        .map(JavaMember::getName)
                        .anyMatch(name.substring(dot + 1)::equals);
    }

    /** The public types of this name, {@code Outer.Inner} if it is nested. */
    private static Stream<JavaClass> types(String name) {
        return Product.classes().stream()
                .filter(type -> isPublic(type.getModifiers()))
                .filter(type -> !type.getPackageName().contains(".internal"))
                .filter(type -> nameOf(type).equals(name));
    }

    private static String nameOf(JavaClass type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    private static boolean isPublic(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC);
    }
}
