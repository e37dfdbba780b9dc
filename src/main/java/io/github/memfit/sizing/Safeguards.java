package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import java.util.List;

/** What is set today may forbid what the estimate suggests: each rule leaves a reason. */
final class Safeguards {

    private final SizingPolicy policy;
    private final Deployed deployed;
    private final List<String> reasons;
    private final List<String> warnings;

    Safeguards(SizingPolicy policy, Deployed deployed, List<String> reasons, List<String> warnings) {
        this.policy = policy;
        this.deployed = deployed;
        this.reasons = reasons;
        this.warnings = warnings;
    }

    Sizer.Sizes apply(Sizer.Sizes raw, Sizer.Sizes settled, boolean leak) {
        long request = settled.request();
        long limit = settled.limit();
        if (raw.limit() > policy.maximum().value()) {
            warnings.add("the limit is cut at the maximum; the estimate is "
                    + Bytes.of(raw.limit()).toHuman());
        }
        if (limit == policy.minimum().value() && raw.limit() < limit) {
            reasons.add("limit: raised to the minimum");
        }
        if (deployed.limit().isPresent() && limit == deployed.limit().get().value() && raw.limit() != limit) {
            reasons.add("limit: kept, the estimate of " + Bytes.of(raw.limit()).toHuman() + " is too close to matter");
        }
        if (leak
                && policy.holdsOnLeak()
                && deployed.limit().isPresent()
                && limit > deployed.limit().get().value()) {
            limit = deployed.limit().get().value();
            reasons.add("limit: not raised for a leak; more memory only delays the kill");
        }
        if (deployed.isUnderPressure()) {
            long heldRequest =
                    Math.max(request, deployed.request().map(Bytes::value).orElse(0L));
            long heldLimit = Math.max(limit, deployed.limit().map(Bytes::value).orElse(0L));
            if (heldRequest != request || heldLimit != limit) {
                reasons.add("not lowered: the container waits for memory "
                        + deployed.pressure().orElseThrow().toHuman() + " of the time");
            }
            request = heldRequest;
            limit = heldLimit;
        }
        long floor = deployed.unreclaimable().map(Bytes::value).orElse(0L);
        if (limit < floor) {
            limit = Bytes.of(floor).roundUpTo(policy.rounding()).value();
            reasons.add("limit: raised to what the kernel could not take back, "
                    + Bytes.of(floor).toHuman());
        }
        if (policy.limit() instanceof LimitRule.Equal) {
            return new Sizer.Sizes(limit, limit);
        }
        return new Sizer.Sizes(Math.min(request, limit), limit);
    }
}
