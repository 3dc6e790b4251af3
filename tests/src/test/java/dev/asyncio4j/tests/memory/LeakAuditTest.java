package dev.asyncio4j.tests.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.tests.runtime.ChildJvm;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every feature once, three rounds to warm up and three to be measured: nothing stays behind. */
@Timeout(150)
class LeakAuditTest {

    private static final Pattern FIGURE = Pattern.compile("([a-z]+(?: [a-z]+)?) (-?\\d+)(?:,|$| \\{)");

    @Test
    void everyFeature_afterThreeRounds_leavesNothingBehind() throws Exception {
        List<String> lines = audit("features", 100);
        lines.forEach(System.out::println);
        assertThat(lines).hasSize(LeakScenarios.all().size());
        assertThat(lines).allSatisfy(line -> {
            Map<String, Long> figures = figures(line);
            assertThat(figures.remove("threads")).as(line).isLessThanOrEqualTo(0L); // fewer, if some had been idle
            assertThat(figures.values()).as(line).containsOnly(0L);
        });
    }

    @Test
    void whatStaysBehind_whereItIsPlanted_isSeenByTheFigureForIt() throws Exception {
        List<String> lines = audit("planted", 2);
        assertThat(lines)
                .hasSize(PlantedLeaks.all().size())
                .allSatisfy(line -> assertThat(figures(line).get(nameOf(line)))
                        .as(line)
                        .isPositive()); // Netty reports those of one place once
    }

    private static List<String> audit(String which, int mostLooks) throws IOException, InterruptedException {
        ChildJvm.Outcome outcome = ChildJvm.of(LeakAudit.class)
                .withOption("-Dleaks=" + which)
                .withOption("-Dleaks.looks=" + mostLooks)
                .withOption("-XX:+UseSerialGC")
                .withOption("-Xmx256m")
                .run();
        assertThat(outcome.exitCode()).as(outcome.out() + outcome.err()).isZero();
        return outcome.out()
                .lines()
                .filter(line -> line.startsWith(LeakAudit.LINE))
                .toList();
    }

    private static String nameOf(String line) {
        return line.substring(LeakAudit.LINE.length()).split(": ", 2)[0];
    }

    private static Map<String, Long> figures(String line) {
        var figures = new LinkedHashMap<String, Long>();
        FIGURE.matcher(line.split(": ", 3)[2])
                .results()
                .forEach(figure -> figures.put(figure.group(1), Long.parseLong(figure.group(2))));
        return figures;
    }
}
