package dev.asyncio4j.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of bugs that others had names tests that are there, and those name the bugs. */
class BugsTest {
    private static final Path PAGE = Product.ROOT.resolve("docs/reference/bugs.md");
    private static final Pattern ROW = Pattern.compile("^\\| (?!bug |---)([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern TEST = Pattern.compile("\\[(\\w+)]\\(([^)]+)\\) `(\\w+)`");

    @TempDir
    private Path folder;

    @Test
    void everyBug_hasATest_thatNamesIt() throws IOException {
        var rows = Files.readAllLines(PAGE).stream()
                .filter(line -> ROW.matcher(line).matches());
        assertThat(rows).hasSizeGreaterThanOrEqualTo(18);
        assertThat(problems(PAGE)).isEmpty();
    }

    @Test
    void problems_plantedOnes_areAllSeen() throws IOException {
        Files.writeString(folder.resolve("ATest.java"), "/** gh-1 */ void works() {}");
        var page = Files.writeString(folder.resolve("page.md"), """
                | bug | what | noticed by |
                | --- | --- | --- |
                | gh-1 | good | [ATest](ATest.java) `works` |
                | gh-2 | not named | [ATest](ATest.java) `works` |
                | gh-1 | no such test | [ATest](ATest.java) `fails` |
                | gh-1 | no such file | [BTest](BTest.java) `works` |
                | gh-1 | nothing | nobody |
                """);
        assertThat(problems(page))
                .containsExactly(
                        "ATest does not name gh-2",
                        "ATest has no method fails",
                        "there is no BTest.java",
                        "nothing notices gh-1");
    }

    private static List<String> problems(Path page) throws IOException {
        var problems = new ArrayList<String>();
        for (var line : Files.readAllLines(page)) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                problems.addAll(problems(page, row.group(1), row.group(3)));
            }
        }
        return problems;
    }

    private static List<String> problems(Path page, String bugs, String tests) throws IOException {
        var problems = new ArrayList<String>();
        var found = TEST.matcher(tests);
        var some = false;
        while (found.find()) {
            some = true;
            var file = page.resolveSibling(found.group(2)).normalize();
            if (!Files.exists(file)) {
                problems.add("there is no " + found.group(2));
                continue;
            }
            var text = Files.readString(file);
            if (!Pattern.compile("void\\s+" + found.group(3) + "\\(")
                    .matcher(text)
                    .find()) {
                problems.add(found.group(1) + " has no method " + found.group(3));
            }
            for (var bug : bugs.split(", ", -1)) {
                if (!text.contains(bug)) {
                    problems.add(found.group(1) + " does not name " + bug);
                }
            }
        }
        if (!some) {
            problems.add("nothing notices " + bugs);
        }
        return problems;
    }
}
