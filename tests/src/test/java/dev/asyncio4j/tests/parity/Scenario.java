package dev.asyncio4j.tests.parity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A folder of {@code tests/parity/scenarios}.
 *
 * @param name the folder's name
 * @param expected what CPython printed
 * @param differs why the twin must print something else, if it must
 */
record Scenario(String name, List<String> expected, Optional<String> differs) {

    private static final Path PARITY = Path.of(System.getProperty("asyncio4j.root"), "tests", "parity");
    private static final Path FOLDER = PARITY.resolve("scenarios");
    private static final String DIFFERS = "# differs:";

    static List<Scenario> all() throws IOException {
        try (var folders = Files.list(FOLDER)) {
            List<String> names = folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
            var scenarios = new java.util.ArrayList<Scenario>();
            for (String name : names) {
                scenarios.add(read(name));
            }
            return scenarios;
        }
    }

    private static Scenario read(String name) throws IOException {
        Path folder = FOLDER.resolve(name);
        Optional<String> differs = Files.readAllLines(folder.resolve("scenario.py")).stream()
                .filter(line -> line.startsWith(DIFFERS))
                .findFirst()
                .map(line -> line.substring(DIFFERS.length()).strip());
        return new Scenario(name, Files.readAllLines(folder.resolve("expected.txt")), differs);
    }
}
