package io.github.memfit.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.util.OptionalLong;

class StatFuzz {

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    @FuzzTest
    void parse(byte[] data) {
        ProcessStat.parse(Model.file(data)).ifPresent(stat -> {
            String text = Model.text(data);
            assertTrue(text.endsWith("\n"));
            int close = text.lastIndexOf(')');
            assertEquals(text.substring(0, text.indexOf('(') - 1), leadingZeros(text) + stat.pid());
            String[] fields = text.substring(close + 4, text.length() - 1).split(" ", -1);
            assertTrue(fields.length >= 21, "fields up to the resident set");
            for (int i = 0; i < fields.length && i + 4 <= 52; i++) {
                BigInteger value = new BigInteger(fields[i]);
                if (value.compareTo(MOST) >= 0) {
                    assertEquals(OptionalLong.empty(), stat.field(i + 4));
                } else if (i + 4 == 24) {
                    assertEquals(value.max(BigInteger.ZERO).longValue(), stat.residentPages());
                } else {
                    BigInteger found = BigInteger.valueOf(stat.field(i + 4).orElseThrow());
                    assertEquals(value.max(MOST.negate()), found, "field " + (i + 4));
                }
            }
            assertEquals(1, stat.toString().lines().count());
        });
    }

    private static String leadingZeros(String text) {
        int digits = 0;
        while (text.startsWith("0".repeat(digits + 1))
                && text.charAt(digits + 1) >= '0'
                && text.charAt(digits + 1) <= '9') {
            digits++;
        }
        return "0".repeat(digits);
    }
}
