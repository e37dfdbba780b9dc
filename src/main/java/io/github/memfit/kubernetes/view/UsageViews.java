package io.github.memfit.kubernetes.view;

import io.github.memfit.unit.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What each tool shows for one container, from the same figures of the kernel. Immutable and thread-safe.
 *
 * <p>Rules: cAdvisor 0.60 (lib/container/libcontainer/handler.go), Docker CLI 29.7 (cli/command/container/stats_helpers.go),
 * containerd 2.4 (internal/cri/server/container_stats_list.go), kubectl 1.37 (pkg/metricsutil). metrics-server passes the
 * working set on, and drops a whole pod when one of its containers reports zero.
 *
 * {@snippet :
 * UsageViews views = UsageViews.of(counters);
 * views.kubectlTop();      // 270Mi
 * views.gaps();            // why docker, kubectl and rss disagree
 * }
 *
 * @since 0.1
 */
public final class UsageViews {

    private static final long MEBI = 1L << 20;

    private final MemoryCounters counters;

    private UsageViews(MemoryCounters counters) {
        this.counters = counters;
    }

    /**
     * Looks at a container.
     *
     * @param counters the kernel's figures
     * @return the views
     */
    public static UsageViews of(MemoryCounters counters) {
        return new UsageViews(counters);
    }

    /**
     * The working set of cAdvisor, the CRI, the kubelet and metrics-server: usage without inactive file cache.
     *
     * @return {@code container_memory_working_set_bytes}, zero where the counters lag behind each other
     */
    public Bytes workingSet() {
        return notNegative(counters.usage().minus(counters.stat(inactiveFile())));
    }

    /**
     * What cAdvisor calls usage.
     *
     * @return {@code container_memory_usage_bytes}: everything charged, cache included
     */
    public Bytes cadvisorUsage() {
        return counters.usage();
    }

    /**
     * What cAdvisor calls RSS: anonymous memory, without shared memory.
     *
     * @return {@code container_memory_rss}
     */
    public Bytes cadvisorRss() {
        return counters.isV2() ? counters.stat("anon") : counters.hierarchicalStat("rss");
    }

    /**
     * What cAdvisor calls cache, shared memory and tmpfs included.
     *
     * @return {@code container_memory_cache}
     */
    public Bytes cadvisorCache() {
        return counters.isV2() ? counters.stat("file") : counters.hierarchicalStat("cache");
    }

    /**
     * What cAdvisor calls swap.
     *
     * @return {@code container_memory_swap}
     */
    public Bytes cadvisorSwap() {
        return counters.swapCurrent();
    }

    /**
     * What cAdvisor calls mapped files.
     *
     * @return {@code container_memory_mapped_file}
     */
    public Bytes cadvisorMappedFile() {
        return counters.stat(counters.isV2() ? "file_mapped" : "total_mapped_file");
    }

    /**
     * What {@code docker stats} counts since 20.10: the working set, except that it shows the whole usage where the inactive
     * cache is not below the usage.
     *
     * @return the bytes before rounding
     */
    public Bytes dockerStats() {
        Bytes usage = counters.usage();
        Optional<Bytes> total = counters.isV2() ? Optional.empty() : counters.find("total_inactive_file");
        return total.filter(bytes -> bytes.isLessThan(usage))
                .or(() -> Optional.of(counters.stat("inactive_file")).filter(bytes -> bytes.isLessThan(usage)))
                .map(usage::minus)
                .orElse(usage);
    }

    /**
     * What {@code docker stats} counted up to 19.03: usage without any cache.
     *
     * @return the bytes before rounding
     */
    public Bytes dockerStatsBefore20() {
        return notNegative(counters.usage().minus(counters.stat(counters.isV2() ? "file" : "cache")));
    }

    /**
     * The line of {@code docker stats}: what it shows, of which limit.
     *
     * @param hostMemory the memory of the host, which stands in for a missing limit
     * @return such as {@code 270MiB / 512MiB (52.73%)}
     */
    public String dockerText(Bytes hostMemory) {
        Bytes limit = counters.limit().orElse(hostMemory);
        double percent = limit.isZero() ? 0 : 100.0 * dockerStats().value() / limit.value();
        return dockerSize(dockerStats()) + " / " + dockerSize(limit) + String.format(Locale.ROOT, " (%.2f%%)", percent);
    }

    /**
     * What the CRI ({@code crictl stats}) calls available: limit without working set.
     *
     * @return the bytes; empty without a limit, where containerd reports 0 and the kubelet nothing
     */
    public Optional<Bytes> criAvailable() {
        return counters.limit().map(limit -> notNegative(limit.minus(workingSet())));
    }

