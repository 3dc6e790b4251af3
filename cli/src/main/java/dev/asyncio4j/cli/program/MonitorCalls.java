package dev.asyncio4j.cli.program;

import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Finds calls of {@code wait}, {@code notify} and {@code notifyAll} on objects of this library. Python's primitives have such
 * methods; here they are {@link Object}'s, and fail for want of a monitor when the program runs. They are errors of the source
 * instead, and the message names the method that was meant.
 */
final class MonitorCalls extends TreePathScanner<@Nullable Void, @Nullable Void> implements TaskListener {

    private static final String OURS = "dev.asyncio4j.";
    private static final Map<String, String> MEANT =
            Map.of("wait", "await", "notify", "signal", "notifyAll", "signalAll");

    private final Trees trees;

    MonitorCalls(JavacTask task) {
        this.trees = Trees.instance(task);
    }

    @Override
    public void finished(TaskEvent event) {
        TypeElement type = event.getTypeElement();
        if (event.getKind() == TaskEvent.Kind.ANALYZE && type != null) {
            TreePath path = trees.getPath(type);
            if (path != null) {
                scan(path, null);
            }
        }
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
        if (call.getMethodSelect() instanceof MemberSelectTree select) {
            check(call, select);
        }
        return super.visitMethodInvocation(call, null);
    }

    private void check(MethodInvocationTree call, MemberSelectTree select) {
        String meant = MEANT.get(select.getIdentifier().toString());
        Element method = trees.getElement(getCurrentPath());
        if (meant == null || method == null || !isObject(method.getEnclosingElement())) {
            return;
        }
        TypeMirror type = trees.getTypeMirror(new TreePath(getCurrentPath(), select.getExpression()));
        if (type instanceof DeclaredType declared
                && declared.asElement().toString().startsWith(OURS)) {
            String name = select.getIdentifier() + "()";
            trees.printMessage(
                    Diagnostic.Kind.ERROR,
                    name + " is Object's and needs a monitor; what is meant is called " + meant + "() in asyncio4j",
                    call,
                    getCurrentPath().getCompilationUnit());
        }
    }

    private static boolean isObject(@Nullable Element type) {
        return type instanceof TypeElement element && element.getQualifiedName().contentEquals("java.lang.Object");
    }
}
