package dev.asyncio4j.jcstress;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What jcstress prints at its end: how often each test saw what. */
final class Report {

    /** One line of a table: an outcome, how often it was seen, and what was expected of it. */
    record Line(String outcome, long samples, boolean forbidden) {}

    private static final String SUMMARY = "RUN RESULTS:";
    private static final Pattern TEST = Pattern.compile("^\\.+ \\[\\w+] ([\\w.]+)$");
    private static final Pattern LINE =
            Pattern.compile("^ +(.+?) +([\\d,]+) +[<>\\d.]+% +(Acceptable|Forbidden|Interesting) .*");

    private final Map<String, List<Line>> tests = new TreeMap<>();

    static Report of(List<String> printed) {
        var report = new Report();
        int summary = printed.indexOf(SUMMARY);
        String test = "";
        for (String line : printed.subList(Math.max(summary, 0), printed.size())) {
            Matcher name = TEST.matcher(line);
            Matcher row = LINE.matcher(line);
            if (name.matches()) {
                test = name.group(1).replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1");
                report.tests.put(test, new ArrayList<>());
            } else if (row.matches()) {
                long samples = Long.parseLong(row.group(2).replace(",", ""));
                report.tests
                        .get(test)
                        .add(new Line(row.group(1), samples, row.group(3).equals("Forbidden")));
            }
        }
        return report;
    }

    /** The names of the tests, such as {@code Closing.CallMeetsClose}. */
    List<String> names() {
        return List.copyOf(tests.keySet());
    }

    long samples(String test) {
        return tests.get(test).stream().mapToLong(Line::samples).sum();
    }

    /** How often a test saw what must not be. */
    long forbidden(String test) {
        return tests.get(test).stream()
                .filter(Line::forbidden)
                .mapToLong(Line::samples)
                .sum();
    }
}
