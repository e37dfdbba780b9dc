package io.github.memfit.kubernetes;

import io.github.memfit.unit.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The order in which the kernel would kill processes when memory runs out, on the whole machine or inside one cgroup. Immutable
 * and thread-safe.
 *
 * <p>Ties are real: the kernel takes whichever it meets last in its own list, which nobody outside can know.
 *
 * {@snippet :
 * OomVictims.of(processes, memTotal.plus(swapTotal), Bytes.kibi(4)).first(); // who dies first
 * }
 *
 * @since 0.1
 */
public final class OomVictims {

    /** A process with its points. */
    private record Rank(OomProcess process, long points) {}

    private final List<Rank> ranks;
    private final List<OomProcess> exempt;

    private OomVictims(List<Rank> ranks, List<OomProcess> exempt) {
        this.ranks = ranks;
        this.exempt = exempt;
    }

    /**
     * Ranks processes.
     *
     * @param processes those that share the memory that ran out
     * @param total for the whole machine: memory and swap; for a cgroup: its limit, and its swap allowance
     * @param pageSize the size of a page
     * @return the order
     * @throws IllegalArgumentException if a size is not positive
     */
    public static OomVictims of(List<OomProcess> processes, Bytes total, Bytes pageSize) {
        List<Rank> ranks = new ArrayList<>();
        List<OomProcess> exempt = new ArrayList<>();
        for (OomProcess process : processes) {
            process.points(total, pageSize)
                    .ifPresentOrElse(points -> ranks.add(new Rank(process, points)), () -> exempt.add(process));
        }
        ranks.sort(Comparator.comparingLong(Rank::points).reversed());
        return new OomVictims(List.copyOf(ranks), List.copyOf(exempt));
    }

    /**
     * Who is killed first. Among equals, one of them.
     *
     * @return the process of the most points, empty if all are exempt
     */
    public Optional<OomProcess> first() {
        return ranks.stream().map(Rank::process).findFirst();
    }

    /**
     * All that may be killed first, because they have equally many points.
     *
     * @return the processes, empty if all are exempt
     */
    public List<OomProcess> candidates() {
        return ranks.stream()
                .filter(rank -> rank.points == ranks.get(0).points)
                .map(Rank::process)
                .collect(Collectors.toUnmodifiableList());
    }

    /**
     * The whole order, without those that are never killed.
     *
     * @return the processes, who dies first stands first
     */
    public List<OomProcess> order() {
        return ranks.stream().map(Rank::process).collect(Collectors.toUnmodifiableList());
    }

    /**
     * Those that are never killed.
     *
     * @return the exempt processes
     */
    public List<OomProcess> exempt() {
        return exempt;
    }

    /** The order by name, cut to 200 characters. */
    @Override
    public String toString() {
        String text = order().stream().map(OomProcess::name).collect(Collectors.joining(" > "));
        return text.length() <= 200 ? text : text.substring(0, 197) + "...";
    }
}
