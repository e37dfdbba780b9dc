package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import io.github.memfit.usage.UsageHistory;
import io.github.memfit.usage.UsageMark;
import io.github.memfit.usage.UsageVisitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One recommendation in the making: shows the history to a sizer per replica, then draws the conclusion. */
final class Recommender implements UsageVisitor {

    private static final int NAMED_OUTLIERS = 3;

    private final SizingPolicy policy;
    private final UsageHistory history;
    private final Deployed deployed;
    private final ReplicaUsage[] replicas;
    private final List<String> reasons = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Recommender(SizingPolicy policy, UsageHistory history, Deployed deployed) {
        this.policy = policy;
        this.history = history;
        this.deployed = deployed;
        replicas = history.replicas().stream()
                .map(name -> new ReplicaUsage(name, new Sizer(policy)))
                .toArray(ReplicaUsage[]::new);
    }

    @Override
    public void sample(long epochMillis, long bytes, int replica) {
        replicas[replica].sample(epochMillis, bytes);
    }

    @Override
    public void mark(UsageMark mark, int replica) {
        ReplicaUsage one = replicas[replica];
        one.restart();
        if (mark.isOomKill()) {
            OptionalLong known = mark.limitBytes();
            long limit = known.orElse(deployed.limit().map(Bytes::value).orElse(0L));
            long need = Math.min(Tracker.LARGEST, Math.max(limit, one.last));
            one.sizer.killed(mark.epochMillis(), need, Sizer.raised(need));
        } else {
            one.sizer.restart(mark.epochMillis());
        }
    }

    Recommendation recommend() {
        Duration missingTime = atLeastZero(policy.neededHistory().minus(history.span()));
        int missingSamples = Math.max(0, policy.neededSamples() - history.size());
        if (!missingTime.isZero() || missingSamples > 0) {
            return tooLittle(missingTime, missingSamples);
        }
        history.visit(this);
        long now = history.epochMillis(history.size() - 1);
        List<ReplicaUsage> known = new ArrayList<>();
        for (ReplicaUsage one : replicas) {
            Sizer.Sizes sizes = one.sizer.estimate(now);
            if (sizes != null) {
                one.sizes = sizes;
                known.add(one);
            }
        }
        if (known.isEmpty()) {
            reasons.add("all samples are of start-ups; at least one after a start-up is needed");
            return new Recommendation.TooLittleHistory(Duration.ZERO, 1, reasons);
        }
        return conclude(known, now);
    }

    private static Duration atLeastZero(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }

    private Recommendation tooLittle(Duration time, int samples) {
        if (!time.isZero()) {
            reasons.add("samples span " + words(history.span()) + ", " + words(time) + " more are needed");
        }
        if (samples > 0) {
            reasons.add("there are " + history.size() + " samples, " + samples + " more are needed");
        }
        return new Recommendation.TooLittleHistory(time, samples, reasons);
    }

    private static String words(Duration time) {
        return Durations.text(Duration.ofMillis(time.toMillis()));
    }

    private Recommendation conclude(List<ReplicaUsage> known, long now) {
        known.sort(Comparator.comparingLong(ReplicaUsage::limit));
        int covered = covered(known.size());
        ReplicaUsage decisive = known.get(covered - 1);
        Sizer.Sizes raw = new Sizer.Sizes(request(known, covered), decisive.limit());
        reasons.addAll(decisive.sizer.reasons(now));
        if (known.size() > 1) {
            reasons.add(
                    "covers " + covered + " of " + known.size() + " replicas; decisive: " + printable(decisive.name));
            known.subList(covered, Math.min(known.size(), covered + NAMED_OUTLIERS))
                    .forEach(outlier -> warnings.add("replica " + printable(outlier.name) + " is not covered: it needs "
                            + Bytes.of(outlier.limit()).toHuman()));
        }
        Sizer.Sizes settled = decisive.sizer.settle(raw, current(deployed.request()), current(deployed.limit()));
        settled = new Safeguards(policy, deployed, reasons, warnings).apply(raw, settled, leak(decisive, settled));
        warn(settled);
        return sized(settled, decisive.spreadFactor());
    }

    private int covered(int size) {
        Ratio exact = policy.cover().times(Ratio.of(size, 1));
        return (int) Math.max(1, -Math.floorDiv(-exact.numerator(), exact.denominator()));
    }

    private static long request(List<ReplicaUsage> known, int covered) {
        return known.stream()
                .mapToLong(one -> one.sizes.request())
                .sorted()
                .skip(covered - 1L)
                .findFirst()
                .orElseThrow();
    }

    private static long current(Optional<Bytes> bytes) {
        return bytes.map(Bytes::value).orElse(0L);
    }

    private boolean leak(ReplicaUsage decisive, Sizer.Sizes sizes) {
        boolean found = false;
        for (ReplicaUsage one : replicas) {
            long perDay = one.leakPerDay();
            if (perDay > 0) {
                long limit = deployed.limit().map(Bytes::value).orElse(sizes.limit());
                warnings.add((replicas.length > 1 ? "replica " + printable(one.name) + ": " : "")
                        + one.leakInWords(perDay, limit));
                found |= one == decisive;
            }
        }
        return found;
    }

    private void warn(Sizer.Sizes sizes) {
        if (policy.limitIsBelowThePeak()) {
            warnings.add(
                    "the limit follows from a percentile below the maximum; replays of real histories with P99 + 20%"
                            + " as the limit had 4 to 6 OOM kills per container-week. Use peak, priceTail or max(..., peak)");
        }
        long peak = history.peakBytes().orElse(0);
        if (peak > sizes.limit()) {
            warnings.add("usage was already higher than this limit: "
                    + Bytes.of(peak).toHuman());
        }
    }

    private Recommendation.Sized sized(Sizer.Sizes sizes, double factor) {
        Bytes request = Bytes.of(sizes.request());
        Bytes limit = Bytes.of(sizes.limit());
        return new Recommendation.Sized(
                request,
                limit,
                SizeBounds.around(request, factor),
                SizeBounds.around(limit, factor),
                Confidence.ofFactor(factor),
                policy.limit(),
                deployed.request().map(now -> now.minus(request)),
                deployed.limit().map(now -> now.minus(limit)),
                reasons,
                warnings);
    }

    /** Names come from outside: bounded, and without what could forge lines in a log. */
    private static String printable(String name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(name.length(), 63); i++) {
            char c = name.charAt(i);
            text.append(c > ' ' && c < 0x7f ? c : '?');
        }
        return text.toString();
    }
}
