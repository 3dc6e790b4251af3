package dev.asyncio4j.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What figures are measured on. */
public final class Machine {

    private Machine() {}

    /**
     * Describes the machine, the system, and those who take part.
     *
     * @param contestants who takes part
     * @return lines of text
     * @throws IOException if the system does not tell
     */
    public static List<String> describe(List<Contestant> contestants) throws IOException {
        var lines = new ArrayList<String>();
        lines.add(Runtime.getRuntime().availableProcessors() + " processors"
                + processor().map(name -> ", " + name).orElse(""));
        lines.add(System.getProperty("os.name") + " " + release(System.getProperty("os.version")));
        for (var contestant : contestants) {
            var presence = contestant.presence();
            lines.add("`" + contestant.name() + "`: " + (presence.isPresent() ? "" : "missing: ") + presence.text());
        }
        return lines;
    }

    /** What comes before the first dash is the kernel's own; what comes behind it is of whoever built it. */
    private static String release(String version) {
        return version.split("-", 2)[0];
    }

    private static Optional<String> processor() throws IOException {
        var file = Path.of("/proc/cpuinfo");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst("[^:]*:\\s*", ""))
                    .findFirst();
        }
    }
}
