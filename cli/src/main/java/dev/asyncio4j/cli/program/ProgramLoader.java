package dev.asyncio4j.cli.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Loads a program's classes. A class that no compiled source mentions, but for which a source file lies in the program's
 * folders, is compiled when it is asked for: so {@code Class.forName} finds it too.
 */
final class ProgramLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> classes;
    private final Path root;
    private final Compiler compiler;
    private final ProtectionDomain domain;

    ProgramLoader(ClassLoader parent, Path file, Program program, Compiler compiler) throws IOException {
        super(parent); // without a name: a name would stand in front of every frame of a stack trace
        this.classes = new ConcurrentHashMap<>(program.classes());
        this.root = program.root();
        this.compiler = compiler;
        var source = new CodeSource(file.toUri().toURL(), (Certificate[]) null);
        this.domain = new ProtectionDomain(source, null, this, null);
    }

    /** The program's own classes come first: a class of the same name on the class path must not take their place. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!classes.containsKey(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        var bytes = classes.get(name);
        if (bytes == null) {
            bytes = compile(name);
        }
        return defineClass(name, bytes, 0, bytes.length, domain);
    }

    private byte[] compile(String name) throws ClassNotFoundException {
        var end = name.indexOf('$', 1);
        var outermost = end < 0 ? name : name.substring(0, end);
        var file = root.resolve(outermost.replace('.', '/') + Sources.SUFFIX);
        if (!Files.exists(file)) {
            throw new ClassNotFoundException(name);
        }
        try {
            compiler.compile(file).program().classes().forEach(classes::putIfAbsent);
        } catch (IOException | LaunchException failed) {
            throw new ClassNotFoundException(name + "\n" + failed.getMessage(), failed);
        }
        var bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return bytes;
    }
}
