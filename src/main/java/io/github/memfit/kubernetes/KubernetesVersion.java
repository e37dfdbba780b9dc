package io.github.memfit.kubernetes;

import io.github.memfit.unit.MalformedException;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The version of a cluster, as far as it changes an answer: major and minor number, and the feature gates that were moved from
 * their defaults. Patch numbers and vendor suffixes are read and dropped: none of them changes a rule here. Immutable and
 * thread-safe; value-based.
 *
 * <p>The rules are known for {@link #OLDEST_KNOWN} to {@link #NEWEST_KNOWN}. A version outside is answered with the nearest
 * known rules, and {@link #note()} says so.
 *
 * {@snippet :
 * KubernetesVersion.parse("v1.34.1-eks-abc");                        // 1.34
 * KubernetesVersion.V1_36.with(KubernetesFeature.MEMORY_QOS);        // 1.36,MemoryQoS=true
 * }
 *
 * @since 0.1
 */
public final class KubernetesVersion implements Comparable<KubernetesVersion>, Serializable {

    /** 1.31: before sidecars shape the OOM score and before pod-level resources. */
    public static final KubernetesVersion V1_31 = new KubernetesVersion(1, 31, Map.of());

    /** 1.32: the first with the sidecar rule in the OOM score. */
    public static final KubernetesVersion V1_32 = new KubernetesVersion(1, 32, Map.of());

    /** 1.33: in-place resize on. */
    public static final KubernetesVersion V1_33 = new KubernetesVersion(1, 33, Map.of());

    /** 1.34: pod-level resources on. */
    public static final KubernetesVersion V1_34 = new KubernetesVersion(1, 34, Map.of());

    /** 1.35. */
    public static final KubernetesVersion V1_35 = new KubernetesVersion(1, 35, Map.of());

    /** 1.36: tiered memory reservation. */
    public static final KubernetesVersion V1_36 = new KubernetesVersion(1, 36, Map.of());

    /** 1.37: empty pod-level resources no longer decide the class. */
    public static final KubernetesVersion V1_37 = new KubernetesVersion(1, 37, Map.of());

    /** The oldest version whose rules are known: 1.14. */
    public static final KubernetesVersion OLDEST_KNOWN = new KubernetesVersion(1, 14, Map.of());

    /** The newest version whose rules are known. */
    public static final KubernetesVersion NEWEST_KNOWN = V1_37;

    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 512;

    /** The major version. */
    private final int major;

    /** The minor version. */
    private final int minor;

    /** Only what differs from the defaults; never written after construction. */
    @SuppressWarnings("serial")
    private final Map<KubernetesFeature, Boolean> overrides;

    private KubernetesVersion(int major, int minor, Map<KubernetesFeature, Boolean> overrides) {
        this.major = major;
        this.minor = minor;
        this.overrides = overrides;
    }

    /**
     * A version with the default gates.
     *
     * @param major the major number, at least 1
     * @param minor the minor number, at least 0
     * @return the version
     * @throws IllegalArgumentException if a number is too small
     */
    public static KubernetesVersion of(int major, int minor) {
        if (major < 1 || minor < 0) {
            throw new IllegalArgumentException("a Kubernetes version starts at 1.0, got " + major + "." + minor);
        }
        return new KubernetesVersion(major, minor, Map.of());
    }

    /**
     * Reads a version as clusters and tools write it: {@code 1.34}, {@code v1.36.2}, {@code 1.34+},
     * {@code v1.34.1-eks-abc}, {@code v1.27.3-gke.100}; then, after a comma, gates as the kubelet takes them:
     * {@code 1.36,MemoryQoS=true}. Gates that no rule here looks at are accepted and dropped. At most 512 characters.
     *
     * @param text the text
     * @return the version
     * @throws MalformedException if the text is no version, or sets a gate that the version does not know
     */
    public static KubernetesVersion parse(CharSequence text) {
        if (text.length() > LONGEST) {
            throw malformed(text, LONGEST, "a version has at most " + LONGEST + " characters");
        }
        String all = text.toString();
        int comma = all.indexOf(',');
        String number = comma < 0 ? all : all.substring(0, comma);
        KubernetesVersion version = parseNumber(text, number);
        int at = comma;
        while (at >= 0) {
            int next = all.indexOf(',', at + 1);
            String gate = all.substring(at + 1, next < 0 ? all.length() : next);
            version = version.withGate(text, at + 2, gate);
            at = next;
        }
        return version;
    }

    private static KubernetesVersion parseNumber(CharSequence text, String number) {
        int at = number.startsWith("v") ? 1 : 0;
        int majorEnd = digits(number, at);
        int minorEnd = majorEnd < number.length() && number.charAt(majorEnd) == '.' ? digits(number, majorEnd + 1) : -1;
        if (majorEnd == at || majorEnd - at > 4 || minorEnd <= majorEnd + 1 || minorEnd - majorEnd > 6) {
            throw malformed(text, at, "a version is <major>.<minor>, as in 1.34 or v1.34.1-eks-abc");
        }
        int end = minorEnd;
        if (end < number.length() && number.charAt(end) == '.') {
            end = digits(number, end + 1);
            if (end == minorEnd + 1) {
                throw malformed(text, end, "a patch number is digits");
            }
        }
        if (end < number.length() && number.charAt(end) != '-' && number.charAt(end) != '+') {
            throw malformed(text, end, "after the number only a suffix with - or + may follow");
        }
        for (int i = end; i < number.length(); i++) {
            char c = number.charAt(i);
            boolean plain =
                    c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || "-+._~".indexOf(c) >= 0;
            if (!plain) {
                throw malformed(text, i, "a suffix has letters, digits and -+._~ only");
            }
        }
        int major = Integer.parseInt(number.substring(at, majorEnd));
        if (major < 1) {
            throw malformed(text, at, "versions start at 1.0");
        }
        return new KubernetesVersion(major, Integer.parseInt(number.substring(majorEnd + 1, minorEnd)), Map.of());
    }

    private KubernetesVersion withGate(CharSequence text, int column, String gate) {
        int equals = gate.indexOf('=');
        String value = equals < 0 ? "" : gate.substring(equals + 1).toLowerCase(Locale.ROOT);
        if (equals < 1 || !(value.equals("true") || value.equals("false"))) {
            throw malformed(text, column - 1, "a gate is <name>=true or <name>=false");
        }
        String name = gate.substring(0, equals);
        for (KubernetesFeature feature : KubernetesFeature.values()) {
            if (feature.gate().equals(name)) {
                if (!feature.isKnownIn(rules())) {
                    throw malformed(
                            text,
                            column - 1,
                            "this version does not know the gate, it came with " + feature.knownSince());
                }
                return override(feature, value.equals("true"));
            }
        }
        return this;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static MalformedException malformed(CharSequence text, int index, String rule) {
        return new MalformedException("Kubernetes version", 1, index + 1, text, rule);
    }

    /**
     * The major number.
     *
     * @return 1 for every version so far
     */
    public int major() {
        return major;
    }

    /**
     * The minor number.
     *
     * @return the number after the point
     */
    public int minor() {
        return minor;
    }

    /**
     * This version with a feature on.
     *
     * @param feature the feature
     * @return the version with that gate
     * @throws IllegalArgumentException if this version does not know the feature
     */
    public KubernetesVersion with(KubernetesFeature feature) {
        if (!feature.isKnownIn(rules())) {
            throw new IllegalArgumentException(
                    feature + " came with " + feature.knownSince() + ", it cannot be on in " + this);
        }
        return override(feature, true);
    }

    /**
     * This version with a feature off.
     *
     * @param feature the feature
     * @return the version with that gate
     */
    public KubernetesVersion without(KubernetesFeature feature) {
        return override(feature, false);
    }

    private KubernetesVersion override(KubernetesFeature feature, boolean on) {
        Map<KubernetesFeature, Boolean> changed = new EnumMap<>(KubernetesFeature.class);
        changed.putAll(overrides);
        if (feature.isOnIn(rules()) == on) {
            changed.remove(feature);
        } else {
            changed.put(feature, on);
        }
        return new KubernetesVersion(major, minor, changed.isEmpty() ? Map.of() : Collections.unmodifiableMap(changed));
    }

    /**
     * Is a feature on here?
     *
     * @param feature the feature
     * @return the override if there is one, else this version's default
     */
    public boolean has(KubernetesFeature feature) {
        if (overrides.isEmpty()) {
            return feature.isOnIn(rules());
        }
        Boolean moved = overrides.get(feature);
        return moved == null ? feature.isOnIn(rules()) : moved;
    }

    /**
     * The same gates on another version: what stays when a cluster is upgraded. Gates that the other version does not know
     * are dropped.
     *
     * @param other where to
     * @return the other version's number with this version's moved gates
     */
    public KubernetesVersion at(KubernetesVersion other) {
        KubernetesVersion moved = new KubernetesVersion(other.major, other.minor, Map.of());
        for (Map.Entry<KubernetesFeature, Boolean> gate : overrides.entrySet()) {
            if (gate.getKey().isKnownIn(moved.rules())) {
                moved = moved.override(gate.getKey(), gate.getValue());
            }
        }
        return moved;
    }

    /**
     * The version after this one, with the same gates where it knows them.
     *
     * @return one minor number more
     */
    public KubernetesVersion next() {
        return at(new KubernetesVersion(major, Math.addExact(minor, 1), Map.of()));
    }

    /**
     * Is this at least 1.{@code minor}?
     *
     * @param minor the minor number of a 1.x version
     * @return true from that version on
     */
    public boolean isAtLeast(int minor) {
        return rules() >= minor;
    }

    /**
     * What a reader should know about the rules that are applied: that the version is newer than the newest known one, or
     * older than the oldest.
     *
     * @return the remark, empty for a known version
     */
    public Optional<String> note() {
        if (major > 1 || minor > NEWEST_KNOWN.minor) {
            return Optional.of("newer than " + NEWEST_KNOWN + ", whose rules are applied");
        }
        return minor < OLDEST_KNOWN.minor
                ? Optional.of("older than " + OLDEST_KNOWN + ", whose rules are applied")
                : Optional.empty();
    }

    private int rules() {
        return major > 1 ? Integer.MAX_VALUE : minor;
    }

    /** By major and minor number; gates do not count, so this order is coarser than {@link #equals(Object)}. */
    @Override
    public int compareTo(KubernetesVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KubernetesVersion that
                && major == that.major
                && minor == that.minor
                && overrides.equals(that.overrides);
    }

    @Override
    public int hashCode() {
        return Objects.hash(major, minor, overrides);
    }

    /** As {@link #parse(CharSequence)} reads it: {@code 1.34}, {@code 1.36,MemoryQoS=true}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(major).append('.').append(minor);
        overrides.forEach((feature, on) ->
                text.append(',').append(feature.gate()).append('=').append(on));
        return text.toString();
    }
}
