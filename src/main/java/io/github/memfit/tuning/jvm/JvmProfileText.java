package io.github.memfit.tuning.jvm;

import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of {@link JvmProfile}: {@code name=value}, separated by blanks, in any order. Used once, by one thread. */
final class JvmProfileText {

    private static final String EXAMPLE =
            "a profile is \"jdk=25 collector=Serial samples=1 outside=170Mi direct=8Mi both=174Mi metaspace=80Mi"
                    + " code=37Mi sockets=0 live=0 classes=16198 threads=63 worked=90s\"";

    private static final List<String> NAMES = List.of(
            "jdk",
            "collector",
            "samples",
            "outside",
            "direct",
            "both",
            "metaspace",
            "code",
            "sockets",
            "live",
            "classes",
            "threads",
            "worked");

    private static final Pattern WORD = Pattern.compile("[^ ]+");
    private static final int LONGEST = 1000;
    private static final int MOST_DIGITS = 18;

    private final CharSequence text;
    private final Map<String, Part> parts = new HashMap<>();

    /** A value and where it starts, from 1. */
    private record Part(String value, int column) {}

    JvmProfileText(CharSequence text) {
        this.text = text;
        if (text.length() > LONGEST) {
            throw malformed(LONGEST, "at most " + LONGEST + " characters");
        }
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            add(words.group(), words.start() + 1);
        }
    }

    private void add(String word, int column) {
        int equals = word.indexOf('=');
        if (equals < 0 || !NAMES.contains(word.substring(0, equals))) {
            throw malformed(column, "the parts are " + String.join(", ", NAMES) + ", each with = and a value");
        }
        String name = word.substring(0, equals);
        Part part = new Part(word.substring(equals + 1), column + equals + 1);
        if (parts.put(name, part) != null) {
            throw malformed(column, name + " stands here twice");
        }
    }

    JvmProfile profile() {
        JdkVersion jdk = read("jdk", "a JDK release such as 25", JdkVersion::parse);
        GarbageCollector collector = read("collector", "a collector such as Serial", JvmProfileText::collector);
        long samples = count("samples");
        Bytes outside = size("outside");
        Bytes direct = size("direct");
        Bytes both = parts.containsKey("both") ? size("both") : outside.plus(direct);
        Bytes metaspace = size("metaspace");
        Bytes code = size("code");
        Bytes sockets = parts.containsKey("sockets") ? size("sockets") : Bytes.ZERO;
        Bytes live = size("live");
        long classes = count("classes");
        long threads = count("threads");
        Duration worked = parts.containsKey("worked") ? seconds("worked") : Duration.ZERO;
        try {
            return new JvmProfile(
                    jdk, collector, samples, outside, direct, both, metaspace, code, sockets, live, classes, threads,
                    worked);
        } catch (IllegalArgumentException e) {
            throw malformed(1, String.valueOf(e.getMessage()));
        }
    }

    private Bytes size(String name) {
        return read(name, "a size from 0 to 2^56 bytes such as 170Mi", value -> {
            Bytes bytes = Bytes.parse(value);
            JvmProfile.size(bytes);
            return bytes;
        });
    }

    private long count(String name) {
        return read(name, "a whole number", JvmProfileText::digits);
    }

    private Duration seconds(String name) {
        return read(name, "whole seconds such as 90s", value -> {
            if (!value.endsWith("s")) {
                throw new IllegalArgumentException(value);
            }
            return Duration.ofSeconds(digits(value.substring(0, value.length() - 1)));
        });
    }

    private static long digits(String value) {
        boolean only = value.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        if (value.length() > MOST_DIGITS || !only) {
            throw new IllegalArgumentException(value);
        }
        return Long.parseLong(value);
    }

    private static GarbageCollector collector(String name) {
        for (GarbageCollector collector : GarbageCollector.values()) {
            if (collector.toString().equals(name)) {
                return collector;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private <T> T read(String name, String what, Function<String, T> reader) {
        Part part = parts.get(name);
        if (part == null) {
            throw malformed(text.length() + 1, name + " is missing");
        }
        try {
            return reader.apply(part.value());
        } catch (IllegalArgumentException | MalformedException e) {
            throw malformed(part.column(), name + " is " + what);
        }
    }

    private MalformedException malformed(int column, String rule) {
        return new MalformedException("JVM profile", 1, column, text, rule + "; " + EXAMPLE);
    }
}
