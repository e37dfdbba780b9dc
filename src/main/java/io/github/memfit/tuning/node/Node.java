package io.github.memfit.tuning.node;

import io.github.memfit.tuning.Fit;
import io.github.memfit.unit.Bytes;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Plans a Node program inside a memory limit, so that an allocation-heavy server dies of a V8 error, which it can report, and
 * not of the kernel.
 *
 * {@snippet :
 * Fit<NodeFlags> answer = Node.within(Bytes.mebi(512)).version(NodeVersion.parse("22.23.3")).fit();
 * answer.ifFits().ifPresent(flags -> System.out.println(flags.toNodeOptions())); // --max-old-space-size=403
 * }
 *
 * <p>The model: each process takes 24 MiB beside its heap, its young generation in full, its old space with 5 % on top; what the
 * user says it holds outside of the heap (buffers, native add-ons, sockets) comes off first, 12 % of the limit and at least 24 MiB if
 * nothing is said. Better than both is what one process was {@linkplain #measured seen} to need beside its heap. All 45 kernel kills observed on Node 18 to 26 lie above this bound with nothing outside of the heap.
 *
 * <p>Each setter may be called once; a second call is an {@link IllegalStateException}. Not thread-safe; confine to one thread.
 *
 * @since 0.1
 */
public final class Node {

    /** Below this no server of any version answers its first request. */
    public static final Bytes SMALLEST_LIMIT = Bytes.mebi(64);

    /** The smallest old space that is ever planned. */
    public static final Bytes SMALLEST_OLD_SPACE = Bytes.mebi(16);

    private static final int MOST_PROCESSES = 10_000;

    private final Bytes limit;
    private Optional<NodeVersion> version = Optional.empty();
    private Optional<NodeMemory> memory = Optional.empty();
    private Optional<Bytes> external = Optional.empty();
    private Optional<Bytes> measured = Optional.empty();
    private OptionalInt processes = OptionalInt.empty();
    private OptionalInt workerThreads = OptionalInt.empty();
    private OptionalInt threadPool = OptionalInt.empty();
    private Optional<NodeYoung> young = Optional.empty();
    private Optional<NodeOptions> environment = Optional.empty();
    private Optional<NodeOptions> commandLine = Optional.empty();
    private boolean cluster;
    private boolean nativeAddons;
    private boolean percentage;

    private Node(Bytes limit) {
        this.limit = limit;
    }

    /**
     * Starts a plan.
     *
     * @param limit the memory limit of the container
     * @return a calculator with defaults
     * @throws IllegalArgumentException if the limit is not positive
     */
    public static Node within(Bytes limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a memory limit is positive, got " + limit);
        }
        return new Node(limit);
    }

    /**
     * The version of Node. Without it the plan allows for the largest young generation of all versions, and no option is emitted
     * that some version refuses.
     *
     * @param value the version
     * @return this
     */
    public Node version(NodeVersion value) {
        requireUnset("version", version.isPresent());
        version = Optional.of(value);
        return this;
    }

    /**
     * What the process sees of its surroundings; without it, a cgroup v2 group whose {@code memory.max} is the limit.
     *
     * @param value the surroundings
     * @return this
     */
    public Node memory(NodeMemory value) {
        requireUnset("memory", memory.isPresent());
        memory = Optional.of(value);
        return this;
    }

    /**
     * What all processes together hold outside of their heaps: {@code Buffer}s, {@code ArrayBuffer}s, native add-ons, sockets. No
     * flag bounds it.
     *
     * @param value the peak
     * @return this
     * @throws IllegalArgumentException if it is negative
     * @throws IllegalStateException if the process was {@linkplain #measured}: that holds these too
     */
    public Node external(Bytes value) {
        requireUnset("external", external.isPresent());
        if (measured.isPresent()) {
            throw new IllegalStateException("what was measured beside the heap holds external memory already");
        }
        if (value.isNegative()) {
            throw new IllegalArgumentException("external memory is not negative, got " + value);
        }
        external = Optional.of(value);
        return this;
    }

    /**
     * What one process was seen to need beside V8's heap: the peak of {@code RssAnon} of {@code /proc/self/status} less {@code
     * process.memoryUsage().heapTotal}, sampled under load and without worker threads, each of which has a heap of its own. It
     * holds buffers, native add-ons and sockets, and takes the place of the 24 MiB and of {@link #external}; 8 MiB are planned at
     * least, and 10 % on top for what differs from run to run. {@code rss} would count pages of files as well, which the kernel
     * takes back before it kills.
     *
     * @param besideHeap the peak of a process
     * @return this
     * @throws IllegalArgumentException if it is negative
     * @throws IllegalStateException if {@link #external} was given
     */
    public Node measured(Bytes besideHeap) {
        requireUnset("measured", measured.isPresent());
        if (external.isPresent()) {
            throw new IllegalStateException(
                    "external memory was given; what is measured beside the heap holds it already");
        }
        if (besideHeap.isNegative()) {
            throw new IllegalArgumentException("memory beside the heap is not negative, got " + besideHeap);
        }
        measured = Optional.of(besideHeap);
        return this;
    }

    /**
     * Several equal processes share the limit, each started by itself.
     *
     * @param count how many, 1 to 10 000
     * @return this
     * @throws IllegalArgumentException if the count is out of its range
     */
    public Node processes(int count) {
        requireUnset("processes", processes.isPresent());
        processes = OptionalInt.of(between(1, count, "processes"));
        return this;
    }

    /**
     * The workers of a {@code cluster}; its primary, which only distributes, is planned beside them.
     *
     * @param count how many, 1 to 10 000
     * @return this
     * @throws IllegalArgumentException if the count is out of its range
     */
    public Node clusterWorkers(int count) {
        processes(count);
        cluster = true;
        return this;
    }

    /**
     * The {@code worker_threads} of each process; every one has a heap of its own.
     *
     * @param count how many, 0 to 10 000
     * @return this
     * @throws IllegalArgumentException if the count is out of its range
     */
    public Node workerThreads(int count) {
        requireUnset("workerThreads", workerThreads.isPresent());
        workerThreads = OptionalInt.of(between(0, count, "worker threads"));
        return this;
    }

    /**
     * The size of libuv's thread pool, for file system, DNS, crypto and compression; 4 if nothing is said.
     *
     * @param threads how many, 1 to 1024
     * @return this
     * @throws IllegalArgumentException if the count is out of its range
     */
    public Node threadPool(int threads) {
        requireUnset("threadPool", threadPool.isPresent());
        if (threads < 1 || threads > NodeThreads.LARGEST_POOL) {
            throw new IllegalArgumentException("libuv's pool has 1 to 1024 threads, got " + threads);
        }
        threadPool = OptionalInt.of(threads);
        return this;
    }

    /**
     * How much young generation; {@link NodeYoung#BOUNDED} if nothing is said.
     *
     * @param value the choice
     * @return this
     */
    public Node young(NodeYoung value) {
        requireUnset("young", young.isPresent());
        young = Optional.of(value);
        return this;
    }

    /**
     * The program has native add-ons that allocate from several threads: glibc's arenas are bounded.
     *
     * @return this
     */
    public Node nativeAddons() {
        requireUnset("nativeAddons", nativeAddons);
        nativeAddons = true;
        return this;
    }

    /**
     * Emit {@code --max-old-space-size-percentage} instead of a size where the version has it. It follows a limit that is changed
     * later, but knows nothing of the young generation and of what is outside of the heap.
     *
     * @return this
     */
    public Node asPercentage() {
        requireUnset("asPercentage", percentage);
        percentage = true;
        return this;
    }

    /**
     * What {@code NODE_OPTIONS} holds already. Its memory options are respected, its others kept; what Node does not read, behind a
     * word that is no option, is dropped with a warning.
     *
     * @param options the options
     * @return this
     */
    public Node existing(NodeOptions options) {
        requireUnset("existing", environment.isPresent());
        environment = Optional.of(options);
        return this;
    }

    /**
     * What the command line holds already; it wins over {@code NODE_OPTIONS}.
     *
     * @param options the options
     * @return this
     */
    public Node existingArguments(NodeOptions options) {
        requireUnset("existingArguments", commandLine.isPresent());
        commandLine = Optional.of(options);
        return this;
    }

    /**
     * The answer.
     *
     * @return flags with their plan, or the smallest limit that would do
     * @throws IllegalArgumentException if Node does not start at all with the options that are there already; the message says why
     */
    public Fit<NodeFlags> fit() {
        return new NodePlanner(this).fit();
    }

    Bytes limit() {
        return limit;
    }

    Optional<NodeVersion> version() {
        return version;
    }

    Optional<NodeMemory> memory() {
        return memory;
    }

    Optional<Bytes> external() {
        return external;
    }

    Optional<Bytes> measured() {
        return measured;
    }

    int processes() {
        return processes.orElse(1);
    }

    boolean isCluster() {
        return cluster;
    }

    int workerThreads() {
        return workerThreads.orElse(0);
    }

    OptionalInt threadPool() {
        return threadPool;
    }

    NodeYoung young() {
        return young.orElse(NodeYoung.BOUNDED);
    }

    boolean hasNativeAddons() {
        return nativeAddons;
    }

    boolean wantsPercentage() {
        return percentage;
    }

    /** What Node reads of it; new options go behind that. */
    NodeOptions environment() {
        return givenEnvironment().readFromEnvironment();
    }

    NodeOptions givenEnvironment() {
        return environment.orElseGet(NodeOptions::none);
    }

    NodeOptions commandLine() {
        return commandLine.orElseGet(NodeOptions::none);
    }

    private static int between(int least, int count, String what) {
        if (count < least || count > MOST_PROCESSES) {
            throw new IllegalArgumentException(what + " are " + least + " to " + MOST_PROCESSES + ", got " + count);
        }
        return count;
    }

    private static void requireUnset(String what, boolean set) {
        if (set) {
            throw new IllegalStateException(Objects.requireNonNull(what) + " was already set");
        }
    }
}
