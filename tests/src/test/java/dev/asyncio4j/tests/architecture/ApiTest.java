package dev.asyncio4j.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users can name must be made of what they can name. */
class ApiTest {

    /* Does what -Xlint:exports is for. That lint is off because it also asks for `requires static transitive
     * org.jspecify`, with which javac refuses to compile the module of a user who has no JSpecify. */

    @Test
    void publicSignatures_ofExportedRooms_nameNothingInternal() {
        assertThat(violations(Product.classes(), ApiTest::isInternal)).isEmpty();
    }

    @Test
    void violations_parameterResultFieldAndSupertype_areAllSeen() {
        var planted = new ClassFileImporter().importClass(PlantedApi.class);
        var found = violations(List.of(planted), type -> type.isEquivalentTo(Random.class));
        assertThat(found)
                .hasSize(4)
                .anyMatch(line -> line.contains(".taken("))
                .anyMatch(line -> line.contains(".given()"))
                .anyMatch(line -> line.contains(".field"))
                .anyMatch(line -> line.contains("extends"));
    }

    private static List<String> violations(Collection<JavaClass> classes, Predicate<JavaClass> isHidden) {
        return classes.stream()
                .filter(type -> !isInternal(type))
                .filter(ApiTest::isVisible)
                .flatMap(type -> Stream.concat(ofSupertypes(type, isHidden), ofMembers(type, isHidden)))
                .toList();
    }

    private static Stream<String> ofMembers(JavaClass type, Predicate<JavaClass> isHidden) {
        return type.getMembers().stream()
                .filter(member -> isVisible(member.getModifiers()))
                .flatMap(member -> typesOf(member)
                        .flatMap(named -> named.getAllInvolvedRawTypes().stream())
                        .filter(isHidden)
                        .map(hidden -> member.getFullName() + " shows " + hidden.getName()));
    }

    private static Stream<String> ofSupertypes(JavaClass type, Predicate<JavaClass> isHidden) {
        return Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream())
                .filter(isHidden)
                .map(hidden -> type.getName() + " extends or implements " + hidden.getName());
    }

    private static Stream<JavaType> typesOf(JavaMember member) {
        return switch (member) {
            case JavaField field -> Stream.of(field.getType());
            case JavaCodeUnit code ->
                Stream.of(List.of(code.getReturnType()), code.getParameterTypes(), code.getExceptionTypes())
                        .flatMap(List::stream);
            default -> Stream.of();
        };
    }

    private static boolean isInternal(JavaClass type) {
        return Product.isOurs(type.getPackageName()) && type.getPackageName().contains(".internal");
    }

    private static boolean isVisible(JavaClass type) {
        return isVisible(type.getModifiers())
                && type.getEnclosingClass().map(ApiTest::isVisible).orElse(true);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }
}
