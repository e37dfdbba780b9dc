package io.github.memfit.tuning.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bare")
class JvmOptionsTest {

    private static List<String> texts(JvmOptions options) {
        return options.options().stream().map(JvmOption::text).collect(Collectors.toList());
    }

    @Test
    void everySpellingOfAHeapSetsTheSameFlag() {
        for (String spelling :
                List.of("-Xmx512m", "-mx512m", "-XX:MaxHeapSize=512m", "-XX:MaxHeapSize=536870912", "-Xmx0x20000000")) {
            JvmOptions options = JvmOptions.of(spelling);
            assertEquals(OptionalLong.of(512L << 20), options.number("MaxHeapSize"), spelling);
        }
        assertEquals(
                OptionalLong.of(48L << 20), JvmOptions.of("-Xmaxjitcodesize48m").number("ReservedCodeCacheSize"));
        // HotSpot reads the sign as a part of the number and refuses it.
        for (String spelling : List.of("-Xmx=512m", "-Xmaxjitcodesize=48m")) {
            JvmOption option = JvmOptions.of(spelling).options().get(0);
            assertEquals(OptionalLong.empty(), option.number(), spelling);
            assertFalse(option.flag().isEmpty(), spelling);
        }
        assertEquals(
                OptionalLong.of(2), JvmOptions.of("-XX:DefaultMaxRAMFraction=2").number("MaxRAMFraction"));
    }

    @Test
    void aPairOfFlagsIsSetByOneSpelling() {
        JvmOptions options = JvmOptions.of("-Xms64m", "-Xmn10m", "-Xss300k");
        assertEquals(OptionalLong.of(64L << 20), options.number("InitialHeapSize"));
        assertEquals(OptionalLong.of(64L << 20), options.number("MinHeapSize"));
        assertEquals(OptionalLong.of(10L << 20), options.number("NewSize"));
        assertEquals(OptionalLong.of(10L << 20), options.number("MaxNewSize"));
        assertEquals(300, FlagRules.stackKibi(options));
        assertEquals(512, FlagRules.stackKibi(JvmOptions.of("-Xss300k", "-XX:ThreadStackSize=512")));
    }

    @Test
    void whatOnlyLooksLikeASizeIsNone() {
        for (String other :
                List.of("-mxbean", "-msg", "-XmxmX", "-Dx=-Xmx1m", "-XX:", "-X", "", "-verbose:gc", "-Xlog:gc*")) {
            assertEquals(OptionalLong.empty(), JvmOptions.of(other).number("MaxHeapSize"), other);
        }
        assertTrue(JvmOptions.of("-XmxmX").has("MaxHeapSize"), "set, though HotSpot refuses the number");
    }

    @Test
    void theStrongerChannelWinsAndWithinItTheLast() {
        JvmOptions options = JvmOptions.of("-Xmx3m", "-XX:MaxHeapSize=4m")
                .with(OptionChannel.UNDERSCORE_JAVA_OPTIONS, "-Xmx5m")
                .with(OptionChannel.JAVA_TOOL_OPTIONS, "-Xmx1m")
                .with(OptionChannel.JDK_JAVA_OPTIONS, "-Xmx2m");
        assertEquals(List.of("-Xmx1m", "-Xmx2m", "-Xmx3m", "-XX:MaxHeapSize=4m", "-Xmx5m"), texts(options));
        assertEquals(
                "-Xmx5m (_JAVA_OPTIONS)",
                options.effective("MaxHeapSize").orElseThrow().toString());
        assertEquals(
                Map.of(
                        options.effective("MaxHeapSize").orElseThrow(),
                        options.options().subList(0, 4)),
                options.overridden());
    }

    @Test
    void anotherSpellingOverridesAsWell() {
        JvmOptions options = JvmOptions.of("-Xms512m", "-Xss1m", "-XX:InitialHeapSize=256m", "-XX:ThreadStackSize=512");
        List<JvmOption> all = options.options();
        assertEquals(Map.of(all.get(2), List.of(all.get(0)), all.get(3), List.of(all.get(1))), options.overridden());
        assertEquals(
                Map.of(), JvmOptions.of("-Xms512m", "-XX:InitialHeapSize=512m").overridden());
    }

    @Test
    void quotesGroupInVariables() {
        JvmOptions options =
                JvmOptions.none().with(OptionChannel.JAVA_TOOL_OPTIONS, " -Da='x y'\t\"-Db=it's\"  -Dc=\\n '' -Xmx1g");
        assertEquals(List.of("-Da=x y", "-Db=it's", "-Dc=\\n", "", "-Xmx1g"), texts(options));
    }

    @Test
    void argumentFilesHaveCommentsEscapesAndContinuations() {
        JvmOptions options = JvmOptions.none()
                .withArgumentFile(
                        "# heap\n-Xmx1g -Da=\"x \\\"y\\\" \\\n   z\"\n-Db='#no comment' # yes\n\"-Dc=a\\tb\"\n");
        assertEquals(List.of("-Xmx1g", "-Da=x \"y\" z", "-Db=#no comment", "-Dc=a\tb"), texts(options));
    }

    @Test
    void aHashInAWordOfAnArgumentFileIsACommentToo() {
        assertEquals(
                List.of("-Xmx100m"),
                texts(JvmOptions.none().withArgumentFile("-Da=b#c -Xmx64m\n-Xmx100m\n")),
                "as the launchers of JDK 17 and 25 read it");
    }

    @Test
    void theLaunchersOwnOptionsEndAtTheProgram() {
        assertEquals(
                List.of("-cp a:b", "-Xmx1g", "--add-modules x"),
                texts(JvmOptions.of("-cp", "a:b", "-Xmx1g", "--add-modules", "x", "Main", "-Xmx9g")));
        assertEquals(List.of("-Xmx1g"), texts(JvmOptions.of("-Xmx1g", "-jar", "a.jar", "-Xmx9g")));
        assertEquals(List.of(), texts(JvmOptions.of("Main.java")));
        assertEquals(List.of("@file", "-Xmx1g"), texts(JvmOptions.of("@file", "-Xmx1g", "-m", "x/y")));
    }

    @Test
    void switchesAreOnOrOff() {
        JvmOptions options = JvmOptions.of("-XX:+UseG1GC", "-XX:-UseG1GC", "-XX:+UseSerialGC", "-Xint");
        assertFalse(options.isOn("UseG1GC"));
        assertTrue(options.has("UseG1GC"));
        assertTrue(options.isOn("UseSerialGC"));
        assertEquals(Optional.of("int"), options.effective("Mode").map(JvmOption::value));
        assertTrue(JvmOptions.none().isEmpty());
    }
}
