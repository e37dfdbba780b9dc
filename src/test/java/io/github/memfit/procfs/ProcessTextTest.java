package io.github.memfit.procfs;

import static io.github.memfit.procfs.Texts.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Absence.Reason;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of one process. */
@Tag("bare")
class ProcessTextTest {

    private static final String STAT =
            "7 (a) S 1 7 7 0 -1 4194560 31234 11 12 13 480 91 0 0 20 0 34 0 123456 3194880000"
                    + " 51000 18446744073709551615 1 1 0 0 0 0 0 4096 17643 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n";

    private static final String STATUS = "Name:\ta\nUmask:\t0022\nState:\tS (sleeping)\nTgid:\t7\nPid:\t7\nPPid:\t1\n"
            + "Uid:\t1000\t1001\t1000\t1000\nNSpid:\t4711\t7\nVmSize:\t    2000 kB\nVmRSS:\t     100 kB\nThreads:\t34\n"
            + "nonvoluntary_ctxt_switches:\t3\n";

    // stat

    @Test
    void statHasItsFieldsAtTheirNumbers() {
        ProcessStat stat = stat(STAT);
        assertEquals(7, stat.pid());
        assertEquals("a", stat.comm());
        assertEquals(Optional.of(ProcessState.SLEEPING), stat.state());
        assertEquals(1, stat.parent());
        assertEquals(4194560, stat.flags());
        assertFalse(stat.isKernelThread());
        assertEquals(31234, stat.minorFaults());
        assertEquals(12, stat.majorFaults());
        assertEquals(34, stat.threads());
        assertEquals(123456, stat.startTicks());
        assertEquals(Bytes.of(3194880000L), stat.size());
        assertEquals(51000, stat.residentPages());
        assertEquals(OptionalLong.of(1), stat.field(4));
        assertEquals(OptionalLong.of(-1), stat.field(8));
        assertEquals(OptionalLong.of(11), stat.field(11));
        assertEquals(OptionalLong.of(20), stat.field(18));
        assertEquals(OptionalLong.empty(), stat.field(25), "2^64 - 1 is no long");
        assertEquals(OptionalLong.of(17), stat.field(38));
        assertEquals(OptionalLong.of(0), stat.field(52));
        assertThrows(IllegalArgumentException.class, () -> stat.field(3));
        assertThrows(IllegalArgumentException.class, () -> stat.field(53));
        assertEquals(new ProcessId(7, 123456), stat.id());
        assertEquals("7@123456", stat.id().toString());
        assertEquals("7 (a) S size=3120000Ki residentPages=51000", stat.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ")", "(", "a) R 1 (b", ") S 1 2 3", "a\nb", "\r", "((", "))", " ", "ü\u2028"})
    void statKeepsAnyName(String name) {
        ProcessStat stat = stat(STAT.replace("(a)", "(" + name + ")"));
        assertEquals(name, stat.comm());
        assertEquals(Optional.of(ProcessState.SLEEPING), stat.state());
        assertEquals(51000, stat.residentPages());
        assertEquals(1, stat.toString().lines().count());
    }

    @Test
    void statOfOldKernelsHasFewerFields() {
        ProcessStat stat = stat(STAT.substring(0, STAT.indexOf(" 18446744073709551615")) + "\n");
        assertEquals(51000, stat.residentPages());
        assertEquals(OptionalLong.empty(), stat.field(25));
        assertEquals(OptionalLong.empty(), stat.field(52));
        assertEquals(OptionalLong.of(0), stat(STAT.replace("\n", " 5 6\n")).field(52), "later kernels may print more");
    }

