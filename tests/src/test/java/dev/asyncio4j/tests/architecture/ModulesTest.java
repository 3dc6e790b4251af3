package dev.asyncio4j.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.cli.Main;
import dev.asyncio4j.spi.IoDriverProvider;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a module asks of its users, and what it shows them. */
class ModulesTest {

    @Test
    void core_requires_nothingButTheJavaBase() throws Exception {
        var needed = descriptor(IoDriverProvider.class).requires().stream()
                .filter(required -> !required.modifiers().contains(Requires.Modifier.STATIC))
                .map(Requires::name)
                .collect(Collectors.toSet());
        assertThat(needed).containsExactly("java.base");
    }

    @Test
    void core_mayUseIfPresent_signalsAndAnnotations() throws Exception {
        var optional = descriptor(IoDriverProvider.class).requires().stream()
                .filter(required -> required.modifiers().contains(Requires.Modifier.STATIC))
                .map(Requires::name)
                .collect(Collectors.toSet());
        assertThat(optional).isSubsetOf("jdk.unsupported", "org.jspecify");
    }

    @Test
    void internals_ofEveryModule_areNotExported() throws Exception {
        for (var module : List.of(descriptor(IoDriverProvider.class), descriptor(Main.class))) {
            assertThat(module.exports()).noneMatch(exported -> exported.source().contains(".internal"));
        }
    }

    @Test
    void everyPackage_ofAPublishedModule_hasAPlateOnItsDoor() {
        var bare = Product.sources().stream()
                .filter(source ->
                        Product.PUBLISHED.stream().anyMatch(module -> source.startsWith(Product.ROOT.resolve(module))))
                .filter(source -> !source.endsWith("module-info.java"))
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                .map(folder -> Product.ROOT.relativize(folder) + " has no package-info.java");
        assertThat(bare).isEmpty();
    }

    private static ModuleDescriptor descriptor(Class<?> member) throws URISyntaxException {
        var place = Path.of(
                member.getProtectionDomain().getCodeSource().getLocation().toURI());
        return ModuleFinder.of(place).findAll().iterator().next().descriptor();
    }
}
