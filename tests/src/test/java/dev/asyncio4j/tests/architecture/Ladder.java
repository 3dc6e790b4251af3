package dev.asyncio4j.tests.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table of rooms (packages), lowest first, each with the lower rooms it may import. */
final class Ladder {

    private final Map<String, List<String>> rooms = new LinkedHashMap<>();

    /** Adds a room above those added so far. */
    Ladder room(String name, String... mayImport) {
        for (var lower : mayImport) {
            if (!rooms.containsKey(lower)) {
                throw new IllegalArgumentException(name + " may not import " + lower + ", which is no lower room");
            }
        }
        if (rooms.putIfAbsent(name, List.of(mayImport)) != null) {
            throw new IllegalArgumentException(name + " has two rows");
        }
        return this;
    }

    /** Returns a line for each class in an unknown room, and for each import that the table does not allow. */
    List<String> violations(Collection<JavaClass> classes) {
        var found = new ArrayList<String>();
        for (var type : classes) {
            var room = type.getPackageName();
            if (rooms.containsKey(room)) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isForbidden(room, dependency))
                        .map(dependency -> room + " must not import "
                                + dependency.getTargetClass().getPackageName() + ": " + dependency.getDescription())
                        .forEach(found::add);
            } else {
                found.add("the room " + room + " has no row in the table of LadderTest: give it one (" + type.getName()
                        + ")");
            }
        }
        return found;
    }

    private boolean isForbidden(String room, Dependency dependency) {
        var target = dependency.getTargetClass().getBaseComponentType().getPackageName();
        return Product.isOurs(target)
                && !target.equals(room)
                && !rooms.get(room).contains(target);
    }
}
