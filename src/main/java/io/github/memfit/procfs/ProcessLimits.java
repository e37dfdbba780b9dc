package io.github.memfit.procfs;

import io.github.memfit.internal.Ascii;
import io.github.memfit.internal.RawFile;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Reading;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * {@code /proc/<pid>/limits}: the limits of one process ({@code setrlimit}), which have nothing to do with those of its cgroup.
 * Immutable and thread-safe.
 *
 * <p>Source: fs/proc/base.c, Linux 6.1 and 6.12; the file exists since 2.6.24.
 *
 * @since 0.1
 */
public final class ProcessLimits {

    private final Map<LimitedResource, Reading<ResourceLimit>> limits;

    private ProcessLimits(Map<LimitedResource, Reading<ResourceLimit>> limits) {
        this.limits = limits;
    }

    static Reading<ProcessLimits> parse(RawFile file) {
        byte[] text = file.bytes();
        int length = file.length();
        String source = file.path().toString();
        if (!Ascii.startsWith(text, 0, length, "Limit ")) {
            return ProcText.malformed(source, length == 0 ? "empty" : "does not begin with Limit");
        }
        Map<LimitedResource, Reading<ResourceLimit>> limits = new EnumMap<>(LimitedResource.class);
        int at = 0;
        while (at < length) {
            int end = Ascii.find(text, at, length, '\n');
            if (end == length) {
                break;
            }
            for (LimitedResource resource : LimitedResource.values()) {
                if (Ascii.startsWith(text, at, end, resource.key() + " ")) {
                    Reading<ResourceLimit> limit = limits.containsKey(resource)
                            ? ProcText.malformed(source, "two lines " + resource.key())
                            : limit(text, at + resource.key().length(), end, source, resource);
                    limits.put(resource, limit);
                }
            }
            at = end + 1;
        }
        boolean whole = ProcText.isWhole(text, length);
        for (LimitedResource resource : LimitedResource.values()) {
            limits.computeIfAbsent(
                    resource,
                    absent -> Reading.absent(
                            whole ? Absence.Reason.NOT_REPORTED : Absence.Reason.MALFORMED,
                            source,
                            (whole ? "no line " : "cut before the line ") + absent.key()));
        }
        return Reading.of(new ProcessLimits(limits));
    }

    private static Reading<ResourceLimit> limit(
            byte[] text, int from, int to, String source, LimitedResource resource) {
        int soft = blanks(text, from, to);
        int softEnd = Ascii.find(text, soft, to, ' ');
        int hard = blanks(text, softEnd, to);
        int hardEnd = Ascii.find(text, hard, to, ' ');
        return isValue(text, soft, softEnd) && isValue(text, hard, hardEnd)
                ? Reading.of(new ResourceLimit(value(text, soft, softEnd), value(text, hard, hardEnd)))
                : ProcText.malformed(source, "the line " + resource.key() + " breaks the kernel's format");
    }

    private static int blanks(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] == ' ') {
            at++;
        }
        return at;
    }

    private static boolean isValue(byte[] text, int from, int to) {
        long value = Ascii.decimal(text, from, to);
        return Ascii.is(text, from, to, "unlimited") || value >= 0 && value < Long.MAX_VALUE && text[from] != '-';
    }

    private static OptionalLong value(byte[] text, int from, int to) {
        return text[from] == 'u' ? OptionalLong.empty() : OptionalLong.of(Ascii.decimal(text, from, to));
    }

    /**
     * One limit.
     *
     * @param resource what is limited
     * @return the soft and the hard limit
     */
    public Reading<ResourceLimit> of(LimitedResource resource) {
        return Objects.requireNonNull(limits.get(Objects.requireNonNull(resource, "resource")));
    }

    /** The limits that bear on memory. */
    @Override
    public String toString() {
        return "addressSpace=" + of(LimitedResource.ADDRESS_SPACE) + " data=" + of(LimitedResource.DATA_SIZE)
                + " stack=" + of(LimitedResource.STACK_SIZE) + " locked=" + of(LimitedResource.LOCKED_MEMORY);
    }
}
