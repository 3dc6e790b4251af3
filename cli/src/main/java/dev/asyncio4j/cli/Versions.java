package dev.asyncio4j.cli;

import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.spi.IoDriverProvider;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.ServiceLoader;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: asyncio4j's own version, as the build wrote it, and what a loop would run on. */
final class Versions implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "asyncio4j " + own(),
            "JDK       " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
            "runtime   " + runtime(),
            "transport " + transport(),
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

    private static String runtime() {
        try (var loop = new BaseEventLoop()) {
            return loop.runtimeName();
        }
    }

    private static String transport() {
        return ServiceLoader.load(IoDriverProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(IoDriverProvider::isAvailable)
                .max(Comparator.comparingInt(IoDriverProvider::priority))
                .map(IoDriverProvider::name)
                .orElse("none");
    }
}
