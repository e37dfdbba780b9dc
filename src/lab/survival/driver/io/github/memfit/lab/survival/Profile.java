package io.github.memfit.lab.survival;

/**
 * A measured run of a program.
 *
 * @param text what was recorded, in the form that the policies read
 */
record Profile(String text) {}
