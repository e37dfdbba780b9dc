package io.github.memfit.host;

import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Reading;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The machine or virtual machine that this program runs on, seen through OSHI. Thread-safe.
 *
 * <p>Inside a container this is the host, not the container. OSHI keeps what it read for 300 ms. What fails in OSHI is an
 * absence here, never an exception.
 *
 * {@snippet :
 * Host host = Host.here();
 * host.memory().ifPresent(memory -> System.out.println(memory.available()));
 * }
 *
 * @since 0.1
 */
public final class Host {

    private final HostSource source;

    Host(HostSource source) {
        this.source = source;
    }

    /**
     * This host.
     *
     * @return the host
     * @throws IllegalStateException if OSHI is not on the class path or module path, or has nothing for this operating system
     */
    public static Host here() {
        try {
            return new Host(new OshiSource());
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "host facts need OSHI, which is not there: add com.github.oshi:oshi-common 7.5.0 (module"
                            + " com.github.oshi.common)",
                    e);
        }
    }

    /**
     * The memory of the host.
     *
     * @return total, available and swap
     */
    public Reading<HostMemory> memory() {
        return read("memory", source::memory);
    }

    /**
     * The processes of the host, those that OSHI could read.
     *
     * @return the processes in no certain order
     */
    public Reading<List<HostProcess>> processes() {
        return read("processes", source::processes);
    }

    /**
     * One process.
     *
     * @param pid its id
     * @return the process, or {@code GONE}
     */
    public Reading<HostProcess> process(int pid) {
        return read("process " + pid, () -> source.process(pid))
                .flatMap(found -> found.<Reading<HostProcess>>map(Reading::of)
                        .orElseGet(
                                () -> Reading.absent(Absence.Reason.GONE, "OSHI process " + pid, "no such process")));
    }

    /**
     * The operating system, for people.
     *
     * @return as {@code Debian GNU/Linux 12}
     */
    public Reading<String> operatingSystem() {
        return read("operating system", source::operatingSystem);
    }

    private static <T> Reading<T> read(String what, Supplier<T> read) {
        try {
            return Reading.of(Objects.requireNonNull(read.get()));
        } catch (RuntimeException e) {
            return Reading.absent(Absence.Reason.REFUSED, "OSHI " + what, String.valueOf(e));
        }
    }

    /** The operating system and its memory. */
    @Override
    public String toString() {
        return operatingSystem() + " " + memory();
    }
}
