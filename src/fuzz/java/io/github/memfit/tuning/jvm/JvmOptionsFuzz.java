package io.github.memfit.tuning.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.memfit.tuning.Fit;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Any option list is read, printed and read again alike; a plan around it never breaks and never exceeds the limit. */
class JvmOptionsFuzz {

    @FuzzTest
    void variable(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        JvmOptions options = JvmOptions.none().with(OptionChannel.JAVA_TOOL_OPTIONS, text);
        assertEquals(texts(options), byStates(text));
        assertEquals(options, JvmOptions.none().with(OptionChannel.JAVA_TOOL_OPTIONS, options.toText()));
        plan(options);
    }

    /** HotSpot's own way: a token runs until a blank outside quotes; quotes vanish. */
    private static List<String> byStates(String text) {
        List<String> tokens = new ArrayList<>();
        int at = 0;
        while (true) {
            while (at < text.length() && isBlank(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                return tokens;
            }
            StringBuilder token = new StringBuilder();
            while (at < text.length() && !isBlank(text.charAt(at))) {
                char c = text.charAt(at++);
                if (c == '\'' || c == '"') {
                    while (at < text.length() && text.charAt(at) != c) {
                        token.append(text.charAt(at++));
                    }
                    at++;
                } else {
                    token.append(c);
                }
            }
            at = Math.min(at, text.length());
            tokens.add(token.toString());
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == 0x0b || c == '\f' || c == '\r';
    }

    @FuzzTest
    void commandLine(byte[] data) {
        List<String> arguments = List.of(new String(data, StandardCharsets.UTF_8).split("\n"));
        JvmOptions options = JvmOptions.parse(arguments);
        assertTrue(options.options().size() <= arguments.size());
        plan(options);
        plan(options.withArgumentFile(String.join(" ", arguments)));
    }

    @FuzzTest
    void profile(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        try {
            JvmProfile profile = JvmProfile.parse(text);
            assertEquals(profile, JvmProfile.parse(profile.toString()));
            Fit<JvmFlags> fit = Jvm.within(Bytes.gibi(4))
                    .jdk(profile.jdk())
                    .profile(profile)
                    .fit();
            assertTrue(!(fit instanceof Fit.Fits<JvmFlags> fits)
                    || fits.plan().total().compareTo(fits.limit()) <= 0);
        } catch (MalformedException e) {
            assertEquals("JVM profile", e.source());
        }
    }

    private static void plan(JvmOptions options) {
        for (JdkVersion jdk : List.of(JdkVersion.V17, JdkVersion.V25)) {
            HotSpot.predict(jdk, Bytes.gibi(2), 2, options);
            Fit<JvmFlags> fit =
                    Jvm.within(Bytes.gibi(2)).jdk(jdk).options(options).fit();
            if (fit instanceof Fit.Fits<JvmFlags> fits) {
                assertTrue(fits.plan().total().compareTo(fits.limit()) <= 0);
            }
        }
    }

    private static List<String> texts(JvmOptions options) {
        return options.options().stream().map(JvmOption::text).collect(Collectors.toList());
    }
}
