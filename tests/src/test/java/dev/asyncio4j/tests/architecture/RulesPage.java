package dev.asyncio4j.tests.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which scenarios and tests cite which rule: {@code docs/reference/rules.md}, made of {@code tests/parity/rules.txt},
 * the sentences beside it, and the sources.
 *
 * <p>A scenario cites rules in its first line. A test cites those with a number anywhere in its source.
 */
final class RulesPage {

    /**
     * What may cite rules.
     *
     * @param name what the page calls it
     * @param link where it is, from the page; ends in {@code .py} for a scenario
     * @param text where it cites
     */
    record Source(String name, String link, String text) {

        boolean isScenario() {
            return link.endsWith(".py");
        }
    }

    private static final Pattern NUMBERED = Pattern.compile("\\b([A-Z]+)-\\d+\\b");
    private static final Pattern LISTED = Pattern.compile("\\b[A-Z]+(-[A-Z0-9]+)?\\b");

    private static final String HEAD = """
            # Rules

            Behaviour of asyncio has names here, such as CAN-4; tests, javadoc and scenarios cite them. This page says what
            each is, in a sentence, which scenarios of the [parity suite](../../tests/parity/README.md), run on CPython and
            here, show it, and which other tests cite it. The exact behaviour is what scenarios and tests say.

            This page is generated: `./build test -Dtest=RulesTest -Drules.write=true`.
            """;

    private final List<String> list;
    private final Map<String, String> sentences = new LinkedHashMap<>();
    private final Map<String, String> reasons = new LinkedHashMap<>();
    private final Map<String, Set<String>> scenarios = new TreeMap<>();
    private final Map<String, Set<String>> tests = new TreeMap<>();
    private final List<String> unknown = new ArrayList<>();

    RulesPage(List<String> list, List<String> sentences, List<Source> sources) {
        this.list = list;
        sentences.stream().filter(line -> isRule(line)).forEach(line -> this.sentences.put(idOf(line), reasonOf(line)));
        list.stream().filter(line -> isRule(line)).forEach(line -> reasons.put(idOf(line), reasonOf(line)));
        Set<String> families =
                reasons.keySet().stream().map(RulesPage::familyOf).collect(Collectors.toSet());
        sources.forEach(source -> read(source, families));
    }

    static RulesPage ofThisProject() throws IOException {
        Path tests = Product.ROOT.resolve("tests");
        List<Source> sources = new ArrayList<>();
        try (var folders = Files.list(tests.resolve("parity/scenarios"))) {
            for (Path folder : folders.sorted().toList()) {
                sources.add(scenario(folder));
            }
        }
        try (var files = Files.walk(tests.resolve("src/test/java"))) {
            for (Path file : files.filter(RulesPage::isTest).sorted().toList()) {
                sources.add(test(file));
            }
        }
        return new RulesPage(
                Files.readAllLines(tests.resolve("parity/rules.txt")),
                Files.readAllLines(tests.resolve("parity/rule-sentences.txt")),
                sources);
    }

    private static boolean isTest(Path file) {
        return file.toString().endsWith("Test.java") && !file.toString().contains("architecture");
    }

    private static Source scenario(Path folder) throws IOException {
        Path file = folder.resolve("scenario.py");
        String name = folder.getFileName().toString();
        return new Source(name, linkTo(file), Files.readAllLines(file).getFirst());
    }

    private static Source test(Path file) throws IOException {
        String name = file.getFileName().toString().replace(".java", "");
        return new Source(name, linkTo(file), Files.readString(file));
    }

    private static String linkTo(Path file) {
        String path = Product.ROOT.relativize(file).toString();
        return "../../" + path.replace('\\', '/');
    }

    // ---- the list

    private static boolean isRule(String line) {
        return !line.isBlank() && !line.startsWith("#");
    }

    private static String idOf(String line) {
        return line.split(": ", 2)[0];
    }

    private static String reasonOf(String line) {
        return line.contains(": ") ? line.split(": ", 2)[1] : "";
    }

    private static String familyOf(String id) {
        return id.replaceFirst("-\\d+$", "");
    }

    // ---- the sources

    private void read(Source source, Set<String> families) {
        cited(source, families).forEach(id -> {
            if (reasons.containsKey(id)) {
                (source.isScenario() ? scenarios : tests)
                        .computeIfAbsent(id, _ -> new TreeSet<>())
                        .add("[" + source.name() + "](" + source.link() + ")");
            } else {
                unknown.add(source.name() + " cites " + id + ", which is not in rules.txt");
            }
        });
    }

    private static Stream<String> cited(Source source, Set<String> families) {
        if (source.isScenario()) {
            String rules = source.text().replaceFirst("# rules: ([^:]*):.*", "$1");
            return LISTED.matcher(rules).results().map(MatchResult::group).distinct();
        }
        return NUMBERED.matcher(source.text())
                .results()
                .filter(match -> families.contains(match.group(1)))
                .map(MatchResult::group)
                .distinct();
    }

    // ---- what comes of it

    /** Says what is wrong: rules without anything, reasons that are not needed, ids that are no rules, missing sentences. */
    List<String> problems() {
        var problems = new ArrayList<>(unknown);
        reasons.keySet().stream()
                .filter(id -> !sentences.getOrDefault(id, "").endsWith("."))
                .forEach(id -> problems.add(id + " has no sentence in rule-sentences.txt that says what it is"));
        sentences.keySet().stream()
                .filter(id -> !reasons.containsKey(id))
                .forEach(id -> problems.add("rule-sentences.txt explains " + id + ", which is not in rules.txt"));
        reasons.forEach((id, reason) -> {
            boolean cited = scenarios.containsKey(id) || tests.containsKey(id);
            if (!cited && reason.isEmpty()) {
                problems.add(id + " has neither a scenario, nor a test that cites it, nor a reason in rules.txt");
            } else if (cited && !reason.isEmpty()) {
                problems.add(id + " is cited and needs no reason: take the reason out of rules.txt");
            }
        });
        return problems;
    }

    /** Returns the page. */
    String text() {
        var text = new StringBuilder(HEAD);
        for (String line : list) {
            if (line.startsWith("## ")) {
                text.append('\n')
                        .append(line)
                        .append("\n\n| rule | what it says | scenarios | tests |\n| --- | --- | --- | --- |\n");
            } else if (isRule(line)) {
                text.append(row(idOf(line)));
            }
        }
        return text.toString();
    }

    private String row(String id) {
        String reason = reasons.getOrDefault(id, "");
        return "| " + id + " | " + sentences.getOrDefault(id, "") + " |" + cell(scenarios, id)
                + (reason.isEmpty() ? cell(tests, id) : " *none:* " + reason + " |") + "\n";
    }

    private static String cell(Map<String, Set<String>> citations, String id) {
        String links = String.join(", ", citations.getOrDefault(id, Set.of()));
        return links.isEmpty() ? " |" : " " + links + " |";
    }
}
