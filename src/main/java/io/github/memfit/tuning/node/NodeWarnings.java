package io.github.memfit.tuning.node;

import io.github.memfit.tuning.Warning;
import io.github.memfit.unit.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a reader of a Node plan should know. */
final class NodeWarnings {

    private final Node asked;
    private final NodeOptions given;
    private final NodeYoungChoice young;

    NodeWarnings(Node asked, NodeOptions given, NodeYoungChoice young) {
        this.asked = asked;
        this.given = given;
        this.young = young;
    }

    List<Warning> of(NodeHeap planned) {
        List<Warning> warnings = new ArrayList<>();
        version(warnings);
        blindness(warnings);
        userFlags(warnings, planned);
        if (asked.workerThreads() > 0) {
            warnings.add(new Warning(
                    "worker_threads",
                    "heap flags of the process override the resourceLimits of every worker, although"
                            + " worker.resourceLimits shows the wish"));
        }
        if (asked.wantsPercentage()) {
            boolean has = asked.version().filter(NodeOptionRule::hasPercentage).isPresent();
            warnings.add(new Warning(
                    NodeHeapFlags.PERCENTAGE,
                    has
                            ? "it follows the limit, but knows nothing of the young generation and of memory outside of the heap"
                            : "not in this version (22.21, 24.6 and later have it); a size is given instead"));
        }
        return warnings;
    }

    private void version(List<Warning> warnings) {
        if (asked.version().isEmpty()) {
            warnings.add(new Warning(
                    "version", "not given; the plan allows for the largest young generation of Node 12 to 26"));
        } else if (!young.canSet() && !young.isUsers() && asked.young() != NodeYoung.AS_NODE_DECIDES) {
            warnings.add(new Warning(
                    NodeHeapFlags.SEMI,
                    "Node " + asked.version().get()
                            + " refuses it in NODE_OPTIONS; the young generation stays as Node decides"));
        }
    }

    private void blindness(List<Warning> warnings) {
        Optional<NodeVersion> version = asked.version();
        if (version.isPresent() && !version.get().readsCgroupV2()) {
            warnings.add(new Warning(
                    "cgroup v2",
                    "Node " + version.get()
                            + " reads no v2 limit: without flags its heap follows the machine's memory"));
        }
        Bytes seen = young.seen(asked.limit());
        if (seen.isLessThan(asked.limit())) {
            warnings.add(new Warning(
                    "memory.high",
                    "Node sees " + seen + " and not " + asked.limit() + "; its default heap follows the smaller one"));
        } else if (seen.isMoreThan(asked.limit())) {
            warnings.add(new Warning(
                    "limit", "Node does not see it, but " + seen + "; without flags its heap follows that"));
        }
    }

    private void userFlags(List<Warning> warnings, NodeHeap planned) {
        if (young.launchAsGiven(asked.limit()) instanceof NodeLaunch.Started started) {
            warnings.addAll(started.warnings());
        }
        if (young.usersOldSpace(asked.limit()).isEmpty()) {
            return;
        }
        if (planned.oldSpace().isLessThan(Node.SMALLEST_OLD_SPACE)) {
            warnings.add(new Warning(
                    "old space",
                    planned.oldSpace() + " is given; a plan of ours would not go below " + Node.SMALLEST_OLD_SPACE));
        }
        if (given.value(NodeHeapFlags.PERCENTAGE).isEmpty()
                && asked.environment().value(NodeHeapFlags.OLD).isPresent()
                && asked.commandLine().value(NodeHeapFlags.OLD).isPresent()) {
            warnings.add(new Warning(NodeHeapFlags.OLD, "the command line wins over NODE_OPTIONS"));
        }
    }
}
