package dev.asyncio4j.tests.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.asyncio4j.cli.bench.Contestant;
import dev.asyncio4j.cli.bench.DocsPage;
import dev.asyncio4j.cli.bench.Figures;
import dev.asyncio4j.cli.bench.JsonReport;
import dev.asyncio4j.cli.bench.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was measured is written down, read again, and shown in the documentation. */
class FiguresTest {

    private static final String TABLE = """
            queue_1        ns      auto   auto  550  an item through a queue
            timers         ns      auto   auto  100  a million timers
            timers@1000    ns      1000   5     -    a thousand timers
            """;

    private static List<Workload> workloads(Path folder) throws IOException {
        return Workload.readAll(Files.writeString(folder.resolve("workloads.txt"), TABLE));
    }

    private static Figures figures(String who, Workload workload, double min) {
        return new Figures(
                new Contestant(who, Path.of("")), workload, 5, 9.5, min, min + 1, min + 2, 0.25, OptionalLong.of(17));
    }

    private static List<List<Figures>> rows(Path folder) throws IOException {
        return workloads(folder).stream()
                .map(workload -> List.of(figures(Contestant.OURS, workload, 200), figures("go", workload, 100)))
                .toList();
    }

    @Test
    void json_isReadAsItWasWritten(@TempDir Path folder) throws IOException {
        var rows = rows(folder);
        assertThat(JsonReport.read(JsonReport.of(rows), workloads(folder))).isEqualTo(rows);
    }

    @Test
    void json_saysWhetherATargetIsMet(@TempDir Path folder) throws IOException {
        assertThat(JsonReport.of(rows(folder)).lines())
                .anySatisfy(line -> assertThat(line).contains("\"queue_1\"", "\"target\": 550.0000", "\"met\": true"))
                .anySatisfy(line -> assertThat(line).contains("\"timers\"", "\"target\": 100.0000", "\"met\": false"));
    }

    @Test
    void page_showsTheFiguresBetweenItsMarks_andKeepsTheRest(@TempDir Path folder) throws IOException {
        var page = folder.resolve("benchmarks.md");
        var published = Files.readString(Path.of(System.getProperty("asyncio4j.root"), "docs", "benchmarks.md"));
        Files.writeString(page, published);
        DocsPage.write(folder, List.of("a machine"), rows(folder));
        var begin = published.indexOf("<!-- figures");
        var end = published.indexOf("<!-- end");
        assertThat(Files.readString(page))
                .startsWith(published.substring(0, begin))
                .endsWith(published.substring(end))
                .contains("- a machine", "| `queue_1` | ns | 200 | 201 | 550 met | 100 (0.5) |")
                .contains("1 of 2 targets are met. Missed: `timers` by 100 %.")
                .contains("(benchmarks-timers.svg)");
        assertThat(folder.resolve("benchmarks.svg"))
                .content()
                .contains("queue_1")
                .doesNotContain("@");
        assertThat(folder.resolve("benchmarks-timers.svg")).content().contains("<polyline");
    }

    @Test
    void page_withoutMarks_isLeftAlone(@TempDir Path folder) throws IOException {
        var page = Files.writeString(folder.resolve("benchmarks.md"), "text");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> DocsPage.write(folder, List.of(), rows(folder)))
                .withMessageContaining("no place for figures");
        assertThat(page).hasContent("text");
    }
}
