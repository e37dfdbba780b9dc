package io.github.memfit.sizing;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.util.Optional;

/** Reads an estimator by recursive descent from a part of a text. */
final class EstimatorText {

    private final String all;
    private final int end;
    private int at;
    private int depth;

    EstimatorText(String all, int start, int end) {
        this.all = all;
        this.at = start;
        this.end = end;
    }

    Estimator whole() {
        Estimator estimator = sum();
        if (at < end) {
            throw malformed(
                    "an estimator ends here; margins and amounts are added with +, others combined with max and min");
        }
        return estimator;
    }

    /** One estimator and what is added to it. */
    private Estimator sum() {
        if (++depth > Estimators.MOST_PARTS) {
            throw malformed("an estimator has at most " + Estimators.MOST_PARTS + " parts");
        }
        Estimator estimator = single();
        while (peek() == '+' || peek() == '-') {
            boolean minus = all.charAt(at++) == '-';
            String amount = word();
            if (amount.startsWith("[") && amount.endsWith("]")) {
                estimator = estimator.plus(signed(Ratio.parse(amount.substring(1, amount.length() - 1)), minus));
            } else if (amount.endsWith("%")) {
                estimator = estimator.plus(signed(Ratio.parse(amount), minus));
            } else if (minus) {
                throw malformed("only a margin can be taken away, as in peak-5%");
            } else {
                estimator = estimator.plus(Bytes.parse(amount));
            }
        }
        depth--;
        return estimator;
    }

    private static Ratio signed(Ratio margin, boolean minus) {
        return minus ? Ratio.ZERO.minus(margin) : margin;
    }

    private Estimator single() {
        String name = word();
        switch (name) {
            case "peak" -> {
                return peek() == '(' ? Estimator.peak(Durations.parse(argument())) : Estimator.peak();
            }
            case "firstPeak" -> {
                return Estimator.firstPeak(Durations.parse(argument()));
            }
            case "weekdayPeak" -> {
                return Estimator.weekdayPeak();
            }
            case "mean" -> {
                return Estimator.mean();
            }
            case "vpa" -> {
                return Estimator.vpa(Ratio.parse(argument()));
            }
            case "vpaUpper" -> {
                return Estimator.vpaUpper(Ratio.parse(argument()));
            }
            case "max" -> {
                return pair(true);
            }
            case "min" -> {
                return pair(false);
            }
            case "priceTail" -> {
                return priceTail();
            }
            default -> {
                return percentileOrSize(name);
            }
        }
    }

    private Estimator percentileOrSize(String name) {
        if (name.length() > 1 && name.charAt(0) == 'p' && "0123456789[".indexOf(name.charAt(1)) >= 0) {
            String number = name.substring(1);
            Ratio rank = number.startsWith("[") && number.endsWith("]")
                    ? Ratio.parse(number.substring(1, number.length() - 1))
                    : Ratio.parse(number + "%");
            return peek() == '(' ? Estimator.percentile(rank, Durations.parse(argument())) : Estimator.percentile(rank);
        }
        if (!name.isEmpty() && name.charAt(0) >= '0' && name.charAt(0) <= '9') {
            return Estimator.fixed(Bytes.parse(name));
        }
        throw malformed("an estimator is peak, peak(14d), firstPeak(1d), weekdayPeak, p95, p98(48h), mean, vpa(90%),"
                + " vpaUpper(95%), priceTail(8), 64Mi, max(a, b) or min(a, b)");
    }

    private Estimator pair(boolean larger) {
        expect('(');
        Estimator left = sum();
        expect(',');
        Estimator right = sum();
        expect(')');
        return larger ? left.max(right) : left.min(right);
    }

    private PriceTail priceTail() {
        expect('(');
        PriceTail price = price(word());
        while (peek() == ',') {
            at++;
            String key = word();
            expect('=');
            String value = word();
            price = switch (key) {
                case "tail" -> price.withTail(Ratio.parse(value));
                case "halfLife" -> price.withHalfLife(Durations.parse(value));
                case "shifts" -> price.withLevelShifts(Ratio.parse(value), price.shiftIndex());
                case "shiftIndex" -> price.withLevelShifts(price.shiftsPerDay(), Ratio.parse(value));
                default -> throw malformed("settings of priceTail are tail, halfLife, shifts and shiftIndex");
            };
        }
        expect(')');
        return price;
    }

    private PriceTail price(String text) {
        Optional<PriceTail.Unit> unit = Optional.empty();
        for (PriceTail.Unit candidate : PriceTail.Unit.values()) {
            if (text.endsWith(candidate.suffix())
                    && (unit.isEmpty()
                            || candidate.suffix().length() > unit.get().suffix().length())) {
                unit = Optional.of(candidate);
            }
        }
        PriceTail.Unit found = unit.orElse(PriceTail.Unit.BALANCED);
        String amount = text.substring(0, text.length() - found.suffix().length());
        return PriceTail.of(Ratio.parse(amount), found);
    }

    /** What stands between parentheses, without parentheses of its own. */
    private String argument() {
        expect('(');
        String argument = word();
        expect(')');
        return argument;
    }

    /** Up to the next sign that is no part of a name, number or size. */
    private String word() {
        skipBlanks();
        int start = at;
        boolean bracket = false;
        while (at < end) {
            char c = all.charAt(at);
            if (c == '[') {
                bracket = true;
            } else if (c == ']') {
                bracket = false;
            } else if (!bracket && "+-,()=".indexOf(c) >= 0) {
                break;
            }
            at++;
        }
        return all.substring(start, at).trim();
    }

    private void expect(char c) {
        if (peek() != c) {
            throw malformed("expected '" + c + "' here");
        }
        at++;
    }

    /** The next character that is no blank; 0 at the end. */
    private char peek() {
        skipBlanks();
        return at < end ? all.charAt(at) : 0;
    }

    private void skipBlanks() {
        while (at < end && all.charAt(at) == ' ') {
            at++;
        }
    }

    private RuntimeException malformed(String rule) {
        return SizingText.malformed(all, at, rule);
    }
}
