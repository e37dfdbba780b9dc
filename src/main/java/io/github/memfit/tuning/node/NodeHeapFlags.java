package io.github.memfit.tuning.node;

import io.github.memfit.tuning.Warning;
import io.github.memfit.unit.Bytes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** V8's heap configuration from flags; confined to the one call that makes it. */
final class NodeHeapFlags {

    static final String OLD = "--max-old-space-size";
    static final String SEMI = "--max-semi-space-size";
    static final String HEAP = "--max-heap-size";
    static final String PERCENTAGE = "--max-old-space-size-percentage";
    static final String SMALL = "--optimize-for-size";
    static final String LITE = "--lite-mode";

    private static final Pattern WHOLE = Pattern.compile("[ \\t]*[+-]?[0-9]{1,400}|");

    /** The largest {@code size_t}: V8 takes it for the mark of an overflow and refuses it like anything above. */
    private static final BigDecimal OUT_OF_BOUNDS =
            BigDecimal.valueOf(2).pow(64).subtract(BigDecimal.ONE);

    private static final List<String> SIZES = List.of(OLD, SEMI, HEAP);
    private static final List<String> SWITCHES = List.of(SMALL, LITE);

    private final NodeVersion version;
    private final Bytes memory;
    private final NodeOptions options;
    private final List<Warning> warnings = new ArrayList<>();

    NodeHeapFlags(NodeVersion version, Bytes memory, NodeOptions options) {
        this.version = version;
        this.memory = memory;
        this.options = options;
    }

    NodeLaunch launch() {
        Optional<String> illegal = illegalWord();
        if (illegal.isPresent()) {
            return new NodeLaunch.Refused(9, illegal.get());
        }
        Optional<String> percentage = options.value(PERCENTAGE);
        if (percentage.isPresent() && !NodeOptionRule.hasPercentage(version)) {
            return new NodeLaunch.Refused(9, "bad option: " + PERCENTAGE);
        }
        if (percentage.isPresent() && NodePercentage.parse(percentage.get()).isEmpty()) {
            return new NodeLaunch.Refused(
                    9, PERCENTAGE + " must be greater than 0 and up to 100. Got: " + percentage.get());
        }
        long old = percentage.map(this::oldOfPercentage).orElseGet(() -> mebi(OLD));
        long semi = isSmall() ? 1 : mebi(SEMI);
        long heap = mebi(HEAP);
        if (old > 0 && semi > 0 && heap > 0) {
            return new NodeLaunch.Refused(
                    version.abortsByTrap() ? 133 : 132,
                    HEAP + ", " + OLD + " and " + (isSmall() ? SMALL : SEMI) + " together");
        }
        if (percentage.isPresent() && options.value(OLD).isPresent()) {
            warnings.add(new Warning(PERCENTAGE, "it wins over " + OLD + " wherever each is given"));
        }
        NodeHeap bounds = bounds(old, semi, heap);
        long oldMebi = bounds.oldSpace().value() / NodeHeap.MEBI;
        return oldMebi < version.smallestStartingOldSpaceMebi()
                ? new NodeLaunch.Crashed(bounds.oldSpace(), version.crashesWithoutMessage(oldMebi))
                : new NodeLaunch.Started(bounds, warnings);
    }

    private NodeHeap bounds(long old, long semi, long heap) {
        NodeHeap byDefault = NodeHeap.byDefault(version, memory);
        long semiSpace = byDefault.semiSpace().value();
        if (isSmall()) {
            semiSpace = NodeHeap.MEBI;
        } else if (semi > 0) {
            semiSpace = allowed(NodeHeap.powerOfTwoAtLeast(Bytes.mebi(semi).value()));
        } else if (heap > 0) {
            semiSpace = old > 0
                    ? allowed(NodeHeap.powerOfTwoAtLeast(Math.max(
                            version.smallestSemiSpace(),
                            Bytes.mebi(Math.max(0, heap - old)).value() / 3)))
                    : NodeHeap.semiSpaceOfWholeHeap(version, Bytes.mebi(heap).value());
        }
        long oldSpace = byDefault.oldSpace().value();
        if (old > 0) {
            oldSpace = Bytes.mebi(old).value();
        } else if (heap > 0) {
            oldSpace = Math.max(0, Bytes.mebi(heap).value() - 3 * semiSpace);
        }
        return new NodeHeap(Bytes.of(oldSpace), Bytes.of(semiSpace));
    }

    /** Node 12 has a ceiling, later ones have none. */
    private long allowed(long semiSpace) {
        return version.major() < 14 ? Math.min(semiSpace, 16 * NodeHeap.MEBI) : semiSpace;
    }

    /** Both are shorthands that set the semi space, and count as if it had been set. */
    private boolean isSmall() {
        return options.isOn(SMALL) || options.isOn(LITE);
    }

    /** V8 reads the words one by one and stops at the first that it cannot read, whatever comes after it. */
    private Optional<String> illegalWord() {
        for (String word : options.words()) {
            if (!word.startsWith("-")) {
                continue;
            }
            String bare = NodeOptions.nameOf(word);
            String name = "--" + bare;
            int equals = word.indexOf('=');
            boolean wrongSize = SIZES.contains(name)
                    && (equals < 0 || !WHOLE.matcher(word.substring(equals + 1)).matches());
            String positive = "--" + NodeOptions.withoutNo(bare);
            boolean negated = !positive.equals(name);
            boolean wrongNegation = negated && (SIZES.contains(positive) || PERCENTAGE.equals(positive));
            boolean wrongSwitch = equals >= 0 && (SWITCHES.contains(name) || (negated && SWITCHES.contains(positive)));
            if (wrongSize || wrongNegation || wrongSwitch) {
                return Optional.of("illegal value for flag " + word);
            }
        }
        return Optional.empty();
    }

    /** The value as V8 reads it: nothing counts as 0, and 0, like a number out of range, leaves the default. */
    private long mebi(String option) {
        String text = options.value(option).map(String::strip).orElse("");
        if (text.isEmpty()) {
            return 0;
        }
        BigDecimal value = new BigDecimal(text);
        if (value.signum() < 0 || value.compareTo(OUT_OF_BOUNDS) >= 0) {
            warnings.add(
                    new Warning(option, "the value " + text + " is out of bounds; Node says so and keeps the default"));
            return 0;
        }
        if (value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE >> 20)) > 0) {
            warnings.add(new Warning(option, "the value " + text + " is in MiB and exceeds every address space"));
            return Long.MAX_VALUE >> 24;
        }
        return value.longValueExact();
    }

    /** Not a number is the one value that passes Node's check and is refused by V8, which goes on without it. */
    private long oldOfPercentage(String text) {
        double percentage = NodePercentage.parse(text).orElseThrow();
        if (Double.isNaN(percentage)) {
            warnings.add(new Warning(PERCENTAGE, "not a number is out of bounds; Node says so and keeps the default"));
            return 0;
        }
        return NodePercentage.oldMebi(memory, percentage);
    }

    /** Does a flag set the old space, so that no worker decides for itself? */
    boolean setOldSpace() {
        return options.value(PERCENTAGE).map(this::oldOfPercentage).orElseGet(() -> mebi(OLD)) > 0 || mebi(HEAP) > 0;
    }

    /** Does a flag set the young generation? */
    boolean setYoung() {
        return isSmall() || mebi(SEMI) > 0 || mebi(HEAP) > 0;
    }
}