    /**
     * What {@code kubectl top pod --containers} prints: the working set in mebibytes, cut.
     *
     * @return such as {@code 270Mi}
     */
    public String kubectlTop() {
        return workingSet().value() / MEBI + "Mi";
    }

    /**
     * What reclaim could not take back at once: usage without active and inactive file cache. This library's own view, between
     * the working set, which counts active cache, and RSS, which leaves out shared memory.
     *
     * @return the bytes
     */
    public Bytes withoutFileCache() {
        Bytes active = counters.stat(counters.isV2() ? "active_file" : "total_active_file");
        return notNegative(workingSet().minus(active));
    }

    /**
     * All views in one table.
     *
     * @return tool, figure and bytes, row by row
     */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("kernel", "usage", counters.usage(), "everything charged, cache included"));
        rows.add(new Row(
                "cAdvisor, CRI, metrics-server", "working set", workingSet(), "usage without inactive file cache"));
        rows.add(new Row(
                "docker stats", "usage", dockerStats(), "usage without inactive file cache where that is less"));
        rows.add(new Row("docker stats up to 19.03", "usage", dockerStatsBefore20(), "usage without all cache"));
        rows.add(new Row("cAdvisor", "rss", cadvisorRss(), "anonymous memory, no shared memory"));
        rows.add(new Row("cAdvisor", "cache", cadvisorCache(), "file cache and shared memory"));
        rows.add(new Row("cAdvisor", "swap", cadvisorSwap(), "swapped out, not part of usage"));
        rows.add(new Row(
                "kubectl top", "memory", Bytes.mebi(workingSet().value() / MEBI), "working set, cut to whole Mi"));
        rows.add(new Row(
                "memfit", "without file cache", withoutFileCache(), "what reclaim could not take back at once"));
        return Collections.unmodifiableList(rows);
    }

    /**
     * Why the numbers differ here.
     *
     * @return one sentence per gap, empty where all agree
     */
    public List<String> gaps() {
        List<String> gaps = new ArrayList<>();
        Bytes inactive = counters.usage().minus(workingSet());
        add(gaps, inactive, "of inactive file cache is in the kernel's usage and in no working set");
        add(
                gaps,
                workingSet().minus(withoutFileCache()),
                "of active file cache counts as working set although it can be reclaimed");
        add(
                gaps,
                counters.stat("shmem"),
                "of shared memory or tmpfs counts as cache, not as rss, and cannot be dropped");
        Bytes rest = withoutFileCache().minus(cadvisorRss()).minus(counters.stat("shmem"));
        add(
                gaps,
                rest,
                "of kernel memory, or cache on other lists, is in the working set and in neither rss nor shared memory");
        if (!dockerStats().equals(workingSet())) {
            gaps.add("docker shows " + dockerStats().toHuman()
                    + " because the counters lag: inactive cache is not below usage");
        }
        add(gaps, cadvisorSwap(), "is swapped out and in none of the memory figures");
        return Collections.unmodifiableList(gaps);
    }

    private static void add(List<String> gaps, Bytes gap, String why) {
        if (gap.value() > 0) {
            gaps.add(gap.toHuman() + " " + why);
        }
    }

    private String inactiveFile() {
        return counters.isV2() ? "inactive_file" : "total_inactive_file";
    }

    private static Bytes notNegative(Bytes bytes) {
        return bytes.isNegative() ? Bytes.ZERO : bytes;
    }

    /** Four significant digits and a binary unit, no blank between, as Docker prints sizes. */
    private static String dockerSize(Bytes bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
        double size = bytes.value();
        int unit = 0;
        while (size >= 1024 && unit < units.length - 1) {
            size /= 1024;
            unit++;
        }
        int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3;
        String digits = String.format(Locale.ROOT, "%." + decimals + "f", size);
        if (digits.indexOf('.') >= 0) {
            digits = digits.replaceAll("0+$", "").replaceAll("\\.$", "");
        }
        return digits + units[unit];
    }

    /**
     * One tool's figure. Immutable and thread-safe.
     *
     * @param tool who shows it
     * @param figure what the tool calls it
     * @param bytes the value
     * @param meaning what is in it
     */
    public record Row(String tool, String figure, Bytes bytes, String meaning) {

        /** {@code docker stats usage: 270Mi}. */
        @Override
        public String toString() {
            return tool + " " + figure + ": " + bytes;
        }
    }

    /** The working set and what docker shows. */
    @Override
    public String toString() {
        return "working set " + workingSet() + ", docker " + dockerStats() + ", rss " + cadvisorRss();
    }
}
