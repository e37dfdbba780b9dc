package io.github.memfit.procfs;

import static io.github.memfit.procfs.Texts.bytes;
import static io.github.memfit.procfs.Texts.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What the kernel prints is what is read; what it does not print is never a number. */
@Tag("bare")
class ProcfsProperties {

    private static final long MOST_KIBI = Long.MAX_VALUE / 1024;

    /** Names that try to look like something else. */
    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(
                        "\n",
                        "\r",
                        "\t",
                        " ",
                        "(",
                        ")",
                        ":",
                        "\\",
                        "n",
                        "VmRSS:",
                        " kB",
                        "1",
                        "S",
                        "R 1 2 3",
                        "Threads:\t9",
                        "Name:",
                        "[rollup]",
                        "\u2028",
                        "\u0085",
                        "\f",
                        "é",
                        "\u0000",
                        "-")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<List<Long>> sizes() {
        return Arbitraries.longs().between(0, MOST_KIBI).list().ofSize(StatusField.values().length);
    }

    /** As fs/proc/array.c prints it, with the name escaped. */
    private static String status(String name, List<Long> values) {
        StringBuilder text = new StringBuilder("Name:\t")
                .append(name.replace("\\", "\\\\").replace("\n", "\\n"))
                .append(
                        "\nUmask:\t0022\nState:\tR (running)\nUid:\t5\t6\t7\t8\nNSpid:\t12\t3\nCpus_allowed_list:\t0-1\n");
        for (StatusField field : StatusField.values()) {
            text.append(field.key()).append(":\t");
            text.append(String.format("%8d", values.get(field.ordinal())));
            text.append(field.unit() == ProcUnit.KIBIBYTES ? " kB\n" : "\n");
        }
        return text.toString();
    }

    @Property
    void statusReadsWhatIsPrinted(@ForAll("names") String name, @ForAll("sizes") List<Long> values) {
        ProcessStatus status =
                ProcessStatus.parse(file(status(name, values))).value().orElseThrow();
        assertEquals(Reading.of(name), status.name());
        assertEquals(Reading.of(ProcessState.RUNNING), status.state());
        assertEquals(Reading.of(5L), status.userId());
        assertEquals(Reading.of(List.of(12, 3)), status.namespacedPids());
        for (StatusField field : StatusField.values()) {
            long value = values.get(field.ordinal());
            if (field.unit() == ProcUnit.KIBIBYTES) {
                assertEquals(Reading.of(Bytes.kibi(value)), status.bytes(field));
            } else {
                assertEquals(Reading.of(value), status.count(field));
            }
        }
        assertTrue(status.toString().lines().count() == 1 && status.toString().length() <= 200, status.toString());
    }

    @Property
    void noNameChangesAFigure(@ForAll("names") String name, @ForAll("sizes") List<Long> values) {
        Map<String, Object> honest = Facts.status(
                ProcessStatus.parse(file(status("a", values))).value().orElseThrow());
        Map<String, Object> forged = Facts.status(
                ProcessStatus.parse(file(status(name, values))).value().orElseThrow());
        honest.remove("status.Name");
        forged.remove("status.Name");
        assertEquals(honest, forged);
    }

    @Property(tries = 300)
    void aCutStatusLosesFiguresAndChangesNone(
            @ForAll("names") String name,
            @ForAll("sizes") List<Long> values,
            @ForAll @IntRange(max = 3000) int length) {
        byte[] whole = bytes(status(name, values));
        Map<String, Object> truth =
                Facts.status(ProcessStatus.parse(file(whole)).value().orElseThrow());
        ProcessStatus.parse(file(Arrays.copyOf(whole, Math.min(length, whole.length))))
                .ifPresent(cut -> Facts.status(cut).forEach((key, value) -> assertEquals(truth.get(key), value, key)));
    }

    private static long[] array(List<Long> values) {
        return values.stream().mapToLong(value -> value).toArray();
    }

    private static String stat(int pid, String name, char state, long[] fields) {
        return pid + " (" + name + ") " + state + " "
                + LongStream.of(fields).mapToObj(Long::toString).collect(Collectors.joining(" ")) + "\n";
    }

    @Property
    void statReadsWhatIsPrinted(
            @ForAll @IntRange(min = 1) int pid,
            @ForAll("names") String name,
            @ForAll ProcessState state,
            @ForAll @Size(49) List<@LongRange(max = Long.MAX_VALUE - 1) Long> values) {
        long[] fields = array(values);
        fields[0] = fields[0] & Integer.MAX_VALUE;
        ProcessStat stat = ProcessStat.parse(file(stat(pid, name, state.letter(), fields)))
                .value()
                .orElseThrow();
        assertEquals(pid, stat.pid());
        assertEquals(name, stat.comm());
        assertEquals(state, stat.state().orElseThrow());
        for (int number = 4; number <= 52; number++) {
            assertEquals(OptionalLong.of(fields[number - 4]), stat.field(number));
        }
        assertEquals(fields[22 - 4], stat.startTicks());
        assertEquals(fields[24 - 4], stat.residentPages());
    }

