package io.github.memfit.tuning.node;

import io.github.memfit.unit.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which semi space a plan counts with, and whether it takes a flag to make Node keep to it. */
final class NodeYoungChoice {

    private static final Bytes BOUND = Bytes.mebi(16);
    private static final Bytes SMALLEST = Bytes.mebi(1);

    /** One version of each rule, for plans that do not know theirs. */
    private static final List<NodeVersion> EVERY_RULE = List.of(
            NodeVersion.of(12, 22, 0),
            NodeVersion.of(20, 20, 0),
            NodeVersion.of(22, 21, 0),
            NodeVersion.of(24, 6, 0),
            NodeVersion.of(26, 0, 0));

    private static final Bytes WHOLE_MACHINE = Bytes.tebi(1);

    private final Node asked;
    private final NodeOptions given;
    private final NodeVersion rules;

    NodeYoungChoice(Node asked, NodeOptions given) {
        this.asked = asked;
        this.given = given;
        this.rules = asked.version().orElse(EVERY_RULE.get(EVERY_RULE.size() - 1));
    }

    /** The memory that Node sees under that limit; the limit itself if nothing is known. */
    Bytes seen(Bytes limit) {
        return asked.memory()
                .map(memory -> memory.withLimitOf(limit).seenBy(rules))
                .orElse(limit);
    }

    /** The most that Node may see: the whole machine if nobody said and the version may read no limit. */
    private Bytes seenAtMost(Bytes limit) {
        boolean blind = asked.memory().isEmpty() && !rules.readsCgroupV2();
        return blind ? WHOLE_MACHINE : seen(limit);
    }

    NodeLaunch launchAsGiven(Bytes limit) {
        return NodeLaunch.of(rules, seen(limit), asked.givenEnvironment(), asked.commandLine());
    }

    boolean isUsers() {
        return new NodeHeapFlags(rules, Bytes.gibi(1), given).setYoung();
    }

    Optional<Bytes> usersOldSpace(Bytes limit) {
        boolean set = new NodeHeapFlags(rules, Bytes.gibi(1), given).setOldSpace();
        return set && launchAsGiven(limit) instanceof NodeLaunch.Started started
                ? Optional.of(started.heap().oldSpace())
                : Optional.empty();
    }

    /** Semi spaces to try, the best first. Only one if no flag can change what Node does. */
    List<Bytes> candidates(Bytes limit) {
        if (isUsers() && launchAsGiven(limit) instanceof NodeLaunch.Started started) {
            return List.of(started.heap().semiSpace());
        }
        Bytes worst = byDefault(seenAtMost(limit));
        if (!canSet() || asked.young() == NodeYoung.AS_NODE_DECIDES) {
            return List.of(worst);
        }
        Bytes first = asked.young() == NodeYoung.THROUGHPUT
                ? throughput(limit)
                : byDefault(seen(limit).min(limit)).min(BOUND);
        List<Bytes> sizes = new ArrayList<>();
        for (Bytes semi = first; !semi.isLessThan(SMALLEST); semi = semi.dividedByRoundedDown(2)) {
            sizes.add(semi);
        }
        return sizes;
    }

    /** Does Node need a flag to keep to this semi space? */
    boolean needsFlag(Bytes limit, Bytes semi) {
        return !isUsers()
                && canSet()
                && !(semi.equals(byDefault(seenAtMost(limit))) && semi.equals(byDefault(seen(limit))));
    }

    boolean canSet() {
        return asked.version()
                .filter(version -> NodeOptionRule.of(version, NodeHeapFlags.SEMI) == NodeOptionRule.ALLOWED)
                .isPresent();
    }

    private Bytes byDefault(Bytes seen) {
        List<NodeVersion> versions = asked.version().map(List::of).orElse(EVERY_RULE);
        Bytes most = Bytes.ZERO;
        for (NodeVersion version : versions) {
            most = most.max(NodeHeap.byDefault(version, seen).semiSpace());
        }
        return most;
    }

    private static Bytes throughput(Bytes limit) {
        Bytes most = limit.isLessThan(Bytes.gibi(4)) ? Bytes.mebi(32) : Bytes.mebi(64);
        long share = Long.highestOneBit(Math.max(NodeHeap.MEBI, limit.value() / 16));
        return Bytes.of(share).min(most);
    }
}
