package dev.asyncio4j.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The build runs this suite twice; these tests say that each run got the flags of its runtime. */
class RuntimeFlagsTest {

    @Test
    void runtimeProperty_always_namesOneOfTheTwoRuntimes() {
        assertThat(System.getProperty("asyncio4j.runtime")).isIn("native", "portable");
    }

    @Test
    void javaLang_byRuntime_isOpenOnlyForTheNativeOne() {
        var open = Object.class.getModule().isOpen("java.lang", getClass().getModule());
        assertThat(open).isEqualTo("native".equals(System.getProperty("asyncio4j.runtime")));
    }

    @Tag("native")
    @Test
    void nativeTag_inThePortableRun_isExcluded() {
        assertThat(System.getProperty("asyncio4j.runtime")).isEqualTo("native");
    }
}
