package dev.asyncio4j.tests.parity;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Finds the twins: the methods with {@link Twin} of every class of this package whose name ends in {@code Twins}. */
final class Twins {

    private static final String SUFFIX = "Twins.class";

    private Twins() {}

    static List<TwinMethod> all() throws IOException, ReflectiveOperationException {
        var found = new ArrayList<TwinMethod>();
        for (String className : classNames()) {
            Class<?> type = MethodHandles.lookup().findClass(className);
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Twin.class))
                    .sorted(Comparator.comparing(Method::getName))
                    .map(TwinMethod::new)
                    .forEach(found::add);
        }
        return found;
    }

    private static List<String> classNames() throws IOException {
        String room = Twins.class.getPackageName();
        try (var files = Files.list(classes().resolve(room.replace('.', '/')))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX) && !name.equals(SUFFIX))
                    .map(name -> room + "." + name.replace(".class", ""))
                    .sorted()
                    .toList();
        }
    }

    private static Path classes() {
        try {
            return Path.of(Twins.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the test classes are in no folder", e);
        }
    }
}
