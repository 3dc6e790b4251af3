package dev.asyncio4j.tests.behaviour.root;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.tests.behaviour.root.CancellationCell.Block;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scope by timeout by group by cancel: one test a cell, each against its row of {@code docs/reference/cancellation.md}
 * (TO-4, TO-5, TO-7, TO-8, TG-2, TG-4, TG-5, TG-7, TG-10, CAN-1, CAN-7, CAN-8, CAN-10). {@code -Dcells.write=true} writes the tables anew; what the
 * page promises in words is then checked on what was written.
 */
class CancellationTableTest {

    private static final String GOES_ON = "goes on";
    private static final String CANCELLED = "CancelledError";

    /** A row of the page; {@code left} by number of block, as the cell counts them. */
    private record Row(String work, List<String> left, int cancelling, boolean nextWaitThrows) {

        static Row of(String cells) {
            List<String> columns = List.of(cells.split(" \\| "));
            int end = columns.size();
            return new Row(
                    columns.getFirst(),
                    columns.subList(1, end - 2).reversed(),
                    Integer.parseInt(columns.get(end - 2)),
                    !columns.getLast().equals(GOES_ON));
        }

        String outermost() {
            return left.getFirst();
        }
    }

    static List<CancellationCell> cells() {
        return CancellationCell.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void cell_whateverTheOrderOfWhatFiresTogether_endsAsItsRowSays(CancellationCell cell) {
        String row = CancellationPage.rows().get(cell.toString());
        for (List<Integer> order : CancellationCell.orders(cell.first())) {
            assertThat(CancellationScene.play(cell.withOrder(order)).cells())
                    .as(
                            "%s, in the order %s",
                            cell, order.stream().map(cell::nameOf).toList())
                    .isEqualTo(row);
        }
    }

    @Test
    void thePage_hasARowForEachCell() {
        if (Boolean.getBoolean("cells.write")) {
            CancellationPage.write(cells(), cell -> CancellationScene.play(cell).cells());
        }
        assertThat(CancellationPage.rows().sequencedKeySet())
                .containsExactlyElementsOf(
                        cells().stream().map(CancellationCell::toString).toList());
    }

    // ---- what the page promises

    @Test
    void aCancel_isThrownOnce_andByNobodyElse() {
        forEachRow((cell, row) -> {
            int thrown = (row.outermost().equals(CANCELLED) ? 1 : 0) + (row.nextWaitThrows() ? 1 : 0);
            assertThat(thrown).isEqualTo(cell.firesCancel() ? 1 : 0);
            assertThat(row.cancelling()).isEqualTo(cell.firesCancel() ? 1 : 0);
        });
    }

    @Test
    void aFailure_leavesEveryBlockAroundIt() {
        forEachRow((cell, row) -> IntStream.range(0, cell.nesting().size())
                .filter(n -> cell.nesting().get(n) == Block.GROUP && cell.fires(n))
                .forEach(n -> assertThat(row.left().subList(0, n + 1)).allMatch(e -> e.contains("failure"))));
    }

    @Test
    void scopesAndTimeouts_thatDoNotFire_letPassWhateverComes() {
        var transparent = Set.of(Block.SCOPE, Block.SHIELD, Block.TIMEOUT);
        forEachRow((cell, row) -> IntStream.range(0, cell.nesting().size() - 1)
                .filter(n -> transparent.contains(cell.nesting().get(n)) && !cell.fires(n))
                .forEach(n -> assertThat(row.left().get(n)).isEqualTo(row.left().get(n + 1))));
    }

    @Test
    void theOutermostThatFires_hasTheLastWord() {
        var fails = Set.of(Block.GROUP);
        forEachRow((cell, row) -> {
            List<Block> nesting = cell.nesting();
            List<Integer> fired = IntStream.range(0, nesting.size())
                    .filter(cell::fires)
                    .boxed()
                    .toList();
            boolean simple = !cell.firesCancel()
                    && !nesting.contains(Block.SHIELD)
                    && fired.stream().noneMatch(n -> fails.contains(nesting.get(n)));
            if (simple && !fired.isEmpty()) {
                int outermost = fired.getFirst();
                assertThat(row.left().get(outermost))
                        .isEqualTo(nesting.get(outermost) == Block.TIMEOUT ? "TimeoutException" : GOES_ON);
            }
        });
    }

    @Test
    void aShield_keepsWhatFiresOutsideFromTheWorkInside() {
        forEachRow((cell, row) -> {
            int shield = cell.nesting().indexOf(Block.SHIELD);
            boolean inside =
                    IntStream.range(Math.max(shield, 0), cell.nesting().size()).anyMatch(cell::fires);
            if (shield >= 0 && !inside) {
                assertThat(row.work()).isEqualTo("ends");
            }
        });
    }

    private static void forEachRow(BiConsumer<CancellationCell, Row> promise) {
        var rows = CancellationPage.rows();
        for (CancellationCell cell : cells()) {
            String cells = rows.getOrDefault(cell.toString(), CancellationPage.LEFT_BEFORE);
            if (!cells.equals(CancellationPage.LEFT_BEFORE)) {
                try {
                    promise.accept(cell, Row.of(cells));
                } catch (AssertionError e) {
                    throw new AssertionError(cell + ": " + cells, e);
                }
            }
        }
    }
}
