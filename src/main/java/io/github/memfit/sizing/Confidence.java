package io.github.memfit.sizing;

/**
 * How far a recommendation may be from what a long history would give, in words.
 *
 * @since 0.1
 */
public enum Confidence {
    /** May be off by more than 60%: take it as an order of magnitude. */
    LOW(1.6),
    /** Within 60%. */
    FAIR(1.25),
    /** Within 25%. */
    GOOD(1.1),
    /** Within 10%. */
    HIGH(0);

    /** Above this factor, the word is too strong. */
    private final double above;

    Confidence(double above) {
        this.above = above;
    }

    static Confidence ofFactor(double factor) {
        for (Confidence word : values()) {
            if (factor > word.above) {
                return word;
            }
        }
        return HIGH;
    }
}
