package io.github.memfit.tuning.jvm;

import io.github.memfit.unit.MalformedException;

/**
 * The feature release of a JDK, for rules that differ by release. Immutable and thread-safe.
 *
 * <p>Rules were checked by launching 17 and 25; 21 follows its sources; for 26 and 27 only what their release notes and
 * JEPs say is known. Releases between take the rules of the nearest older checked one.
 *
 * @param feature the feature release, 17 to 27
 * @since 0.1
 */
public record JdkVersion(int feature) implements Comparable<JdkVersion> {

    /** JDK 17. */
    public static final JdkVersion V17 = new JdkVersion(17);

    /** JDK 21. */
    public static final JdkVersion V21 = new JdkVersion(21);

    /** JDK 25. */
    public static final JdkVersion V25 = new JdkVersion(25);

    private static final int OLDEST = 17;
    private static final int NEWEST = 27;

    /**
     * Checks the release.
     *
     * @param feature the feature release
     * @throws IllegalArgumentException if it is not 17 to 27
     */
    public JdkVersion {
        if (feature < OLDEST || feature > NEWEST) {
            throw new IllegalArgumentException(
                    "rules are known for JDK " + OLDEST + " to " + NEWEST + ", got " + feature);
        }
    }

    /**
     * A feature release.
     *
     * @param feature the feature release, 17 to 27
     * @return the version
     * @throws IllegalArgumentException if it is not 17 to 27
     */
    public static JdkVersion of(int feature) {
        return switch (feature) {
            case 17 -> V17;
            case 21 -> V21;
            case 25 -> V25;
            default -> new JdkVersion(feature);
        };
    }

    /**
     * Reads the feature release off a version text as {@code java -version}, {@code java.version} or {@code jcmd
     * VM.version} give it: {@code 25}, {@code 17.0.15}, {@code 25.0.3+9-LTS}, {@code 26-ea}.
     *
     * @param text the version, without surrounding words
     * @return the version
     * @throws MalformedException if it does not start with a release from 17 to 27
     */
    public static JdkVersion parse(CharSequence text) {
        int end = 0;
        while (end < text.length() && end < 3 && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        boolean stops = end == text.length() || ".+-".indexOf(text.charAt(end)) >= 0;
        int feature = end == 0 || !stops ? 0 : Integer.parseInt(text, 0, end, 10);
        if (feature < OLDEST || feature > NEWEST) {
            throw new MalformedException(
                    "JDK version",
                    1,
                    1,
                    text,
                    "a version starts with a feature release from " + OLDEST + " to " + NEWEST);
        }
        return of(feature);
    }

    /**
     * Is this release the same or newer?
     *
     * @param other a feature release
     * @return true from that release on
     */
    boolean atLeast(int other) {
        return feature >= other;
    }

    @Override
    public int compareTo(JdkVersion other) {
        return Integer.compare(feature, other.feature);
    }

    /** The number of the feature release. */
    @Override
    public String toString() {
        return Integer.toString(feature);
    }
}
