package io.github.memfit.tuning.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.memfit.testing.Json;
import io.github.memfit.unit.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Launches of real JVMs in real memory control groups, against the prediction. */
class JvmErgonomicsVectorTest {

    private static final Pattern HOST_MEMORY = Pattern.compile("(\\d{9,}) bytes RAM");

    /** A guest of 2 GiB: what Linux left of them, from the heaps of 25 % and 75 % that JVMs took without a limit. */
    private static final Bytes GUEST = Bytes.mebi(1983);

    private static final Bytes GUEST_WITH_ROW = Bytes.mebi(1988);

    @TestFactory
    List<DynamicNode> launches() {
        List<DynamicNode> files = new ArrayList<>();
        for (Path file : JvmVectors.files("ergonomics")) {
            files.add(dynamicContainer(file.getFileName().toString(), sections(Json.read(file))));
        }
        return files;
    }

    private static List<DynamicContainer> sections(Json file) {
        List<DynamicContainer> sections = new ArrayList<>();
        Bytes host = hostMemory(file);
        for (String name : file.names()) {
            Json section = file.field(name);
            List<DynamicNode> tests = new ArrayList<>();
            switch (name) {
                case "about" -> {
                    continue;
                }
                case "cases" ->
                    section.items().forEach(item -> tests.add(dynamicTest(name(item), () -> launch(item, host))));
                case "compressedOops" ->
                    section.items().forEach(item -> tests.add(dynamicTest(name(item), () -> oops(item, host))));
                case "cgroupV2" -> {
                    section.ignoring("about")
                            .field("cases")
                            .items()
                            .forEach(item -> tests.add(dynamicTest(
                                    item.field("jdk") + " rows " + item.field("cpusetRowInProcCgroups") + ' '
                                            + item.field("case"),
                                    () -> version2(item))));
                    section.assertAllRead();
                }
                default -> throw new AssertionError("unknown section " + name);
            }
            sections.add(dynamicContainer(name, tests));
        }
        return sections;
    }

    private static Bytes hostMemory(Json file) {
        Matcher matcher = HOST_MEMORY.matcher(
                String.valueOf(file.optional("about").map(Json::toString).orElse("")));
        return matcher.find() ? Bytes.of(Long.parseLong(matcher.group(1))) : Bytes.gibi(24);
    }

    private static String name(Json item) {
        return item.optional("jdk").map(Json::string).orElse("")
                + ' '
                + item.optional("limitBytes").map(Json::toString).orElse("")
                + ' '
                + item.optional("cpuQuota").map(q -> "quota " + q + ' ').orElse("")
                + item.field("args").strings();
    }

    private static void launch(Json item, Bytes host) {
        JdkVersion jdk = JdkVersion.parse(item.field("jdk").string());
        JvmOptions options = JvmVectors.options(item.field("args"));
        int affinity = item.field("cpus").intValue();
        int cpus = item.optional("cpuQuota")
                .map(quota -> Math.min(affinity, (int) Math.ceil(quota.doubleValue())))
                .orElse(affinity);
        boolean container = options.effective("UseContainerSupport")
                .map(option -> option.value().equals("true"))
                .orElse(true);
        Optional<Bytes> limit = item.optional("limitBytes").map(Json::longValue).map(Bytes::of);
        // A limit beyond the RAM is none.
        Bytes memory = container ? limit.orElse(host).min(host) : host;
        JvmStart start = HotSpot.predict(jdk, memory, cpus, options);
        item.ignoring("kind", "rc");
        if (item.optional("startFails").map(Json::bool).orElse(false)) {
            JvmStart.Refuses refusal = assertInstanceOf(JvmStart.Refuses.class, start);
            String printed = item.field("message").string();
            // Where the launch died after the flags were printed, the recorded line is one of those.
            if (!printed.contains("{product}")) {
                assertTrue(refusal.message().startsWith(printed.strip()), refusal.message() + " for " + printed);
            }
        } else {
            JvmStart.Starts starts = assertInstanceOf(JvmStart.Starts.class, start, start::toString);
            compare(item.field("expect"), starts.flags());
        }
        item.assertAllRead();
    }

