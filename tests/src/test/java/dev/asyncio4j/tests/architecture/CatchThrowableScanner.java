package dev.asyncio4j.tests.architecture;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Finds the handlers of Throwable and Error that swallow what they caught, a cancellation perhaps. */
final class CatchThrowableScanner extends TreeScanner<Void, Void> {

    /* A handler is innocent if it throws, or if it keeps what it caught: returns it, assigns it, or passes it on to
     * something other than a log. Only names are looked at, so a method `log` that rethrows is suspected and a method
     * `keep` that forgets is believed: cheap, and wrong in the rare case only. */

    private static final Set<String> WIDE = Set.of("Throwable", "Error");

    private static final Set<String> LOGS = Set.of(
            "log",
            "trace",
            "debug",
            "info",
            "warn",
            "warning",
            "error",
            "print",
            "println",
            "printf",
            "printStackTrace");

    private final SourcePositions positions;
    private final CompilationUnitTree unit;
    private final List<String> found = new ArrayList<>();

    private CatchThrowableScanner(SourcePositions positions, CompilationUnitTree unit) {
        this.positions = positions;
        this.unit = unit;
    }

    /** Returns a line for each guilty handler of a source. */
    static List<String> scan(String name, String source) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var task = (JavacTask) compiler.getTask(null, null, null, List.of(), null, List.of(inMemory(name, source)));
        var found = new ArrayList<String>();
        var positions = Trees.instance(task).getSourcePositions();
        try {
            for (var unit : task.parse()) {
                var scanner = new CatchThrowableScanner(positions, unit);
                scanner.scan(unit, null);
                scanner.found.forEach(line -> found.add(name + ":" + line));
            }
        } catch (IOException e) {
            throw new IllegalStateException("a source in memory cannot fail to be read", e);
        }
        return found;
    }

    @Override
    public Void visitCatch(CatchTree handler, Void ignored) {
        if (isWide(handler.getParameter().getType()) && !throwsOrKeeps(handler)) {
            var line = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, handler));
            found.add(line + ": catch (" + handler.getParameter() + ") neither throws nor keeps what it caught");
        }
        return super.visitCatch(handler, null);
    }

    private static boolean isWide(Tree type) {
        if (type instanceof UnionTypeTree union) {
            return union.getTypeAlternatives().stream().anyMatch(CatchThrowableScanner::isWide);
        }
        var name = type.toString();
        return WIDE.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    private static boolean throwsOrKeeps(CatchTree handler) {
        var use = new Use(handler.getParameter().getName().toString());
        use.scan(handler.getBlock(), null);
        return use.innocent;
    }

    private static JavaFileObject inMemory(String name, String source) {
        var uri = URI.create("string:///" + name.replace('\\', '/'));
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }

    /** What a handler does with its variable. */
    private static final class Use extends TreeScanner<Void, Void> {

        private final String caught;
        private boolean innocent;

        Use(String caught) {
            this.caught = caught;
        }

        @Override
        public Void visitThrow(ThrowTree tree, Void ignored) {
            innocent = true;
            return null;
        }

        @Override
        public Void visitLambdaExpression(LambdaExpressionTree tree, Void ignored) {
            // What is inside runs later, if at all: a throw counts only if it takes the variable along.
            var inside = new Use(caught);
            inside.scan(tree.getBody(), null);
            keepIf(inside.innocent && mentions(tree.getBody()));
            return null;
        }

        @Override
        public Void visitReturn(ReturnTree tree, Void ignored) {
            keepIf(mentions(tree.getExpression()));
            return super.visitReturn(tree, null);
        }

        @Override
        public Void visitAssignment(AssignmentTree tree, Void ignored) {
            keepIf(mentions(tree.getExpression()));
            return super.visitAssignment(tree, null);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void ignored) {
            if (LOGS.contains(nameOf(call.getMethodSelect()))) {
                return null;
            }
            keepIf(call.getArguments().stream().anyMatch(this::mentions));
            return super.visitMethodInvocation(call, null);
        }

        private void keepIf(boolean kept) {
            innocent |= kept;
        }

        private boolean mentions(Tree tree) {
            var seen = new Mention(caught);
            seen.scan(tree, null);
            return seen.seen;
        }

        private static String nameOf(ExpressionTree method) {
            return switch (method) {
                case MemberSelectTree select -> select.getIdentifier().toString();
                case IdentifierTree name -> name.getName().toString();
                default -> "";
            };
        }
    }

    /** Whether the variable itself, not a property of it, stands in an expression. */
    private static final class Mention extends TreeScanner<Void, Void> {

        private final String name;
        private boolean seen;

        Mention(String name) {
            this.name = name;
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree tree, Void ignored) {
            return null;
        }

        @Override
        public Void visitIdentifier(IdentifierTree tree, Void ignored) {
            seen |= tree.getName().contentEquals(name);
            return null;
        }
    }
}
