package io.github.memfit.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.regex.Pattern;

class StatmFuzz {

    private static final Pattern FORMAT = Pattern.compile("-?[0-9]+( -?[0-9]+){6}\n");
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE / 4096);

    @FuzzTest
    void parse(byte[] data) {
        String text = Model.text(data);
        Reading<Statm> found = Statm.parse(Model.file(data), Bytes.of(4096));
        if (!FORMAT.matcher(text).matches()) {
            assertEquals(false, found.isPresent());
            return;
        }
        BigInteger[] pages = Arrays.stream(text.strip().split(" "))
                .map(word -> new BigInteger(word).max(BigInteger.ZERO))
                .toArray(BigInteger[]::new);
        boolean fits = Arrays.stream(pages).allMatch(count -> count.compareTo(MOST) <= 0);
        assertEquals(fits, found.isPresent());
        found.ifPresent(statm -> {
            assertEquals(pages[0].longValue() * 4096, statm.size().value());
            assertEquals(pages[1].longValue() * 4096, statm.resident().value());
            assertEquals(pages[2].longValue() * 4096, statm.shared().value());
            assertEquals(pages[5].longValue() * 4096, statm.data().value());
        });
    }
}
