package io.github.memfit.tuning.jvm;

/** HotSpot's exit, on its way out of the calculation. Carries no stack: it is an expected outcome. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message, null, false, false);
    }
}