    @Property
    void aCutStatIsNoStat(
            @ForAll("names") String name,
            @ForAll @Size(49) List<@LongRange(max = 1000) Long> values,
            @ForAll @IntRange(max = 400) int length) {
        byte[] whole = bytes(stat(7, name, 'S', array(values)));
        byte[] cut = Arrays.copyOf(whole, Math.min(length, whole.length - 1));
        assertTrue(!ProcessStat.parse(file(cut)).isPresent());
    }

    @Property
    void statmReadsWhatIsPrinted(@ForAll @Size(7) List<@LongRange(max = Long.MAX_VALUE / 4096) Long> pages) {
        String text = pages.stream().map(String::valueOf).collect(Collectors.joining(" ")) + "\n";
        Statm statm = Statm.parse(file(text), Bytes.of(4096)).value().orElseThrow();
        assertEquals(
                new Statm(
                        Bytes.of(pages.get(0) * 4096),
                        Bytes.of(pages.get(1) * 4096),
                        Bytes.of(pages.get(2) * 4096),
                        Bytes.of(pages.get(3) * 4096),
                        Bytes.of(pages.get(5) * 4096)),
                statm);
        assertTrue(!Statm.parse(file(text.substring(0, text.length() - 1)), Bytes.of(4096))
                .isPresent());
    }

    private static String record(String header, List<Long> values) {
        StringBuilder text = new StringBuilder(header).append('\n');
        for (SmapsField field : SmapsField.values()) {
            text.append(String.format("%-16s%8d kB\n", field.key() + ":", values.get(field.ordinal())));
        }
        return text.append("VmFlags: rd mr mw me\n").toString();
    }

