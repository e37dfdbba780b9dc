package io.github.memfit.sizing;

import static io.github.memfit.sizing.Estimator.fixed;
import static io.github.memfit.sizing.Estimator.mean;
import static io.github.memfit.sizing.Estimator.peak;
import static io.github.memfit.sizing.Estimator.percentile;
import static io.github.memfit.unit.Bytes.gibi;
import static io.github.memfit.unit.Bytes.mebi;
import static io.github.memfit.unit.Ratio.percent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import io.github.memfit.unit.Ratio;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies as values: text, equality, builder. */
@Tag("bare")
class SizingPolicyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "request=p95+15%, limit=peak+20%",
                "request=p95+15%, limit=request",
                "request=max(p95+15%, peak)+64Mi, limit=request*150%",
                "request=p[1/3], limit=request+64Mi, halfLife=1d",
                "request=mean, limit=min(peak(14d)+20%, p99.9(2d)+50%), hold=15%|3%",
                "request=vpa(50%), limit=vpaUpper(95%)+15%, minimum=64Mi, maximum=8Gi, round=1",
                "request=weekdayPeak, limit=firstPeak(1d)-5%, history=0d, samples=1, startUp=5m",
                "request=p50, limit=priceTail(8), afterKill=0d, cover=90%, leak=hold",
                "request=p50, limit=priceTail(12.3GBd, tail=5%, halfLife=7d, shifts=2%, shiftIndex=25%)",
                "request=512Mi, limit=max(priceTail(1/3x), priceTail(2slack))+[1/3]"
            })
    void textIsTheInverseOfParse(String text) {
        SizingPolicy policy = SizingPolicy.parse(text);
        assertEquals(text, policy.toString());
        assertEquals(policy, SizingPolicy.parse(policy.toString()));
        assertEquals(policy.hashCode(), SizingPolicy.parse(text).hashCode());
        assertEquals(policy, policy.toBuilder().build());
    }

    @Test
    void composesEstimators() {
        SizingPolicy policy = SizingPolicy.builder()
                .request(percentile(95).plus(percent(15)).max(peak()))
                .limit(PriceTail.balanced(8))
                .halfLife(Duration.ofHours(24))
                .hold(percent(15), percent(3))
                .build();
        assertEquals("request=max(p95+15%, peak), limit=priceTail(8), halfLife=1d, hold=15%|3%", policy.toString());
        assertEquals(Duration.ofDays(1), policy.halfLife().orElseThrow());
        assertEquals(Duration.ZERO, policy.afterKill());
        assertEquals(Duration.ofDays(3), SizingPolicy.equal(peak()).afterKill());
    }

    @Test
    void blanksAndOrderDoNotMatter() {
        assertEquals(
                SizingPolicy.parse("request=p95+15%, limit=max(peak, p99+20%), cover=90%"),
                SizingPolicy.parse(" cover = 90% ,limit= max( peak ,p99 + 20% ),request=p95+15%"));
        assertNotEquals(SizingPolicy.equal(peak()), SizingPolicy.equal(mean()));
        assertNotEquals(
                SizingPolicy.equal(peak()),
                SizingPolicy.equal(peak()).toBuilder().cover(percent(50)).build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "request=p95;the limit is not set",
                "limit=peak;the request is not set",
                "'';key=value",
                "request=p95, limit=peak,;key=value",
                "request=p95, limit=peak, limit=mean;limit is set already",
                "request=p95, limit=peak, samples=1, samples=2;samples is set already",
                "request=p95, limit=peak, history=1d, history=2d;history is set already",
                "request=p0, limit=peak;above 0%",
                "request=p101, limit=peak;at most 100%",
                "request=peek, limit=peak;an estimator is",
                "request=max(peak), limit=peak;expected ','",
                "request=max(peak, mean, limit=peak;expected ')'",
                "request=peak), limit=peak;ends here",
                "request=peak-64Mi, limit=peak;only a margin",
                "request=peak(1y), limit=peak;14d, 24h",
                "request=peak(0ms), limit=peak;must be from 1ms",
                "request=peak, limit=request/2;request*150%",
                "request=peak, limit=request*50%;100% to 10000%",
                "request=peak, limit=peak, hold=15%;15%|3%",
                "request=peak, limit=peak, leak=ignore;only be hold",
                "request=peak, limit=peak, color=red;settings are",
                "request=peak, limit=peak, samples=-1;whole number",
                "request=peak, limit=peak, minimum=2Gi, maximum=1Gi;above maximum",
                "request=priceTail(0), limit=peak;above 0",
                "request=priceTail(8, tail=0%), limit=peak;above 0%",
                "request=priceTail(8, mood=1), limit=peak;settings of priceTail",
                "request=2Pi, limit=peak;2^50"
            })
    void saysWhatIsWrong(String text, String rule) {
        MalformedException e = assertThrows(MalformedException.class, () -> SizingPolicy.parse(text));
        assertTrue(String.valueOf(e.getMessage()).contains(rule), e.getMessage());
        assertEquals("sizing policy", e.source());
    }

    @Test
    void refusesWhatIsTooLongOrTooDeep() {
        String deep = "max(".repeat(4000) + "peak" + ", peak)".repeat(10);
        MalformedException e =
                assertThrows(MalformedException.class, () -> SizingPolicy.parse("request=" + deep + ", limit=request"));
        assertTrue(String.valueOf(e.getMessage()).contains("64 parts"), e.getMessage());
        String wide = "peak" + "+1".repeat(64);
        assertThrows(MalformedException.class, () -> SizingPolicy.parse("request=" + wide + ", limit=request"));
        assertThrows(MalformedException.class, () -> SizingPolicy.parse("request=peak" + " ".repeat(20_000)));
    }

    @Test
    void everySettingIsSetOnce() {
        SizingPolicyBuilder builder = SizingPolicy.builder().request(peak());
        assertEquals(
                "request is set already",
                assertThrows(IllegalStateException.class, () -> builder.request(mean()))
                        .getMessage());
        builder.limitAboveRequest(mebi(64));
        assertThrows(IllegalStateException.class, builder::limitEqualsRequest);
        builder.holdOnLeak();
        assertThrows(IllegalStateException.class, builder::holdOnLeak);
        assertThrows(
                IllegalStateException.class,
                () -> SizingPolicy.builder()
                        .minimum(gibi(2))
                        .maximum(gibi(1))
                        .request(peak())
                        .limitEqualsRequest()
                        .build());
    }

    @Test
    void refusesValuesOutOfRange() {
        SizingPolicyBuilder builder = SizingPolicy.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.halfLife(Duration.ofMinutes(59)));
        assertThrows(IllegalArgumentException.class, () -> builder.hold(percent(101), percent(3)));
        assertThrows(IllegalArgumentException.class, () -> builder.minimum(Bytes.of(-1)));
        assertThrows(IllegalArgumentException.class, () -> builder.roundUpTo(Bytes.ZERO));
        assertThrows(IllegalArgumentException.class, () -> builder.needs(Duration.ofDays(1), 0));
        assertThrows(IllegalArgumentException.class, () -> builder.cover(Ratio.ZERO));
        assertThrows(IllegalArgumentException.class, () -> builder.startUp(Duration.ofNanos(1_000_001)));
        assertThrows(IllegalArgumentException.class, () -> peak().plus(percent(-101)));
        assertThrows(IllegalArgumentException.class, () -> peak().plus(Bytes.of(-1)));
        assertThrows(IllegalArgumentException.class, () -> fixed(Bytes.MAX));
        assertThrows(IllegalArgumentException.class, () -> PriceTail.gigabyteDays(0));
        assertThrows(
                IllegalArgumentException.class, () -> PriceTail.balanced(1).withLevelShifts(percent(101), percent(50)));
        assertThrows(
                IllegalArgumentException.class, () -> PriceTail.balanced(1).withLevelShifts(percent(1), Ratio.ZERO));
        assertThrows(IllegalArgumentException.class, () -> PriceTail.balanced(1).withTail(Ratio.ONE));
    }
}
