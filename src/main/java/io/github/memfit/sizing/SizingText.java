package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import io.github.memfit.unit.Ratio;
import java.time.Duration;

/** The text form of policies: settings here, estimators in {@link EstimatorText}. */
final class SizingText {

    private static final String KIND = "sizing policy";
    private static final int LONGEST = 20_000;

    private SizingText() {}

    /** All settings that differ from the defaults, each after a comma. */
    static String settings(SizingPolicy policy) {
        StringBuilder text = new StringBuilder();
        policy.halfLife().ifPresent(time -> append(text, "halfLife", Durations.text(time)));
        if (policy.holdDown().numerator() != 0 || policy.holdUp().numerator() != 0) {
            append(text, "hold", policy.holdDown() + "|" + policy.holdUp());
        }
        if (!policy.minimum().isZero()) {
            append(text, "minimum", policy.minimum());
        }
        if (!policy.maximum().equals(SizingPolicy.NO_MAXIMUM)) {
            append(text, "maximum", policy.maximum());
        }
        if (!policy.rounding().equals(SizingPolicy.DEFAULT_ROUNDING)) {
            append(text, "round", policy.rounding());
        }
        if (!policy.neededHistory().equals(SizingPolicy.DEFAULT_HISTORY)) {
            append(text, "history", Durations.text(policy.neededHistory()));
        }
        if (policy.neededSamples() != SizingPolicy.DEFAULT_SAMPLES) {
            append(text, "samples", policy.neededSamples());
        }
        policy.startUp().ifPresent(time -> append(text, "startUp", Durations.text(time)));
        policy.afterKillSetting().ifPresent(time -> append(text, "afterKill", Durations.text(time)));
        if (!policy.cover().equals(Ratio.ONE)) {
            append(text, "cover", policy.cover());
        }
        if (policy.holdsOnLeak()) {
            append(text, "leak", "hold");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String key, Object value) {
        text.append(", ").append(key).append('=').append(value);
    }

    static SizingPolicy parse(CharSequence text) {
        if (text.length() > LONGEST) {
            throw new MalformedException(
                    KIND, 1, LONGEST + 1, text, "a sizing policy has at most " + LONGEST + " characters");
        }
        String all = text.toString();
        Needs needs = new Needs();
        SizingPolicyBuilder builder = SizingPolicy.builder();
        int start = 0;
        while (start <= all.length()) {
            int end = endOfSetting(all, start);
            try {
                setting(all, start, end, builder, needs);
            } catch (MalformedException e) {
                throw e.source().equals(KIND) ? e : malformed(all, start, String.valueOf(e.getMessage()));
            } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
                throw malformed(all, start, String.valueOf(e.getMessage()));
            }
            start = end + 1;
        }
        try {
            needs.apply(builder);
            return builder.build();
        } catch (IllegalStateException e) {
            throw malformed(all, 0, String.valueOf(e.getMessage()));
        }
    }

    /** The next comma outside parentheses, or the end. */
    private static int endOfSetting(String all, int start) {
        int depth = 0;
        for (int i = start; i < all.length(); i++) {
            char c = all.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == ',' && depth <= 0) {
                return i;
            }
        }
        return all.length();
    }

    private static void setting(String all, int start, int end, SizingPolicyBuilder builder, Needs needs) {
        int equals = all.indexOf('=', start);
        if (equals < 0 || equals >= end) {
            throw malformed(all, start, "a setting is written key=value");
        }
        String key = all.substring(start, equals).trim();
        String value = all.substring(equals + 1, end).trim();
        switch (key) {
            case "request" -> builder.request(new EstimatorText(all, equals + 1, end).whole());
            case "limit" -> builder.limit(limit(all, equals + 1, end, value));
            case "halfLife" -> builder.halfLife(Durations.parse(value));
            case "hold" -> {
                int bar = value.indexOf('|');
                if (bar < 0) {
                    throw malformed(all, equals + 1, "hold is written 15%|3%: least change down, least change up");
                }
                builder.hold(
                        Ratio.parse(value.substring(0, bar).trim()),
                        Ratio.parse(value.substring(bar + 1).trim()));
            }
            case "minimum" -> builder.minimum(Bytes.parse(value));
            case "maximum" -> builder.maximum(Bytes.parse(value));
            case "round" -> builder.roundUpTo(Bytes.parse(value));
            case "history" -> needs.history(Durations.parse(value));
            case "samples" -> needs.samples(samples(all, equals + 1, value));
            case "startUp" -> builder.startUp(Durations.parse(value));
            case "afterKill" -> builder.afterKill(Durations.parse(value));
            case "cover" -> builder.cover(Ratio.parse(value));
            case "leak" -> {
                if (!value.equals("hold")) {
                    throw malformed(all, equals + 1, "leak can only be hold");
                }
                builder.holdOnLeak();
            }
            default ->
                throw malformed(
                        all,
                        start,
                        "settings are request, limit, halfLife, hold, minimum, maximum, round, history, samples,"
                                + " startUp, afterKill, cover and leak");
        }
    }

    private static LimitRule limit(String all, int start, int end, String value) {
        if (value.equals("request")) {
            return new LimitRule.Equal();
        }
        if (value.startsWith("request")) {
            String rest = value.substring("request".length()).trim();
            if (rest.startsWith("*")) {
                return new LimitRule.Times(Ratio.parse(rest.substring(1).trim()));
            }
            if (rest.startsWith("+")) {
                return new LimitRule.Above(Bytes.parse(rest.substring(1).trim()));
            }
            throw malformed(all, start, "a limit is request, request*150%, request+64Mi or an estimator");
        }
        return new LimitRule.Independent(new EstimatorText(all, start, end).whole());
    }

    private static int samples(String all, int start, String value) {
        if (value.isEmpty() || value.length() > 9 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw malformed(all, start, "samples is a whole number of at most nine digits");
        }
        return Integer.parseInt(value);
    }

    static MalformedException malformed(String all, int index, String rule) {
        return new MalformedException(KIND, 1, Math.min(index, all.length()) + 1, all, rule);
    }

    /** Two settings of the text that are one of the builder. */
    private static final class Needs {
        private Duration history = SizingPolicy.DEFAULT_HISTORY;
        private int samples = SizingPolicy.DEFAULT_SAMPLES;
        private boolean historySet;
        private boolean samplesSet;

        void history(Duration time) {
            if (historySet) {
                throw new IllegalStateException("history is set already");
            }
            historySet = true;
            history = time;
        }

        void samples(int count) {
            if (samplesSet) {
                throw new IllegalStateException("samples is set already");
            }
            samplesSet = true;
            samples = count;
        }

        void apply(SizingPolicyBuilder builder) {
            builder.needs(history, samples);
        }
    }
}