    private static void compare(Json expect, ErgonomicFlags flags) {
        for (String name : expect.names()) {
            Json value = expect.field(name);
            String message = name + " of " + flags;
            switch (name) {
                case "gc" -> assertEquals(value.string(), flags.collector().toString(), message);
                case "MaxHeapSize" -> size(value, flags.maxHeapSize(), message);
                case "InitialHeapSize" -> size(value, flags.initialHeapSize(), message);
                case "MinHeapSize" -> size(value, flags.minHeapSize(), message);
                case "MaxRAM" -> size(value, flags.maxRam(), message);
                case "MaxNewSize" -> unlimited(value, flags.maxNewSize(), message);
                case "MaxMetaspaceSize" -> unlimited(value, flags.maxMetaspaceSize(), message);
                case "ReservedCodeCacheSize" -> {
                    long gap = value.longValue() - flags.reservedCodeCacheSize().value();
                    assertTrue(gap >= 0 && gap <= 65_536, message + ", off by " + gap);
                }
                case "SegmentedCodeCache" -> assertEquals(value.bool(), flags.segmentedCodeCache(), message);
                case "CompressedClassSpaceSize" -> size(value, flags.compressedClassSpaceSize(), message);
                case "CICompilerCount" -> assertEquals(value.intValue(), flags.compilerThreads(), message);
                case "UseCompressedOops" -> assertEquals(value.bool(), flags.compressedOops(), message);
                case "UseCompressedClassPointers" ->
                    assertEquals(value.bool(), flags.compressedClassPointers(), message);
                case "ThreadStackSize" -> size(value, flags.threadStackSize().dividedByRoundedDown(1024), message);
                case "G1HeapRegionSize" -> unlimited(value, flags.regionSize(), message);
                case "ParallelGCThreads" -> count(value, flags.parallelGcThreads(), message);
                case "ConcGCThreads" -> count(value, flags.concGcThreads(), message);
                case "G1ConcRefinementThreads" -> count(value, flags.refinementThreads(), message);
                default -> throw new AssertionError("unknown flag " + name);
            }
        }
    }

    private static void size(Json expected, Bytes actual, String message) {
        assertEquals(expected.longValue(), actual.value(), message);
    }

    /** HotSpot prints 2^64 - 1, or the vectors null, where there is no bound. */
    private static void unlimited(Json expected, Optional<Bytes> actual, String message) {
        boolean none = expected.isNull()
                || expected.decimal().signum() == 0
                || expected.decimal().toBigInteger().bitLength() > 63;
        assertEquals(none ? Optional.empty() : Optional.of(Bytes.of(expected.longValue())), actual, message);
    }

    private static void count(Json expected, OptionalInt actual, String message) {
        assertEquals(OptionalInt.of(expected.intValue()), actual, message);
    }

    private static void oops(Json item, Bytes host) {
        JdkVersion jdk =
                item.optional("jdk").map(Json::string).map(JdkVersion::parse).orElse(JdkVersion.V25);
        JvmOptions options = JvmVectors.options(item.field("args"));
        ErgonomicFlags flags = assertInstanceOf(JvmStart.Starts.class, HotSpot.predict(jdk, host, 2, options))
                .flags();
        assertEquals(item.field("gc").string(), flags.collector().toString());
        size(item.field("MaxHeapSize"), flags.maxHeapSize(), "MaxHeapSize");
        assertEquals(item.field("UseCompressedOops").bool(), flags.compressedOops());
        assertEquals(item.optional("mode").map(Json::string), mode(flags));
        item.assertAllRead();
    }

    /** HotSpot shifts nothing as long as the heap ends below 4 GiB, and it starts to look for room at 2 GiB. */
    private static Optional<String> mode(ErgonomicFlags flags) {
        if (!flags.compressedOops()) {
            return Optional.empty();
        }
        boolean unscaled = !flags.maxHeapSize().isMoreThan(Bytes.gibi(2));
        return Optional.of(unscaled ? "32-bit" : flags.zeroBasedOops() ? "zero based" : "non-zero disjoint base");
    }

    private static void version2(Json item) {
        JdkVersion jdk = JdkVersion.parse(item.field("jdk").string());
        boolean row = item.field("cpusetRowInProcCgroups").bool();
        String text = item.field("case").string();
        List<Optional<Bytes>> limits = new ArrayList<>();
        JvmOptions options = JvmOptions.none();
        String[] words = text.split(" ");
        if (text.startsWith("parent ")) {
            limits.add(limit(words[3]));
            limits.add(limit(words[1]));
            assertEquals("child", words[2]);
        } else if (words[0].startsWith("max=")) {
            assertTrue(words[1].startsWith("high="), text);
            limits.add(limit(words[0].substring(4)));
        } else if (words[0].equals("v2")) {
            limits.add(limit(words[1].substring("max=".length())));
        } else {
            limits.add(limit(words[0]));
            assertTrue(words[1].startsWith("pct"), text);
            options = JvmOptions.of("-XX:MaxRAMPercentage=" + words[1].substring(3));
        }
        Bytes guest = row ? GUEST_WITH_ROW : GUEST;
        Bytes seen = new ContainerSight(limits, guest, true, row).seenBy(jdk);
        ErgonomicFlags flags = assertInstanceOf(JvmStart.Starts.class, HotSpot.predict(jdk, seen, 1, options))
                .flags();
        size(item.field("MaxHeapSize"), flags.maxHeapSize(), "MaxHeapSize seeing " + seen);
        size(item.field("InitialHeapSize"), flags.initialHeapSize(), "InitialHeapSize seeing " + seen);
        assertEquals(item.field("gc").string(), flags.collector().toString());
        item.assertAllRead();
    }

    private static Optional<Bytes> limit(String text) {
        if (text.equals("max")) {
            return Optional.empty();
        }
        // As the kernel reads it: K, M and G are powers of 1024.
        return Optional.of(Bytes.parse(Character.isLetter(text.charAt(text.length() - 1)) ? text + "i" : text));
    }
}
