package io.github.memfit.sizing;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import io.github.memfit.usage.UsageHistory;
import java.time.Duration;

/**
 * Hostile policy texts: either a malformed text that is named, or a policy whose own text reads back as the same policy and
 * that answers a history within the bounds that it promises.
 */
class SizingPolicyFuzz {

    private static final UsageHistory HISTORY = UsageHistory.ofEvery(
            1_717_200_000_000L, Duration.ofHours(1), 0, 1, 5_000_000, 1L << 30, 1L << 50, 7_000_000, 12, 1L << 33);

    @FuzzTest(maxDuration = "20s")
    void parse(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        SizingPolicy policy;
        try {
            policy = SizingPolicy.parse(text);
        } catch (MalformedException e) {
            if (!e.source().equals("sizing policy") || e.column() > text.length() + 1) {
                throw new AssertionError("wrong place", e);
            }
            return;
        }
        String canonical = policy.toString();
        SizingPolicy read = SizingPolicy.parse(canonical);
        if (!read.equals(policy) || !read.toString().equals(canonical)) {
            throw new AssertionError("not the inverse: " + canonical);
        }
        Recommendation.Sized sized = policy.toBuilder()
                .needs(Duration.ZERO, 1)
                .build()
                .recommend(HISTORY)
                .sized()
                .orElseThrow();
        Bytes limit = sized.limit();
        if (sized.request().isMoreThan(limit) || !sized.limitBounds().contains(limit)) {
            throw new AssertionError("out of order: " + canonical);
        }
    }
}
