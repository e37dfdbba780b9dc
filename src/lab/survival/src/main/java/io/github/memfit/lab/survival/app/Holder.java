package io.github.memfit.lab.survival.app;

/** A program under test: it holds live data and works on it. */
interface Holder {

    /** Takes that many bytes more, under its usual load, and keeps them. */
    void grow(long bytes) throws Exception;

    /** Works on what it holds without keeping more. */
    void load() throws Exception;

    /** The live data held: payload bytes, not what they cost. */
    long held();
}