    @Provide
    Arbitrary<List<List<Long>>> mappings() {
        return Arbitraries.longs()
                .between(0, 1L << 40)
                .list()
                .ofSize(SmapsField.values().length)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    private static Reading<Smaps> sum(byte[] text, int length, long size) {
        SmapsLines lines = new SmapsLines("smaps");
        lines.addAll(text, length);
        return lines.sum(size, size);
    }

    @Property
    void smapsIsTheSumOfItsMappingsWhateverTheirNames(
            @ForAll("mappings") List<List<Long>> mappings, @ForAll("names") String name) {
        // The kernel escapes line feeds in the names of files.
        String header = "7f0012-7f0034 r-xp 00000000 fe:00 316   /" + name.replace("\n", "\\012");
        String text = mappings.stream().map(values -> record(header, values)).collect(Collectors.joining());
        long size = mappings.stream().mapToLong(values -> values.get(0)).sum() * 1024;
        Smaps sum = sum(bytes(text), bytes(text).length, size).value().orElseThrow();
        for (SmapsField field : SmapsField.values()) {
            long expected = mappings.stream()
                    .mapToLong(values -> values.get(field.ordinal()))
                    .sum();
            assertEquals(Reading.of(Bytes.kibi(expected)), sum.bytes(field));
        }
        assertEquals(mappings.size(), sum.mappings());
    }

    @Property
    void cutSmapsNeverGiveAnotherSum(@ForAll("mappings") List<List<Long>> mappings, @ForAll Random random) {
        List<List<Long>> sized = mappings.stream()
                .map(values -> LongStream.concat(
                                LongStream.of(values.get(0) + 1),
                                values.stream().skip(1).mapToLong(v -> v))
                        .boxed()
                        .toList())
                .toList();
        String text = sized.stream().map(values -> record("0-1 r", values)).collect(Collectors.joining());
        byte[] whole = bytes(text);
        long size = sized.stream().mapToLong(values -> values.get(0)).sum() * 1024;
        Map<String, Object> truth =
                Facts.smaps(sum(whole, whole.length, size).value().orElseThrow());
        int length = random.nextInt(whole.length);
        sum(whole, length, size)
                .ifPresent(cut -> Facts.smaps(cut).forEach((key, value) -> assertEquals(truth.get(key), value, key)));
    }

    @Property
    void memInfoReadsWhatIsPrinted(
            @ForAll @Size(60) List<@LongRange(max = MOST_KIBI) Long> values, @ForAll Random random) {
        List<MemInfoField> order = Arrays.asList(MemInfoField.values());
        Collections.shuffle(order, random);
        StringBuilder text = new StringBuilder();
        for (MemInfoField field : order) {
            text.append(String.format("%-16s%8d", field.key() + ":", values.get(field.ordinal())));
            text.append(field.unit() == ProcUnit.KIBIBYTES ? " kB\n" : "\n");
        }
        MemInfo info = MemInfo.parse(file(text.toString())).value().orElseThrow();
        for (MemInfoField field : order) {
            long value = values.get(field.ordinal());
            if (field.unit() == ProcUnit.KIBIBYTES) {
                assertEquals(Reading.of(Bytes.kibi(value)), info.bytes(field));
            } else {
                assertEquals(Reading.of(value), info.count(field));
            }
        }
    }

    @Property
    void vmStatReadsWhatIsPrinted(
            @ForAll @Size(min = 1, max = 40) List<@LongRange(max = Long.MAX_VALUE - 1) Long> values) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            text.append("key_").append(i).append(' ').append(values.get(i)).append('\n');
        }
        VmStat stat = VmStat.parse(file(text.toString())).value().orElseThrow();
        for (int i = 0; i < values.size(); i++) {
            assertEquals(Reading.of(values.get(i)), stat.count("key_" + i));
        }
        assertEquals(values.size(), stat.keys().size());
    }

    @Property
    void limitsReadWhatIsPrinted(@ForAll @Size(32) List<@LongRange(min = -1, max = Long.MAX_VALUE - 1) Long> values) {
        StringBuilder text = new StringBuilder(
                String.format("%-25s %-20s %-20s %-10s\n", "Limit", "Soft Limit", "Hard Limit", "Units"));
        for (LimitedResource resource : LimitedResource.values()) {
            text.append(String.format("%-25s ", resource.key()));
            text.append(String.format("%-20s ", limit(values.get(resource.ordinal() * 2))));
            text.append(String.format("%-20s %-10s\n", limit(values.get(resource.ordinal() * 2 + 1)), "bytes"));
        }
        ProcessLimits limits =
                ProcessLimits.parse(file(text.toString())).value().orElseThrow();
        for (LimitedResource resource : LimitedResource.values()) {
            ResourceLimit limit = limits.of(resource).value().orElseThrow();
            assertEquals(optional(values.get(resource.ordinal() * 2)), limit.soft());
            assertEquals(optional(values.get(resource.ordinal() * 2 + 1)), limit.hard());
        }
    }

    private static String limit(long value) {
        return value < 0 ? "unlimited" : Long.toString(value);
    }

    private static OptionalLong optional(long value) {
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    @Property
    void oomScoresReadWhatIsPrinted(@ForAll int value) {
        assertEquals(Reading.of(value), ProcText.number(file(value + "\n"), Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    @Property
    void commandLinesReadWhatIsPrinted(@ForAll("names") String first, @ForAll("names") String second) {
        List<String> arguments = List.of(first.replace("\0", ""), second.replace("\0", ""));
        assertEquals(new CommandLine(arguments, false), CommandLine.parse(file(String.join("\0", arguments) + "\0")));
    }

    @Property
    void nothingThrowsOnAnyBytes(@ForAll byte[] text) {
        all(text);
    }

    @Property
    void nothingThrowsOnAlmostRealText(
            @ForAll("names") String name,
            @ForAll("sizes") List<Long> values,
            @ForAll @IntRange(max = 2000) int at,
            @ForAll byte other) {
        for (String whole : List.of(status(name, values), stat(1, name, 'S', array(values)), record("0-1 r", values))) {
            byte[] text = bytes(whole);
            text[at % text.length] = other;
            all(text);
        }
    }

    private static void all(byte[] text) {
        ProcessStatus.parse(file(text)).ifPresent(status -> Facts.status(status).toString());
        ProcessStat.parse(file(text)).ifPresent(stat -> Facts.stat(stat).toString());
        Statm.parse(file(text), Bytes.of(1 << 20)).toString();
        Smaps.parseRollup(file(text)).ifPresent(smaps -> Facts.smaps(smaps).toString());
        sum(text, text.length, text.length).toString();
        MemInfo.parse(file(text)).ifPresent(info -> Facts.memInfo(info).toString());
        VmStat.parse(file(text))
                .ifPresent(stat -> stat.keys().forEach(key -> stat.count(key).toString()));
        ProcessLimits.parse(file(text)).ifPresent(limits -> Facts.limits(limits).toString());
        CommandLine.parse(file(text)).toString();
        ProcText.number(file(text), 0, 1000).toString();
        ProcText.name(file(text)).toString();
        assertTrue(PageSize.fromAuxiliaryVector(text, text.length) >= -1);
    }
}
