package dev.asyncio4j.cli.program;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The method a program begins with, found as the Java launcher does: {@code main(String[])} before {@code main()}, static
 * or not, of the class itself or of a class above it, with any access but private.
 */
final class MainMethod {

    private final Method method;
    private final @Nullable Constructor<?> constructor;

    private MainMethod(Method method, @Nullable Constructor<?> constructor) {
        this.method = method;
        this.constructor = constructor;
    }

    /** The main method of a class. */
    static MainMethod of(Class<?> type) throws LaunchException {
        var method = find(type, String[].class);
        if (method == null) {
            method = find(type);
        }
        if (method == null) {
            throw wrong(type, "has no main method. Add `void main() { … }` or `void main(String[] args) { … }`");
        }
        method.setAccessible(true);
        return new MainMethod(method, Modifier.isStatic(method.getModifiers()) ? null : constructor(type));
    }

    /** Calls it, and throws what it throws. */
    void call(String[] arguments) throws Throwable {
        try {
            var receiver = constructor == null ? null : constructor.newInstance();
            if (method.getParameterCount() == 0) {
                method.invoke(receiver);
            } else {
                method.invoke(receiver, (Object) arguments);
            }
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        }
    }

    private static @Nullable Method find(Class<?> type, Class<?>... parameters) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (var method : each.getDeclaredMethods()) {
                if (isMain(method, parameters)) {
                    return method;
                }
            }
        }
        return null;
    }

    private static boolean isMain(Method method, Class<?>... parameters) {
        return method.getName().equals("main")
                && method.getReturnType() == void.class
                && !Modifier.isPrivate(method.getModifiers())
                && Arrays.equals(method.getParameterTypes(), parameters);
    }

    private static Constructor<?> constructor(Class<?> type) throws LaunchException {
        if (Modifier.isAbstract(type.getModifiers())) {
            throw wrong(type, "is abstract, and its main method is not static");
        }
        for (var constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 0 && !Modifier.isPrivate(constructor.getModifiers())) {
                constructor.setAccessible(true);
                return constructor;
            }
        }
        throw wrong(
                type, "has a main method that is not static, and no constructor without parameters to call it with");
    }

    private static LaunchException wrong(Class<?> type, String what) {
        return new LaunchException(LaunchException.SOURCE, "asyncio: the class " + type.getName() + " " + what + ".");
    }
}
