package io.github.memfit.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class CgroupFileFuzz {

    private static final Pattern LINE = Pattern.compile("(\\d+):([^:]*):(/.*)", Pattern.DOTALL);

    private static final BigInteger MOST = BigInteger.valueOf(Integer.MAX_VALUE);

    /** Against a regular expression over whole lines. */
    @FuzzTest
    void parse(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        List<String> expected = new ArrayList<>();
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
            Matcher parts = LINE.matcher(line);
            if (parts.matches() && new BigInteger(parts.group(1)).compareTo(MOST) <= 0) {
                expected.add(parts.group(3));
            }
        }
        List<String> paths = CgroupMembership.parse(data).stream()
                .map(CgroupMembership::rawPath)
                .toList();
        assertEquals(expected, paths);
        for (CgroupMembership line : CgroupMembership.parse(data)) {
            assertEquals(line.hierarchy() == 0 && line.controllers().isEmpty(), line.isUnified());
            assertEquals('/', line.path().charAt(0));
        }
    }
}
