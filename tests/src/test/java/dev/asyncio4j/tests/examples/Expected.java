package dev.asyncio4j.tests.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What an example is expected to print: the file {@code NAME.expected.txt} beside it. */
final class Expected {

    /** Stands for a number that is another one each time, such as {@code <port>}. */
    private static final Pattern NUMBER = Pattern.compile("<[a-z]+>");

    private Expected() {}

    /** Returns a pattern for the whole output of an example. */
    static Pattern outputOf(String example) throws IOException {
        return pattern(Files.readString(ExampleProcess.EXAMPLES.resolve(example + ".expected.txt")));
    }

    /** Returns a pattern for a text in which numbers have names. */
    static Pattern pattern(String text) {
        var pattern = new StringBuilder();
        var end = 0;
        for (var number = NUMBER.matcher(text); number.find(); end = number.end()) {
            pattern.append(Pattern.quote(text.substring(end, number.start()))).append("\\d+");
        }
        return Pattern.compile(pattern + Pattern.quote(text.substring(end)));
    }

    /** Returns the name of an example's class, by its path in the folder of examples. */
    static String className(String example) {
        return Path.of(example).getFileName().toString();
    }
}
