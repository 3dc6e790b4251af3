package dev.asyncio4j.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every rule is shown by a scenario, tested, or excused; and the page that says which is the one that {@link RulesPage}
 * makes. {@code -Drules.write=true} writes it anew.
 */
class RulesTest {

    private static final Path PAGE = Product.ROOT.resolve("docs/reference/rules.md");

    @Test
    void everyRule_hasACitation_orAReason() throws IOException {
        assertThat(RulesPage.ofThisProject().problems()).isEmpty();
    }

    @Test
    void thePage_isTheOneThatIsMadeNow() throws IOException {
        String text = RulesPage.ofThisProject().text();
        if (Boolean.getBoolean("rules.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, text);
        }
        assertThat(PAGE)
                .as("docs/reference/rules.md is stale: ./build test -Dtest=RulesTest -Drules.write=true writes it")
                .hasContent(text);
    }

    @Test
    void problems_plantedOnes_areAllSeen() {
        var page = new RulesPage(
                List.of(
                        "# words",
                        "## Family",
                        "FAM-1",
                        "FAM-2",
                        "FAM-3: a reason",
                        "FAM-4: a reason",
                        "FAM-5",
                        "WORD"),
                List.of(
                        "FAM-1: one.",
                        "FAM-2: two.",
                        "FAM-3: three.",
                        "FAM-4: four.",
                        "FAM-5: no end",
                        "FAM-7: what is that?",
                        "WORD: a word."),
                List.of(
                        new RulesPage.Source("scenario", "scenario.py", "# rules: FAM-1, FAM-4, WORD: what is seen."),
                        new RulesPage.Source("XTest", "XTest.java", "// FAM-5, FAM-6, OTHER-1, WORD")));
        assertThat(page.problems())
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).contains("FAM-2", "neither"),
                        problem -> assertThat(problem).contains("FAM-4", "reason"),
                        problem -> assertThat(problem).contains("FAM-6", "XTest"),
                        problem -> assertThat(problem).contains("FAM-5", "no sentence"),
                        problem -> assertThat(problem).contains("FAM-7", "not in rules.txt"));
        assertThat(page.text())
                .contains("| FAM-1 | one. | [scenario](scenario.py) | |")
                .contains("| FAM-3 | three. | | *none:* a reason |")
                .contains("| FAM-5 | no end | | [XTest](XTest.java) |")
                .contains("| WORD | a word. | [scenario](scenario.py) | |");
    }
}