    @Test
    void statClampsAResidentSetBelowZero() {
        assertEquals(0, stat(STAT.replace(" 51000 ", " -3 ")).residentPages());
        assertTrue(stat(STAT.replace(" 4194560 ", " 2129984 ")).isKernelThread());
        assertEquals(Optional.empty(), stat(STAT.replace(" S ", " q ")).state());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|''",
                "(a) S|x",
                "7 (a) S|7 a S",
                "7 (a) S|7 (a)S",
                "7 (a) S|7 (a) Sx",
                "7 (a) S|7(a) S",
                "7 (a) S|-7 (a) S",
                "7 (a) S|x (a) S",
                "7 (a) S|99999999999 (a) S",
                "' 123456 '|' -123456 '",
                "' 123456 '|' 99999999999999999999 '",
                "' 123456 '|'  '",
                "' 123456 '|' 1x '",
                "' 123456 '|' --1 '",
                "' 3194880000 '|' -1 '",
                "' S 1 '|' S -1 '",
                "' S 1 '|' S 4294967296 '",
                "' 4194560 '|' -1 '",
                "' 31234 '|' -1 '",
                "' 12 13 '|' -12 13 '",
                "' 20 0 34 '|' 20 0 -34 '",
            })
    void statRefusesOddText(String part, String odd) {
        String text = part.isEmpty() ? odd : STAT.replace(part, odd);
        assertFalse(text.equals(STAT));
        assertEquals(Reason.MALFORMED, reason(ProcessStat.parse(file(text))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7 (a)",
                "7 (a) ",
                "7 (a) S",
                "7 (a) S\n",
                "7 (a) S \n",
                "(a) S 1\n",
                " (a) S 1\n",
                "7 )a( S 1\n",
                "\n"
            })
    void statRefusesShortText(String text) {
        assertEquals(Reason.MALFORMED, reason(ProcessStat.parse(file(text))));
    }

    @Test
    void statesHaveTheirLetters() {
        for (ProcessState state : ProcessState.values()) {
            assertEquals(Optional.of(state), ProcessState.of(state.letter()));
        }
        assertEquals(Optional.of(ProcessState.TRACED), ProcessState.of('t'));
        assertEquals(Optional.empty(), ProcessState.of('?'));
    }

    // status

    @Test
    void statusHasItsFigures() {
        ProcessStatus status = status(STATUS);
        assertEquals(Reading.of("a"), status.name());
        assertEquals(Reading.of(ProcessState.SLEEPING), status.state());
        assertEquals(Reading.of(1000L), status.userId());
        assertEquals(Reading.of(List.of(4711, 7)), status.namespacedPids());
        assertEquals(Reading.of(Bytes.kibi(2000)), status.vmSize());
        assertEquals(Reading.of(Bytes.kibi(100)), status.vmRss());
        assertEquals(Reading.of(34L), status.threads());
        assertEquals(Reading.of(1L), status.count(StatusField.PPID));
        assertTrue(status.hasMemory());
        assertEquals(Reason.NOT_REPORTED, reason(status.vmHwm()));
        assertTrue(status.vmHwm().toString().contains("2.6.15"), status.vmHwm().toString());
        assertThrows(IllegalArgumentException.class, () -> status.bytes(StatusField.THREADS));
        assertThrows(IllegalArgumentException.class, () -> status.count(StatusField.VM_RSS));
        assertEquals("a SLEEPING VmRSS=100Ki VmHWM=? VmSwap=?", status.toString());
    }

    @Test
    void statusAccessorsReadTheirOwnLines() {
        StringBuilder text = new StringBuilder("Name:\ta\n");
        for (StatusField field : StatusField.values()) {
            text.append(field.key()).append(":\t").append(field.ordinal() + 10);
            text.append(field.unit() == ProcUnit.KIBIBYTES ? " kB\n" : "\n");
        }
        ProcessStatus status = status(text.toString());
        for (StatusField field : StatusField.values()) {
            long value = field.ordinal() + 10;
            if (field.unit() == ProcUnit.KIBIBYTES) {
                assertEquals(Reading.of(Bytes.kibi(value)), status.bytes(field));
            } else {
                assertEquals(Reading.of(value), status.count(field));
            }
        }
        assertEquals(status.bytes(StatusField.VM_SIZE), status.vmSize());
        assertEquals(status.bytes(StatusField.VM_RSS), status.vmRss());
        assertEquals(status.bytes(StatusField.VM_HWM), status.vmHwm());
        assertEquals(status.bytes(StatusField.RSS_ANON), status.rssAnon());
        assertEquals(status.bytes(StatusField.RSS_FILE), status.rssFile());
        assertEquals(status.bytes(StatusField.RSS_SHMEM), status.rssShmem());
        assertEquals(status.bytes(StatusField.VM_SWAP), status.vmSwap());
        assertEquals(status.bytes(StatusField.VM_PTE), status.vmPte());
        assertEquals(status.bytes(StatusField.VM_LCK), status.vmLck());
        assertEquals(status.count(StatusField.THREADS), status.threads());
    }

    @Test
    void aZombieHasNoSizes() {
        String text = STATUS.replaceAll("Vm.*\n", "").replace("S (sleeping)", "Z (zombie)");
        ProcessStatus status = status(text);
        assertFalse(status.hasMemory());
        assertEquals(Reason.NOT_APPLICABLE, reason(status.vmRss()));
        assertEquals(Reason.NOT_APPLICABLE, reason(status.bytes(StatusField.VM_PTE)));
        assertEquals(Reading.of(34L), status.threads());
        assertEquals(Reason.NOT_REPORTED, reason(status.count(StatusField.KTHREAD)));
        ProcessStatus cut = status(text.substring(0, text.indexOf("Threads")));
        assertTrue(cut.hasMemory(), "a cut text says nothing about memory");
        assertEquals(Reason.MALFORMED, reason(cut.vmRss()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100 kB|100 KB",
                "100 kB|'100 kB '",
                "100 kB|100",
                "100 kB|100  kB",
                "100 kB|'1 00 kB'",
                "100 kB|100 mB",
                "100 kB|x kB",
                "100 kB|9007199254740992 kB",
                "100 kB|99999999999999999999 kB",
                "100 kB|kB",
                "100 kB|+100 kB",
                "100 kB|0x10 kB"
            })
    void statusRefusesOddSizes(String good, String odd) {
        ProcessStatus status = status(STATUS.replace(good, odd));
        assertEquals(Reason.MALFORMED, reason(status.vmRss()), status.vmRss().toString());
        assertEquals(Reading.of(Bytes.kibi(2000)), status.vmSize());
    }

    @Test
    void statusTakesTheLargestSizeThatFitsAndNegativeAsZero() {
        assertEquals(
                Reading.of(Bytes.of(9007199254740991L * 1024)),
                status(STATUS.replace("100 kB", "9007199254740991 kB")).vmRss());
        assertEquals(
                Reading.of(Bytes.ZERO),
                status(STATUS.replace("100 kB", "-5 kB")).vmRss());
    }

    @Test
    void statusRefusesALineThatIsThereTwice() {
        ProcessStatus status =
                status(STATUS.replace("Threads:\t34\n", "VmRSS:\t     100 kB\nThreads:\t34\nThreads:\t34\n"));
        assertEquals(Reason.MALFORMED, reason(status.vmRss()));
        assertTrue(
                status.vmRss().toString().contains("2 lines VmRSS in 1 record"),
                status.vmRss().toString());
        assertEquals(Reason.MALFORMED, reason(status.threads()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"34 ", "34\r", "", "3.4", "9223372036854775807", "34 kB"})
    void statusRefusesOddCounts(String odd) {
        assertEquals(
                Reason.MALFORMED,
                reason(status(STATUS.replace("\t34\n", "\t" + odd + "\n")).threads()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "State:\tS (sleeping)|State:\tq (queer)",
                "State:\tS (sleeping)|State:\tS",
                "State:\tS (sleeping)|State:\tS (sleeping)x",
                "State:\tS (sleeping)|State:S (sleeping)",
                "State:\tS (sleeping)|State:",
            })
    void statusRefusesOddStates(String good, String odd) {
        assertEquals(Reason.MALFORMED, reason(status(STATUS.replace(good, odd)).state()));
    }

    @Test
    void statusReadsIds() {
        assertEquals(
                Reading.of(4294967295L),
                status(STATUS.replace("\t1000\t1001", "\t4294967295\t1001")).userId());
        for (String odd : List.of("\t4294967296\t1001", "\t-1\t1001", "\t\t1001", "\tx\t1001", "\t1000 1001")) {
            assertEquals(
                    Reason.MALFORMED,
                    reason(status(STATUS.replace("\t1000\t1001", odd)).userId()));
        }
        assertEquals(
                Reason.MALFORMED,
                reason(status(STATUS.replace("\t4711\t", "\t2147483648\t")).namespacedPids()));
        assertEquals(
                Reading.of(List.of(2147483647, 7)),
                status(STATUS.replace("\t4711\t", "\t2147483647\t")).namespacedPids());
        assertEquals(
                Reason.NOT_REPORTED,
                reason(status(STATUS.replace("NSpid", "NSp")).namespacedPids()));
        assertEquals(Reason.MALFORMED, reason(status("Name:\ta\nUid:\t1\t1").userId()));
    }

    @Test
    void statusUndoesTheKernelsEscapes() {
        assertEquals(
                Reading.of("a\nVmRSS: 1 kB"),
                status(STATUS.replace("\ta\n", "\ta\\nVmRSS: 1 kB\n")).name());
        assertEquals(
                Reading.of("\\n"), status(STATUS.replace("\ta\n", "\t\\\\n\n")).name());
        assertEquals(
                Reading.of("x\\q\\"),
                status(STATUS.replace("\ta\n", "\tx\\q\\\n")).name());
        assertEquals(Reading.of(""), status(STATUS.replace("\ta\n", "\t\n")).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Name", "State:\tS (sleeping)\n", "x\n"})
    void statusBeginsWithTheName(String text) {
        assertEquals(Reason.MALFORMED, reason(ProcessStatus.parse(file(text))));
    }

    @Test
    void longNamesPrintInOneShortLine() {
        ProcessStatus status = status(STATUS.replace("\ta\n", "\t" + "é\\n".repeat(200) + "\n"));
        assertTrue(status.toString().length() <= 200, status.toString());
        assertTrue(status.toString().startsWith("\\u00e9\\u000a"), status.toString());
        assertEquals(1, status.toString().lines().count());
    }

    // statm, numbers, names, cmdline

    @Test
    void statmIsInPages() {
        Statm statm = Statm.parse(file("48750 3187 375 1 0 24375 0\n"), Bytes.kibi(64))
                .value()
                .orElseThrow();
        assertEquals(
                new Statm(
                        Bytes.of(48750 * 65536L),
                        Bytes.of(3187 * 65536L),
                        Bytes.of(375 * 65536L),
                        Bytes.of(65536),
                        Bytes.of(24375 * 65536L)),
                statm);
        assertEquals("size=3120000Ki resident=203968Ki shared=24000Ki text=64Ki data=1560000Ki", statm.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "1 2 3 4 5 6 7",
                "1 2 3 4 5 6\n",
                "1 2 3 4 5 6 7 8\n",
                "1 2 3 4 5 6 7 \n",
                " 1 2 3 4 5 6 7\n",
                "1 2 3 4 5 6 x\n",
                "1  2 3 4 5 6 7\n",
                "1 2 3 4 5 6 7\r\n",
                "1 2 3 4 5 6 7\n\n",
                "9223372036854775807 2 3 4 5 6 7\n",
                "1 2 3 4 5 6 2251799813685248\n"
            })
    void statmRefusesOddText(String text) {
        assertEquals(Reason.MALFORMED, reason(Statm.parse(file(text), Bytes.of(4096))));
    }

    @Test
    void statmTakesTheLargestThatFits() {
        assertEquals(
                Reading.of(Bytes.of(2251799813685247L * 4096)),
                Statm.parse(file("2251799813685247 2 3 4 5 6 7\n"), Bytes.of(4096))
                        .map(Statm::size));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-1000, -1000", "1000, 1000", "666, 666", "-0, 0"})
    void numbers(String text, int value) {
        assertEquals(Reading.of(value), ProcText.number(file(text + "\n"), -1000, 1000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "\n",
                "-\n",
                "--5\n",
                "5 \n",
                "1001\n",
                "-1001\n",
                "99999999999999999999\n",
                "5\r\n",
                "x\n"
            })
    void oddNumbers(String text) {
        assertEquals(Reason.MALFORMED, reason(ProcText.number(file(text), -1000, 1000)));
    }

    @Test
    void names() {
        assertEquals(Reading.of("a"), ProcText.name(file("a\n")));
        assertEquals(Reading.of("a\nb\r"), ProcText.name(file("a\nb\r\n")));
        assertEquals(Reading.of(""), ProcText.name(file("\n")));
        assertEquals(Reading.of("\ufffd"), ProcText.name(file(new byte[] {(byte) 0xff, '\n'})));
        assertEquals(Reason.MALFORMED, reason(ProcText.name(file("a"))));
        assertEquals(Reason.MALFORMED, reason(ProcText.name(file(""))));
    }

    @Test
    void commandLines() {
        assertEquals(new CommandLine(List.of("java", "", "-jar"), false), CommandLine.parse(file("java\0\0-jar\0")));
        assertEquals(new CommandLine(List.of("a b", "c"), false), CommandLine.parse(file("a b\0c")));
        assertEquals(new CommandLine(List.of(), false), CommandLine.parse(file("")));
        assertEquals(new CommandLine(List.of(""), false), CommandLine.parse(file("\0")));
        CommandLine full = CommandLine.parse(file("x".repeat(CommandLine.LONGEST)));
        assertEquals(CommandLine.LONGEST, full.arguments().get(0).length());
        assertFalse(full.isCut());
        CommandLine cut = CommandLine.parse(file("x".repeat(CommandLine.LONGEST + 1)));
        assertEquals(full.arguments(), cut.arguments());
        assertTrue(cut.isCut());
        assertEquals("java  -jar", CommandLine.parse(file("java\0\0-jar\0")).toString());
        assertTrue(cut.toString().length() < 100, cut.toString());
        assertTrue(cut.toString().endsWith("......"), cut.toString());
    }

    private static ProcessStat stat(String text) {
        return ProcessStat.parse(file(text))
                .value()
                .orElseThrow(() -> new AssertionError(ProcessStat.parse(file(text))));
    }

    private static ProcessStatus status(String text) {
        return ProcessStatus.parse(file(text)).value().orElseThrow();
    }

    private static Reason reason(Reading<?> reading) {
        return reading.absence().map(Absence::reason).orElseThrow(() -> new AssertionError(reading.toString()));
    }
}
