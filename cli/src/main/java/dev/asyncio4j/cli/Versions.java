package dev.asyncio4j.cli;

import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: asyncio4j's own version, as the build wrote it, and what it runs on. */
final class Versions implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "asyncio4j " + own(), "JDK       " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
        };
    }

    /* The build puts the version into module-info.class, which is there on the class path too. */
    private static String own() {
        try {
            var place = Path.of(Versions.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return ModuleFinder.of(place).findAll().stream()
                    .flatMap(module -> module.descriptor().rawVersion().stream())
                    .findFirst()
                    .orElse("(unknown version)");
        } catch (URISyntaxException | FindException unreadable) {
            return "(unknown version)";
        }
    }
}
