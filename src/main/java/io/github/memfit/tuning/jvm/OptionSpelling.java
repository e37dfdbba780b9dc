package io.github.memfit.tuning.jvm;

import java.util.List;
import java.util.Map;

/** Which VM flag an option sets, in all spellings of the launcher and of HotSpot. */
final class OptionSpelling {

    /** Prefixes followed at once by a value; the launcher turns -mx, -ms and -ss into -Xmx, -Xms and -Xss. */
    private static final Map<String, String> PREFIXES = Map.of(
            "-Xmx", "MaxHeapSize",
            "-mx", "MaxHeapSize",
            "-Xms", "Xms",
            "-ms", "Xms",
            "-Xmn", "Xmn",
            "-Xss", "Xss",
            "-ss", "Xss",
            "-Xmaxjitcodesize", "ReservedCodeCacheSize");

    /** Names that HotSpot still takes for another flag. */
    private static final Map<String, String> ALIASES = Map.of("DefaultMaxRAMFraction", "MaxRAMFraction");

    private OptionSpelling() {}

    /** The VM flags that an option of this flag or spelling sets. */
    static List<String> flags(String flag) {
        return switch (flag) {
            case "" -> List.of();
            case "Xms" -> List.of("Xms", "InitialHeapSize", "MinHeapSize");
            case "Xmn" -> List.of("Xmn", "NewSize", "MaxNewSize");
            case "Xss" -> List.of("Xss", "ThreadStackSize");
            default -> List.of(flag);
        };
    }

    static JvmOption read(OptionChannel channel, String text) {
        if (text.startsWith("-XX:") && text.length() > 4) {
            return vmFlag(channel, text);
        }
        switch (text) {
            case "-Xint", "-Xcomp", "-Xmixed" -> {
                return new JvmOption(channel, text, "Mode", text.substring(2));
            }
            default -> {
                for (int end = Math.min(text.length(), "-Xmaxjitcodesize".length()); end >= 3; end--) {
                    String flag = PREFIXES.get(text.substring(0, end));
                    if (flag != null && isWhole(text, end)) {
                        return new JvmOption(channel, text, flag, text.substring(end));
                    }
                }
                return new JvmOption(channel, text, "", "");
            }
        }
    }

    /** -mx, -ms and -ss count only where a digit follows, so that no other option is taken for them. */
    private static boolean isWhole(String text, int end) {
        boolean old = end == 3;
        return !old || text.length() > end && text.charAt(end) >= '0' && text.charAt(end) <= '9';
    }

    private static JvmOption vmFlag(OptionChannel channel, String text) {
        char sign = text.charAt(4);
        if (sign == '+' || sign == '-') {
            return new JvmOption(channel, text, text.substring(5), sign == '+' ? "true" : "false");
        }
        int equals = text.indexOf('=');
        if (equals < 0) {
            return new JvmOption(channel, text, text.substring(4), "");
        }
        // HotSpot also takes := for string flags.
        String name = text.substring(4, equals > 4 && text.charAt(equals - 1) == ':' ? equals - 1 : equals);
        return new JvmOption(channel, text, ALIASES.getOrDefault(name, name), text.substring(equals + 1));
    }
}
