package dev.asyncio4j.tests.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is shown is run. A block of Java in a page of documentation is a region of a source file that the build compiles
 * and a test runs; the comment above it names the region:
 *
 * <pre>{@literal <!-- examples/EchoServer.java#echo -->}</pre>
 *
 * <p>So is any other block that has such a comment. Links between files lead somewhere.
 */
class DocumentationTest {

    private static final Path ROOT = ExampleProcess.ROOT;

    /** Where the build finds sources that a test runs. */
    private static final List<String> COMPILED = List.of("examples/", "tests/src/test/java/dev/asyncio4j/snippets/");

    /** Shows regions of TestingGuideTest, which compares them itself. */
    private static final Path TESTING_GUIDE = ROOT.resolve("docs/testing.md");

    private static final Set<String> LANGUAGES = Set.of("java", "sh", "text", "xml", "python", "console");

    private static final Pattern SOURCE_FILE = Pattern.compile("[\\w./-]+\\.java");

    @Test
    void everyBlockOfJava_isARegionOfWhatIsCompiledAndRun() throws Exception {
        for (var page : pages(ROOT)) {
            if (!page.file().equals(TESTING_GUIDE)) {
                assertThat(problemsOfBlocks(ROOT, page)).isEmpty();
            }
        }
    }

    @Test
    void everyLink_betweenFiles_leadsSomewhere() throws Exception {
        for (var page : pages(ROOT)) {
            assertThat(problemsOfLinks(page)).isEmpty();
        }
    }

    @Test
    void pages_ofThisProject_areFound() throws Exception {
        assertThat(pages(ROOT))
                .map(page -> ROOT.relativize(page.file()).toString())
                .contains("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/tutorial.md");
    }

    @Test
    void problems_plantedOnes_areAllSeen(@TempDir Path root) throws Exception {
        Files.createDirectories(root.resolve("examples"));
        Files.writeString(root.resolve("examples/A.java"), "  // @start region=\"r\"\n  int a;\n  // @end\n");
        Files.writeString(root.resolve("README.md"), """
                # Title
                <!-- examples/A.java#r -->
                ```java
                int a;
                ```
                <!-- examples/A.java#r -->
                ```java
                int b;
                ```
                ```java
                int c;
                ```
                <!-- examples/A.java#none -->
                ```java
                int d;
                ```
                <!-- core/A.java -->
                ```java
                int e;
                ```
                ```
                unnamed
                ```
                ```sh
                ./asyncio run examples/None.java
                ```
                [good](README.md#title) [bad](NONE.md) [worse](README.md#none) [web](https://example.org/) `[no](link)`
                """);
        var page = Markdown.read(root.resolve("README.md"));
        assertThat(problemsOfBlocks(root, page))
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("README.md:7", "differs from examples/A.java#r"),
                        problem -> assertThat(problem).contains("README.md:10", "no comment above"),
                        problem -> assertThat(problem).contains("README.md:14", "there is no region"),
                        problem -> assertThat(problem).contains("README.md:18", "not compiled"),
                        problem -> assertThat(problem).contains("README.md:21", "language"),
                        problem -> assertThat(problem).contains("README.md:24", "examples/None.java"));
        assertThat(problemsOfLinks(page))
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("NONE.md"),
                        problem -> assertThat(problem).contains("README.md#none"));
    }

    private static List<Markdown> pages(Path root) throws IOException {
        try (var top = Files.list(root);
                var docs = Files.walk(root.resolve("docs"));
                var examples = Files.list(root.resolve("examples"))) {
            return Stream.of(top, docs, examples)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(DocumentationTest::page)
                    .toList();
        }
    }

    private static Markdown page(Path file) {
        try {
            return Markdown.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> problemsOfBlocks(Path root, Markdown page) {
        var problems = new ArrayList<String>();
        for (var block : page.blocks()) {
            var problem = problem(root, block);
            if (!problem.isEmpty()) {
                problems.add(root.relativize(page.file()) + ":" + block.line() + ": " + problem);
            }
        }
        return problems;
    }

    private static String problem(Path root, Markdown.Block block) {
        if (!LANGUAGES.contains(block.language())) {
            return "a block needs a language, one of " + LANGUAGES + ", not '" + block.language() + "'";
        }
        if (!block.source().isEmpty()) {
            return differenceFromSource(root, block);
        }
        if (block.language().equals("java")) {
            return "a block of Java has no comment above it that names its source, such as"
                    + " <!-- examples/EchoServer.java#echo -->";
        }
        return SOURCE_FILE
                .matcher(block.text())
                .results()
                .map(match -> match.group())
                .filter(file -> file.contains("/") && !Files.exists(root.resolve(file)))
                .map(file -> "there is no file " + file)
                .findFirst()
                .orElse("");
    }

    private static String differenceFromSource(Path root, Markdown.Block block) {
        if (COMPILED.stream().noneMatch(block.source()::startsWith)) {
            return block.source() + " is not compiled and run; what is lies below " + COMPILED;
        }
        try {
            var source = Region.text(root, block.source());
            return source.equals(block.text())
                    ? ""
                    : "the block differs from " + block.source() + ", which says:\n" + source;
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private static List<String> problemsOfLinks(Markdown page) throws IOException {
        var problems = new ArrayList<String>();
        for (var link : page.links()) {
            if (!link.matches("[a-z]+:.*") && !leadsSomewhere(page, link)) {
                problems.add(page.file() + ": the link " + link + " leads nowhere");
            }
        }
        return problems;
    }

    private static boolean leadsSomewhere(Markdown page, String link) throws IOException {
        var parts = link.split("#", 2);
        var target = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]);
        if (!Files.exists(target)) {
            return false;
        }
        return parts.length == 1 || Markdown.read(target).anchors().contains(parts[1]);
    }
}
