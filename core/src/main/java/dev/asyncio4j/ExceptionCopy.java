package dev.asyncio4j;

import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;

/**
 * Copies exceptions, so that each of several awaiters gets a stack trace of its own, with the original as the cause.
 *
 * <p>An exception that cannot be copied faithfully, because it has no usual public constructor or holds more than a
 * message and a cause, is handed out as it is.
 */
final class ExceptionCopy {

    private ExceptionCopy() {}

    static Throwable of(Throwable original) {
        Throwable copy = copy(original);
        return copy == null ? original : copy;
    }

    private static @Nullable Throwable copy(Throwable original) {
        Class<? extends Throwable> type = original.getClass();
        if (hasStateOfItsOwn(type)) {
            return null;
        }
        try {
            Constructor<? extends Throwable> withMessage = type.getConstructor(String.class);
            Throwable copy = withMessage.newInstance(original.getMessage());
            return copy.initCause(original);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    private static boolean hasStateOfItsOwn(Class<?> type) {
        for (Class<?> c = type; c != null && c != Throwable.class; c = c.getSuperclass()) {
            for (var field : c.getDeclaredFields()) {
                if (!java.lang.reflect.Modifier.isStatic(field.getModifiers())) {
                    return true;
                }
            }
        }
        return false;
    }
}
