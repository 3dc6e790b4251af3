package dev.asyncio4j.tests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.cli.bench.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table of benchmarks can be read, and names nothing that is not there. */
class WorkloadTableTest {

    private static final Path BENCHMARKS = Path.of(System.getProperty("asyncio4j.root"), "benchmarks");

    @Test
    void everyWorkload_withATarget_isWrittenForUsAndForCPython() throws IOException {
        var ours = read("src/main/java/dev/asyncio4j/benchmarks/Workloads.java");
        var theirs = read("peers/python/bench.py");
        assertThat(Workload.readAll(BENCHMARKS.resolve("workloads.txt")))
                .hasSizeGreaterThan(30)
                .allSatisfy(row -> {
                    var name = '"' + row.name().replaceFirst("@.*", "") + '"';
                    assertThat(theirs).contains(name);
                    assertThat(ours).contains(name);
                });
    }

    @Test
    void workloads_inTheTable_haveNamesOfTheirOwn() throws IOException {
        assertThat(Workload.readAll(BENCHMARKS.resolve("workloads.txt")))
                .extracting(Workload::name)
                .doesNotHaveDuplicates();
    }

    private static String read(String file) throws IOException {
        return Files.readString(BENCHMARKS.resolve(file));
    }
}
