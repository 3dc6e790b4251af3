package dev.asyncio4j.tests.behaviour.root;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One cell of the table of scopes, timeouts, groups and cancels: how the blocks are nested, and what fires when.
 *
 * @param nesting the blocks, the outermost first
 * @param first what fires together, in one iteration: numbers of blocks, or {@link #cancelNumber} for the task's own cancel
 * @param then what fires half a second later, or an empty list
 */
record CancellationCell(List<Block> nesting, List<Integer> first, List<Integer> then) {

    /** A block that can be cancelled from within. */
    enum Block {
        SCOPE("scope"),
        SHIELD("shielded scope"),
        TIMEOUT("timeout"),
        /** Fires by the failure of a child. */
        GROUP("group"),
        /** Fires by its {@code cancel()}. */
        CANCELLED_GROUP("cancelled group");

        private final String words;

        Block(String words) {
            this.words = words;
        }
    }

    /** Every cell: all nestings of a scope, a timeout and a group, and pairs of one kind; all sets and orders of what fires. */
    static List<CancellationCell> all() {
        return nestings().stream().flatMap(CancellationCell::cellsOf).toList();
    }

    private static List<List<Block>> nestings() {
        List<List<Block>> nestings = new ArrayList<>();
        nestings.addAll(orders(List.of(Block.SCOPE, Block.TIMEOUT, Block.GROUP)));
        nestings.addAll(orders(List.of(Block.SHIELD, Block.TIMEOUT, Block.GROUP)));
        for (Block twice : List.of(Block.SCOPE, Block.TIMEOUT, Block.GROUP, Block.CANCELLED_GROUP)) {
            nestings.add(List.of(twice, twice));
        }
        for (Block other : List.of(Block.SCOPE, Block.SHIELD, Block.TIMEOUT, Block.GROUP)) {
            nestings.addAll(orders(List.of(Block.CANCELLED_GROUP, other)));
        }
        return nestings;
    }

    private static Stream<CancellationCell> cellsOf(List<Block> nesting) {
        List<Integer> events = IntStream.rangeClosed(0, nesting.size()).boxed().toList();
        Stream<CancellationCell> together =
                subsets(events).stream().map(set -> new CancellationCell(nesting, set, List.of()));
        Stream<CancellationCell> inTurn = events.stream()
                .flatMap(one -> events.stream()
                        .filter(other -> !other.equals(one))
                        .map(other -> new CancellationCell(nesting, List.of(one), List.of(other))));
        return Stream.concat(together, inTurn);
    }

    /** All but the empty one, small ones first. */
    private static List<List<Integer>> subsets(List<Integer> of) {
        return IntStream.range(1, 1 << of.size())
                .mapToObj(bits -> of.stream().filter(n -> (bits & 1 << n) != 0).toList())
                .sorted((a, b) -> a.size() - b.size())
                .toList();
    }

    /** All orders of the elements of a list. */
    static <T> SequencedSet<List<T>> orders(List<T> of) {
        var orders = new LinkedHashSet<List<T>>();
        if (of.isEmpty()) {
            orders.add(List.of());
        }
        for (int i = 0; i < of.size(); i++) {
            var others = new ArrayList<>(of);
            T head = others.remove(i);
            for (List<T> tail : orders(others)) {
                orders.add(Stream.concat(Stream.of(head), tail.stream()).toList());
            }
        }
        return orders;
    }

    int cancelNumber() {
        return nesting.size();
    }

    boolean fires(int event) {
        return first.contains(event) || then.contains(event);
    }

    boolean firesCancel() {
        return fires(cancelNumber());
    }

    /** The same blocks and events; those that fire together do so in another order. */
    CancellationCell withOrder(List<Integer> order) {
        return new CancellationCell(nesting, order, then);
    }

    /** The title of the cell's table: "timeout around scope around group". */
    String title() {
        return nesting.stream().map(block -> block.words).collect(Collectors.joining(" around "));
    }

    /** The heading of the cell's row: "scope and cancel", or "scope, then cancel". */
    String row() {
        String together = first.stream().map(this::nameOf).collect(Collectors.joining(" and "));
        return then.isEmpty() ? together : together + ", then " + nameOf(then.getFirst());
    }

    String nameOf(int event) {
        if (event == cancelNumber()) {
            return "cancel";
        }
        String words = nesting.get(event).words;
        boolean twins =
                nesting.stream().filter(block -> block == nesting.get(event)).count() > 1;
        return twins ? (event == 0 ? "outer " : "inner ") + words : words;
    }

    @Override
    public String toString() {
        return title() + ": " + row();
    }
}
